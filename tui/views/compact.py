"""The cascade in two lines and the checklist in two, for a terminal of 80 by 24."""

from scoring.view import CheckItem, DirectionVerdict, Grade, MarketView
from tui.controls import Controls
from tui.format import clean, percent, ratio, span
from tui.views.cascade import blind_rows, day_spans, minute_spans, now_known
from tui.views.checklist import GRADE_STYLES, MARKS, answer
from tui.views.layout import finish, first_fit, title
from tui.views.row import Row, Span

_SHORT = {
    "liquidation map": "map", "liquidations": "liq", "realised 24h": "24h", "realised 24 h": "24h",
    "funding": "fund", "open interest": "OI",
    "cvd": "CVD", "large trades": "big", "btc context": "BTC", "local trend": "trend", "long/short": "L/S",
    "long/short ratio": "L/S", "cascade": "casc", "options": "opt",
}  # fmt: skip


def cascade_lines(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The last minute against the usual one, and the day; blind: why, on as many rows as it takes."""
    head = title("cascade", "CASCADE", controls)
    times = view.cascade.ratio if now_known(view) else None
    base = (*head, (" 60s ", "muted"), *minute_spans(view))
    brief = ((" 60s ", "muted"), *minute_spans(view, short=True))
    least = (title("cascade", "", controls)[0], ("60s ", "muted"), *brief[1:])
    usual = (f"  {ratio(times)} usual", "muted")
    first = blind_rows(view, controls, width) or [first_fit([(*base, usual), base, (*head, *brief), least], width)]
    name = (f" {span(view.cascade.day.window_minutes) if view.cascade.day else '24h'} ", "muted")
    day = first_fit([(name, *day_spans(view)), (name, *day_spans(view, short=True))], width)
    return finish([*first, day], width, height, controls)


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
