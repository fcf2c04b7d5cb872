"""The journal screen: frozen checklists with what became of them, and which items told good from bad."""

from dataclasses import dataclass

from scoring.view import MarketView
from scoring.view.journal import Difference, Direction, Entry, ItemRecord, JournalRecord, Outcome
from tui.controls import Controls
from tui.format import NONE_SEEN, UNKNOWN, cell_width, clean, cut, duration, percent, score, span, stamp
from tui.format import price as price_text
from tui.language import ENGLISH, label
from tui.views.checklist import GRADE_STYLES, MARKS, VERDICT_STYLES, item_name, verdict_name
from tui.views.cursor import mark, place, two_lists
from tui.views.layout import Column, cell, finish, scrolled, table, title, wrapped
from tui.views.row import Row, about

_EMPTY_WORDS = (
    "Nothing kept yet: enter on the checklist keeps it with a note, and grades it from the prices that follow."
)
_DIRECTION_WORDS: dict[Direction, str] = {"long": "long", "short": "short"}
_WORTH_WORDS: dict[Difference, str] = {
    "n too small": "n too small", "no difference told": "no difference told", "better when it passes": "better",
    "worse when it passes": "worse",
}  # fmt: skip
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
    head: Row = (*title("journal", "JOURNAL", controls), *_head(board, controls))
    if not board.entries:
        nothing = label(_EMPTY_WORDS, controls) if board.path else label("There is no journal here.", controls)
        return finish([head, *wrapped(nothing, width)], width, height, controls)
    items = item_rows(board.records, width, controls)
    at = place(scrolled("journal", controls), len(board.entries) + max(len(items) - 2, 0))
    lines = table(_columns(board, width, controls), width, controls)
    rows = [lines.row(_cells(one, board, index == at, view.at_ms, controls)) for index, one in enumerate(board.entries)]
    upper, lower = two_lists(rows, items[2:], at, max(height - 5, 0))
    return finish([head, lines.header(), *upper, (), *items[:2], *lower], width, height, controls)


def _head(board: JournalBoard, controls: Controls) -> Row:
    if not board.entries:
        return ()
    n = len(board.entries)
    many = label("1 entry", controls) if n == 1 else label("{n} entries", controls, n=n)
    counted = about("journal.count", ((f"  {many}", "muted"),))
    if not board.unreadable:
        return counted
    wrong = label("{n} lines of the file can't be read", controls, n=board.unreadable)
    return (*counted, *about("journal.count", ((f"  {wrong}", "warn"),)))


def _columns(board: JournalBoard, width: int, controls: Controls) -> tuple[Column, ...]:
    widest = max(cell_width(clean(one.entry.coin)) for one in board.entries)
    coin = min(max(widest, cell_width(label("coin", controls))), 10)
    fixed = (
        Column("", 1, right=False),
        Column("", 0 if board.mode == "LIVE" else 6, right=False),
        Column("time (UTC)", 11, right=False),
        Column("coin", coin, right=False),
        Column("side", 5, right=False),
        Column("verdict", 13, rank=1, right=False),
        Column("price", 11, rank=3),
        *(Column(_after(one.hours, controls), 9) for one in board.records),
    )
    used = sum(column.width + 1 for column in fixed if column.width) + 1
    return (*fixed, Column("note", max(width - used - 1, 0), rank=4, right=False))


def _after(hours: float, controls: Controls) -> str:
    return label("after {time}", controls, time=span(60 * hours))


def _verdict_word(entry: Entry, controls: Controls) -> str:
    if entry.verdict == "INSUFFICIENT DATA":
        return label("NO DATA", controls)
    return verdict_name(entry.verdict, controls)


def _cells(one: Graded, board: JournalBoard, at_it: bool, now_ms: int, controls: Controls) -> list[Row]:
    entry, of = one.entry, one.entry.identity
    scored = entry.score is not None and entry.verdict != "INSUFFICIENT DATA"
    verdict: Row = ((_verdict_word(entry, controls), VERDICT_STYLES[entry.verdict]),)
    points: Row = ((f" {score(entry.score)}", "strong"),) if scored else ()
    price = cell(price_text(entry.price), "unknown" if entry.price is None else "text")
    return [
        mark(at_it),
        cell(board.mode, board.mode.lower()),
        about("journal.time", cell(stamp(entry.at_ms)[5:16], "muted"), of),
        cell(clean(entry.coin, 10), "strong"),
        cell(label(_DIRECTION_WORDS[entry.direction], controls), entry.direction),
        about("journal.verdict", (*verdict, *points), of),
        about("journal.price", price, of),
        *(about("journal.result", _result(one, horizon.hours, now_ms, controls), of) for horizon in board.records),
        about("journal.note", cell(clean(entry.note), "muted"), of),
    ]


def _result(one: Graded, hours: float, now_ms: int, controls: Controls) -> Row:
    """The return, when it comes, or that it is not known."""
    outcome = next((known for known in one.outcomes if known.hours == hours), None)
    if outcome is None:
        due_ms = one.entry.at_ms + round(hours * _HOUR_MS)
        if one.unfollowed:
            return cell(UNKNOWN, "unknown")
        if due_ms <= now_ms:
            return cell(label("due", controls), "muted")
        return cell(label("in {time}", controls, time=duration(due_ms - now_ms)), "muted")
    if outcome.result is None:
        return cell(UNKNOWN, "unknown")
    return cell(percent(outcome.result), _result_style(outcome.result))


def _result_style(result: float) -> str:
    return "up" if result > 0 else "down" if result < 0 else "text"


