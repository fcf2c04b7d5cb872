"""A table of one kind of data by exchange: the same for the screen and for text, and how the screen lays it out."""

from collections.abc import Sequence
from dataclasses import dataclass

from tui.controls import Controls
from tui.format import UNKNOWN, cell_width, venue_code
from tui.language import label
from tui.views.layout import Column, first_fit, table, wrapped
from tui.views.row import Row, Span, about


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's name, its rank (0 always stays, the largest gives way first) and its side."""

    text: str
    rank: int = 0
    right: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A titled table. The first column is the exchange, and a row has a cell for each heading.

    Title, note, headings and what is said of no rows are English; `grid_rows` writes them in the reader's language.

    `missing`: an exchange that should be in the table, and why it isn't. `empty`: what to say of a table with neither.
    `topic`: what a number in the note is about.
    """

    title: str
    note: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Span, ...], ...]
    missing: tuple[tuple[str, str], ...] = ()
    empty: str = "no exchange that tells it is watched"
    topic: str = ""


def grid_rows(grid: Grid, width: int, controls: Controls) -> list[Row]:
    """Title, headings, rows, and each exchange that is missing with its reason in full."""
    title: Row = ((f" {label(grid.title, controls).upper()}", "title"),)
    note = f"  {label(grid.note, controls)}" if grid.note else ""
    noted: Row = about(grid.topic, ((note, "muted"),)) if grid.topic else ((note, "muted"),)
    rows: list[Row] = [first_fit([(*title, *noted), title], width)]
    if grid.rows:
        columns = [_column(grid, index, controls) for index in range(len(grid.headings))]
        lines = table(columns, width, controls)
        rows += [lines.header(), *(lines.row([(span,) for span in row]) for row in grid.rows)]
    for venue, why in grid.missing:
        said = wrapped(f"{venue_code(venue)} {UNKNOWN} {label(why, controls)}", width, "unknown")
        rows += [about("status.missing", row, venue) for row in said]
    if not grid.rows and not grid.missing:
        said = wrapped(f"{UNKNOWN} {label(grid.empty, controls)}", width, "unknown")
        rows += [about("status.missing", row) for row in said]
    return rows


def _column(grid: Grid, index: int, controls: Controls) -> Column:
    heading = grid.headings[index]
    widest = max(cell_width(row[index][0]) for row in grid.rows)
    return Column(heading.text, max(widest, cell_width(label(heading.text, controls))), heading.rank, heading.right)


def in_columns(blocks: Sequence[Sequence[Row]], width: int, columns: int) -> list[Row]:
    """Blocks one under another with a blank row between, in so many columns side by side of equal width."""
    stacks: list[list[Row]] = [[] for _ in range(columns)]
    most = -(-sum(len(block) + 1 for block in blocks) // columns)
    place = 0
    for block in blocks:
        if place + 1 < columns and stacks[place] and len(stacks[place]) + len(block) // 2 > most:
            place += 1
        stacks[place] += [*block, ()]
    height = max((len(stack) for stack in stacks), default=0)
    each = column_width(width, columns)
    return [
        tuple(
            span
            for number, stack in enumerate(stacks)
            for span in _padded(stack[y] if y < len(stack) else (), each, number + 1 < columns)
        )
        for y in range(height)
    ]


def column_width(width: int, columns: int) -> int:
    """Cells of one of so many columns, with two blanks between them."""
    return max((width - 2 * (columns - 1)) // columns, 0)


def _padded(row: Row, width: int, more: bool) -> Row:
    if not more:
        return row
    used = sum(cell_width(text) for text, _ in row)
    return (*row, (" " * max(width - used + 2, 0), "text"))
