"""Indicators on small series whose values are worked out another way."""

from fractions import Fraction
from itertools import pairwise

import pytest

from scoring.candles import Bar
from scoring.settings import TrendSettings
from scoring.trend import adx, ema, trend, true_ranges
from scoring.trends import Trends
from tests.scoring.events_fixture import NOW

SMALL = TrendSettings(fast=2, middle=3, slow=4, adx=2, adx_trend=1.0, supertrend=2, supertrend_factor=1.0)


def bars(rows: list[tuple[float, float, float]]) -> list[Bar]:
    """Hourly candles of high, low and close."""
    return [Bar(NOW + number * 3_600_000, *row) for number, row in enumerate(rows)]


def around(*closes: float) -> list[Bar]:
    """Candles that range one up and one down from their close."""
    return bars([(close + 1, close - 1, close) for close in closes])


def test_an_exponential_average_begins_with_the_plain_one() -> None:
    """(1 + 2 + 3) / 3 = 2, then half way to 4 is 3, half way to 8 is 5.5."""
    assert ema([1.0, 2.0, 3.0, 4.0, 8.0], 3) == 5.5


def test_true_ranges_hold_the_step_from_the_close_before() -> None:
    """10 to 13..11 is 3 (from 10), 13..11 closing at 12 to 12.5..9 is 3.5."""
    assert true_ranges(bars([(10, 10, 10), (13, 11, 12), (12.5, 9, 9)])) == [3.0, 3.5]


def wilders_sums(rows: list[tuple[int, int, int]], length: int) -> Fraction:
    """ADX as the book has it: running sums that lose their `length`th part, indices, then their average."""
    ranges, ups, downs = [], [], []
    for (high0, low0, close0), (high, low, _) in pairwise(rows):
        ranges.append(max(high - low, abs(high - close0), abs(low - close0)))
        up, down = high - high0, low0 - low
        ups.append(up if up > max(down, 0) else 0)
        downs.append(down if down > max(up, 0) else 0)

    def sums(values: list[int]) -> list[Fraction]:
        out = [Fraction(sum(values[:length]))]
        for value in values[length:]:
            out.append(out[-1] - out[-1] / length + value)
        return out

    index = []
    for size, up, down in zip(sums(ranges), sums(ups), sums(downs), strict=True):
        plus, minus = 100 * up / size, 100 * down / size
        index.append(100 * abs(plus - minus) / (plus + minus) if plus + minus else Fraction(0))
    average = sum(index[:length], Fraction(0)) / length
    for value in index[length:]:
        average = (average * (length - 1) + value) / length
    return average


def test_adx_is_that_of_wilders_running_sums() -> None:
    """On a rise, a fall and a pause."""
    rows = [(12, 9, 10), (13, 10, 12), (15, 11, 14), (14, 8, 9), (13, 7, 8), (13, 9, 12), (16, 12, 15), (15, 13, 14)]
    for length in (2, 3):
        assert adx(bars([tuple(map(float, row)) for row in rows]), length) == pytest.approx(
            float(wilders_sums(rows, length))
        )


def test_adx_is_a_hundred_on_a_straight_way_and_needs_twice_its_length() -> None:
    """Every step goes the same way; with one candle fewer there is no average of indices."""
    straight = around(*range(10, 18))
    assert adx(straight[:4], 2) == 100.0
    assert adx(straight[:3], 2) is None


@pytest.mark.parametrize(
    ("closes", "way"),
    [
        ((10, 10, 10, 13), "up"),
        ((10, 10, 10, 13, 12, 11), "up"),
        ((10, 10, 10, 13, 9.9), "down"),
        ((10, 10, 10, 7.9), "down"),
        ((10, 10, 10, 7.9, 9, 9.9), "down"),
        ((10, 10, 10, 7.9, 13), "up"),
    ],
)
def test_supertrend_turns_when_the_close_leaves_the_trailing_band(closes: tuple[float, ...], way: str) -> None:
    """Ranges of 2 put the bands at 8 and 12.

    The rise to 13 has a true range of 4, so an average of 3: the lower band trails at 10, and 9.9 breaks it. The fall
    to 7.9 has 3.1, an average of 2.55: the upper band trails at 10.45, which 9 and 9.9 don't reach and 13 does.
    """
    assert trend("1h", around(*closes), SMALL).reason.endswith(f"Supertrend {way}")


def test_swings_are_fractals_of_five() -> None:
    """Higher peaks and higher troughs are up, lower ones down, and one of each is mixed."""
    up = [3.0, 2, 1, 2, 3, 4, 3, 2, 2.5, 3, 5, 4, 3, 3.5, 4]
    for closes, word in ((up, "up"), ([9 - close for close in up], "down"), (up[:9], "mixed")):
        assert f"swings {word}" in trend("1h", around(*closes), SMALL).reason


def test_the_score_adds_the_parts_and_is_small_without_direction() -> None:
    """A steady zigzag upwards has all three; where ADX is under its threshold one point is the most."""
    closes = [number / 2 + (0, 3, 6, 3)[number % 4] for number in range(43)]
    rising = trend("1h", around(*closes), SMALL)
    assert (rising.score, rising.reason) == (3, "averages up, swings up, Supertrend up")
    weak = trend("1h", around(*closes), SMALL.model_copy(update={"adx_trend": 100.0}))
    assert weak.score == 1
    falling = trend("1h", around(*(100 - close for close in closes)), SMALL)
    assert falling.score == -3


def test_too_few_candles_have_no_trend() -> None:
    """And say how many there are."""
    reading = trend("1h", around(1.0, 2.0), TrendSettings())
    assert (reading.score, reading.adx, reading.reason) == (None, None, "2 of 200 candles in a row")


def test_the_same_candles_are_not_read_again() -> None:
    """A new list is."""
    trends, candles = Trends(), around(*range(10, 18))
    reading = trends.of("1h", candles, SMALL)
    assert trends.of("1h", candles, SMALL) is reading
    assert trends.of("1h", [*candles], SMALL) is not reading
