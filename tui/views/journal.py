"""The journal screen: frozen checklists with what became of them, and which items told good from bad."""

from dataclasses import dataclass

from scoring.view import MarketView
from scoring.view.journal import Entry, ItemRecord, JournalRecord, Outcome
from tui.controls import Controls
from tui.format import NONE_SEEN, UNKNOWN, cell_width, clean, duration, percent, score, span, stamp
from tui.format import price as price_text
from tui.views.checklist import GRADE_STYLES, MARKS, VERDICT_STYLES
from tui.views.cursor import mark, place, two_lists
from tui.views.layout import Column, cell, finish, scrolled, table, title, wrapped
from tui.views.row import Row

_EMPTY = "Nothing kept yet: enter on the checklist keeps it with a note, and grades it from the prices that follow."
_HOUR_MS = 3_600_000
_NAME = 16


@dataclass(frozen=True, slots=True)
class Graded:
    """An entry with its outcomes so far. `unfollowed`: why the rest won't come in this run; "" where it will."""

    entry: Entry
    outcomes: tuple[Outcome, ...] = ()
    unfollowed: str = ""


@dataclass(frozen=True, slots=True)
class JournalBoard:
    """A journal: entries newest first, and what the items were worth, a record a horizon. `path` "": there is none."""

    entries: tuple[Graded, ...] = ()
    records: tuple[JournalRecord, ...] = ()
    mode: str = "LIVE"
    path: str = ""
    unreadable: int = 0
    watched: tuple[str, ...] = ()


def chosen(board: JournalBoard, controls: Controls) -> Graded | None:
    """The entry that the cursor is on; None below the last."""
    at = max(controls.scroll, 0)
    return board.entries[at] if at < len(board.entries) else None