def item_rows(records: tuple[JournalRecord, ...], width: int, controls: Controls) -> list[Row]:
    """Two rows of headings, then a row an item: the record at each horizon."""
    room = max((width - _NAME - 3) // max(len(records), 1) - 1, 12)
    columns = [Column("", 1), Column("", _NAME, right=False)]
    columns += [Column("", room, rank=number, right=False) for number, _ in enumerate(records)]
    lines = table(columns, width, controls)
    means = [about("journal.mean", cell(_mean(one, controls), "muted")) for one in records]
    counts = [about("journal.mean", cell(_of_all(one, controls), "muted")) for one in records]
    heads = [cell(""), cell(label("ITEMS", controls), "title"), *counts]
    under = [cell(""), cell(label("passed/not", controls), "muted"), *means]
    names = dict.fromkeys(item.name for one in records for item in one.items)
    rows = [
        lines.row(
            [
                cell(""),
                about("journal.item", cell(item_name(name, controls)), clean(name)),
                *(_item(one, name, controls) for one in records),
            ]
        )
        for name in names
    ]
    nothing = about("journal.item", cell(f"  {NONE_SEEN} {label('nothing graded yet', controls)}", "muted"))
    return [lines.row(heads), lines.row(under), *(rows or [nothing])]


def _of_all(one: JournalRecord, controls: Controls) -> str:
    return f"{_after(one.hours, controls)}: n {one.n}"


def _mean(one: JournalRecord, controls: Controls) -> str:
    if one.mean is None:
        return label("{n} not graded", controls, n=one.ungraded) if one.ungraded else ""
    return label("mean {mean}, {good} of {n} good", controls, mean=percent(one.mean), good=one.good, n=one.n)


def _item(one: JournalRecord, name: str, controls: Controls) -> Row:
    item = next((item for item in one.items if item.name == name), None)
    row: Row = ((UNKNOWN, "unknown"),) if item is None else worth(item, controls)
    return about("journal.item", row, f"{clean(name)}@{span(60 * one.hours)}")


def worth(item: ItemRecord, controls: Controls = ENGLISH) -> Row:
    """What may be said of an item at one horizon, behind the number of entries in which it passed and didn't."""
    counts, words = f"{item.n_pass}/{item.n_other} ", label(_WORTH_WORDS[item.words], controls)
    if item.difference is None:
        return ((counts, "text"), (words, "muted"))
    style = {"better when it passes": "pass", "worse when it passes": "fail"}.get(item.words, "muted")
    return ((counts, "text"), (f"{words} {percent(item.difference)}" if style != "muted" else words, style))


def entry_card(one: Graded, board: JournalBoard, now_ms: int, width: int, controls: Controls = ENGLISH) -> list[Row]:
    """A frozen checklist in full, with what became of it."""
    entry = one.entry
    mode = f"  {board.mode}" if board.mode != "LIVE" else ""
    side = label(_DIRECTION_WORDS[entry.direction], controls)
    rows: list[Row] = [((f" {clean(entry.coin)} {side}", entry.direction), (f"  {stamp(entry.at_ms)}{mode}", "muted"))]
    rows += wrapped(clean(entry.note), width, "strong")
    known = percent(entry.coverage, 0, signed=False)
    covered = entry.verdict != "INSUFFICIENT DATA"
    words = verdict_name(entry.verdict, controls)
    words += f" {score(entry.score)}" if covered and entry.score is not None else ""
    words += f": {clean(entry.reason)}"
    words += f", {label('{share} known', controls, share=known)}" if covered else ""
    rows += wrapped(words, width, VERDICT_STYLES[entry.verdict])
    at = label("at {price}", controls, price=price_text(entry.price))
    rows += wrapped(f"{at}, {clean(entry.price_source)}", width, "text")
    due = [row for horizon in board.records for row in _outcome_rows(one, horizon.hours, now_ms, width, controls)]
    rows += [(), *due, ()]
    for item in entry.items:
        values = "  ".join(filter(None, (clean(item.value), clean(item.reason) if item.reason != item.value else "")))
        first, *more = wrapped(values, max(width - _NAME - 4, 10), "text") or [cell(" ")]
        grade = (f" {MARKS[item.grade]} ", GRADE_STYLES[item.grade])
        name = cut(item_name(item.name, controls), _NAME)
        rows.append((grade, (name + " " * (_NAME - cell_width(name)), "text"), *first))
        rows += [((" " * (_NAME + 3), "text"), *row) for row in more]
    return rows


def _outcome_rows(one: Graded, hours: float, now_ms: int, width: int, controls: Controls) -> list[Row]:
    name = f"{_after(hours, controls)}: "
    outcome = next((known for known in one.outcomes if known.hours == hours), None)
    if outcome is None:
        (said, style), *_ = _result(one, hours, now_ms, controls)
        why = f" {label(one.unfollowed, controls)}" if one.unfollowed else ""
        why += f": {clean(one.entry.price_source)}" if why and not one.entry.price else ""
        return wrapped(f"{name}{said}{why}", width, style)
    reach = label(
        "best {best}, worst {worst}, {share} of it watched", controls,
        best=percent(outcome.best), worst=percent(outcome.worst), share=percent(outcome.seen, 0, signed=False),
    )  # fmt: skip
    if outcome.result is None:
        return wrapped(f"{name}{UNKNOWN} {clean(outcome.reason)}; {reach}", width, "unknown")
    return wrapped(f"{name}{percent(outcome.result)}; {reach}", width, _result_style(outcome.result))
