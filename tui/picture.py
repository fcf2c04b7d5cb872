"""A screen's cells as an SVG picture that needs nothing from elsewhere and is the same on every machine.

Each cell has its place. Its words are also the picture's description, line by line, for whoever can't see it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from xml.sax.saxutils import escape

from rich.cells import get_character_cell_size
from rich.color import Color, blend_rgb
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme

from tui.drawing import CELL_HEIGHT, CELL_WIDTH, Box, boxes, is_drawn, path

FONT_SIZE = 16.6
"""A letter of most monospaced fonts is 0.602 of it wide: a cell, also where letters are not stretched to it."""
BASELINE = 15
"""How far below a cell's top its letters stand."""
MARGIN = 10
FONTS = (
    "ui-monospace", "Menlo", "Consolas", "'DejaVu Sans Mono'", "'Liberation Mono'", "'Noto Sans Mono CJK SC'",
    "'PingFang SC'", "'Microsoft YaHei'", "monospace",
)  # fmt: skip
"""What most machines have one of; the later ones for Chinese."""

_SIXTEEN = (
    (0x00, 0x00, 0x00), (0xCD, 0x31, 0x31), (0x13, 0xA1, 0x0E), (0xC1, 0x9C, 0x00),
    (0x2A, 0x6F, 0xDB), (0xB0, 0x4F, 0xB8), (0x11, 0xA8, 0xCD), (0xCC, 0xCC, 0xCC),
)  # fmt: skip
_SIXTEEN_BRIGHT = (
    (0x7A, 0x7A, 0x7A), (0xF1, 0x4C, 0x4C), (0x23, 0xD1, 0x8B), (0xF5, 0xF5, 0x43),
    (0x5C, 0xA5, 0xF5), (0xD6, 0x70, 0xD6), (0x4F, 0xD6, 0xEE), (0xFF, 0xFF, 0xFF),
)  # fmt: skip
"""What stands for the terminal's own colours, which no program knows."""
_DIMMED = 0.6
"""How much of a dim letter is its colour; the rest is its ground."""
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML can't hold."""
_DESCRIPTION = re.compile("<desc>\n(.*?)\n</desc>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look: their colour as `#rrggbb`, and their attributes."""

    colour: str
    bold: bool = False
    italic: bool = False
    line: str = ""

    @property
    def css(self) -> str:
        """As the body of a rule."""
        parts = [f"fill:{self.colour}"]
        parts += ["font-weight:700"] * self.bold + ["font-style:italic"] * self.italic
        return ";".join(parts + ([f"text-decoration:{self.line}"] if self.line else []))


@dataclass(frozen=True, slots=True)
class Cell:
    """A character at its place: `left` in cells; `wide`: it takes two of them. `ground` "": that of the picture."""

    left: int
    character: str
    wide: bool
    look: Look
    ground: str


def picture(lines: Iterable[Iterable[Segment]], width: int, page: tuple[str, str], title: str) -> str:
    """The lines as an SVG document, `width` cells wide. `page`: default colours of letters and ground, as `#rrggbb`."""
    rows = [list(_cells(line, page)) for line in lines]
    words = "\n".join(map(_words, rows))
    classes: dict[str, str] = {}
    body = [part for number, row in enumerate(rows) for part in _row(row, MARGIN + number * CELL_HEIGHT, classes)]
    rules = [f".{name}{{{css}}}" for css, name in classes.items()]
    across, down = width * CELL_WIDTH + 2 * MARGIN, len(rows) * CELL_HEIGHT + 2 * MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" role="img">',
            f"<title>{_safe(title)}</title>",
            f"<desc>\n{_safe(words)}\n</desc>",
            f"<style>text{{font-family:{','.join(FONTS)};font-size:{FONT_SIZE}px;font-variant-emoji:text}}",
            ".m{text-anchor:middle}path{shape-rendering:crispEdges}",
            *rules,
            "</style>",
            f'<rect width="{across}" height="{down}" rx="6" fill="{page[1]}"/>',
            *body,
            "</svg>\n",
        ]
    )


def words_of(svg: str) -> list[str]:
    """The lines of text that a picture of ours shows; none where it is another."""
    found = _DESCRIPTION.search(svg)
    return unescape(found[1]).split("\n") if found else []


def _safe(text: str) -> str:
    return escape(_FORBIDDEN.sub("�", text))


