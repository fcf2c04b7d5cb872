"""The alerts screen: what fired, newest first, and how every rule stands, what was never known included."""

from dataclasses import dataclass

from scoring.view import MarketView
from scoring.view.alerts import Fired, RuleStatus, Severity
from tui.controls import Controls
from tui.format import NONE_SEEN, UNKNOWN, cell_width, clean, clock, duration, stamp
from tui.views.cursor import mark, place, two_lists
from tui.views.fired import card, sentence
from tui.views.layout import Column, Table, cell, finish, scrolled, table, title, wrapped
from tui.views.row import Row, Span

SEVERITY_STYLES: dict[Severity, str] = {"info": "text", "warning": "warn", "critical": "fail"}
_FOREVER_MS = 7 * 86_400_000
"""A snooze that is further away than this has no end worth telling."""
_NO_RULES = "No rules: an alert is a table of the config, and R reads it again. For example:"
_EXAMPLE = ("[alerts.flush]", 'metric = "liquidations_long_60s"', 'when = "above 5M"')
_LABEL = 12


@dataclass(frozen=True, slots=True)
class AlertBoard:
    """What fired, newest first, and the rules. `here_alone`: why nothing is told beside the screen; "" where it is."""

    fired: tuple[Fired, ...] = ()
    rules: tuple[RuleStatus, ...] = ()
    here_alone: str = ""


def chosen(board: AlertBoard, controls: Controls) -> Fired | RuleStatus | None:
    """What the cursor is on; None where there is nothing."""
    rows: tuple[Fired | RuleStatus, ...] = (*board.fired, *board.rules)
    return rows[place(controls.scroll, len(rows))] if rows else None


