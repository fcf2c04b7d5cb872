"""Candles find their place in any order, and say whether they reach the present."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.candles import Bar, Candles
from tests.scoring.events_fixture import NOW, candle

HOUR = 3_600_000


def filled(hours: list[int], **given: Any) -> Candles:
    """Closed candles that began these hours after `NOW`, whose close is 100 plus the hour."""
    candles = Candles(HOUR)
    for hour in hours:
        candles.take(candle(NOW + hour * HOUR, 100.0 + hour, **given))
    return candles


def hours(candles: Candles) -> list[int]:
    return [(bar.open_ms - NOW) // HOUR for bar in candles.unbroken()]


@given(st.lists(st.integers(0, 30), unique=True).flatmap(st.permutations))
def test_the_order_of_arrival_does_not_matter(arrival: list[int]) -> None:
    """The newest run without a hole is the same as from sorted candles, of which the end is counted by hand."""
    run = set(arrival)
    newest = max(arrival, default=-1)
    expected: list[int] = []
    while newest in run:
        expected.insert(0, newest)
        newest -= 1
    assert hours(filled(arrival)) == hours(filled(sorted(arrival))) == expected


def test_a_candle_told_again_replaces_the_first() -> None:
    """And the list of candles is a new one, while one that says the same leaves it as it is."""
    candles = filled([0, 1])
    before = candles.unbroken()
    candles.take(candle(NOW, 100.0))
    assert candles.unbroken() is before
    candles.take(candle(NOW, 90.0, 95.0, 85.0))
    assert candles.unbroken() == [Bar(NOW, 95.0, 85.0, 90.0), Bar(NOW + HOUR, 101.0, 101.0, 101.0)]


def test_a_candle_that_can_still_change_is_none_yet() -> None:
    """But shows that the others are fresh."""
    candles = filled([0])
    candles.take(candle(NOW + HOUR, 55.0, closed=False, received_ms=NOW + HOUR + 600_000))
    assert hours(candles) == [0]
    assert candles.is_fresh(NOW + HOUR + 1_200_000, 600_000)
    assert not candles.is_fresh(NOW + HOUR + 1_200_001, 600_000)


def test_candles_whose_next_one_is_overdue_are_not_fresh() -> None:
    """However often the old ones are told again."""
    candles = filled([0], received_ms=NOW + 9 * HOUR)
    assert not candles.is_fresh(NOW + 9 * HOUR, 600_000)
    assert candles.is_fresh(NOW + 2 * HOUR + 600_000, 600_000)
    assert not candles.is_fresh(NOW + 2 * HOUR + 600_001, 600_000)
    assert not Candles(HOUR).is_fresh(NOW, 600_000)


def test_only_the_newest_four_hundred_are_kept() -> None:
    """An older one that comes late is not."""
    candles = filled(list(range(500)))
    candles.take(candle(NOW + HOUR, 1.0))
    assert len(candles) == 400
    assert hours(candles) == list(range(100, 500))


@pytest.mark.parametrize(
    ("at_hours", "price"),
    [(1.0, 100.0), (2.0, 101.0), (1.4, 100.0), (1.6, 101.0), (0.4, None), (2.6, None), (4.0, 103.0), (3.4, None)],
)
def test_a_price_is_the_close_nearest_to_a_time(at_hours: float, price: float | None) -> None:
    """Candles that closed after 1, 2 and 4 hours; more than half a candle off is not the price of then."""
    assert filled([0, 1, 3]).price_at(NOW + round(at_hours * HOUR)) == price
