"""Known lines become known dots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.controls import Controls
from tui.views.braille import Point, drawn, line
from tui.views.sparkline import sparkline

UP = [Point(dot, dot, dot) for dot in range(7, -1, -1)]
DOWN = UP[::-1]
FLAT = [Point(3, 3, 3)] * 4
CONTROLS = Controls()


@pytest.mark.parametrize(
    ("points", "rows", "expected"),
    [(UP, 2, ["  ⡠⠊", "⡠⠊  "]), (DOWN, 2, ["⠑⢄  ", "  ⠑⢄"]), (FLAT, 1, ["⣀⣀"])],
    ids=["up", "down", "flat"],
)
def test_a_line_of_dots(points: list[Point], rows: int, expected: list[str]) -> None:
    assert drawn(line(points), rows) == expected


def test_a_jump_is_joined_and_a_gap_is_not() -> None:
    low, high = Point(7, 7, 7), Point(0, 0, 0)
    assert drawn(line([low, high]), 2) == ["⢸", "⡸"]
    assert drawn(line([low, None, high]), 2) == [" ⠁", "⡀ "]
    assert drawn(line([low, Point(0, 0, 0, follows=False)]), 2) == ["⠈", "⡀"]


def test_a_column_after_a_gap_is_followed_again() -> None:
    points = [None, Point(7, 7, 7), Point(4, 4, 4)]
    assert line(points) == [None, (7, 7), (4, 6)]


def test_the_range_of_a_column_is_drawn_whole() -> None:
    assert drawn(line([Point(0, 7, 3)]), 2) == ["⡇", "⡇"]


def test_in_ascii_a_cell_has_an_upper_and_a_lower_half() -> None:
    assert drawn(line([Point(3, 3, 3), Point(1, 1, 1), None, Point(0, 1, 0)]), 2, ascii_only=True) == [" . |", ".'  "]
    assert drawn([(2, 2)], 2, ascii_only=True) == [" ", "'"]


@given(st.lists(st.none() | st.tuples(st.integers(-9, 40), st.integers(-9, 40)), max_size=30), st.integers(1, 9))
def test_any_strokes_fill_rows_of_one_width(strokes: list[tuple[int, int] | None], rows: int) -> None:
    for ascii_only in (False, True):
        text = drawn(strokes, rows, ascii_only)
        assert [len(row) for row in text] == [len(text[0])] * rows
        assert all(row.isascii() for row in text) or not ascii_only


def test_a_sparkline_goes_from_its_least_to_its_greatest() -> None:
    assert sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8, CONTROLS) == (("▁▂▃▄▅▆▇█", "curve"),)
    assert sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8, Controls(ascii=True)) == (("_.:-=+*#", "curve"),)


def test_a_sparkline_says_nothing_where_nothing_is_known() -> None:
    assert sparkline([1.0, None, 2.0], 5, CONTROLS) == (("  ▁ █", "curve"),)
    assert sparkline([None, None], 3, CONTROLS) == (("  ?", "unknown"),)
    assert sparkline([], 3, CONTROLS) == (("  ?", "unknown"),)


def test_a_sparkline_that_does_not_move_is_in_the_middle() -> None:
    assert sparkline([5.0, 5.0, 5.0], 3, CONTROLS) == (("▄▄▄", "curve"),)


@given(st.lists(st.none() | st.floats(-1e12, 1e12), max_size=50), st.integers(0, 30))
def test_a_sparkline_is_as_wide_as_asked(values: list[float | None], width: int) -> None:
    assert sum(len(text) for text, _ in sparkline(values, width, CONTROLS)) == width
