"""What the book holds and what is traded in a day."""

from scoring.turnover import DayVolume, RestingOrders
from scoring.view import DepthReading

MINUTE, HOUR = 60_000, 3_600_000


def depth(venue: str, bid: float, ask: float, stale: bool = False, market: str = "perp") -> DepthReading:
    return DepthReading(venue, "spot" if market == "spot" else "perp", 1.0, bid, ask, 0, stale)


def test_depth_is_the_median_of_an_hour_summed_over_venues() -> None:
    resting = RestingOrders()
    for minute, bid in enumerate((10.0, 30.0, 20.0)):
        resting.sample([depth("binance", bid, 2 * bid), depth("bybit", 5.0, 5.0)], minute * MINUTE)
    assert resting.sides == (25.0, 45.0)


def test_what_is_older_than_an_hour_no_longer_counts() -> None:
    resting = RestingOrders()
    resting.sample([depth("binance", 10.0, 10.0)], 0)
    resting.sample([depth("binance", 90.0, 90.0)], 61 * MINUTE)
    assert resting.sides == (90.0, 90.0)


def test_stale_and_spot_books_and_no_book_at_all_are_unknown() -> None:
    resting = RestingOrders()
    resting.sample([depth("binance", 10.0, 10.0, stale=True), depth("okx", 10.0, 10.0, market="spot")], 0)
    assert resting.sides is None


def test_the_days_volume_sums_the_last_24_hours_of_each_venue() -> None:
    volume = DayVolume()
    for hour in range(30):
        volume.take("binance", hour * HOUR, 1.0 if hour < 6 else 10.0)
        volume.take("bybit", hour * HOUR, 2.0)
    assert volume.usd(30 * HOUR) == 24 * 10.0 + 24 * 2.0


def test_a_missing_hour_is_made_up_for_and_a_missing_day_is_unknown() -> None:
    volume = DayVolume()
    for hour in range(23):
        volume.take("binance", hour * HOUR, 10.0)
    assert volume.usd(24 * HOUR) == 240.0
    assert volume.usd(34 * HOUR) is None
    assert DayVolume().usd(0) is None


def test_an_hour_that_is_told_twice_counts_once() -> None:
    volume = DayVolume()
    for hour in (*range(24), *range(24)):
        volume.take("binance", hour * HOUR, 10.0)
    assert volume.usd(24 * HOUR) == 240.0
