"""What the backtest prints, as tables of values: one shape for text and JSON, so a further table is one function."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from tui.headless.output import printable

Cell = str | int | float | None
Form = Literal["text", "count", "tenths", "number", "percent", "signed", "time"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in JSON, its heading in text, and how its values are written."""

    key: str
    heading: str
    form: Form = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `key` is its name in JSON, `note` what must be known to read it. A cell that isn't known is None."""

    key: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def as_json(self) -> dict[str, object]:
        """Title, note and the rows by key."""
        keys = [column.key for column in self.columns]
        return {
            "title": self.title,
            "note": self.note,
            "rows": [dict(zip(keys, row, strict=True)) for row in self.rows],
        }


def as_text(tables: Iterable[Table]) -> str:
    """The tables one below the other."""
    return "\n\n".join(map(_text, tables)) + "\n"


def _text(table: Table) -> str:
    head = [table.title.upper(), *([table.note] if table.note else [])]
    if not table.rows:
        return "\n".join([*head, "nothing"])
    lines = [[column.heading for column in table.columns]]
    lines += [
        [_written(cell, column.form) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    widths = [max(len(line[place]) for line in lines) for place in range(len(table.columns))]
    left = [column.form in ("text", "time") for column in table.columns]
    return "\n".join([*head, *(_padded(line, widths, left) for line in lines)])


def _padded(line: Sequence[str], widths: Sequence[int], left: Sequence[bool]) -> str:
    cells = (
        cell.ljust(width) if at_left else cell.rjust(width)
        for cell, width, at_left in zip(line, widths, left, strict=True)
    )
    return "  ".join(cells).rstrip()


def _written(cell: Cell, form: Form) -> str:
    if cell is None:
        return "?"
    if isinstance(cell, str):
        return printable(cell)
    if form == "time":
        return datetime.fromtimestamp(cell / 1000, UTC).strftime("%Y-%m-%d %H:%M")
    if form == "count":
        return f"{cell:,.0f}"
    if form == "tenths":
        return f"{cell:,.1f}"
    if form == "percent":
        return f"{100 * cell:.1f}%"
    return f"{cell:+.2f}" if form == "signed" else f"{cell:.3f}"
