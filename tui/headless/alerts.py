"""`liqtop alerts`: what can be watched, and how often the config's rules would have fired on a tape."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from feeds.events import AnyEvent
from feeds.source import Source
from scoring.alerts.engine import Engine
from scoring.alerts.metrics import METRICS
from scoring.alerts.rule import Rule, rules_of
from scoring.view.alerts import Fired, RuleStatus
from tui.exits import FINE, NO_DATA, BadUsage
from tui.format import clean, clock, duration, stamp
from tui.headless.fold import Folded
from tui.headless.output import narrate, write_lines, write_text
from tui.headless.run import run
from tui.notify.notifier import as_json
from tui.settings import Loaded, Settings
from tui.views.fired import sentence

_QUIET_MS = 60_000
"""Where a tape has nothing for longer than this, the rules are held against it only so often."""
_SHOWN = 20
"""How many of the alerts are listed as text; JSON has more."""
_KEPT = 10_000
"""How many JSON has."""


def print_metrics(as_json: bool) -> int:
    """Every metric with its unit and meaning."""
    if as_json:
        write_lines(
            msgspec.json.encode({"metric": one.name, "unit": one.unit, "meaning": one.meaning, "states": one.states})
            for one in METRICS.values()
        )
        return FINE
    for one in METRICS.values():
        states = f": {', '.join(one.states)}" if one.states else ""
        write_text(f"{one.name:<24}{one.unit:<10}{one.meaning}{states}")
    return FINE


def rules_in(loaded: Loaded) -> tuple[Rule, ...]:
    """The config's rules; raises `BadUsage` where it has none."""
    settings = loaded.settings
    if not settings.alerts:
        raise BadUsage(f"no [alerts.NAME] in {loaded.file or 'the config: there is no file'}")
    return rules_of(settings.alerts, settings.alerting, {name: loaded.coins(name) for name in settings.lists})


def coins_for(rules: Sequence[Rule], watched: Sequence[str]) -> tuple[str, ...]:
    """The coins that a dry run looks at: those that rules name, and the watched ones where a rule names none."""
    named = [coin for rule in rules for coin in sorted(rule.coins) if rule.metric.of_coin]
    everywhere = any(rule.metric.of_coin and not rule.coins for rule in rules)
    return tuple(dict.fromkeys([*(watched if everywhere or not named else ()), *named]))


