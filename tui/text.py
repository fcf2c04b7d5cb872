"""A market view as plain text, tab-separated values or markdown, to paste anywhere; and as JSON."""

from collections.abc import Sequence
from typing import Literal

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import cell_width, clean, stamp, to_ascii, venue_code
from tui.sections import PLAIN, SHORT, Section, sections
from tui.snapshot import snapshot_json, snapshot_schema

__all__ = ["snapshot_json", "snapshot_schema", "snapshot_text"]

_NOTHING = "nothing seen"


def snapshot_text(view: MarketView, controls: Controls, fmt: Literal["text", "tsv", "markdown"]) -> str:
    """All tables of the coin, stamped with the time in UTC, the mode and the sources; ends with a line end.

    `tsv` holds plain numbers, the others short ones (1.2M).
    """
    tables = sections(view, PLAIN if fmt == "tsv" else SHORT)
    write = {"text": _text, "tsv": _tsv, "markdown": _markdown}[fmt]
    heading = _heading(view, controls)
    blocks = [f"# {heading}" if fmt == "markdown" else heading, *map(write, tables), _legend(view)]
    text = "\n\n".join(blocks) + "\n"
    return to_ascii(text) if controls.ascii else text


def _heading(view: MarketView, controls: Controls) -> str:
    venues = dict.fromkeys(venue_code(feed.venue) for feed in view.feeds if feed.state != "off")
    sources = " ".join(venues) or "no feed"
    coin = clean(view.coin or controls.coin)
    return f"liqtop {coin}  {stamp(view.at_ms)}  {clean(controls.mode)}  {sources}"


def _legend(view: MarketView) -> str:
    return "≥ at least (sampled or partly seen)   · watched, nothing seen   ? not known"


def _text(section: Section) -> str:
    rows = [section.columns, *section.rows]
    widths = [max(cell_width(row[column]) for row in rows) for column in range(len(section.columns))]
    head = section.title.upper() + (f"  {section.note}" if section.note else "")
    right = [name.endswith("USD") or name == "distance" for name in section.columns]
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
