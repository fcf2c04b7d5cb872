"""The alerts screen: what fired, newest first, and how every rule stands, what was never known included."""

from dataclasses import dataclass

from scoring.view import MarketView
from scoring.view.alerts import Fired, RuleStatus, Severity
from tui.controls import Controls
from tui.format import NONE_SEEN, UNKNOWN, cell_width, clean, clock, duration, stamp
from tui.language import ENGLISH, label
from tui.views.cursor import mark, place, two_lists
from tui.views.fired import card, sentence, severity_word
from tui.views.layout import Column, Table, cell, finish, scrolled, table, title, wrapped
from tui.views.row import Row, Span, about

SEVERITY_STYLES: dict[Severity, str] = {"info": "text", "warning": "warn", "critical": "fail"}
_RECENT_MS, _OLD_MS = 60_000, 3_600_000
"""Up to this age an alert is loud, from that age on it is dimmed."""
_FOREVER_MS = 7 * 86_400_000
"""A snooze that is further away than this has no end worth telling."""
_NO_RULES_WORDS = "No rules: an alert is a table of the config, and R reads it again. For example:"
_EXAMPLE = ("[alerts.flush]", 'metric = "liquidations_long_60s"', 'when = "above 5M"')
_LABEL = 12


@dataclass(frozen=True, slots=True)
class AlertBoard:
    """What fired, newest first, and the rules. `here_alone`: the mode that tells nothing beside the screen."""

    fired: tuple[Fired, ...] = ()
    rules: tuple[RuleStatus, ...] = ()
    here_alone: str = ""


def chosen(board: AlertBoard, controls: Controls) -> Fired | RuleStatus | None:
    """What the cursor is on; None where there is nothing."""
    rows: tuple[Fired | RuleStatus, ...] = (*board.fired, *board.rules)
    return rows[place(controls.scroll, len(rows))] if rows else None


