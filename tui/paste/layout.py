"""A paste as rows of cells: bars, tabs, columns of several spaces, separating dashes, or one line of words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tui.format import cell_width

Shape = Literal["blank", "rule", "line", "bars", "tabs", "columns", "dashes"]
NOTHING = frozenset(
    ("", "—", "–", "-", "--", "?", "·", ".", "…", "n/a", "na", "none", "null", "nan", "нет", "无", "暂无")
)
"""Cells that hold nothing."""
NONE_SEEN = frozenset(("·", "."))
"""How liqtop writes that a feed was watched and nothing came."""

_RULE = re.compile(r"[\s|:+\-=_─━—–]*[\-=_─━—–]{2}[\s|:+\-=_─━—–]*")
_BAR = re.compile(r"(?<!\\)\|")
_GAP = re.compile(r" {2,}")
_LONG_DASH = re.compile(r"\s[—–]\s")
_ESCAPED = re.compile(r"\\([\\|`*_<\[\]])")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a paste (`number` from 1) cut into cells."""

    number: int
    text: str
    cells: tuple[str, ...]
    shape: Shape


def row_of(number: int, text: str) -> Row:
    """The cells of one normalised line."""
    stripped = text.strip()
    if not stripped:
        return Row(number, text, (), "blank")
    if _RULE.fullmatch(stripped):
        return Row(number, text, (), "rule")
    if "|" in stripped and len(parts := _BAR.split(stripped.removeprefix("|").removesuffix("|"))) > 1:
        return Row(number, text, tuple(_ESCAPED.sub(r"\1", part).strip() for part in parts), "bars")
    if "\t" in stripped:
        return Row(number, text, tuple(part.strip() for part in text.split("\t")), "tabs")
    if _GAP.search(stripped):
        cells = tuple(_GAP.split(stripped))
        if len(cells) >= 3 and len(cells) % 2 and all(cell in ("—", "–", "-") for cell in cells[1::2]):
            dashed = all(cell not in NOTHING for cell in cells[::2]) and len(cells) > 3
            if dashed:
                return Row(number, text, cells[::2], "dashes")
        return Row(number, text, cells, "columns")
    if len(cells := _dashed(stripped)) > (2 if " - " in stripped and not _LONG_DASH.search(stripped) else 1):
        return Row(number, text, cells, "dashes")
    return Row(number, text, (stripped,), "line")


def _dashed(text: str) -> tuple[str, ...]:
    """Cells between dashes that stand alone; of several dashes in a row every second one is an empty cell.

    A single hyphen could as well be a minus, so it parts nothing.
    """
    words = text.split(" ")
    cells: list[str] = []
    current: list[str] = []
    after_dash = False
    for word in words:
        if word not in ("—", "–", "-"):
            current.append(word)
            after_dash = False
        elif current:
            cells.append(" ".join(current))
            current, after_dash = [], True
        elif after_dash:
            current = [word]
            after_dash = False
        elif cells:
            after_dash = True
        else:
            current = [word]
    if current:
        cells.append(" ".join(current))
    return tuple(cell.strip() for cell in cells if cell.strip())


def aligned(header: str, lines: Sequence[str]) -> Iterator[tuple[str, ...] | None]:
    """The cells of lines under a header whose columns are lined up by spaces; None for one that can't be told.

    Columns are what the blanks that all lines share leave over. Where that gives another number than the header has, a
    line's pieces go to the header's words above or below them, one each.
    """
    names = [_extent(header, match.start(), match.end()) for match in re.finditer(r"\S+(?: \S+)*", header)]
    columns = _gutters([header, *lines], len(names))
    for line in lines:
        pieces = list(re.finditer(r"\S+(?: \S+)*", line))
        if columns is not None:
            yield tuple(_between(line, start, end).strip() for start, end in columns)
        elif len(pieces) == len(names):
            yield tuple(piece[0] for piece in pieces)
        else:
            yield _overlapping(line, pieces, names)


def _extent(line: str, start: int, end: int) -> tuple[int, int]:
    """Where a piece of a line stands on the screen, in cells."""
    first = cell_width(line[:start])
    return first, first + cell_width(line[start:end])


def _gutters(lines: Sequence[str], count: int) -> list[tuple[int, int]] | None:
    """The columns between gutters of two blanks or more; None unless there are as many as the header names."""
    length = max(map(cell_width, lines), default=0)
    filled = [False] * (length + 2)
    for line in lines:
        for match in re.finditer(r"\S+(?: \S+)*", line):
            start, end = _extent(line, match.start(), match.end())
            filled[start:end] = [True] * (end - start)
    columns: list[tuple[int, int]] = []
    start, blanks = -1, 0
    for place, full in enumerate(filled):
        if full:
            start = place if start < 0 else start
            blanks = 0
        elif start >= 0:
            blanks += 1
            if blanks == 2:
                columns.append((start, place - 1))
                start = -1
    return columns if len(columns) == count else None


def _between(line: str, start: int, end: int) -> str:
    place, found = 0, ""
    for character in line:
        if start <= place < end:
            found += character
        place += cell_width(character)
    return found


def _overlapping(
    line: str, pieces: Sequence[re.Match[str]], names: Sequence[tuple[int, int]]
) -> tuple[str, ...] | None:
    cells = [""] * len(names)
    for piece in pieces:
        start, end = _extent(line, piece.start(), piece.end())
        under = [place for place, (first, last) in enumerate(names) if start < last and first < end]
        if len(under) != 1 or cells[under[0]]:
            return None
        cells[under[0]] = piece[0]
    return tuple(cells)