def journal(board: JournalBoard, view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Title, the entries, and under them the items with their records."""
    head: Row = (*title("journal", "JOURNAL", controls), *_head(board))
    if not board.entries:
        return finish(
            [head, *wrapped(_EMPTY if board.path else "There is no journal here.", width)], width, height, controls
        )
    items = item_rows(board.records, width, controls)
    at = place(scrolled("journal", controls), len(board.entries) + max(len(items) - 2, 0))
    lines = table(_columns(board, width), width, controls)
    rows = [lines.row(_cells(one, board, index == at, view.at_ms)) for index, one in enumerate(board.entries)]
    upper, lower = two_lists(rows, items[2:], at, max(height - 5, 0))
    return finish([head, lines.header(), *upper, (), *items[:2], *lower], width, height, controls)


def _head(board: JournalBoard) -> Row:
    if not board.entries:
        return ()
    many = f"  {len(board.entries)} entr{'y' if len(board.entries) == 1 else 'ies'}"
    wrong = f"  {board.unreadable} lines of the file can't be read" if board.unreadable else ""
    return ((many, "muted"), (wrong, "warn"))


def _columns(board: JournalBoard, width: int) -> tuple[Column, ...]:
    coin = min(max(max(cell_width(clean(one.entry.coin)) for one in board.entries), 4), 10)
    fixed = (
        Column("", 1, right=False),
        Column("", 0 if board.mode == "LIVE" else 6, right=False),
        Column("time (UTC)", 11, right=False),
        Column("coin", coin, right=False),
        Column("side", 5, right=False),
        Column("verdict", 13, rank=1, right=False),
        Column("price", 11, rank=3),
        *(Column(f"after {span(60 * one.hours)}", 9) for one in board.records),
    )
    used = sum(column.width + 1 for column in fixed if column.width) + 1
    return (*fixed, Column("note", max(width - used - 1, 0), rank=4, right=False))


def _cells(one: Graded, board: JournalBoard, at_it: bool, now_ms: int) -> list[Row]:
    entry = one.entry
    given = "NO DATA" if entry.verdict == "INSUFFICIENT DATA" else entry.verdict
    points = "" if entry.score is None or given == "NO DATA" else f" {score(entry.score)}"
    return [
        mark(at_it),
        cell(board.mode, board.mode.lower()),
        cell(stamp(entry.at_ms)[5:16], "muted"),
        cell(clean(entry.coin, 10), "strong"),
        cell(entry.direction, entry.direction),
        ((given, VERDICT_STYLES[entry.verdict]), (points, "strong")),
        cell(price_text(entry.price), "unknown" if entry.price is None else "text"),
        *(_result(one, horizon.hours, now_ms) for horizon in board.records),
        cell(clean(entry.note), "muted"),
    ]


def _result(one: Graded, hours: float, now_ms: int) -> Row:
    """The return, when it comes, or that it is not known."""
    outcome = next((known for known in one.outcomes if known.hours == hours), None)
    if outcome is None:
        due_ms = one.entry.at_ms + round(hours * _HOUR_MS)
        if one.unfollowed:
            return cell(UNKNOWN, "unknown")
        return cell(f"in {duration(due_ms - now_ms)}" if due_ms > now_ms else "due", "muted")
    if outcome.result is None:
        return cell(UNKNOWN, "unknown")
    return cell(percent(outcome.result), "pass" if outcome.result > 0 else "fail" if outcome.result < 0 else "text")


def item_rows(records: tuple[JournalRecord, ...], width: int, controls: Controls) -> list[Row]:
    """Two rows of headings, then a row an item: the record at each horizon."""
    room = max((width - _NAME - 3) // max(len(records), 1) - 1, 12)
    columns = [Column("", 1), Column("", _NAME, right=False)]
    columns += [Column("", room, rank=number, right=False) for number, _ in enumerate(records)]
    lines = table(columns, width, controls)
    heads = [cell(""), cell("ITEMS", "title"), *(cell(_of_all(one), "muted") for one in records)]
    under = [cell(""), cell("passed/not", "muted"), *(cell(_mean(one), "muted") for one in records)]
    names = dict.fromkeys(item.name for one in records for item in one.items)
    rows = [lines.row([cell(""), cell(clean(name)), *(_item(one, name) for one in records)]) for name in names]
    return [lines.row(heads), lines.row(under), *(rows or [cell(f"  {NONE_SEEN} nothing graded yet", "muted")])]


def _of_all(one: JournalRecord) -> str:
    return f"after {span(60 * one.hours)}: n {one.n}"


def _mean(one: JournalRecord) -> str:
    if one.mean is None:
        return f"{one.ungraded} not graded" if one.ungraded else ""
    return f"mean {percent(one.mean)}, {one.good} of {one.n} good"


def _item(one: JournalRecord, name: str) -> Row:
    item = next((item for item in one.items if item.name == name), None)
    return ((f"{UNKNOWN}", "unknown"),) if item is None else worth(item)


def worth(item: ItemRecord) -> Row:
    """What may be said of an item at one horizon, behind the number of entries in which it passed and didn't."""
    counts = f"{item.n_pass}/{item.n_other} "
    if item.difference is None:
        return ((counts, "text"), (item.words, "muted"))
    style = {"better when it passes": "pass", "worse when it passes": "fail"}.get(item.words, "muted")
    words = item.words.removesuffix(" when it passes")
    return ((counts, "text"), (f"{words} {percent(item.difference)}" if style != "muted" else words, style))


def entry_card(one: Graded, board: JournalBoard, now_ms: int, width: int) -> list[Row]:
    """A frozen checklist in full, with what became of it."""
    entry = one.entry
    mode = f"  {board.mode}" if board.mode != "LIVE" else ""
    rows: list[Row] = [
        ((f" {clean(entry.coin)} {entry.direction}", entry.direction), (f"  {stamp(entry.at_ms)}{mode}", "muted"))
    ]
    rows += wrapped(clean(entry.note), width, "strong")
    known = f", {percent(entry.coverage, 0, signed=False)} known" if entry.verdict != "INSUFFICIENT DATA" else ""
    points = f" {score(entry.score)}" if known and entry.score is not None else ""
    rows += wrapped(f"{entry.verdict}{points}: {clean(entry.reason)}{known}", width, VERDICT_STYLES[entry.verdict])
    rows += wrapped(f"at {price_text(entry.price)}, {clean(entry.price_source)}", width, "text")
    rows += [(), *(row for horizon in board.records for row in _outcome_rows(one, horizon.hours, now_ms, width)), ()]
    for item in entry.items:
        values = "  ".join(filter(None, (clean(item.value), clean(item.reason) if item.reason != item.value else "")))
        first, *more = wrapped(values, max(width - _NAME - 4, 10), "text") or [cell(" ")]
        grade = (f" {MARKS[item.grade]} ", GRADE_STYLES[item.grade])
        rows.append((grade, (clean(item.name, _NAME).ljust(_NAME), "text"), *first))
        rows += [((" " * (_NAME + 3), "text"), *row) for row in more]
    return rows


def _outcome_rows(one: Graded, hours: float, now_ms: int, width: int) -> list[Row]:
    name = f"after {span(60 * hours)}: "
    outcome = next((known for known in one.outcomes if known.hours == hours), None)
    if outcome is None:
        (said, style), *_ = _result(one, hours, now_ms)
        return wrapped(f"{name}{said}{f' {one.unfollowed}' if one.unfollowed else ''}", width, style)
    watched = percent(outcome.seen, 0, signed=False)
    reach = f"best {percent(outcome.best)}, worst {percent(outcome.worst)}, {watched} of it watched"
    if outcome.result is None:
        return wrapped(f"{name}{UNKNOWN} {clean(outcome.reason)}; {reach}", width, "unknown")
    style = "pass" if outcome.result > 0 else "fail" if outcome.result < 0 else "text"
    return wrapped(f"{name}{percent(outcome.result)}; {reach}", width, style)