def alerts(board: AlertBoard, view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Title, what fired, and under it the rules."""
    count = f"  {len(board.fired)} fired, {len(board.rules)} rule{'' if len(board.rules) == 1 else 's'}"
    said = ((count if board.rules else "", "muted"), (f"  {board.here_alone}" if board.here_alone else "", "muted"))
    head: Row = (*title("alerts", "ALERTS", controls), *said)
    if not board.rules and not board.fired:
        example = [cell(f"   {line}", "text") for line in _EXAMPLE]
        return finish([head, *wrapped(_NO_RULES, width), (), *example], width, height, controls)
    at = place(scrolled("alerts", controls), len(board.fired) + len(board.rules))
    lines = _fired_table(board, width, controls)
    fired = [lines.row(_fired_cells(one, index == at, controls)) for index, one in enumerate(board.fired)]
    rules = _rule_rows(board, at - len(board.fired), view.at_ms, width, controls)
    nothing = [cell(f" {NONE_SEEN} nothing has fired yet", "muted")]
    upper, lower = two_lists(fired or nothing, rules[1:], at if fired else at + 1, max(height - 4, 0))
    top = [lines.header()] if fired else []
    return finish([head, *top, *upper, (), rules[0], *lower], width, height, controls)


def _fired_table(board: AlertBoard, width: int, controls: Controls) -> Table:
    coin = max((cell_width(clean(one.subject)) for one in board.fired), default=4)
    rule = max((cell_width(clean(one.rule)) for one in board.fired), default=4)
    fixed = (
        Column("", 1, right=False),
        Column("time", 8, right=False),
        Column("", 8, rank=2, right=False),
        Column("coin", min(max(coin, 4), 12), right=False),
        Column("rule", min(max(rule, 4), 18), rank=1, right=False),
    )
    used = sum(column.width + 1 for column in fixed if not (column.rank == 2 and width < 100))
    return table((*fixed, Column("what", max(width - used - 2, 20), right=False)), width, controls)


def _fired_cells(one: Fired, at_it: bool, controls: Controls) -> list[Row]:
    style = SEVERITY_STYLES[one.severity]
    return [
        mark(at_it),
        cell(clock(one.at_ms, controls.local_time), "muted"),
        cell(one.severity, style),
        cell(clean(one.subject, 12), "strong"),
        cell(clean(one.rule, 18), style),
        cell(sentence(one).removeprefix(f"{clean(one.subject)} ")),
    ]


def _rule_rows(board: AlertBoard, at: int, now_ms: int, width: int, controls: Controls) -> list[Row]:
    """A title with headings, and a row a rule."""
    name = max((cell_width(clean(one.rule)) for one in board.rules), default=5)
    when = max((cell_width(_what(one)) for one in board.rules), default=4)
    name, when = min(max(name, 5), 18), min(when, 44)
    fixed = (
        Column("", 1, right=False),
        Column("RULES", name, right=False),
        Column("state", 16, right=False),
        Column("fired", 5, rank=2),
        Column("last", 8, rank=3, right=False),
        Column("when", when, rank=1, right=False),
    )
    kept = table(fixed, width, controls)
    lines = table((*fixed, Column("why", max(width - kept.width - 1, 0), rank=4, right=False)), width, controls)
    rows = [lines.row(_rule_cells(one, place == at, now_ms, controls)) for place, one in enumerate(board.rules)]
    return [tuple((text, "title" if text == "RULES" else style) for text, style in lines.header()), *rows]


def _rule_cells(one: RuleStatus, at_it: bool, now_ms: int, controls: Controls) -> list[Row]:
    never = NONE_SEEN if one.had_data else UNKNOWN
    return [
        mark(at_it),
        cell(clean(one.rule, 18), "strong"),
        (standing(one, now_ms),),
        cell(f"{one.fired}" if one.fired else never, "text" if one.fired else "muted"),
        cell(clock(one.last_at_ms, controls.local_time) if one.last_at_ms else NONE_SEEN, "muted"),
        cell(_what(one)),
        cell(why(one), "muted" if one.had_data else "unknown"),
    ]


def _what(one: RuleStatus) -> str:
    return f"{one.metric} {clean(one.when)}"


def standing(one: RuleStatus, now_ms: int) -> Span:
    """How a rule stands, in a word or two."""
    if one.snoozed_until_ms is not None:
        left = one.snoozed_until_ms - now_ms
        return (f"snoozed {duration(left)}" if left < _FOREVER_MS else "snoozed", "muted")
    if not one.had_data:
        return ("waiting for data", "unknown")
    if one.cooling_until_ms is not None and one.cooling_until_ms > now_ms:
        return (f"cooling {duration(one.cooling_until_ms - now_ms)}", "warn")
    if one.holding:
        return ("holds", "warn")
    return ("armed", "pass") if one.armed else ("no data now", "unknown")


def why(one: RuleStatus) -> str:
    """The subjects behind it: for whom the condition holds, for how many it would fire, for whom nothing is known."""
    if not one.had_data:
        return f"never known: {clean(one.reason)}"
    parts = [f"holds for {' '.join(clean(name) for name in one.holding)}" if one.holding else ""]
    parts.append(f"{one.armed} armed" if one.armed else "")
    if one.unknown:
        parts.append(f"{UNKNOWN} {' '.join(clean(name) for name in one.unknown)}: {clean(one.reason)}")
    return ", ".join(filter(None, parts))


def fired_card(one: Fired, board: AlertBoard, width: int) -> list[Row]:
    """Why an alert fired: its sentence, and all that made it."""
    ways = board.here_alone or ", ".join(one.deliver) or "the screen alone"
    rows: list[Row] = [*wrapped(sentence(one), width, SEVERITY_STYLES[one.severity]), ()]
    rows += _named((("time", stamp(one.at_ms)), *card(one), ("told by", ways)), width)
    return rows


def rule_card(one: RuleStatus, now_ms: int, width: int) -> list[Row]:
    """How a rule stands, in full."""
    last = stamp(one.last_at_ms) if one.last_at_ms else "never since the start"
    named = (
        ("rule", f"{clean(one.rule)} ({one.severity})"),
        ("when", _what(one)),
        ("state", standing(one, now_ms)[0]),
        ("subjects", why(one) or NONE_SEEN),
        ("fired", f"{one.fired} times, last {last}" if one.fired else last),
        ("held back", f"{one.held_back} by the cooldown"),
    )
    return _named(named, width)


def _named(pairs: tuple[tuple[str, str], ...], width: int) -> list[Row]:
    """A row a pair, the values under one another, wrapped where they are long."""
    rows: list[Row] = []
    for name, value in pairs:
        first, *more = wrapped(value, max(width - _LABEL - 1, 8), "text") or [cell(" ")]
        rows.append((cell(f" {name}".ljust(_LABEL), "muted")[0], *first))
        rows += [((" " * _LABEL, "text"), *row) for row in more]
    return rows