def _words(row: list[Cell]) -> str:
    return "".join(cell.character for cell in row).rstrip()


def _cells(line: Iterable[Segment], page: tuple[str, str]) -> Iterator[Cell]:
    left = 0
    for text, style, control in line:
        if control:
            continue
        look, ground = _look(style or Style.null(), page)
        for character in text:
            size = get_character_cell_size(character)
            if size:
                yield Cell(left, character, size == 2, look, ground)
            left += size


@lru_cache(1024)
def _look(style: Style, page: tuple[str, str]) -> tuple[Look, str]:
    """The look of a style, and its ground; "" where that is the page's."""
    own = TerminalTheme(_parts(page[1]), _parts(page[0]), list(_SIXTEEN), list(_SIXTEEN_BRIGHT))
    letters = (style.color or Color.default()).get_truecolor(own, foreground=True)
    ground = (style.bgcolor or Color.default()).get_truecolor(own, foreground=False)
    if style.reverse:
        letters, ground = ground, letters
    if style.dim:
        letters = blend_rgb(ground, letters, _DIMMED)
    line = "line-through" if style.strike else "underline" if style.underline else ""
    look = Look(letters.hex, bool(style.bold), bool(style.italic), line)
    return look, "" if ground.hex == page[1] else ground.hex


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = Color.parse(colour).get_truecolor()
    return red, green, blue


def _row(row: list[Cell], top: int, classes: dict[str, str]) -> Iterator[str]:
    """The elements of one line: grounds below, then what is drawn, then what is written."""
    filled: dict[str, list[Box]] = {}
    for cell in row:
        if cell.ground:
            box = (MARGIN + cell.left * CELL_WIDTH, top, CELL_WIDTH * (1 + cell.wide), CELL_HEIGHT)
            filled.setdefault(f"fill:{cell.ground}", []).append(box)
    drawn: dict[str, list[Box]] = {}
    for cell in row:
        if is_drawn(cell.character):
            shape = boxes(cell.character, MARGIN + cell.left * CELL_WIDTH, top)
            drawn.setdefault(f"fill:{cell.look.colour}", []).extend(shape)
    for colour, shapes in (*filled.items(), *drawn.items()):
        if shapes:
            yield f'<path class="{_class(colour, classes)}" d="{path(shapes)}"/>'
    for run in _runs(row):
        yield _text(run, top + BASELINE, classes)


def _class(css: str, classes: dict[str, str]) -> str:
    return classes.setdefault(css, f"c{len(classes)}")


def _runs(row: list[Cell]) -> Iterator[list[Cell]]:
    """Stretches of letters that one font gives the same width: in one look, without two blanks in a row."""
    run: list[Cell] = []
    for cell in row:
        letter = not is_drawn(cell.character)
        if run and not (letter and _continues(run, cell)):
            yield from _stripped(run)
            run = []
        if letter:
            run.append(cell)
    yield from _stripped(run)


def _continues(run: list[Cell], cell: Cell) -> bool:
    two_blanks = cell.character == " " == run[-1].character
    return cell.look == run[-1].look and _steady(cell) and _steady(run[-1]) and not two_blanks


def _stripped(run: list[Cell]) -> Iterator[list[Cell]]:
    while run and run[-1].character == " ":
        run.pop()
    first = next((at for at, cell in enumerate(run) if cell.character != " "), len(run))
    if run[first:]:
        yield run[first:]


def _steady(cell: Cell) -> bool:
    """Whether every monospaced font has it, in its own width: Latin, Greek, Cyrillic."""
    return not cell.wide and ord(cell.character) < 0x530


def _text(run: list[Cell], baseline: int, classes: dict[str, str]) -> str:
    """Letters stretched to their cells; a symbol that may come from another font is put in the middle of its own."""
    name, left = _class(run[0].look.css, classes), MARGIN + run[0].left * CELL_WIDTH
    letters = _safe("".join(cell.character for cell in run))
    if _steady(run[0]):
        return f'<text class="{name}" x="{left}" y="{baseline}" textLength="{len(run) * CELL_WIDTH}">{letters}</text>'
    middle = left + CELL_WIDTH * (1 + run[0].wide) // 2
    return f'<text class="{name} m" x="{middle}" y="{baseline}">{letters}</text>'