class Rehearsal:
    """Folds events and holds the rules against every coin once in `every_ms` of the tape's time."""

    def __init__(self, rules: Sequence[Rule], settings: Settings, coins: Sequence[str], every_ms: int = 1000) -> None:
        self.folded = Folded(settings, coins)
        self.engine = Engine(rules, settings.alerting)
        self.fired: list[Fired] = []
        self.by_rule: Counter[str] = Counter()
        self.by_coin: dict[str, Counter[str]] = {rule.name: Counter() for rule in rules}
        self.first_ms: dict[str, int] = {}
        self._coins = tuple(coins)
        self._every_ms = every_ms
        self._next_ms: int | None = None

    def take(self, events: Sequence[AnyEvent]) -> None:
        """Fold a batch, looking at the rules whenever a look is due."""
        begun = 0
        for at, event in enumerate(events):
            if self._next_ms is None:
                self._next_ms = (event.received_ms // self._every_ms + 1) * self._every_ms
            if event.received_ms >= self._next_ms:
                self.folded.take(events[begun:at])
                begun = at
                self.look_until(event.received_ms)
        self.folded.take(events[begun:])

    def look_until(self, now_ms: int) -> None:
        """Every look that is due up to this moment."""
        quiet_from = (self._next_ms or now_ms) + _QUIET_MS
        while self._next_ms is not None and self._next_ms <= now_ms:
            self._look(self._next_ms)
            self._next_ms += self._every_ms if self._next_ms < quiet_from else max(self._every_ms, _QUIET_MS)

    def _look(self, now_ms: int) -> None:
        self.folded.market.advance(now_ms)
        for coin in self._coins:
            for one in self.engine.step(self.folded.market.view(coin, 60, 0), now_ms):
                self.by_rule[one.rule] += 1
                self.by_coin[one.rule][one.subject] += 1
                self.first_ms.setdefault(one.rule, one.at_ms)
                if len(self.fired) < _KEPT:
                    self.fired.append(one)


def print_dry_run(source: Source, loaded: Loaded, rules: Sequence[Rule], coins: Sequence[str], in_json: bool) -> int:
    """Replay and print; the exit code tells whether any market event was seen."""
    rehearsal = Rehearsal(rules, loaded.settings, coins)
    run(source, rehearsal.take)
    rehearsal.look_until(source.now_ms())
    report = summary(rehearsal, source)
    if in_json:
        write_lines([msgspec.json.encode(report)])
    else:
        write_text(as_text(report, rehearsal.fired))
    if rehearsal.folded.market_events:
        return FINE
    narrate("liqtop: no market event was seen")
    return NO_DATA


def summary(rehearsal: Rehearsal, source: Source) -> dict[str, Any]:
    """The tape, each rule's firings, and the alerts themselves, oldest first."""
    first_ms, last_ms = rehearsal.folded.first_ms, source.now_ms()
    hours = (last_ms - first_ms) / 3_600_000 if first_ms is not None else 0.0
    rows = [_row(status, rehearsal, hours) for status in rehearsal.engine.status()]
    return {
        "mode": source.mode,
        "first_ms": first_ms,
        "last_ms": last_ms,
        "hours": hours,
        "coins": list(rehearsal.folded.market.coins),
        "rules": rows,
        "fired": [as_json(one) for one in rehearsal.fired],
        "left_out": sum(rehearsal.by_rule.values()) - len(rehearsal.fired),
    }


def _row(status: RuleStatus, rehearsal: Rehearsal, hours: float) -> dict[str, Any]:
    count = rehearsal.by_rule[status.rule]
    return {
        "rule": status.rule,
        "metric": status.metric,
        "when": status.when,
        "severity": status.severity,
        "fired": count,
        "per_hour": count / hours if hours else None,
        "first_ms": rehearsal.first_ms.get(status.rule),
        "last_ms": status.last_at_ms,
        "by_subject": dict(rehearsal.by_coin[status.rule]),
        "held_back": status.held_back,
        "had_data": status.had_data,
        "reason": status.reason if not status.had_data else "",
        "held_at_the_end": list(status.holding),
    }


def as_text(report: dict[str, Any], fired: Sequence[Fired]) -> str:
    """The report as tables."""
    first, last = (stamp(report[key]) for key in ("first_ms", "last_ms"))
    length = duration(report["hours"] * 3_600_000)
    lines = [f"{report['mode']}  {first} to {last}, {length}, {', '.join(map(clean, report['coins']))}", ""]
    rows: list[tuple[str, ...]] = [("rule", "when", "fired", "per hour", "held back", "first", "last")]
    rows += [_cells(row) for row in report["rules"]]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    silent = [row for row in report["rules"] if not row["had_data"]]
    if silent:
        lines += ["", "never had data:"]
        lines += [f"  {clean(row['rule'])}: {row['metric']}: {clean(row['reason'])}" for row in silent]
    if fired:
        title = f"the last {_SHOWN}:" if len(fired) > _SHOWN else "each:"
        lines += ["", title, *(f"  {stamp(one.at_ms)}  {clean(one.rule)}: {sentence(one)}" for one in fired[-_SHOWN:])]
    return "\n".join(lines)


def _cells(row: dict[str, Any]) -> tuple[str, ...]:
    first, last = clock(row["first_ms"]), clock(row["last_ms"])
    rate = "?" if row["per_hour"] is None else f"{row['per_hour']:.1f}"
    words = f"{row['metric']} {clean(row['when'])}"
    fired = str(row["fired"]) if row["had_data"] else "?"
    return clean(row["rule"]), words, fired, rate if row["had_data"] else "?", str(row["held_back"]), first, last
