"""The cascade in two lines and the checklist in two, for a terminal of 80 by 24."""

from scoring.view import CheckItem, DirectionVerdict, Grade, MarketView
from tui.controls import Controls
from tui.format import clean, percent, ratio, score, span
from tui.views.cascade import day_spans, minute_spans, now_known
from tui.views.checklist import GRADE_STYLES, MARKS, VERDICT_STYLES, score_style
from tui.views.layout import finish, first_fit, title
from tui.views.row import Row, Span

_SHORT = {
    "liquidation map": "map", "liquidations": "liq", "realised 24h": "24h", "realised 24 h": "24h",
    "funding": "fund", "open interest": "OI",
    "cvd": "CVD", "large trades": "big", "btc context": "BTC", "local trend": "trend", "long/short": "L/S",
    "long/short ratio": "L/S", "cascade": "casc", "options": "opt",
}  # fmt: skip


def cascade_lines(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The last minute against the usual one, and the day."""
    head = title("cascade", "CASCADE", controls)
    if view.cascade.blind is not None:
        first: Row = (*head, (" BLIND ", "fail"), (clean(view.cascade.blind), "warn"))
    else:
        times = view.cascade.ratio if now_known(view) else None
        base = (*head, (" 60s ", "muted"), *minute_spans(view))
        brief = (*head, (" 60s ", "muted"), *minute_spans(view, short=True))
        first = first_fit([(*base, (f"  {ratio(times)} usual", "muted")), base, brief], width)
    name = span(view.cascade.day.window_minutes) if view.cascade.day else "24h"
    return finish([first, ((f" {name} ", "muted"), *day_spans(view))], width, height, controls)


def checklist_lines(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One line a direction: verdict, score, every item's grade, coverage."""
    checked = view.checklist
    mark, _ = title("checklist", "", controls)
    long = (mark, *_verdict("ENTRY long ", "long", checked.long))
    short = ((" ", "text"), *_verdict("      short", "short", checked.short))
    rows = [
        first_fit([(*head, *marks) for marks in (_marks(view, direction), _graded(view, direction, given))], width)
        for head, direction, given in ((long, "long", checked.long), (short, "short", checked.short))
    ]
    return finish(rows, width, height, controls)


def _verdict(name: str, style: str, given: DirectionVerdict) -> Row:
    return (
        (name[:6], "title"),
        (name[6:], style),
        (f" {given.verdict}", VERDICT_STYLES[given.verdict]),
        (f" {score(given.score)}", score_style(given)),
        (f" {percent(given.coverage, 0, signed=False, gap='')} " if given.score is not None else " ", "muted"),
    )


def _graded(view: MarketView, direction: str, given: DirectionVerdict) -> Row:
    """The graded items alone, how many are unknown, and the reason."""
    unknown = sum(_grade(item, direction) == "unknown" for item in view.checklist.items)
    count = (f" {unknown} unknown", "unknown") if unknown else ("", "text")
    return (*_marks(view, direction, graded_only=True), count, (f"  {clean(given.reason)}", "muted"))


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
