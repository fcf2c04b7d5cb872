"""The pre-entry checklist, long and short side by side, and its verdicts."""

from collections.abc import Sequence

from scoring.view import CheckItem, ChecklistView, DirectionVerdict, Grade, MarketView, Verdict
from tui.controls import Controls
from tui.format import clean, duration, percent, score
from tui.views.layout import Column, Table, cell, finish, first_fit, scrolled, table, title
from tui.views.place import place, place_of_history
from tui.views.row import Row

_PLACES, _HISTORIES = 56, 100
"""From these widths on an item's percentile has a column, and one with the length of its history."""

MARKS: dict[Grade, str] = {"pass": "✔", "warn": "!", "fail": "✘", "unknown": "?"}
GRADE_STYLES: dict[Grade, str] = {"pass": "pass", "warn": "warn", "fail": "fail", "unknown": "unknown"}
VERDICT_STYLES: dict[Verdict, str] = {
    "OK": "pass", "WAIT": "warn", "NO ENTRY": "fail", "INSUFFICIENT DATA": "unknown",
}  # fmt: skip


def checklist(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Items, then a row a direction with verdict, score, coverage and reason, which stay when height is short.

    Where there is height for it, a second row of each item tells what decides, and the exchanges.
    """
    items = view.checklist.items
    lines = _table(width, items, controls)
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
    wide = width >= _HISTORIES
    rows = [_title(lines, controls)]
    for item in shown:
        rows.append(lines.row(_cells(item, wide)))
        if 2 * len(items) <= room and (item.threshold or item.source):
            rows.append(_decides(item))
    if hidden and room > 1:
        rows.append(cell(f" {hidden} more", "muted"))
    return finish([*rows, *verdicts], width, height, controls)


def _table(width: int, items: Sequence[CheckItem], controls: Controls) -> Table:
    """The columns: a place in history where one is known and there is width for it."""
    name, known = 16, any(item.percentile is not None for item in items)
    age = 6 if width >= 60 else 0
    place = (12 if width >= _HISTORIES else 4) if known and width >= _PLACES else 0
    why = max(width - (name + 1) - 12 - sum(length + 1 for length in (age, place) if length) - 1, 6)
    columns = (
        Column("name", name, right=False),
        Column("long", 5, right=False),
        Column("short", 5, right=False),
        Column("why", why, rank=1, right=False),
        Column("place", place, rank=3, right=False),
        Column("age", age, rank=2),
    )
    return table(columns, width, controls)


def _title(lines: Table, controls: Controls) -> Row:
    mark, label = title("checklist", "CHECKLIST", controls)
    own = ("own" if lines.columns[4].width else "", "muted")
    headings = (label, ("LONG", "long"), ("SHORT", "short"), ("", "muted"), own, ("age", "muted"))
    return (mark, *lines.row([(heading,) for heading in headings])[1:])


def _cells(item: CheckItem, wide: bool) -> list[Row]:
    value, reason = clean(item.value), clean(item.reason)
    both = value and reason and value != reason
    why: Row = ((value, "text"), ("  " if both else "", "text"), (reason if value != reason else "", "muted"))
    told = place_of_history(item) if wide else place(item)
    return [
        cell(clean(item.name)),
        _mark(item.long),
        _mark(item.short),
        why,
        cell(told, "muted"),
        cell(duration(item.age_ms) if item.age_ms is not None else "", "muted"),
    ]


def _decides(item: CheckItem) -> Row:
    """What decides, and the exchanges that told the value."""
    said = "; ".join(clean(part) for part in (item.threshold, item.source) if part)
    return cell(f"{'':30}{said}", "muted")


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
