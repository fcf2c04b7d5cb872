"""Rows as terminal cells: what a character takes up, what is harmless, and which cells changed."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.cells import get_character_cell_size

from tui.views.row import Row, style_of

Cell = tuple[str, str]
"""A character and its style name; the second cell of a wide character is empty."""

REPLACEMENT = "�"
"""Stands for a control character, so that nobody's symbol name can drive the terminal."""
BLOCK = "█"
SAME_CELLS_KEPT = 10
"""Changes with fewer unchanged cells between them are painted as one: moving the cursor costs about as many bytes."""


def cells(row: Row, width: int) -> list[Cell]:
    """The row cut or padded to exactly `width` cells."""
    done: list[Cell] = []
    for text, mark in row:
        style = style_of(mark)
        if text.isascii() and text.isprintable():
            done += [(character, style) for character in text]
        else:
            _add(text, style, done)
    if len(done) > width:
        cut_wide = done[width][0] == ""
        del done[width:]
        if cut_wide and done:
            done[-1] = (" ", done[-1][1])
    done += [(" ", "text")] * (width - len(done))
    return done


def _add(text: str, style: str, done: list[Cell]) -> None:
    for character in text:
        category = unicodedata.category(character)
        if category in ("Cc", "Cs", "Zl", "Zp"):
            done.append((REPLACEMENT, style))
            continue
        size = 0 if category == "Cf" else get_character_cell_size(character)
        if size > 0:
            done.append((character, style))
        if size == 2:
            done.append(("", style))


def runs(line: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    """Text and style name of each stretch in one style."""
    for style, stretch in groupby(line, key=lambda cell: cell[1]):
        yield "".join(character for character, _ in stretch), style


def changes(old: Sequence[Cell], new: Sequence[Cell], apart: int = SAME_CELLS_KEPT) -> list[tuple[int, int]]:
    """The spans (start, end) of cells to paint again, never half of a wide character.

    Two of them have at least `apart` unchanged cells between them.
    """
    if len(old) != len(new):
        return [(0, len(new))] if new else []
    spans: list[tuple[int, int]] = []
    for at, (before, after) in enumerate(zip(old, new, strict=True)):
        if before == after:
            continue
        start = at - 1 if after[0] == "" else at
        end = at + 2 if at + 1 < len(new) and new[at + 1][0] == "" else at + 1
        if spans and start - spans[-1][1] < apart:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def characters(line: Sequence[Cell]) -> list[str]:
    """The characters alone, one a cell; the blanks of a bar, which only their background shows, as blocks."""
    return [BLOCK if character == " " and style.startswith("heat") else character for character, style in line]


def plain(line: Sequence[Cell]) -> str:
    """The characters as text, without the blanks at the end."""
    return "".join(characters(line)).rstrip()
