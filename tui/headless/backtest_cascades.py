"""The backtest's section on cascades: recordings watched by the detector or the coarse rule, against real labels."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from feeds.events import AnyEvent
from scoring.cascades.evaluate import Path as Stretch
from scoring.cascades.evaluate import Warned, distinct, meets
from scoring.cascades.evaluate_onward import left_bp, went_on
from scoring.cascades.evaluate_recording import CoarseRecording, Judged, judge_seconds
from scoring.cascades.evaluate_replay import Replay
from scoring.record.pool import Draw
from scoring.settings.cascades import CascadeRules
from tui.headless.backtest_cascade_scores import PACES, score_table
from tui.headless.backtest_checklist import Checked, checklist_tables, judge_checks, of_series
from tui.headless.backtest_tables import Cell, Column, Table
from tui.settings import Settings


class Watching(Protocol):
    """Something that takes a recording's events in the order in which they could be known."""

    def take(self, event: AnyEvent) -> None: ...  # noqa: D102
    def finish(self) -> None: ...  # noqa: D102


class Cascades:
    """What is watched of every recording that the backtest plays."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rules = settings.cascade.rules
        self.judged: list[Judged] = []
        self.checked: list[Checked] = []

    def tape(self, name: str) -> Watching:
        """A recording of frames with all its coins."""
        return _Tape(self, Path(name).name, self._settings, self._rules)

    def series(self, name: str, coin: str, step_seconds: int) -> Watching:
        """A recorded series of one coin."""
        return _Series(self, name, CoarseRecording(name, coin, step_seconds), self._settings, self._rules)

    def tables(self, draw: Draw) -> Iterator[Table]:
        """The section's tables. `draw` resamples days."""
        yield _recordings(self.judged)
        yield score_table(self.judged, draw)
        yield _labels(self.judged)
        yield _warnings(self.judged)
        yield from checklist_tables(self.checked)


class _Tape:
    def __init__(self, into: Cascades, name: str, settings: Settings, rules: CascadeRules) -> None:
        self._into, self._name, self._rules = into, name, rules
        self._replay = Replay(rules, settings.price, settings.map.complete_venues)
        self._checks = judge_checks(name, settings)

    def take(self, event: AnyEvent) -> None:
        self._replay.take(event)
        self._checks.take(event)

    def finish(self) -> None:
        self._replay.finish()
        for coin in self._replay.coins.values():
            if len(coin.prices):
                self._into.judged.append(judge_seconds(f"{self._name} {coin.coin}", coin, self._rules))
        self._into.checked += self._checks.graded(self._replay.coins)


class _Series:
    def __init__(
        self, into: Cascades, name: str, recording: CoarseRecording, settings: Settings, rules: CascadeRules
    ) -> None:
        self._into, self._name, self._recording, self._rules = into, name, recording, rules
        self._settings = settings
        self._kinds: Counter[str] = Counter()

    def take(self, event: AnyEvent) -> None:
        self._kinds[type(event).__name__] += 1
        self._recording.take(event)

    def finish(self) -> None:
        judged = self._recording.judge(self._rules)
        self._into.judged.append(judged)
        self._into.checked.append(of_series(self._name, judged.hours, self._kinds, self._settings.checklist))


def _recordings(judged: Sequence[Judged]) -> Table:
    columns = (
        Column("recording", "recording"),
        Column("judged", "judged"),
        Column("hours", "hours", "tenths"),
        Column("blind_hours", "blind", "number"),
        Column("forced", "forced orders", "count"),
        Column("labels", "labels", "count"),
        Column("states", "ignitions, cascades"),
        Column("lacking", "not judged or lacking"),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in judged:
        states = Counter(change.after for change in one.changes)
        told = f"{states['igniting']}, {states['cascading']}" if one.pace == "seconds" else "?"
        lacking = "; ".join(one.lacking)
        known = (one.hours, one.blind_hours, one.forced, len(one.labels), told, lacking or "nothing")
        rows.append((one.name, PACES[one.pace], *known))
    note = (
        "A label: 15 min moved at least 2 % and 6 usual deviations, and open interest in coins fell 1 % in 5 min. "
        "Blind: hours in which no state could be told."
    )
    return Table("cascade_recordings", "Cascade warnings: what was watched", note, columns, tuple(rows))


def _labels(judged: Sequence[Judged]) -> Table:
    columns = (
        Column("recording", "recording"),
        Column("began_ms", "began (UTC)", "time"),
        Column("direction", "direction"),
        Column("move", "15 min", "percent"),
        Column("sigmas", "deviations", "tenths"),
        Column("interest", "OI in 5 min", "percent"),
        Column("contender", "contender"),
        Column("result", "result"),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in judged:
        for found in one.labels:
            known = (found.label.began_ms, found.label.direction, found.move, found.sigmas, found.interest)
            for name, path in one.paths.items():
                hits = [warned for warned in distinct(path.warned) if meets(warned, found.label)]
                rows.append((one.name, *known, name, _hit(hits[0], path, found.label.extreme_ms) if hits else "missed"))
    note = "Every label with what each contender made of it. A hit names how long before the extreme it came."
    return Table("cascade_labels", "Cascade warnings: hits and misses", note, columns, tuple(rows))


def _hit(warned: Warned, path: Stretch, extreme_ms: int) -> str:
    left = "" if path.trace is None else f", {left_bp(path.trace, warned, extreme_ms):.0f} bp left"
    return f"hit {(extreme_ms - warned.at_ms) / 60_000:.1f} min before{left}"


def _warnings(judged: Sequence[Judged]) -> Table:
    """Each ignition and cascade of the detector, right or not."""
    columns = (
        Column("recording", "recording"),
        Column("at_ms", "at (UTC)", "time"),
        Column("direction", "direction"),
        Column("state", "state"),
        Column("right", "label"),
        Column("went_on", "60 bp on before 40 back"),
        Column("why", "why"),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in judged:
        for change in one.changes:
            if change.after not in ("igniting", "cascading"):
                continue
            warned = Warned(change.direction, change.at_ms)
            path = one.paths[f"detector, {change.after}"]
            right = any(meets(warned, label) for label in path.labels)
            came = None if path.trace is None else went_on(path.trace, warned)
            told = "open" if came is None else "went on" if came else "did not"
            known = (one.name, change.at_ms, change.direction, change.after)
            rows.append((*known, "right" if right else "wrong", told, change.why))
    note = "Only where recordings were watched second by second. Open: the recording ends before either barrier."
    return Table("cascade_warnings", "Cascade warnings: each one", note, columns, tuple(rows))
