"""The pre-entry checklist, long and short side by side, and its verdicts."""

from collections.abc import Sequence

from scoring.view import CheckItem, ChecklistView, DirectionVerdict, Grade, MarketView, Verdict
from tui.controls import Controls
from tui.format import cell_width, clean, percent, score
from tui.language import ENGLISH, label
from tui.views.ages import age_style, age_text
from tui.views.layout import Column, Table, cell, finish, first_fit, scrolled, table, title
from tui.views.place import place, place_of_history
from tui.views.row import Row, about

_PLACES, _HISTORIES = 56, 100
"""From these widths on an item's percentile has a column, and one with the length of its history."""
_NAME, _GRADE, _AGE = 16, 5, 6
"""Cells of an item's name, its grades and its age."""

MARKS: dict[Grade, str] = {"pass": "✔", "warn": "!", "fail": "✘", "unknown": "?"}
GRADE_STYLES: dict[Grade, str] = {"pass": "pass", "warn": "warn", "fail": "fail", "unknown": "unknown"}
VERDICT_STYLES: dict[Verdict, str] = {
    "OK": "pass", "WAIT": "warn", "NO ENTRY": "fail", "INSUFFICIENT DATA": "unknown",
}  # fmt: skip
_VERDICT_WORDS: dict[Verdict, str] = {
    "OK": "OK", "WAIT": "WAIT", "NO ENTRY": "NO ENTRY", "INSUFFICIENT DATA": "INSUFFICIENT DATA",
}  # fmt: skip
_ITEM_WORDS = {
    "cascade": "cascade", "funding": "funding", "liquidation map": "liquidation map", "open interest": "open interest",
    "CVD": "CVD", "BTC context": "BTC context", "local trend": "local trend", "large trades": "large trades",
    "long/short ratio": "long/short ratio", "realised 24 h": "realised 24 h", "options": "options",
}  # fmt: skip
_TOPICS = {
    "cascade": "checklist.cascade", "funding": "checklist.funding", "liquidation map": "checklist.map",
    "open interest": "checklist.interest", "CVD": "checklist.cvd", "BTC context": "checklist.bitcoin",
    "local trend": "checklist.trend", "large trades": "checklist.large", "long/short ratio": "checklist.crowd",
    "realised 24 h": "checklist.realised", "options": "checklist.options",
}  # fmt: skip


def item_topic(name: str) -> str:
    """The topic that explains an item's value and grades."""
    return _TOPICS.get(name, "checklist.item")


def item_name(name: str, controls: Controls) -> str:
    """An item's name in the reader's language."""
    return label(_ITEM_WORDS[name], controls) if name in _ITEM_WORDS else clean(name)


def verdict_name(verdict: Verdict, controls: Controls) -> str:
    """A verdict in the reader's language."""
    return label(_VERDICT_WORDS[verdict], controls)


