"""How rows are laid out: columns that give way as the width shrinks, titles, and the cut to a pane's size."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui.controls import Controls
from tui.format import cell_width, cut, to_ascii
from tui.language import label
from tui.views.row import Row, Span

_PARTS = re.compile(r"(\s*)([\u2e80-\u9fff\uff00-\uffee][，。：；、）]?|[^\s\u2e80-\u9fff\uff00-\uffee]+)")
"""What a row of text may end behind, with the blanks before it: a Chinese character, else a word."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its heading, cells, side, and its rank: 0 always stays, the largest goes first."""

    heading: str
    width: int
    rank: int = 0
    right: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """The columns that fit, in their order."""

    columns: tuple[Column, ...]
    kept: tuple[int, ...]
    controls: Controls

    @property
    def width(self) -> int:
        """Terminal cells of every row, the leading space included."""
        return sum(self.columns[index].width + 1 for index in self.kept)

    def header(self) -> Row:
        """The headings."""
        return self.row([cell(label(column.heading, self.controls), "muted") for column in self.columns])

    def row(self, cells: Sequence[Row]) -> Row:
        """One row from the cells of all columns, those that gave way included."""
        spans: list[Span] = [(" ", "text")]
        for index in self.kept:
            spans.extend(self._cell(self.columns[index], cells[index]))
            spans.append((" ", "text"))
        return tuple(spans[:-1])

    def _cell(self, column: Column, cell: Row) -> Row:
        row = fit(_in_ascii(cell) if self.controls.ascii else cell, column.width)
        padding = (" " * (column.width - row_width(row)), "text")
        if not padding[0]:
            return row
        return (padding, *row) if column.right else (*row, padding)


def table(columns: Iterable[Column], width: int, controls: Controls) -> Table:
    """Keep the columns that fit: those of the largest rank go first."""
    columns = tuple(columns)
    kept = [index for index, column in enumerate(columns) if column.width > 0]
    while sum(columns[index].width + 1 for index in kept) > width:
        worst = max(kept, key=lambda index: columns[index].rank)
        if columns[worst].rank == 0:
            break
        kept.remove(worst)
    return Table(columns, tuple(kept), controls)


def cell(text: str, style: str = "text") -> Row:
    """One cell of a table, or a row of one style."""
    return ((text, style),)


def wrapped(text: str, width: int, style: str = "muted") -> list[Row]:
    """A sentence in as many rows as it takes, each with a space before it; Chinese goes on in the next at any place."""
    rows: list[str] = []
    for blank, part in _PARTS.findall(text.strip()):
        joined = f"{rows[-1]}{' ' if blank else ''}{part}" if rows else part
        if rows and cell_width(joined) < width:
            rows[-1] = joined
        else:
            rows.append(part)
    return [cell(f" {row}", style) for row in rows]


def whole_words(text: str, width: int) -> str:
    """The text in at most `width` cells: cut behind a word where that leaves half of it or more, else anywhere."""
    if cell_width(text) <= width:
        return text
    short = cut(text, width)
    behind = short.removesuffix("…").rpartition(" ")[0].rstrip(" ,;:(")
    return f"{behind}…" if behind and cell_width(behind) * 2 >= width else short


def row_width(row: Row) -> int:
    """Terminal cells of a row."""
    return sum(cell_width(text) for text, _ in row)


def fit(row: Row, width: int) -> Row:
    """The row in at most `width` cells."""
    if row_width(row) <= width:
        return row
    spans: list[Span] = []
    left = width
    for text, style in row:
        if cell_width(text) >= left:
            spans.append((cut(text, left, more=True), style))
            break
        spans.append((text, style))
        left -= cell_width(text)
    return tuple(span for span in spans if span[0])


def first_fit(candidates: Sequence[Row], width: int) -> Row:
    """The first row that fits, else the last."""
    return next((row for row in candidates if row_width(row) <= width), candidates[-1])


def spread(left: Row, right: Row, width: int) -> Row:
    """One row with its right part at the right edge."""
    gap = width - row_width(left) - row_width(right)
    return (*left, (" " * gap, "text"), *right) if gap > 0 else (*left, ("  ", "text"), *right)


def title(name: str, text: str, controls: Controls) -> Row:
    """A pane's name, with a mark where the keys go to it."""
    focused = controls.focus == name
    return (("›" if focused else " ", "accent"), (label(text, controls), "accent" if focused else "title"))


def scrolled(name: str, controls: Controls) -> int:
    """How many rows this pane is moved: only the focused one is."""
    return controls.scroll if controls.focus == name else 0


def finish(rows: Iterable[Row], width: int, height: int, controls: Controls) -> list[Row]:
    """The rows that fit the pane, each within its width, in ASCII where asked."""
    if width <= 0 or height <= 0:
        return []
    done: list[Row] = []
    for row in rows:
        if len(done) == height:
            break
        done.append(_in_ascii(fit(_in_ascii(row), width)) if controls.ascii else fit(row, width))
    return done


def _in_ascii(row: Row) -> Row:
    return tuple((to_ascii(text), style) for text, style in row)


def pieces(parts: Iterable[tuple[int, Row]], width: int, gap: int = 2) -> Row:
    """The parts that fit side by side: those of the largest rank go first, those of rank 0 stay."""
    kept = [part for part in parts if part[1]]
    while kept and sum(row_width(row) + gap for _, row in kept) - gap > width:
        worst = max(kept, key=lambda part: part[0])
        if worst[0] == 0:
            break
        kept.remove(worst)
    joined: list[Span] = []
    for _, row in kept:
        joined += [(" " * gap, "text"), *row] if joined else row
    return tuple(joined)
