"""Lines and bars of dots: two columns of four dots a cell in braille; in ASCII one column of two."""

from collections.abc import Sequence
from dataclasses import dataclass

Stroke = tuple[int, int] | None
"""The dots of one column from the top one to the bottom one, counted downwards from 0; None: nothing is drawn."""

_BRAILLE = 0x2800
_BITS = ((0x01, 0x02, 0x04, 0x40), (0x08, 0x10, 0x20, 0x80))
"""The bits of the dots of a cell, by column and row."""
_HALVES = " '.|"
"""A cell of ASCII with neither half drawn, the upper, the lower, both."""


@dataclass(frozen=True, slots=True)
class Dots:
    """How many columns and rows of dots a cell has."""

    across: int
    down: int


DOTS = {False: Dots(2, 4), True: Dots(1, 2)}
"""The dots of a cell, without and with ASCII alone."""


@dataclass(frozen=True, slots=True)
class Point:
    """A column of a line: its range of dots, and the dot it ends at. `follows`: nothing is missing before it."""

    top: int
    bottom: int
    last: int
    follows: bool = True


def line(points: Sequence[Point | None]) -> list[Stroke]:
    """Each column's range, widened to meet the end of the one it follows. None is a hole, which nothing bridges."""
    strokes: list[Stroke] = []
    before: int | None = None
    for point in points:
        if point is None:
            strokes.append(None)
            before = None
            continue
        top, bottom = point.top, point.bottom
        if before is not None and point.follows:
            top, bottom = min(top, before + 1), max(bottom, before - 1)
        strokes.append((top, bottom))
        before = point.last
    return strokes


def drawn(columns: Sequence[Stroke], rows: int, ascii_only: bool = False) -> list[str]:
    """The columns as so many rows of text, a blank where a cell has no dot. What is outside of the rows is cut."""
    dots = DOTS[ascii_only]
    cells = -(-len(columns) // dots.across)
    grid = [[0] * cells for _ in range(rows)]
    for number, stroke in enumerate(columns):
        if stroke is None:
            continue
        cell, column = divmod(number, dots.across)
        for dot in range(max(stroke[0], 0), min(stroke[1] + 1, rows * dots.down)):
            row, place = divmod(dot, dots.down)
            grid[row][cell] |= 1 << place if ascii_only else _BITS[column][place]
    return ["".join(_character(bits, ascii_only) for bits in cells_of) for cells_of in grid]


def _character(bits: int, ascii_only: bool) -> str:
    if ascii_only:
        return _HALVES[bits]
    return chr(_BRAILLE + bits) if bits else " "
