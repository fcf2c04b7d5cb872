"""What a frame writes, held against a terminal: it turns the old picture into the new one, in few bytes."""

from collections.abc import Sequence

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.style import Style

from tui.panes.cells import Cell, cells
from tui.panes.ink import strokes, written
from tui.views.row import Row

WIDTH, LEFT, TOP = 24, 3, 2
PALETTE = {
    "text": Style.parse("#c9ced6 on #101014"),
    "long": Style.parse("#e8825a on #101014"),
    "strong": Style.parse("bold #f2f4f7 on #101014"),
    "struck": Style.parse("strike #7a838f on #101014"),
    "heat3": Style.parse("#ffffff on #386e9e"),
}
ROWS = st.lists(
    st.tuples(st.text(alphabet="ab1.,  ▸币█", max_size=9), st.sampled_from(sorted(PALETTE))), max_size=5
).map(tuple)


def shown(pictures: Sequence[Sequence[Sequence[Cell]]], colours: ColorSystem = ColorSystem.TRUECOLOR) -> pyte.Screen:
    """A terminal that was sent one picture after another."""
    screen = pyte.Screen(WIDTH + 10, TOP + len(pictures[0]) + 1)
    stream = pyte.Stream(screen)
    before = [cells((), WIDTH)] * len(pictures[0])
    for picture in pictures:
        stream.feed(frame(before, picture, colours))
        before = list(picture)
    return screen


def frame(
    old: Sequence[Sequence[Cell]], new: Sequence[Sequence[Cell]], colours: ColorSystem = ColorSystem.TRUECOLOR
) -> str:
    lines = enumerate(zip(old, new, strict=True))
    return written([one for y, pair in lines for one in strokes(*pair, (LEFT, TOP + y), PALETTE, colours)])


def lines(*rows: Row) -> list[list[Cell]]:
    return [cells(row, WIDTH) for row in rows]


def looks(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """What a person sees of each cell: a blank has no foreground and no weight."""
    return [[look(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def look(cell: pyte.screens.Char) -> tuple[object, ...]:
    blank = cell.data in (" ", "")
    return (cell.data, cell.bg, cell.strikethrough, *(() if blank else (cell.fg, cell.bold)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(ROWS, ROWS), min_size=1, max_size=3))
def test_the_changes_alone_make_the_picture_that_painting_it_anew_makes(pictures: list[tuple[Row, Row]]) -> None:
    first = lines(((" " * WIDTH, "heat3"),), ((" " * WIDTH, "heat3"),))
    steps = [lines(*rows) for rows in pictures]
    assert looks(shown([first, *steps])) == looks(shown([first, steps[-1]]))


def test_nothing_changed_is_nothing_written() -> None:
    picture = lines((("71,452.3", "strong"),))
    assert frame(picture, picture) == ""


def test_one_digit_costs_one_move_one_look_and_itself() -> None:
    text = frame(lines((("71,452.3", "text"),)), lines((("71,452.4", "text"),)))
    assert text == "\x1b[3;11H\x1b[38;2;201;206;214;48;2;16;16;20m4\x1b[0m"


def test_a_look_is_written_once_for_all_the_places_it_is_in() -> None:
    old = lines(*[(("a", "long"), (" b", "text"))] * 6)
    new = lines(*[(("c", "long"), (" d", "text"))] * 6)
    text = frame(old, new)
    assert text.count("\x1b[38;2;232;130;90") + text.count("\x1b[38;2;201;206;214") == 2


def test_fewer_colours_take_fewer_bytes() -> None:
    old, new = lines((("a", "long"),)), lines((("b", "strong"),))
    assert len(frame(old, new, ColorSystem.EIGHT_BIT)) < len(frame(old, new))
