"""Numbers are read as people paste them, and what reads two ways is not read."""

import pytest

from tui.paste.lexing import lex
from tui.paste.numbers import Doubt, Number, Style, normalised, style_of


def read(text: str, around: str = "", alone: bool = True) -> Number | Doubt:
    """The only number of a cell, in a paste that also holds the text `around`."""
    line = normalised(text)
    tokens = [
        token for token in lex(line, style_of(normalised(around) + "\n" + line), alone) if token.numbers or token.doubt
    ]
    assert len(tokens) == 1, tokens
    return tokens[0].doubt or tokens[0].numbers[0]


def value(text: str, around: str = "") -> float:
    found = read(text, around)
    assert isinstance(found, Number), found
    return found.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90 400", 90_400),
        ("90\u00a0400", 90_400),
        ("90\u2009400", 90_400),
        ("1\u202f234\u202f567,89", 1_234_567.89),
        ("1 230 млн", 1.23e9),
        ("1'234'567", 1_234_567),
        ("230M", 230e6),
        ("1.23B", 1.23e9),
        ("1,23 млрд", 1.23e9),
        ("230 млн", 230e6),
        ("15 тыс.", 15e3),
        ("12.5亿", 1.25e9),
        ("3.4万", 34e3),
        ("1.2万亿", 1.2e12),
        ("230М", 230e6),
        ("$1.2B", 1.2e9),
        ("1.2B$", 1.2e9),
        ("-$1.2M", -1.2e6),
        ("$-1.2M", -1.2e6),
        ("\u22122.1%", -2.1),
        ("\uff0d2.1\uff05", -2.1),
        ("–2.1%", -2.1),
        ("+0,012 %", 0.012),
        ("▼2.1%", -2.1),
        ("▲ 2.1%", 2.1),
        ("１２．５", 12.5),
        ("٣٤", 34),
        ("0,012", 0.012),
        ("1.234e+10", 1.234e10),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1_234_567),
        ("1.234.567", 1_234_567),
    ],
)
def test_numbers_as_they_are_pasted(text: str, expected: float) -> None:
    assert value(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("around", "expected"),
    [("1.23B +4.2%", 1234.0), ("1,23 млрд", 1.234), ("90,400 90,000 89,500", 1234.0), ("", 1234.0)],
)
def test_a_comma_before_three_digits_is_decided_by_the_rest_of_the_paste(around: str, expected: float) -> None:
    assert value("1,234", around) == expected


@pytest.mark.parametrize(("around", "expected"), [("1,23 млрд", 90_400.0), ("1.23B", 90.4), ("", 90.4)])
def test_a_point_before_three_digits_is_decimal_unless_the_paste_has_decimal_commas(
    around: str, expected: float
) -> None:
    assert value("90.400", around) == expected


def test_how_a_comma_was_decided_is_said() -> None:
    line = "1,234 1.23B"
    notes = {token.note for token in lex(line, style_of(line))}
    assert "commas before three digits are thousands: other numbers here have a decimal point" in notes


@pytest.mark.parametrize(
    ("text", "around", "reason"),
    [
        ("1,234", "1,23 4.56", "both decimal commas and decimal points"),
        ("1,234B", "", "no other number of this paste tells"),
        ("1,234", "Цена", "no other number of this paste tells"),
        ("12,34,567", "", "neither thousands nor decimals"),
        ("1,2,3", "", "neither thousands nor decimals"),
        ("—2.1%", "", "a minus or a separator"),
        ("- 2.1%", "", "a minus or a separator"),
        ("1234567890123456789", "", "more digits"),
        ("9000000T", "", "larger than any number"),
        ("0x1f", "", "digits inside a word"),
        ("+-2.1%", "", "two signs"),
        ("90 400 230M", "", "group thousands or part columns"),
        ("▼+2.1%", "", "an arrow down and a plus"),
        ("500M–1.2k", "", "a range or two columns"),
    ],
)
def test_what_reads_two_ways_is_not_read(text: str, around: str, reason: str) -> None:
    found = read(text, around)
    assert isinstance(found, Doubt), found
    assert reason in found.reason


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("97,000–97,250", 97_000, 97_250),
        ("97000-97250", 97_000, 97_250),
        ("94.9–96.7k", 94_900, 96_700),
        ("84k to 100k", 84_000, 100_000),
        ("от 84k до 100k", 84_000, 100_000),
        ("0.0037-0.0072 %", 0.0037, 0.0072),
        ("0.00001234–0.00001240", 0.00001234, 0.0000124),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    line = normalised(text)
    token = next(token for token in lex(line, style_of(line)) if token.numbers)
    assert token.kind == "range"
    assert [number.value for number in token.numbers] == pytest.approx([low, high])


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("24h", 1440),
        ("24 ч", 1440),
        ("24小时", 1440),
        ("1ч", 60),
        ("3h59m", 239),
        ("1d00h", 1440),
        ("60s", 1),
        ("7 d", 10_080),
    ],
)
def test_spans_of_time_are_no_amounts(text: str, minutes: float) -> None:
    (token,) = lex(normalised(text), Style())
    assert (token.kind, token.minutes) == ("span", minutes)


@pytest.mark.parametrize(
    ("text", "bound"),
    [("≥1.4M", "at least"), ("up to 1B", "at most"), ("~−2.5M", "about"), ("не менее 3M", "at least")],
)
def test_bounds_stay_with_their_number(text: str, bound: str) -> None:
    found = read(text)
    assert isinstance(found, Number)
    assert found.bound == bound


@pytest.mark.parametrize("text", ["2026-01-05 12:01:00", "12:03:44", "27.01.2025", "127.0.0.1"])
def test_times_and_addresses_are_no_numbers(text: str) -> None:
    assert [token.kind for token in lex(text, Style())] == ["time"]


def test_escapes_and_invisible_characters_vanish() -> None:
    assert normalised("\x1b[31m9\u200b0\u00a0400\x1b[0m\x07") == "90\u00a0400"
