"""Panes: rows become harmless cells of the right width, and only what changed is painted."""

import pytest
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate
from textual.strip import Strip

from tui.panes.cells import cells, changes, plain
from tui.panes.spans import SpansUpdate, look_of


def text_of(text: str, width: int) -> str:
    return "".join(character for character, _ in cells(((text, "text"),), width))


@pytest.mark.parametrize(
    ("hostile", "harmless"),
    [
        ("\x1b[31mBTC\x07", "�[31mBTC�"),
        ("A\x9b2JB", "A�2JB"),
        ("A\u202eB\u200dC", "ABC"),
        ("A\nB\tC", "A�B�C"),
        ("[red]A[/]", "[red]A[/]"),
        ("e\u0301", "e"),
    ],
)
def test_control_characters_never_reach_the_terminal(hostile: str, harmless: str) -> None:
    assert text_of(hostile, 20).rstrip() == harmless


def test_wide_characters_take_two_cells_and_are_never_halved() -> None:
    assert len(cells((("币安人生", "text"),), 6)) == 6
    assert text_of("币安人生", 6) == "币安人"
    assert text_of("币安人生", 5) == "币安 "
    assert plain(cells((("币", "text"), ("X", "text")), 4)) == "币X"


def test_only_changed_cells_are_spans_and_near_ones_are_one() -> None:
    old = cells((("price 71,452.3" + " " * 30 + "A", "text"),), 50)
    assert changes(old, old) == []
    assert changes(old, cells((("price 71,453.4" + " " * 30 + "A", "text"),), 50)) == [(11, 14)]
    assert changes(old, cells((("price 71,453.3" + " " * 30 + "B", "text"),), 50)) == [(11, 12), (44, 45)]


def test_a_changed_style_is_a_change_and_a_wide_character_is_painted_whole() -> None:
    assert changes(cells((("ab", "text"),), 2), cells((("a", "text"), ("b", "long")), 2)) == [(1, 2)]
    assert changes(cells((("a币", "text"),), 4), cells((("a安", "text"),), 4)) == [(1, 3)]
    assert changes(cells((("a币", "text"),), 4), cells((("abc", "text"),), 4)) == [(1, 3)]


RED, BOLD_RED = Style.parse("#ff0000 on #101014"), Style.parse("bold #ff0000 on #101014")


def written(strip: Strip, start: int, end: int) -> str:
    update = SpansUpdate(ChopsUpdate([{0: strip}], [(0, start, end)], [[strip.cell_length]]))
    return update.render_segments(Console(color_system="truecolor", force_terminal=True))


def test_a_span_starts_at_its_first_changed_cell() -> None:
    """Textual itself would write the line from the left edge of its widget on."""
    assert written(Strip([Segment("0123456789")]), 7, 9) == "\x1b[1;8H78"


def test_colours_are_written_only_where_they_change() -> None:
    strip = Strip([Segment("ab", RED), Segment("  ", RED), Segment("cd", RED), Segment("e", BOLD_RED)])
    colours = "38;2;255;0;0;48;2;16;16;20"
    assert written(strip, 0, 7) == f"\x1b[1;1H\x1b[{colours}mab  cd\x1b[0;1;{colours}me\x1b[0m"


def test_sixteen_colours_get_their_short_codes() -> None:
    assert look_of(Style.parse("bold red on default"), ColorSystem.STANDARD) == ("1", "31", "")
