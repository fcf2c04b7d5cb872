"""Sentences in as many lines as they take: broken at blanks, and between the characters of scripts without them."""

import re

from tui.format import cell_width

_PIECES = re.compile(r"\s+|[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
_NEVER_FIRST = "，。；：、！？）》"
"""Chinese marks that no line begins with: the character before goes with them."""
_TWO_WIDE = 4
"""Cells of a Chinese character and such a mark."""


def lines_of(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells (at least 2); a word longer than a line is cut into several."""
    width = max(width, 2)
    lines: list[str] = [""]
    for piece in _PIECES.findall(text):
        if piece.isspace():
            lines[-1] += " " if lines[-1] else ""
        elif cell_width(lines[-1] + piece) <= width:
            lines[-1] += piece
        elif piece in _NEVER_FIRST and width >= _TWO_WIDE and cell_width(lines[-1][-1:]) > 1:
            lines[-1:] = [lines[-1][:-1], lines[-1][-1] + piece]
        else:
            _begin(piece, width, lines)
    return [line.rstrip() for line in lines if line.strip()]


def _begin(word: str, width: int, lines: list[str]) -> None:
    """Begin a new line with a word, and further ones where it is longer than a line."""
    lines.append("")
    for character in word:
        if cell_width(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
