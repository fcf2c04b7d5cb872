"""Letters and digits of five rows, for what is read from across the room."""

from functools import lru_cache

ROWS = 5
"""Pixels of a letter from top to bottom; it is three or five across, a mark of punctuation one."""
FULL, HOLLOW = "█", "▒"
"""What a pixel is drawn with; hollow where the number is not one of now."""

_GLYPHS = {
    "0": "###|# #|# #|# #|###", "1": " # |## | # | # |###", "2": "###|  #|###|#  |###", "3": "###|  #|###|  #|###",
    "4": "# #|# #|###|  #|  #", "5": "###|#  |###|  #|###", "6": "###|#  |###|# #|###", "7": "###|  #|  #|  #|  #",
    "8": "###|# #|###|# #|###", "9": "###|# #|###|  #|###",
    "A": "###|# #|###|# #|# #", "B": "## |# #|## |# #|## ", "C": "###|#  |#  |#  |###", "D": "## |# #|# #|# #|## ",
    "E": "###|#  |## |#  |###", "F": "###|#  |## |#  |#  ", "G": "###|#  |# #|# #|###", "H": "# #|# #|###|# #|# #",
    "I": "###| # | # | # |###", "J": "  #|  #|  #|# #|###", "K": "# #|# #|## |# #|# #", "L": "#  |#  |#  |#  |###",
    "M": "#   #|## ##|# # #|#   #|#   #", "N": "#   #|##  #|# # #|#  ##|#   #", "O": "###|# #|# #|# #|###",
    "P": "###|# #|###|#  |#  ", "Q": "###|# #|# #|###|  #", "R": "## |# #|## |# #|# #", "S": "###|#  |###|  #|###",
    "T": "###| # | # | # | # ", "U": "# #|# #|# #|# #|###", "V": "# #|# #|# #|# #| # ",
    "W": "#   #|#   #|# # #|## ##|#   #", "X": "# #|# #| # |# #|# #", "Y": "# #|# #|###| # | # ",
    "Z": "###|  #| # |#  |###",
    ".": " | | | |#", ",": "  |  |  | #|# ", "+": "   | # |###| # |   ", "−": "   |   |###|   |   ",
    "-": "   |   |###|   |   ",
    "%": "# #|  #| # |#  |# #", "?": "###|  #| ##|   | # ", " ": " | | | | ", "≥": "#  | # |#  |   |###",
    "▲": "     |  #  | ### |#####|     ", "▼": "     |#####| ### |  #  |     ", "/": "  #|  #| # |#  |#  ",
}  # fmt: skip


def drawable(text: str) -> bool:
    """Whether there is a letter for each character."""
    return bool(text) and all(character in _GLYPHS for character in text)


def pixels(text: str) -> int:
    """How many pixels across a text is."""
    return sum(len(_GLYPHS[character].split("|")[0]) + 1 for character in text) - 1


@lru_cache(128)
def block(text: str, across: int, down: int, ink: str = FULL) -> tuple[str, ...]:
    """The rows of a text, each pixel of so many cells. Raises `KeyError` where there is no such letter."""
    glyphs = [_GLYPHS[character].split("|") for character in text]
    rows = [" ".join(glyph[y] for glyph in glyphs) for y in range(ROWS)]
    wide = ["".join((ink if pixel == "#" else " ") * across for pixel in row) for row in rows]
    return tuple(row for row in wide for _ in range(down))


def widest(text: str, down: int, width: int) -> int:
    """How many cells across a pixel of `down` rows can be within a width: twice as many at best; 0: it can't."""
    if not drawable(text) or not down:
        return 0
    found = min(2 * down, width // pixels(text))
    return found if found >= down else 0
