"""Characters that are drawn instead of written in a picture: lines, blocks and dots, which have to meet.

No font is trusted with them: in many these characters come from another font, and leave gaps.
"""

from collections.abc import Iterator

CELL_WIDTH, CELL_HEIGHT = 10, 20
"""Size of a cell, in the picture's units."""
LINE = 2
"""How thick a drawn line is."""
DOT = 2

Box = tuple[int, int, int, int]
"""Left, top, width and height within a picture."""

_LEFT, _RIGHT, _UP, _DOWN = 1, 2, 4, 8
_ARMS = {
    "─": _LEFT | _RIGHT, "━": _LEFT | _RIGHT, "│": _UP | _DOWN, "┃": _UP | _DOWN,
    "┌": _RIGHT | _DOWN, "┐": _LEFT | _DOWN, "└": _RIGHT | _UP, "┘": _LEFT | _UP,
    "╭": _RIGHT | _DOWN, "╮": _LEFT | _DOWN, "╰": _RIGHT | _UP, "╯": _LEFT | _UP,
    "├": _RIGHT | _UP | _DOWN, "┤": _LEFT | _UP | _DOWN, "┬": _LEFT | _RIGHT | _DOWN, "┴": _LEFT | _RIGHT | _UP,
    "┼": _LEFT | _RIGHT | _UP | _DOWN,
}  # fmt: skip
_LOWER = "▁▂▃▄▅▆▇█"
"""Filled from below, by eighths."""
_FROM_LEFT = "▏▎▍▌▋▊▉█"
"""Filled from the left, by eighths."""
_BRAILLE = 0x2800
_DOTS = ((0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3))
"""Column and row of each bit of a Braille pattern (Unicode 15, "Braille Patterns")."""


def is_drawn(character: str) -> bool:
    """Whether `boxes` knows it."""
    return character in _ARMS or character in _LOWER or character in _FROM_LEFT or character in "▀▐" or _dots(character)


def boxes(character: str, left: int, top: int) -> Iterator[Box]:
    """What a drawn character fills of the cell whose corner is there."""
    if character in _ARMS:
        yield from _lines(_ARMS[character], left, top)
    elif character in _LOWER:
        height = CELL_HEIGHT * (_LOWER.index(character) + 1) // 8
        yield left, top + CELL_HEIGHT - height, CELL_WIDTH, height
    elif character in _FROM_LEFT:
        yield left, top, CELL_WIDTH * (_FROM_LEFT.index(character) + 1) // 8, CELL_HEIGHT
    elif character == "▀":
        yield left, top, CELL_WIDTH, CELL_HEIGHT // 2
    elif character == "▐":
        yield left + CELL_WIDTH // 2, top, CELL_WIDTH - CELL_WIDTH // 2, CELL_HEIGHT
    else:
        pattern = ord(character) - _BRAILLE
        for bit, (column, row) in enumerate(_DOTS):
            if pattern & 1 << bit:
                yield left + 2 + column * 5, top + 2 + row * 5, DOT, DOT


def _dots(character: str) -> bool:
    return 0 <= ord(character) - _BRAILLE < 256


def _lines(arms: int, left: int, top: int) -> Iterator[Box]:
    """One box for the level arms and one for the upright ones, from the middle to each side that has an arm."""
    x, y = left + (CELL_WIDTH - LINE) // 2, top + (CELL_HEIGHT - LINE) // 2
    if arms & (_LEFT | _RIGHT):
        start = left if arms & _LEFT else x
        yield start, y, (left + CELL_WIDTH if arms & _RIGHT else x + LINE) - start, LINE
    if arms & (_UP | _DOWN):
        start = top if arms & _UP else y
        yield x, start, LINE, (top + CELL_HEIGHT if arms & _DOWN else y + LINE) - start


def path(filled: list[Box]) -> str:
    """The boxes as the data of one SVG path; those that continue one another on a line become one."""
    joined: list[Box] = []
    for box in filled:
        last = joined[-1] if joined else (0, 0, 0, 0)
        if last[0] + last[2] == box[0] and (last[1], last[3]) == (box[1], box[3]):
            joined[-1] = (last[0], last[1], last[2] + box[2], last[3])
        else:
            joined.append(box)
    return "".join(f"M{x} {y}h{width}v{height}h{-width}z" for x, y, width, height in joined)
