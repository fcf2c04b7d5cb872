"""The pre-entry checklist, long and short side by side, and its verdicts."""

from collections.abc import Sequence
from itertools import accumulate

from scoring.view import CheckItem, ChecklistView, DirectionVerdict, Grade, MarketView, Verdict
from tui.controls import Controls
from tui.format import cell_width, clean, percent, score
from tui.language import ENGLISH, label
from tui.views.ages import age_style, age_text
from tui.views.layout import Column, Table, cell, finish, first_fit, row_width, scrolled, table, title, whole_words
from tui.views.place import place, place_of_history
from tui.views.prose import lines_of
from tui.views.row import Row, about
from tui.views.said import ITEM_WORDS, typeset, verdict_reason

_BESIDE, _PLACES, _HISTORIES = 56, 70, 100
"""From these widths on an item's percentile is behind its value, has a column, and one with its history's length."""
_LEAST_REASON = 12
"""A reason that would be cut to fewer cells is left out."""
_WHY, _AGES = 3, 5
"""The places of the values and the ages among the columns; percentiles stand between them."""
_ALL = 3
"""From so many rows an item on it is told in full; it rarely takes more."""
_UNDER, _INDENT = 120, 3
"""From this width on what is told below an item stands under its value; in a narrower pane it has so many cells before.
"""
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
    return label(ITEM_WORDS[name], controls) if name in ITEM_WORDS else clean(name)


def verdict_name(verdict: Verdict, controls: Controls) -> str:
    """A verdict in the reader's language."""
    return label(_VERDICT_WORDS[verdict], controls)


