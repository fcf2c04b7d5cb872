"""A market view as plain text, tab-separated values or markdown, to paste anywhere; and as JSON."""

from collections.abc import Iterable, Sequence
from typing import Literal

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import cell_width, to_ascii
from tui.sections import Section, sections
from tui.snapshot import snapshot_json, snapshot_schema
from tui.views.heading import heading
from tui.views.notation import PLAIN, SHORT

__all__ = ["snapshot_json", "snapshot_schema", "snapshot_text"]

_NOTHING = "nothing seen"
_NUMBERS = (
    *("distance", "coins", "1h coins", "24h coins", "rate", "per 8h", "per year", "ratio", "24h"),
    *("15m", "1h", "4h", "z 1h", "z", "bought", "sold", "net", "trades", "bids", "asks", "bids/asks", "ADX", "score"),
    *("down", "up", "run", "retraced", "level", "growth", "USD per bp", "bp per second"),
)
"""Columns of numbers, which stand at the right."""


def snapshot_text(view: MarketView, controls: Controls, fmt: Literal["text", "tsv", "markdown"]) -> str:
    """All tables of the coin, stamped with the time in UTC, the mode and the sources; ends with a line end.

    `tsv` holds plain numbers, the others short ones (1.2M).
    """
    return tables_text(view, controls, fmt, sections(view, PLAIN if fmt == "tsv" else SHORT))


def tables_text(
    view: MarketView,
    controls: Controls,
    fmt: Literal["text", "tsv", "markdown"],
    tables: Iterable[Section],
    whole: bool = True,
) -> str:
    """These tables under the stamp of the view; with the legend of the marks where they are the `whole` snapshot."""
    write = {"text": _text, "tsv": _tsv, "markdown": _markdown}[fmt]
    head = heading(view, controls)
    legend = [_legend(view)] if whole else []
    blocks = [f"# {head}" if fmt == "markdown" else head, *map(write, tables), *legend]
    text = "\n\n".join(blocks) + "\n"
    return to_ascii(text) if controls.ascii else text


def _legend(view: MarketView) -> str:
    return "≥ at least (sampled or partly seen)   · watched, nothing seen   ~ part of the window   ? not known"


def _text(section: Section) -> str:
    rows = [section.columns, *section.rows]
    widths = [max(cell_width(row[column]) for row in rows) for column in range(len(section.columns))]
    head = section.title.upper() + (f"  {section.note}" if section.note else "")
    right = [name.endswith("USD") or name in _NUMBERS for name in section.columns]
    body = [_padded(row, widths, right) for row in rows] if section.rows else [_NOTHING]
    return "\n".join([head, *body])


def _padded(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cells = []
    for cell, width, at_right in zip(row, widths, right, strict=True):
        padding = " " * (width - cell_width(cell))
        cells.append(padding + cell if at_right else cell + padding)
    return "  ".join(cells).rstrip()


def _tsv(section: Section) -> str:
    head = "\t".join([section.title, section.note]).rstrip()
    rows = [section.columns, *section.rows] if section.rows else [(_NOTHING,)]
    return "\n".join([head, *("\t".join(map(_plain, row)) for row in rows)])


def _plain(cell: str) -> str:
    """A cell that a spreadsheet reads as a number or as text, never as a formula."""
    cell = cell.replace("−", "-")
    return "'" + cell if cell.startswith(("=", "@")) else cell


def _markdown(section: Section) -> str:
    head = f"## {section.title}" + (f"\n\n{_escaped(section.note)}" if section.note else "")
    if not section.rows:
        return f"{head}\n\n{_NOTHING}"
    lines = [_bars(section.columns), _bars(["---"] * len(section.columns)), *map(_bars, section.rows)]
    return head + "\n\n" + "\n".join(lines)


def _bars(row: Sequence[str]) -> str:
    return "| " + " | ".join(map(_escaped, row)) + " |"


def _escaped(text: str) -> str:
    for character in "\\|`*_<":
        text = text.replace(character, "\\" + character)
    return text
