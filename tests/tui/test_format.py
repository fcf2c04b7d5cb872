"""What numbers, times and foreign text look like."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.format import (
    amount,
    byte_rate,
    cell_width,
    clean,
    clock,
    cut,
    duration,
    minutes,
    percent,
    price,
    ratio,
    same_unit,
    scaled,
    score,
    span,
    stamp,
    thousands,
    to_ascii,
    usd,
    venue_code,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (950, "950"), (999.6, "1k"), (4_300, "4.3k"), (44_000, "44k"), (430_000, "430k"), (999_700, "1M"),
        (1_200_000, "1.2M"), (12.8e9, "12.8B"), (148e9, "148B"), (-2_000_000, "−2M"), (3e12, "3T"), (2e17, "2e+17"),
    ],
)  # fmt: skip
def test_usd_is_written_in_one_unit(value: float, text: str) -> None:
    assert usd(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (71_452.3, "71,452.3"),
        (3_245.67, "3,245.67"),
        (1.2345, "1.2345"),
        (0.4512, "0.4512"),
        (0.00001234, "0.00001234"),
    ],
)
def test_a_price_has_the_digits_its_size_asks_for(value: float, text: str) -> None:
    assert price(value) == text


@pytest.mark.parametrize(
    ("step", "text"), [(250.0, "71,250"), (2.5, "71,250.0"), (0.25, "71,250.00"), (0.005, "71,250.000")]
)
def test_a_ladder_price_has_the_digits_of_its_step(step: float, text: str) -> None:
    assert price(71_250.0, step) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12_800_000, "12.8M"),
        (400_000, "0.4M"),
        (99_999, "100k"),
        (19_200, "19k"),
        (4_200, "4.2k"),
        (950, "950"),
        (0, "0"),
    ],
)
def test_a_column_is_written_in_the_unit_of_its_largest_amount(value: float, text: str) -> None:
    assert scaled(value, 12_800_000) == text


@pytest.mark.parametrize(
    ("value", "largest", "text"),
    [(61_000, 96_000, "61.0k"), (400, 950, "400"), (999_600, 1e6, "1.0M")],
)
def test_the_unit_follows_the_largest_amount(value: float, largest: float, text: str) -> None:
    assert scaled(value, largest) == text
    assert same_unit(text, largest)


def test_an_amount_in_a_smaller_unit_is_told_from_the_others() -> None:
    assert [same_unit(scaled(value, 12_800_000), 12_800_000) for value in (19_200, 950, 400_000)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(1_900_000, "1,900k"), (61_000, "61k"), (999.6, "1k"), (430, "0.4k"), (45, "0.04k"), (0, "0")]
)
def test_the_tapes_amounts_are_in_thousands(value: float, text: str) -> None:
    assert thousands(value) == text


@pytest.mark.parametrize(("ms", "text"), [(59_999, "<1m"), (200_000, "3m"), (7_500_000, "2h05m"), (math.inf, "?")])
def test_minutes_leave_out_seconds(ms: float, text: str) -> None:
    assert minutes(ms) == text


def test_percent_carries_its_sign_and_never_a_negative_zero() -> None:
    assert [percent(0.0124), percent(-0.0028), percent(-0.0000001)] == ["+1.24 %", "−0.28 %", "+0.00 %"]
    assert percent(0.62, 0, signed=False, gap="") == "62%"


@pytest.mark.parametrize(
    ("seconds", "text"), [(12, "12s"), (200, "3m20s"), (7_500, "2h05m"), (273_600, "3d04h"), (-4, "0s")]
)
def test_durations_are_written_in_their_two_largest_units(seconds: int, text: str) -> None:
    assert duration(seconds * 1000) == text


def test_windows_leave_empty_units_out() -> None:
    assert [span(15), span(60), span(150), span(1440), span(0.4)] == ["15m", "1h", "2h30m", "24h", "24s"]


def test_times_are_utc() -> None:
    assert clock(1_737_979_424_000) == "12:03:44"
    assert stamp(1_737_979_424_000) == "2025-01-27 12:03:44 UTC"


def test_rates_ratios_and_scores_are_short() -> None:
    assert [byte_rate(840), byte_rate(3_100), ratio(10.24), ratio(0.019), score(0.79), score(1.0)] == [
        "840 B/s", "3.1 kB/s", "10.2×", "0.02×", ".79", "1.00",
    ]  # fmt: skip


@pytest.mark.parametrize("write", [usd, price, percent, ratio, score, duration, clock, stamp, byte_rate])
def test_what_is_not_known_is_a_question_mark(write: object) -> None:
    assert callable(write)
    assert write(None) == "?"
    if write not in (clock, stamp):
        assert write(math.nan) == write(math.inf) == "?"


def test_silence_on_a_watched_feed_and_no_feed_at_all_look_different() -> None:
    assert amount(0.0, lower_bound=False, seen=True) == "·"
    assert amount(0.0, lower_bound=True, seen=False) == "?"
    assert amount(400_000, lower_bound=True) == "≥400k"


@pytest.mark.parametrize(
    ("text", "harmless"),
    [
        ("BTC\x1b[31mUSDT", "BTC(31mUSDT"),
        ("a\nb\tc", "a b c"),
        ("[bold]x[/bold]", "(bold)x(/bold)"),
        ("abc\u202edef\u200f", "abcdef"),
        ("\u05d0\u05d1", "??"),
        ("z\u0335\u0321\u0300", "z"),
        ("币安人生", "币安人生"),
        ("\U0001f600", "?"),
    ],
)
def test_foreign_text_is_made_harmless(text: str, harmless: str) -> None:
    assert clean(text) == harmless


@given(st.text(), st.integers(0, 12))
def test_clean_text_fits_its_width_and_holds_nothing_that_moves_the_cursor(text: str, width: int) -> None:
    harmless = clean(text, width)
    assert cell_width(harmless) <= width
    assert harmless.isprintable() or all(character.isprintable() for character in harmless.replace("\u3000", " "))
    assert cell_width(harmless) == sum(map(cell_width, harmless))


@given(st.text())
def test_ascii_text_is_ascii(text: str) -> None:
    assert to_ascii(clean(text)).isascii()


def test_a_cut_text_says_so_and_wide_characters_are_not_halved() -> None:
    assert cut("liquidations", 6) == "liqui…"
    assert cut("币安人生", 6) == "币安…"


def test_an_exchange_has_three_letters_of_its_own() -> None:
    codes = [venue_code(name) for name in ("binance", "bybit", "okx", "hyperliquid", "coinbase", "bitmex", "bitget")]
    assert codes == ["BIN", "BYB", "OKX", "HYP", "CBS", "BMX", "BGT"]
