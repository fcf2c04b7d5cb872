"""The pre-entry checklist, long and short side by side, and its verdicts."""

from scoring.view import CheckItem, ChecklistView, DirectionVerdict, Grade, MarketView, Verdict
from tui.controls import Controls
from tui.format import clean, duration, percent, score
from tui.views.layout import Column, Table, cell, finish, first_fit, scrolled, table, title
from tui.views.row import Row

MARKS: dict[Grade, str] = {"pass": "✔", "warn": "!", "fail": "✘", "unknown": "?"}
GRADE_STYLES: dict[Grade, str] = {"pass": "pass", "warn": "warn", "fail": "fail", "unknown": "unknown"}
VERDICT_STYLES: dict[Verdict, str] = {
    "OK": "pass", "WAIT": "warn", "NO ENTRY": "fail", "INSUFFICIENT DATA": "unknown",
}  # fmt: skip


def checklist(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Items, then a row a direction with verdict, score, coverage and reason, which stay when height is short."""
    items = view.checklist.items
    lines = _table(width, controls)
    verdicts = _verdicts(view.checklist, width)
    if not items:
        head = title("checklist", "CHECKLIST", controls)
        return finish([head, cell(" nothing to grade yet", "muted"), *verdicts], width, height, controls)
    room = max(height - 1 - len(verdicts), 0)
    first = max(min(scrolled("checklist", controls), len(items) - room), 0)
    shown = items[first : first + room]
    hidden = len(items) - len(shown)
    if hidden and room > 1:
        shown = shown[:-1]
        hidden += 1
    rows = [_title(lines, controls), *(lines.row(_cells(item)) for item in shown)]
    if hidden and room > 1:
        rows.append(cell(f" {hidden} more", "muted"))
    return finish([*rows, *verdicts], width, height, controls)


def _table(width: int, controls: Controls) -> Table:
    name = 16
    age = 6 if width >= 60 else 0
    why = max(width - (name + 1) - 12 - (age + 1 if age else 0) - 1, 6)
    columns = (
        Column("name", name, right=False),
        Column("long", 5, right=False),
        Column("short", 5, right=False),
        Column("why", why, rank=1, right=False),
        Column("age", age, rank=2),
    )
    return table(columns, width, controls)


def _title(lines: Table, controls: Controls) -> Row:
    mark, label = title("checklist", "CHECKLIST", controls)
    headings = (label, ("LONG", "long"), ("SHORT", "short"), ("", "muted"), ("age", "muted"))
    return (mark, *lines.row([(heading,) for heading in headings])[1:])


def _cells(item: CheckItem) -> list[Row]:
    value, reason = clean(item.value), clean(item.reason)
    both = value and reason and value != reason
    why: Row = ((value, "text"), ("  " if both else "", "text"), (reason if value != reason else "", "muted"))
    return [
        cell(clean(item.name)),
        _mark(item.long),
        _mark(item.short),
        why,
        cell(duration(item.age_ms) if item.age_ms is not None else "", "muted"),
    ]


def _mark(grade: Grade) -> Row:
    return (("  ", "text"), (MARKS[grade], GRADE_STYLES[grade]))


def _verdicts(checked: ChecklistView, width: int) -> list[Row]:
    return [_verdict("long", checked.long, width), _verdict("short", checked.short, width)]


def answer(given: DirectionVerdict) -> Row:
    """The verdict and its score; no score where too little is known for one."""
    name = (given.verdict, VERDICT_STYLES[given.verdict])
    if given.score is None or given.verdict == "INSUFFICIENT DATA":
        return (name,)
    return (name, (f" {score(given.score)}", "strong"))


def _verdict(direction: str, given: DirectionVerdict, width: int) -> Row:
    """The reason comes first: it says what is missing where that is the reason."""
    known = percent(given.coverage, 0, signed=False)
    base: Row = ((f" {direction:<6}", direction), *answer(given))
    why: Row = (*base, (f"  {clean(given.reason)}" if given.reason else "", "muted"))
    covered: Row = (*why, (f"  {known} known", "muted"))
    return why if given.verdict == "INSUFFICIENT DATA" else first_fit([covered, why], width)