def checklist(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Items, then a row a direction with verdict, score, coverage and reason, which stay when height is short.

    Where there is height for it, a second row of each item tells what decides, and the exchanges.
    """
    items = view.checklist.items
    lines = _table(width, items, controls)
    verdicts = _verdicts(view.checklist, controls, width)
    if not items:
        head = title("checklist", "CHECKLIST", controls)
        nothing = cell(f" {label('nothing to grade yet', controls)}", "muted")
        return finish([head, nothing, *verdicts], width, height, controls)
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
        rows.append(lines.row(_cells(item, controls, wide)))
        if 2 * len(items) <= room and (item.threshold or item.source):
            rows.append(_decides(item, lines))
    if hidden and room > 1:
        rows.append(about("checklist.hidden", cell(f" {label('{n} more', controls, n=hidden)}", "muted")))
    return finish([*rows, *verdicts], width, height, controls)


def _table(width: int, items: Sequence[CheckItem], controls: Controls) -> Table:
    """The columns: a place in history where one is known and there is width for it."""
    known = any(item.percentile is not None for item in items)
    name = max([_NAME, *(cell_width(item_name(item.name, controls)) for item in items)]) if width >= _PLACES else _NAME
    age = max(_AGE, cell_width(label("age", controls))) if width >= 60 else 0
    place = (12 if width >= _HISTORIES else 4) if known and width >= _PLACES else 0
    rest = (name, _GRADE, _GRADE, age, place)
    why = max(width - sum(length + 1 for length in rest if length) - 1, 6)
    columns = (
        Column("", name, right=False),
        Column("", _GRADE, right=False),
        Column("", _GRADE, right=False),
        Column("", why, rank=1, right=False),
        Column("", place, rank=3, right=False),
        Column("", age, rank=2),
    )
    return table(columns, width, controls)


def _title(lines: Table, controls: Controls) -> Row:
    mark, name = title("checklist", "CHECKLIST", controls)
    own = label("own", controls) if lines.columns[4].width else ""
    headings = (
        name,
        (label("LONG", controls), "long"),
        (label("SHORT", controls), "short"),
        ("", "muted"),
        (own, "muted"),
        (label("age", controls), "muted"),
    )
    return (mark, *lines.row([(heading,) for heading in headings])[1:])


def _cells(item: CheckItem, controls: Controls, wide: bool) -> list[Row]:
    value, reason = clean(item.value), clean(item.reason)
    both = value and reason and value != reason
    why: Row = ((value, "text"), ("  " if both else "", "text"), (reason if value != reason else "", "muted"))
    told = place_of_history(item, controls) if wide else place(item)
    topic, age = item_topic(item.name), item.age_ms
    aged = cell("") if age is None else cell(age_text(age, controls), age_style(age))
    return [
        about(topic, cell(item_name(item.name, controls)), item.name),
        about(topic, _mark(item.long), item.name),
        about(topic, _mark(item.short), item.name),
        about(topic, why, item.name),
        about("checklist.percentile", cell(told, "muted"), item.name),
        about("checklist.age", aged, item.name),
    ]


def _decides(item: CheckItem, lines: Table) -> Row:
    """What decides, and the exchanges that told the value."""
    said = "; ".join(clean(part) for part in (item.threshold, item.source) if part)
    before = " " * (1 + sum(lines.columns[place].width + 1 for place in range(3)))
    return ((before, "text"), *about("checklist.threshold", cell(said, "muted"), item.name))


def _mark(grade: Grade) -> Row:
    return (("  ", "text"), (MARKS[grade], GRADE_STYLES[grade]))


def _verdicts(checked: ChecklistView, controls: Controls, width: int) -> list[Row]:
    names = [label("long", controls), label("short", controls)]
    wide = max(map(cell_width, names))
    padded = [f" {name}{' ' * (wide - cell_width(name))} " for name in names]
    return [
        _verdict(padded[0], "long", checked.long, controls, width),
        _verdict(padded[1], "short", checked.short, controls, width),
    ]


def answer(given: DirectionVerdict, direction: str, controls: Controls = ENGLISH) -> Row:
    """The verdict and its score; no score where too little is known for one."""
    name = about(
        "checklist.verdict", ((verdict_name(given.verdict, controls), VERDICT_STYLES[given.verdict]),), direction
    )
    if given.score is None or given.verdict == "INSUFFICIENT DATA":
        return name
    return (*name, *about("checklist.score", ((f" {score(given.score)}", "strong"),), direction))


def _verdict(name: str, direction: str, given: DirectionVerdict, controls: Controls, width: int) -> Row:
    """The reason comes first: it says what is missing where that is the reason."""
    base: Row = ((name, direction), *answer(given, direction, controls))
    why = (
        *base,
        *about("checklist.verdict", ((f"  {clean(given.reason)}" if given.reason else "", "muted"),), direction),
    )
    known = label("{share} known", controls, share=percent(given.coverage, 0, signed=False))
    covered = (*why, *about("checklist.coverage", ((f"  {known}", "muted"),), direction))
    return why if given.verdict == "INSUFFICIENT DATA" else first_fit([covered, why], width)
