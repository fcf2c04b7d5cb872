"""Depth is told of the band that the book really covers, and of no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.symbols import Instrument
from feeds.venues.book import Level, Within, levels, within
from feeds.venues.reading import Rejection

COIN = Instrument("x", "perp", "XUSDT", "X", "USDT")


def covered(bids: list[Level], asks: list[Level], instrument: Instrument = COIN) -> Within:
    found = within(instrument, bids, asks)
    assert found is not None
    return found


def test_levels_beyond_the_band_are_not_counted() -> None:
    found = covered([(99.5, 1), (99.0, 2), (98.9, 4)], [(100.5, 1), (101.0, 2), (101.1, 4)])
    assert found == Within(1.0, 99.5 + 198.0, 100.5 + 202.0)  # 99 and 101 lie exactly at the edge


def test_a_side_that_ends_early_narrows_the_band_for_both() -> None:
    found = covered([(99.9, 1), (99.45, 2), (90, 9)], [(100.1, 1), (100.55, 2)])
    assert found == Within(0.5, 99.9, 100.1)


def test_a_book_that_does_not_reach_a_tenth_of_a_percent_tells_nothing() -> None:
    assert within(COIN, [(99.99, 1), (99.95, 1)], [(100.01, 1), (100.05, 1)]) is None


def test_the_order_of_the_levels_does_not_matter() -> None:
    bids, asks = [(99.5, 1.0), (99.0, 2.0)], [(100.5, 1.0), (101.0, 2.0)]
    assert covered(bids[::-1], asks[::-1]) == covered(bids, asks)


def test_levels_emptied_to_zero_extend_no_band() -> None:
    found = covered([(99.9, 1), (99.7, 1), (99.0, 0)], [(100.1, 1), (101.5, 1)])
    assert found.band_percent == 0.3


def test_sizes_are_turned_into_usd_by_the_instrument() -> None:
    contracts = Instrument("x", "perp", "PEPE", "PEPE", "USDT", coins_per_unit=10_000_000.0)
    inverse = Instrument("x", "perp", "BTCUSD", "BTC", "USD", coins_per_unit=None, usd_per_unit=100.0)
    bids, asks = [(0.0000099, 3.0)], [(0.0000101, 3.0)]
    assert covered(bids, asks, contracts).bid_usd == pytest.approx(3 * 10_000_000 * 0.0000099)
    assert covered(bids, asks, inverse).ask_usd == pytest.approx(300.0)


@pytest.mark.parametrize(
    ("bids", "asks", "kind"),
    [
        ([], [(2.0, 1.0)], "empty book"),
        ([(1.0, 0.0)], [(2.0, 1.0)], "empty book"),
        ([(2.0, 1.0)], [(2.0, 1.0)], "crossed book"),
        ([(3.0, 1.0)], [(2.0, 1.0)], "crossed book"),
    ],
)
def test_a_book_that_cannot_be_is_refused(bids: list[Level], asks: list[Level], kind: str) -> None:
    with pytest.raises(Rejection) as caught:
        within(COIN, bids, asks)
    assert caught.value.kind == kind


@pytest.mark.parametrize("rows", [None, {}, [["1"]], [7], [["1", "-1"]], [["0", "1"]], [["nan", "1"]], [["1", None]]])
def test_a_level_that_cannot_be_read_spoils_the_book(rows: object) -> None:
    with pytest.raises(Rejection):
        levels(rows, "bids")


def test_further_values_of_a_level_are_ignored() -> None:
    assert levels([["100.5", "3", "0", "7"], [99, 2.5]], "bids") == [(100.5, 3.0), (99.0, 2.5)]


_sizes = st.lists(st.tuples(st.integers(1, 200), st.floats(0.1, 100)), min_size=1, max_size=30)


@given(_sizes, _sizes)
def test_the_band_never_reaches_behind_the_last_level_of_a_side(below: list[Level], above: list[Level]) -> None:
    bids, asks = [(1000 - step / 10, size) for step, size in below], [(1000 + step / 10, size) for step, size in above]
    found = within(COIN, bids, asks)
    middle = (max(bids)[0] + min(asks)[0]) / 2
    reach = min(middle - min(bids)[0], max(asks)[0] - middle) / middle * 100
    band = found.band_percent if found is not None else 0.0
    assert band <= min(1.0, reach) + 1e-6
    assert min(1.0, reach) - band < 0.1 + 1e-6
