"""The large digits and badges: what they say in every state, how they shrink, and the line of a coin beside another."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY, Change, Reading
from tests.tui.cascade_fixture import ALL, CALM, CASCADING, DOWN
from tests.tui.views_fixture import AT_MS, FULL, lines, screen
from tui.controls import Controls
from tui.format import cell_width
from tui.views.block import ROWS, block, drawable, pixels, widest
from tui.views.coin_line import coin_line
from tui.views.glance import glance
from tui.views.row import STYLES, style_of

SIZES = [(60, 8), (60, 13), (80, 17), (120, 21), (200, 41), (300, 81), (7, 3)]
WORDS = ("CALM", "LOADING", "IGNITING", "CASCADING", "EXHAUSTED", "REJECTED", "BLIND", "OK", "WAIT", "NO ENTRY")


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("size", SIZES)
def test_rows_fit_in_every_state(size: tuple[int, int], ascii_only: bool) -> None:
    for view in ALL.values():
        for language in ("en", "ru", "zh"):
            rows = glance(view, Controls(ascii=ascii_only, language="en" if ascii_only else language), *size)
            assert len(rows) <= size[1]
            for row in rows:
                assert sum(cell_width(text) for text, _ in row) <= size[0]
                assert not ascii_only or "".join(text for text, _ in row).isascii()
                assert {style_of(mark) for _, mark in row} <= set(STYLES)


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_a_badge_can_be_drawn(word: str) -> None:
    assert drawable(word)
    assert [len(row) for row in block(word, 1, 1)] == [pixels(word)] * ROWS


def test_no_two_letters_look_alike() -> None:
    letters = "ABCDEFGHIJKLMNPQRTUVWXYZ0123456789.,+−%?▲▼"
    assert len({block(letter, 1, 1) for letter in letters}) == len(letters)


def test_pixels_are_as_wide_as_the_room_allows_and_never_narrower_than_high() -> None:
    assert [widest("71", 2, width) for width in (100, 28, 21, 14, 13)] == [4, 4, 3, 2, 0]


def test_a_price_is_drawn_in_the_largest_digits_that_fit() -> None:
    price = block("71,452.3", 4, 2)
    shown = lines(glance(CALM, Controls(), 120, 21))
    assert [row.rstrip() for row in price] == [line[1:] for line in shown if "█" in line][: len(price)]


@pytest.mark.parametrize(("name", "word"), [("cascading", "CASCADING"), ("calm", "CALM"), ("down", "BLIND")])
def test_the_state_of_the_cascade_is_a_filled_word(name: str, word: str) -> None:
    rows = glance(ALL[name], Controls(), 80, 17)
    style = {"cascading": "alarm", "calm": "selected", "down": "paused"}[name]
    assert any(word in text and style_of(mark) == style for row in rows for text, mark in row)


def test_verdicts_are_told_by_word_and_by_fill() -> None:
    marks = {style_of(mark): text for row in glance(CALM, Controls(), 80, 13) for text, mark in row if text.strip()}
    assert "OK" in marks["live"]
    assert "NO ENTRY" in marks["alarm"]


def test_a_stale_price_is_hollow_and_says_how_old_it_is() -> None:
    old = replace(CALM, price=replace(CALM.price, at_ms=AT_MS - 60_000, stale_at_ms=AT_MS - 50_000))
    shown = screen(glance(old, Controls(), 120, 21))
    assert "1m00s old" in shown
    assert "▒" in shown
    assert "▒" not in screen(glance(CALM, Controls(), 120, 21))


def test_without_a_price_there_is_a_question_mark_and_no_digit() -> None:
    shown = screen(glance(EMPTY, Controls(), 80, 17))
    assert "waiting for a first price" in shown
    assert "0" not in shown


def test_a_fall_is_told_by_arrow_sign_and_colour() -> None:
    falling = replace(CALM, change=Change(-0.0312, 86_400_000))
    rows = glance(falling, Controls(), 60, 13)
    assert any("▼ −3.12 %" in text and style_of(mark) == "down" for row in rows for text, mark in row)


def test_words_without_letters_stand_in_ordinary_ones() -> None:
    shown = screen(glance(replace(CASCADING), Controls(language="zh"), 120, 30))
    assert "CASCADING" not in shown


@pytest.mark.parametrize("width", [40, 79, 120])
def test_the_line_of_a_coin_has_its_price_and_its_running_cascade(width: int) -> None:
    (line,) = lines(coin_line(CASCADING, Controls(), width, 1))
    assert line.startswith(" BTC   71,452.3")
    assert "CASCADING" in line
    assert ("fund +0.0102 %" in line) == (width > 60)


def test_only_the_coin_that_keys_go_to_is_marked() -> None:
    first, second = (coin_line(FULL, Controls(focus=focus), 80, 1)[0][0][1] for focus in ("ladder", ""))
    assert (first, second) == ("selected", "strong")


def test_a_coin_without_a_price_says_why() -> None:
    view = replace(FULL, price=Reading(reason="no exchange lists it"))
    assert "no exchange lists it" in screen(coin_line(view, Controls(), 80, 1))


def test_blindness_to_liquidations_is_never_calm() -> None:
    assert "CALM" not in screen(glance(DOWN, Controls(), 80, 17))