def checklist(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Items, then a row a direction with verdict, score, coverage and reason, which stay when height is short.

    Where there is height for two rows an item, the second tells what decides; maximised, and where there is height for
    three, the rows below it tell in full what its own has no room for.
    """
    items = view.checklist.items
    lines = _table(width, items, controls)
    verdicts = _verdicts(view.checklist, controls, width)
    if not items:
        head = title("checklist", "CHECKLIST", controls)
        nothing = cell(f" {label('nothing to grade yet', controls)}", "muted")
        return finish([head, nothing, *verdicts], width, height, controls)
    room = max(height - 1 - len(verdicts), 0)
    each = _ALL if controls.maximised else room // len(items)
    if each >= _ALL:
        told = [_in_full(item, controls, lines) for item in items]
    else:
        told = [_in_brief(item, controls, lines)[: each or 1] for item in items]
    shown = _shown(told, scrolled("checklist", controls), room, controls)
    return finish([_title(lines, controls), *shown, *verdicts], width, height, controls)


def _shown(told: Sequence[Sequence[Row]], scroll: int, room: int, controls: Controls) -> list[Row]:
    """The rows of the items from `scroll` on; where more follow, the last one counts the items that end there."""
    rows = [row for item in told for row in item]
    first = max(min(scroll, len(rows) - room), 0)
    if first + room >= len(rows) or room <= 1:
        return rows[first : first + room]
    last = first + room - 1
    hidden = sum(end > last for end in accumulate(map(len, told)))
    more = about("checklist.hidden", cell(f" {label('{n} more', controls, n=hidden)}", "muted"))
    return [*rows[first:last], more]


def _table(width: int, items: Sequence[CheckItem], controls: Controls) -> Table:
    """The columns: a place in history where one is known and there is width for it."""
    known = any(item.percentile is not None for item in items)
    name = max([_NAME, *(cell_width(item_name(item.name, controls)) for item in items)]) if width >= _BESIDE else _NAME
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


def _cells(item: CheckItem, controls: Controls, lines: Table, whole: bool = False) -> list[Row]:
    why = _why(item, lines, whole)
    told = place_of_history(item, controls) if lines.width >= _HISTORIES else place(item)
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


def _why(item: CheckItem, lines: Table, whole: bool) -> Row:
    """The value, its place in history where that has no column, and as many whole words of the reason as fit.

    `whole`: the reason only where all of it fits.
    """
    width, beside = lines.columns[_WHY].width, lines.width >= _BESIDE and not lines.columns[_WHY + 1].width
    value, reason = typeset(item.value), _reason(item)
    row: Row = ((value, "text"),) if value else ()
    if beside and place(item):
        behind = about("checklist.percentile", cell(f" {place(item)}", "muted"), item.name)
        row = (*row, *behind) if row_width((*row, *behind)) <= width else row
    gap = 2 * bool(row)
    room = width - row_width(row) - gap
    if not reason or room < (cell_width(reason) if whole else min(_LEAST_REASON, cell_width(reason))):
        return row
    return (*row, (" " * gap, "text"), (whole_words(reason, room), "muted"))


def _reason(item: CheckItem) -> str:
    """Why it is graded so, where that is more than its value."""
    return "" if item.reason == item.value else typeset(item.reason)


def _in_full(item: CheckItem, controls: Controls, lines: Table) -> list[Row]:
    """The item's row, and below it what that has no room for: value and reason, then what decides, source and age."""
    value, reason = typeset(item.value), _reason(item)
    beside = {text for text, _ in _why(item, lines, whole=True)}
    cut = cell_width(value) > lines.columns[_WHY].width
    why = [text for text, left_out in ((value, cut), (reason, reason not in beside)) if text and left_out]
    return [
        lines.row(_cells(item, controls, lines, whole=True)),
        *_below("; ".join(why), item_topic(item.name), item, lines),
        *_below(_decides(item, controls, lines), "checklist.threshold", item, lines),
    ]


def _in_brief(item: CheckItem, controls: Controls, lines: Table) -> list[Row]:
    """The item's row, and below it as much of what decides as fits in one."""
    decides = whole_words(_decides(item, controls, lines), lines.width - _aside(lines))
    return [lines.row(_cells(item, controls, lines)), *_below(decides, "checklist.threshold", item, lines)]


def _decides(item: CheckItem, controls: Controls, lines: Table) -> str:
    """What decides, the exchanges that told the value, and its age where that has no column."""
    parts = [typeset(item.threshold), f"{label('source', controls)} {typeset(item.source)}" if item.source else ""]
    if item.age_ms is not None and _AGES not in lines.kept:
        parts.append(f"{label('age', controls)} {age_text(item.age_ms, controls)}")
    return "; ".join(part for part in parts if part)


def _aside(lines: Table) -> int:
    """How many cells are left free before what is told below an item."""
    under = 1 + sum(lines.columns[number].width + 1 for number in range(_WHY))
    return under if lines.width >= _UNDER else _INDENT


def _below(text: str, topic: str, item: CheckItem, lines: Table) -> list[Row]:
    """A sentence in as many rows as it takes, under the values where the pane is wide, else further left."""
    aside = _aside(lines)
    words = lines_of(text, lines.width - aside)
    return [((" " * aside, "text"), *about(topic, cell(line, "muted"), item.name)) for line in words]


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
    """The reason comes first: it says what is missing where that is the reason. Else how much is known always stays."""
    base: Row = ((name, direction), *answer(given, direction, controls))
    reason = verdict_reason(given.reason, controls)
    why = _told("checklist.verdict", f"  {reason}" if reason else "", direction)
    if given.verdict == "INSUFFICIENT DATA":
        return (*base, *why)
    share = percent(given.coverage, 0, signed=False)
    known = _told("checklist.coverage", f"  {label('{share} known', controls, share=share)}", direction)
    room = width - row_width((*base, *known)) - 2
    cut = _told("checklist.verdict", f"  {whole_words(reason, room)}" if room >= _LEAST_REASON else "", direction)
    least = _told("checklist.coverage", f" {share}", direction)
    return first_fit([(*base, *why, *known), (*base, *known, *cut), (*base, *least)], width)


def _told(topic: str, text: str, direction: str) -> Row:
    return about(topic, cell(text, "muted"), direction)
