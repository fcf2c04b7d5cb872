"""The cascade in two lines and the checklist in two, for a terminal of 80 by 24."""

from scoring.view import CheckItem, DirectionVerdict, Grade, MarketView
from scoring.view.cascades import CascadeState
from tui.controls import Controls
from tui.format import UNKNOWN, clean, percent, span
from tui.views.cascade import blind_rows
from tui.views.cascade_state import ARROWS, STATE_STYLES, age, by_urgency, gist, state_name
from tui.views.cascade_sums import day_spans, minute_text
from tui.views.checklist import GRADE_STYLES, MARKS, answer
from tui.views.layout import cell, finish, first_fit, row_width, title
from tui.views.row import Row, Span

_SHORT = {
    "liquidation map": "map", "liquidations": "liq", "realised 24h": "24h", "realised 24 h": "24h",
    "funding": "fund", "open interest": "OI",
    "cvd": "CVD", "large trades": "big", "btc context": "BTC", "local trend": "trend", "long/short": "L/S",
    "long/short ratio": "L/S", "cascade": "casc", "options": "opt",
}  # fmt: skip


def cascade_lines(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Both directions' states and since when, the more urgent first, then the day; blind: why, and the day."""
    blind = blind_rows(view, controls, width)
    states = [] if blind else by_urgency(view)
    named = title("cascade", "CASCADE", controls)
    heads = [named, cell(" " * row_width(named))]
    lines = [_direction(head, state, view, width) for head, state in zip(heads, states, strict=False)]
    if height == 1 and lines:
        both = (*lines[0], (" ", "text"), *_short(states[1], view))
        lines = [first_fit([both, lines[0]], width)]
    name = (f" {span(view.cascade.day.window_minutes) if view.cascade.day else '24h'} ", "muted")
    day = first_fit([(name, *day_spans(view)), (name, *day_spans(view, short=True))], width)
    return finish([*blind, *lines, day], width, height, controls)


def _direction(head: Row, state: CascadeState, view: MarketView, width: int) -> Row:
    """The state, since when, and what the last minute liquidated on its side; the inputs where there is room."""
    told = (*head, (" ", "text"), *_short(state, view))
    minute = minute_text(view, "long" if state.direction == "down" else "short")
    forced: Row = ((" 60s ", "muted"), (minute, "unknown" if minute == UNKNOWN else "text"))
    why: Row = ((f"  {clean(state.why)}", "muted"),) if state.why else ()
    rule: Row = (("  sampled rule", "warn"),) if state.rule == "sampled" else ()
    more = (*gist(state), *rule) if state.state != "blind" else why
    least: Row = ((head[0][0][:1], head[0][1]), *_short(state, view))
    return first_fit([(*told, *forced, *more), (*told, *more), (*told, *forced), told, least], width)


def _short(state: CascadeState, view: MarketView) -> Row:
    style = STATE_STYLES[state.state]
    since = (f" {age(state, view)}", "muted" if state.state == "calm" else "text")
    return ((f"{ARROWS[state.direction]} {state_name(state)}", style), since)


def checklist_lines(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One line a direction: verdict, score, every item's grade, coverage."""
    checked = view.checklist
    mark, _ = title("checklist", "", controls)
    long = (mark, *_verdict("ENTRY long ", "long", checked.long))
    short = ((" ", "text"), *_verdict("      short", "short", checked.short))
    rows = [
        first_fit(_choices(head, view, direction, given), width)
        for head, direction, given in ((long, "long", checked.long), (short, "short", checked.short))
    ]
    return finish(rows, width, height, controls)


def _choices(head: Row, view: MarketView, direction: str, given: DirectionVerdict) -> list[Row]:
    """Every grade and the reason, else the known grades and the reason, else one of both."""
    why: Row = ((f"  {clean(given.reason)}", "muted"),) if given.reason else ()
    every, graded = _marks(view, direction), _graded(view, direction)
    covered: Row = ((f"  {percent(given.coverage, 0, signed=False, gap='')} known", "muted"),)
    if given.verdict == "INSUFFICIENT DATA" or given.score is None:
        covered = ()
    return [
        (*head, *why, *covered, (" ", "text"), *every),
        (*head, *why, *covered, (" ", "text"), *graded),
        (*head, *why, (" ", "text"), *graded),
        (*head, *why),
    ]


def _verdict(name: str, style: str, given: DirectionVerdict) -> Row:
    return ((name[:6], "title"), (name[6:], style), (" ", "text"), *answer(given))


def _graded(view: MarketView, direction: str) -> Row:
    """The graded items alone, and how many are unknown."""
    unknown = sum(_grade(item, direction) == "unknown" for item in view.checklist.items)
    count = (f" {unknown} unknown", "unknown") if unknown else ("", "text")
    return (*_marks(view, direction, graded_only=True), count)


def _grade(item: CheckItem, direction: str) -> Grade:
    return item.long if direction == "long" else item.short


def _marks(view: MarketView, direction: str, graded_only: bool = False) -> Row:
    spans: list[Span] = []
    for item in view.checklist.items:
        grade = _grade(item, direction)
        if graded_only and grade == "unknown":
            continue
        words = clean(item.name).split()
        name = _SHORT.get(item.name.lower()) or (words[0][:5] if words else "?")
        spans += [(f" {name}", "muted"), (MARKS[grade], GRADE_STYLES[grade])]
    return tuple(spans)
