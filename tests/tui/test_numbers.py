"""Numbers on the screen: which texts are one, where they are, and where the cursor goes from one to another."""

import pytest
from textual.geometry import Region

from tui.screens.numbers import Number, Placed, first_of, found_again, in_next_pane, number_at, numbers_of, towards
from tui.views.row import Row, about

ROWS: list[Row] = [
    ((" LADDER", "title"), *about("a.x", ((" 12 ", "text"),)), ("  ", "text"), *about("a.y", (("34", "text"),))),
    ((" ", "text"), *about("b.x", (("多空", "text"), ("5", "long"))), (" ", "text"), *about("b.x", (("6", "text"),))),
]
LEFT, RIGHT = Placed("left", Region(0, 2, 20, 2), ROWS), Placed("right", Region(21, 2, 20, 2), ROWS)


def test_a_number_is_where_its_cells_are() -> None:
    first, second, third, *_ = numbers_of([LEFT])
    assert (first.text, first.x, first.y, first.width) == ("12", 8, 2, 2)
    assert (second.text, second.x) == ("34", 13)
    assert (third.text, third.x, third.y, third.width) == ("多空5 6", 1, 3, 7)


def test_what_a_pane_cuts_off_is_not_on_the_screen() -> None:
    cut = Placed("cut", Region(0, 0, 10, 1), ROWS)
    assert [one.text for one in numbers_of([cut])] == ["12"]


def test_the_same_topic_of_something_else_is_another_number() -> None:
    row = (*about("t", (("1", "text"),), "binance"), (" ", "text"), *about("t", (("2", "text"),), "okx"))
    assert [(one.text, one.of) for one in numbers_of([Placed("p", Region(0, 0, 9, 1), [row])])] == [
        ("1", "binance"),
        ("2", "okx"),
    ]


@pytest.mark.parametrize(("x", "found"), [(8, "12"), (9, "12"), (10, None), (13, "34"), (14, "34"), (15, None)])
def test_a_cell_has_the_number_that_covers_it(x: int, found: str | None) -> None:
    number = number_at(numbers_of([LEFT]), x, 2)
    assert (number.text if number else None) == found


@pytest.mark.parametrize(
    ("pane", "text", "across", "down", "expected"),
    [
        ("left", "12", 1, 0, ("left", "34")),
        ("left", "34", 1, 0, ("left", "多空5 6")),
        ("left", "多空5 6", 1, 0, ("left", "多空5 6")),
        ("left", "多空5 6", -1, 0, ("left", "34")),
        ("left", "34", -1, 0, ("left", "12")),
        ("left", "12", -1, 0, ("left", "12")),
        ("left", "12", 0, 1, ("left", "多空5 6")),
        ("left", "多空5 6", 0, -1, ("left", "12")),
        ("left", "多空5 6", 0, 1, ("left", "多空5 6")),
        ("right", "34", 0, 1, ("right", "多空5 6")),
    ],
)
def test_the_cursor_goes_to_the_next_number_in_a_direction(
    pane: str, text: str, across: int, down: int, expected: tuple[str, str]
) -> None:
    numbers = numbers_of([LEFT, RIGHT])
    now = next(one for one in numbers if (one.pane, one.text) == (pane, text))
    there = towards(numbers, now, across, down)
    assert (there.pane, there.text) == expected


def test_tab_goes_through_the_panes_and_around() -> None:
    numbers = numbers_of([LEFT, RIGHT])
    right = in_next_pane(numbers, numbers[1], 1)
    assert (right.pane, right.text) == ("right", "多空5 6")
    assert in_next_pane(numbers, right, 1).pane == "left"
    assert in_next_pane(numbers, numbers[0], -1).pane == "right"


def test_a_number_that_moved_is_found_again() -> None:
    last = numbers_of([LEFT])[0]
    moved = [Number("left", "a.x", "", "13", 8, 4, 2), Number("left", "a.y", "", "9", 8, 2, 1)]
    assert found_again(moved, last) == moved[0]


def test_a_number_that_is_gone_gives_the_cursor_to_its_neighbour() -> None:
    numbers = numbers_of([LEFT, RIGHT])
    gone = Number("left", "gone", "", "1", 14, 2, 1)
    there = found_again(numbers, gone)
    assert there is not None
    assert there.text == "34"
    assert found_again([], gone) is None


def test_the_header_is_first_and_the_status_bar_last_wherever_they_stand() -> None:
    names = ("status", "one", "header", "two")
    numbers = numbers_of([Placed(name, Region(0, 3 * y, 20, 2), ROWS) for y, name in enumerate(names)])
    now, seen = next(one for one in numbers if one.pane == "header"), []
    for _ in names:
        seen.append(now.pane)
        now = in_next_pane(numbers, now, 1)
    assert seen == ["header", "one", "two", "status"]


def test_a_pane_begins_below_its_title() -> None:
    first = first_of(numbers_of([LEFT]), "left")
    assert first is not None
    assert (first.text, first.heading) == ("多空5 6", False)


def test_a_focused_panes_title_is_one_too() -> None:
    focused: Row = (("›", "accent"), ("LADDER", "accent"), *about("a.x", (("12", "muted"),)))
    first = first_of(numbers_of([Placed("p", Region(0, 0, 20, 2), [focused, ROWS[1]])]), "p")
    assert first is not None
    assert first.text == "多空5 6"


def test_a_pane_with_numbers_in_its_title_alone_begins_there() -> None:
    first = first_of(numbers_of([Placed("p", Region(0, 0, 20, 1), ROWS)]), "p")
    assert first is not None
    assert first.text == "12"


def test_a_title_before_the_first_of_two_rows_is_no_heading() -> None:
    long: Row = ((" ENTRY", "title"), (" long  ", "long"), *about("verdict", (("OK", "pass"),), "long"))
    short: Row = ((" " * 6, "text"), (" short ", "short"), *about("verdict", (("WAIT", "warn"),), "short"))
    first = first_of(numbers_of([Placed("p", Region(0, 0, 20, 2), [long, short])]), "p")
    assert first is not None
    assert first.text == "OK"


def test_a_pane_without_numbers_begins_with_the_first_of_all() -> None:
    numbers = numbers_of([LEFT, RIGHT])
    assert first_of(numbers, "right") == numbers[5]
    assert first_of(numbers, "none") == numbers[0]
    assert first_of([], "left") is None
