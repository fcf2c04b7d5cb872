"""The cascade in two lines and the checklist in two, for a terminal of 80 by 24."""

from scoring.view import CheckItem, DirectionVerdict, Grade, MarketView
from scoring.view.cascades import CascadeState
from tui.controls import Controls
from tui.format import UNKNOWN, cell_width, clean, percent, span
from tui.language import label
from tui.views.cascade import blind_rows
from tui.views.cascade_state import RUNNING, badge, by_urgency, gist
from tui.views.cascade_sums import day_spans, minute_text
from tui.views.checklist import GRADE_STYLES, MARKS, answer, item_topic
from tui.views.layout import cell, finish, first_fit, row_width, title
from tui.views.row import Row, Span, about, topic_of
from tui.views.said import typeset, verdict_reason

_SHORT_WORDS = {
    "liquidation map": "map", "realised 24 h": "24h", "realised 24h": "24h", "funding": "fund", "open interest": "OI",
    "CVD": "CVD", "large trades": "big", "BTC context": "BTC", "local trend": "trend", "long/short ratio": "L/S",
    "cascade": "casc", "options": "opt",
}  # fmt: skip
"""The items' names where eleven of them share a line."""


def cascade_lines(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Both directions' states and since when, the more urgent first, then the day; blind: why, and the day.

    Where one runs and there is no room for why beside it, why comes before a calm other one.
    """
    blind = blind_rows(view, controls, width, height)
    states = [] if blind else by_urgency(view)
    named = title("cascade", "CASCADE", controls)
    heads = [named, cell(" " * row_width(named))]
    lines = [_direction(head, state, view, controls, width) for head, state in zip(heads, states, strict=False)]
    if height == 1 and lines:
        both = (*lines[0], (" ", "text"), *badge(states[1], view, controls))
        lines = [first_fit([both, lines[0]], width)]
    elif states and states[0].state in RUNNING and not _tells(lines[0], "cascade.impulse"):
        lines.insert(
            1 if states[1].state in ("calm", "loading") else 2,
            _why(states[0], view, controls, width, _tells(lines[0], "cascade.minute")),
        )
    words = span(view.cascade.day.window_minutes) if view.cascade.day else "24h"
    name = (f" {words} ", "muted")
    day = first_fit([(name, *day_spans(view, controls)), (name, *day_spans(view, controls, short=True))], width)
    return finish([*blind, *lines, day], width, height, controls)


def _direction(head: Row, state: CascadeState, view: MarketView, controls: Controls, width: int) -> Row:
    """The state, since when, and what the last minute liquidated on its side; the inputs where there is room."""
    told = (*head, (" ", "text"), *badge(state, view, controls))
    forced = _forced(state, view)
    why: Row = ((f"  {typeset(state.why)}", "muted"),) if state.why else ()
    rule: Row = ((f"  {label('sampled rule', controls)}", "warn"),) if state.rule == "sampled" else ()
    more = (*gist(state, controls), *rule) if state.state != "blind" else about("cascade.state", why, state.direction)
    least: Row = ((head[0][0][:1], head[0][1]), *badge(state, view, controls))
    return first_fit([(*told, *forced, *more), (*told, *more), (*told, *forced), told, least], width)


def _forced(state: CascadeState, view: MarketView) -> Row:
    minute = minute_text(view, "long" if state.direction == "down" else "short")
    return about("cascade.minute", ((" 60s ", "muted"), (minute, "unknown" if minute == UNKNOWN else "text")))


def _tells(row: Row, topic: str) -> bool:
    return any(topic_of(mark)[0] == topic for _, mark in row)


def _why(state: CascadeState, view: MarketView, controls: Controls, width: int, minute_told: bool) -> Row:
    """The inputs of a running cascade alone in a line, behind the last minute where the line above lacks it."""
    forced: Row = ((" " * 7, "text"),) if minute_told else _forced(state, view)
    full = gist(state, controls, style="text")
    brief = gist(state, controls, short=True, style="text")
    return first_fit([(*forced, *full), (*forced, *brief), brief, forced], width)


def checklist_lines(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One line a direction: verdict, score, every item's grade, coverage."""
    checked = view.checklist
    mark, _ = title("checklist", "", controls)
    entry = label("ENTRY", controls)
    names = [label("long", controls), label("short", controls)]
    wide = max(map(cell_width, names))
    long = (mark, (entry, "title"), *_verdict(names[0], wide, "long", checked.long, controls))
    blank: Span = (" " * (1 + cell_width(entry)), "text")
    short = (blank, *_verdict(names[1], wide, "short", checked.short, controls))
    rows = [
        first_fit(_choices(head, view, direction, given, controls), width)
        for head, direction, given in ((long, "long", checked.long), (short, "short", checked.short))
    ]
    return finish(rows, width, height, controls)


def _verdict(name: str, wide: int, direction: str, given: DirectionVerdict, controls: Controls) -> Row:
    padded = f" {name}{' ' * (wide - cell_width(name))} "
    return ((padded, direction), *answer(given, direction, controls))


def _choices(head: Row, view: MarketView, direction: str, given: DirectionVerdict, controls: Controls) -> list[Row]:
    """The reason with every grade, with the known ones, with those that did not pass, or alone."""
    why: Row = (
        about("checklist.verdict", ((f"  {verdict_reason(given.reason, controls)}", "muted"),), direction)
        if given.reason
        else ()
    )
    known = label("{share} known", controls, share=percent(given.coverage, 0, signed=False, gap=""))
    covered: Row = about("checklist.coverage", ((f"  {known}", "muted"),), direction)
    if given.verdict == "INSUFFICIENT DATA" or given.score is None:
        covered = ()
    every, graded = _marks(view, direction, controls), _known(view, direction, controls, ("pass", "warn", "fail"))
    poor = _known(view, direction, controls, ("warn", "fail"))
    return [
        (*head, *why, *covered, (" ", "text"), *every),
        (*head, *why, *covered, (" ", "text"), *graded),
        (*head, *why, (" ", "text"), *graded),
        (*head, *why, (" ", "text"), *poor),
        (*head, *why, *covered),
        (*head, *covered, *why),
    ]


def _known(view: MarketView, direction: str, controls: Controls, grades: tuple[Grade, ...]) -> Row:
    """The items with these grades, and how many are unknown."""
    unknown = sum(_grade(item, direction) == "unknown" for item in view.checklist.items)
    words = f" {label('{n} unknown', controls, n=unknown)}" if unknown else ""
    return (*_marks(view, direction, controls, grades), *about("checklist.coverage", ((words, "unknown"),), direction))


def _grade(item: CheckItem, direction: str) -> Grade:
    return item.long if direction == "long" else item.short


def _marks(
    view: MarketView,
    direction: str,
    controls: Controls,
    grades: tuple[Grade, ...] = ("pass", "warn", "fail", "unknown"),
) -> Row:
    spans: list[Span] = []
    for item in view.checklist.items:
        grade = _grade(item, direction)
        if grade in grades:
            pair: Row = ((f" {_short_name(item.name, controls)}", "muted"), (MARKS[grade], GRADE_STYLES[grade]))
            spans += about(item_topic(item.name), pair, item.name)
    return tuple(spans)


def _short_name(name: str, controls: Controls) -> str:
    if word := _SHORT_WORDS.get(name):
        return label(word, controls)
    words = clean(name).split()
    return words[0][:5] if words else UNKNOWN