def alerts(board: AlertBoard, view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Title, what fired, and under it the rules."""
    head: Row = (*title("alerts", "ALERTS", controls), *_head(board, controls))
    if not board.rules and not board.fired:
        example = [cell(f"   {line}", "text") for line in _EXAMPLE]
        shown = [
            *wrapped(label(_NO_RULES_WORDS, controls), width),
            (),
            *(about("alerts.condition", row) for row in example),
        ]
        return finish([head, *shown], width, height, controls)
    at = place(scrolled("alerts", controls), len(board.fired) + len(board.rules))
    lines = _fired_table(board, width, controls)
    fired = [lines.row(_fired_cells(one, index == at, view, controls)) for index, one in enumerate(board.fired)]
    rules = _rule_rows(board, at - len(board.fired), view.at_ms, width, controls)
    nothing = [about("alerts.fired", cell(f" {NONE_SEEN} {label('nothing has fired yet', controls)}", "muted"))]
    upper, lower = two_lists(fired or nothing, rules[1:], at if fired else at + 1, max(height - 4, 0))
    top = [lines.header()] if fired else []
    return finish([head, *top, *upper, (), rules[0], *lower], width, height, controls)


def _head(board: AlertBoard, controls: Controls) -> Row:
    if len(board.rules) == 1:
        count = label("{fired} fired, 1 rule", controls, fired=len(board.fired))
    else:
        count = label("{fired} fired, {rules} rules", controls, fired=len(board.fired), rules=len(board.rules))
    counted = about("alerts.fired", ((f"  {count}" if board.rules else "", "muted"),))
    return (*counted, (f"  {_alone(board, controls)}" if board.here_alone else "", "muted"))


def _alone(board: AlertBoard, controls: Controls) -> str:
    return label("{mode}: on the screen alone ([notify] demo_and_replay)", controls, mode=board.here_alone)


def _fired_table(board: AlertBoard, width: int, controls: Controls) -> Table:
    coin = max((cell_width(clean(one.subject)) for one in board.fired), default=4)
    rule = max((cell_width(clean(one.rule)) for one in board.fired), default=4)
    fixed = (
        Column("", 1, right=False),
        Column("time", 8, right=False),
        Column("", 8, rank=2, right=False),
        Column("coin", min(max(coin, cell_width(label("coin", controls))), 12), right=False),
        Column("rule", min(max(rule, cell_width(label("rule", controls))), 18), rank=1, right=False),
    )
    used = sum(column.width + 1 for column in fixed if not (column.rank == 2 and width < 100))
    return table((*fixed, Column("what", max(width - used - 2, 20), right=False)), width, controls)


def _fired_cells(one: Fired, at_it: bool, view: MarketView, controls: Controls) -> list[Row]:
    age, style = view.at_ms - one.at_ms, SEVERITY_STYLES[one.severity]
    told = "recent" if age < _RECENT_MS else "old" if age >= _OLD_MS else "text"
    return [
        mark(at_it),
        about("alerts.time", cell(clock(one.at_ms, controls.local_time), "muted"), clean(one.rule)),
        cell(severity_word(one.severity, controls), style if age < _OLD_MS else "old"),
        cell(clean(one.subject, 12), "strong"),
        about("alerts.rule", cell(clean(one.rule, 18), style if age < _OLD_MS else "old"), clean(one.rule)),
        about("alerts.value", cell(sentence(one, controls).removeprefix(f"{clean(one.subject)} "), told), _told(one)),
    ]


def _told(one: Fired) -> str:
    """Source and age of what an alert saw, for what is told of the number."""
    seen = one.observed
    age = "" if seen.at_ms is None else duration(max(0, one.at_ms - seen.at_ms))
    return f"{age}/{clean(seen.source)}"


def _rule_rows(board: AlertBoard, at: int, now_ms: int, width: int, controls: Controls) -> list[Row]:
    """A title with headings, and a row a rule."""
    name = max((cell_width(clean(one.rule)) for one in board.rules), default=5)
    when = max((cell_width(_what(one)) for one in board.rules), default=4)
    name, when = min(max(name, 7), 18), min(when, 44)
    fixed = (
        Column("", 1, right=False),
        Column("RULES", name, right=False),
        Column("state", 16, right=False),
        Column("fired", 5, rank=2),
        Column("latest", 8, rank=3, right=False),
        Column("when", when, rank=1, right=False),
    )
    kept = table(fixed, width, controls)
    lines = table((*fixed, Column("why", max(width - kept.width - 1, 0), rank=4, right=False)), width, controls)
    rows = [lines.row(_rule_cells(one, place == at, now_ms, controls)) for place, one in enumerate(board.rules)]
    heading = label("RULES", controls)
    return [tuple((text, "title" if text == heading else style) for text, style in lines.header()), *rows]


def _rule_cells(one: RuleStatus, at_it: bool, now_ms: int, controls: Controls) -> list[Row]:
    never, of = NONE_SEEN if one.had_data else UNKNOWN, clean(one.rule)
    last = clock(one.last_at_ms, controls.local_time) if one.last_at_ms else NONE_SEEN
    return [
        mark(at_it),
        about("alerts.rule", cell(clean(one.rule, 18), "strong"), of),
        about("alerts.state", (standing(one, now_ms, controls),), of),
        about("alerts.fired", cell(f"{one.fired}" if one.fired else never, "text" if one.fired else "muted"), of),
        about("alerts.time", cell(last, "muted"), of),
        about("alerts.condition", cell(_what(one)), of),
        about("alerts.why", cell(why(one, controls), "muted" if one.had_data else "unknown"), of),
    ]


def _what(one: RuleStatus) -> str:
    return f"{one.metric} {clean(one.when)}"


def standing(one: RuleStatus, now_ms: int, controls: Controls = ENGLISH) -> Span:
    """How a rule stands, in a word or two."""
    if one.snoozed_until_ms is not None:
        left = one.snoozed_until_ms - now_ms
        if left >= _FOREVER_MS:
            return (label("snoozed", controls), "muted")
        return (label("snoozed {time}", controls, time=duration(left)), "muted")
    if not one.had_data:
        return (label("waiting for data", controls), "unknown")
    if one.cooling_until_ms is not None and one.cooling_until_ms > now_ms:
        return (label("cooling {time}", controls, time=duration(one.cooling_until_ms - now_ms)), "warn")
    if one.holding:
        return (label("holds", controls), "warn")
    return (label("armed", controls), "muted") if one.armed else (label("no data now", controls), "unknown")


def why(one: RuleStatus, controls: Controls = ENGLISH) -> str:
    """The subjects behind it: for whom the condition holds, for how many it would fire, for whom nothing is known."""
    if not one.had_data:
        return label("never known: {reason}", controls, reason=clean(one.reason))
    names = " ".join(clean(name) for name in one.holding)
    parts = [label("holds for {names}", controls, names=names) if one.holding else ""]
    parts.append(label("{n} armed", controls, n=one.armed) if one.armed else "")
    if one.unknown:
        parts.append(f"{UNKNOWN} {' '.join(clean(name) for name in one.unknown)}: {clean(one.reason)}")
    return ", ".join(filter(None, parts))


def fired_card(one: Fired, board: AlertBoard, width: int, controls: Controls = ENGLISH) -> list[Row]:
    """Why an alert fired: its sentence, and all that made it."""
    ways = ", ".join(one.deliver) or label("the screen alone", controls)
    ways = _alone(board, controls) if board.here_alone else ways
    rows: list[Row] = [*wrapped(sentence(one, controls), width, SEVERITY_STYLES[one.severity]), ()]
    pairs = ((label("time", controls), stamp(one.at_ms)), *card(one, controls), (label("told by", controls), ways))
    return [*rows, *_named(pairs, width)]


def rule_card(one: RuleStatus, now_ms: int, width: int, controls: Controls = ENGLISH) -> list[Row]:
    """How a rule stands, in full."""
    last = stamp(one.last_at_ms) if one.last_at_ms else label("never since the start", controls)
    times = label("{n} times, last {time}", controls, n=one.fired, time=last) if one.fired else last
    named = (
        (label("rule", controls), f"{clean(one.rule)} ({severity_word(one.severity, controls)})"),
        (label("when", controls), _what(one)),
        (label("state", controls), standing(one, now_ms, controls)[0]),
        (label("subjects", controls), why(one, controls) or NONE_SEEN),
        (label("fired", controls), times),
        (label("held back", controls), label("{n} by the cooldown", controls, n=one.held_back)),
    )
    return _named(named, width)


def _named(pairs: tuple[tuple[str, str], ...], width: int) -> list[Row]:
    """A row a pair, the values under one another, wrapped where they are long."""
    rows: list[Row] = []
    wide = max([_LABEL, *(cell_width(name) + 2 for name, _ in pairs)])
    for name, value in pairs:
        first, *more = wrapped(value, max(width - wide - 1, 8), "text") or [cell(" ")]
        rows.append(((f" {name}{' ' * (wide - 1 - cell_width(name))}", "muted"), *first))
        rows += [((" " * wide, "text"), *row) for row in more]
    return rows
