"""A screen as SVG: every cell at its place, nothing from elsewhere, words that can be read back, colours as shown."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style

from tui.drawing import CELL_HEIGHT, CELL_WIDTH, boxes, is_drawn, path
from tui.picture import MARGIN, picture, words_of

PAGE = ("#c9ced6", "#101014")
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*lines: list[tuple[str, str]], width: int = 20) -> str:
    return picture(
        [[Segment(text, Style.parse(style)) for text, style in line] for line in lines], width, PAGE, "a title"
    )


def parts(svg: str, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(svg).iter(SVG + tag))


def rule(svg: str, element: ElementTree.Element) -> str:
    name = element.get("class", "").split()[0]
    found = re.search(rf"\.{name}{{(.*?)}}", svg)
    assert found
    return found[1]


def test_the_words_can_be_read_back_line_by_line() -> None:
    svg = drawn([("price  ", "bold"), ("71,452.3 <&>", "")], [], [("清算 ▲ ≥1.2M", "red")])
    assert words_of(svg) == ["price  71,452.3 <&>", "", "清算 ▲ ≥1.2M"]


def test_a_file_that_is_no_picture_of_ours_has_no_words() -> None:
    assert words_of("<svg/>") == []


@given(st.lists(st.text(max_size=30), max_size=4))
def test_whatever_stands_on_the_screen_the_picture_is_xml(lines: list[str]) -> None:
    ElementTree.fromstring(drawn(*([(line, "")] for line in lines)))


def test_nothing_is_fetched_and_nothing_runs() -> None:
    svg = drawn([("<script>alert(1)</script> @import url(x) https://example.com", "")])
    tags = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg).iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "path", "text"}
    style = "".join(element.text or "" for element in parts(svg, "style"))
    assert "url" not in style
    assert "@" not in style
    assert not [name for element in ElementTree.fromstring(svg).iter() for name in element.attrib if "href" in name]


def test_letters_stand_in_their_cells_behind_wide_characters_too() -> None:
    svg = drawn([("多头ab", ""), ("  cd", "")])
    at = {element.text: element for element in parts(svg, "text")}
    assert at["多"].get("x") == str(MARGIN + CELL_WIDTH), "the middle of its two cells"
    assert at["ab"].get("x") == str(MARGIN + 4 * CELL_WIDTH)
    assert at["cd"].get("x") == str(MARGIN + 8 * CELL_WIDTH)
    assert at["cd"].get("textLength") == str(2 * CELL_WIDTH)


def test_lines_meet_and_are_drawn_not_written() -> None:
    svg = drawn([("──┬──", "")], [("  │", "")], width=5)
    assert parts(svg, "text") == []
    level, upright = (element.get("d", "") for element in parts(svg, "path"))
    assert level.startswith(f"M{MARGIN} ")
    middle = MARGIN + 2 * CELL_WIDTH
    assert path(list(boxes("│", middle, MARGIN + CELL_HEIGHT))) == upright
    assert f"v{CELL_HEIGHT}h" in upright


def test_a_bar_is_one_block_of_its_colour() -> None:
    svg = drawn([("   ", "#ffffff on #5b2a86"), ("  ", "#000000 on #5b2a86")])
    (bar,) = parts(svg, "path")
    assert bar.get("d") == f"M{MARGIN} {MARGIN}h{5 * CELL_WIDTH}v{CELL_HEIGHT}h{-5 * CELL_WIDTH}z"
    assert rule(svg, bar) == "fill:#5b2a86"


def test_attributes_are_shown_as_a_terminal_shows_them() -> None:
    svg = drawn([("a", "bold #ff0000"), ("b", "strike"), ("c", "reverse"), ("d", "dim #ffffff on #000000")])
    rules = {element.text: rule(svg, element) for element in parts(svg, "text")}
    assert rules["a"] == "fill:#ff0000;font-weight:700"
    assert rules["b"] == f"fill:{PAGE[0]};text-decoration:line-through"
    assert rules["c"] == f"fill:{PAGE[1]}"
    assert rules["d"] == "fill:#999999"
    assert f"fill:{PAGE[0]}" in svg.split("<style>")[1]


def test_the_terminals_own_colours_have_a_likely_one() -> None:
    (word,) = parts(svg := drawn([("red", "red")]), "text")
    assert rule(svg, word) == "fill:#cd3131"


@given(st.sampled_from("─│┌┐└┘├┤┬┴┼╭╯▁▄█▏▌▐▀⠁⡇⣿"))
def test_what_is_drawn_stays_within_its_cell(character: str) -> None:
    assert is_drawn(character)
    for x, y, width, height in boxes(character, 100, 200):
        assert 100 <= x < x + width <= 100 + CELL_WIDTH
        assert 200 <= y < y + height <= 200 + CELL_HEIGHT


def test_an_empty_pattern_of_dots_has_no_dot_and_a_full_one_eight() -> None:
    assert list(boxes("⠀", 0, 0)) == []
    assert len(set(boxes("⣿", 0, 0))) == 8
