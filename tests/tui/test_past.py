"""The prices of the time before a coin was watched."""

from typing import Any

from feeds.events import Candle
from tui.past import GATHER_MS, Past, Price

MINUTE = 60_000
T0 = 1_738_000_800_000


def candle(opens: int, close: float, interval: str = "15m", **given: Any) -> Candle:
    """A candle that opens so many minutes after T0, a hundredth lower and higher than it closes."""
    own: dict[str, Any] = {"open": close, "high": close * 1.01, "low": close * 0.99, "close": close, "closed": True}
    return Candle(
        **{"venue": "binance", "market": "perp", "symbol": "BTCUSDT", "coin": "BTC", "interval": interval}
        | {"at_ms": T0 + opens * MINUTE, "received_ms": T0, "volume": 1.0}
        | own
        | given
    )


def told(past: Past, *starts: int) -> list[tuple[float, float]]:
    """Minutes and prices."""
    return [((one.at_ms - T0) / MINUTE, one.price) for one in past.prices(T0 + start * MINUTE for start in starts)]


def past_of(*candles: Candle, since: int = 600) -> Past:
    past = Past(T0 + since * MINUTE)
    for one in candles:
        past.take_candle(one)
    return past


def test_a_candle_tells_its_close_at_its_end_in_order_of_time() -> None:
    assert told(past_of(candle(15, 101.0), candle(0, 100.0))) == [(15, 100.0), (30, 101.0)]


def test_what_can_still_change_and_spot_tell_nothing() -> None:
    assert told(past_of(candle(0, 1.0, closed=False), candle(0, 1.0, market="spot"), candle(0, 1.0, "1w"))) == []


def test_of_candles_that_end_together_the_shortest_counts_and_then_the_first() -> None:
    past = past_of(candle(0, 100.0, "1h"), candle(45, 101.0), candle(45, 102.0, venue="okx"))
    assert told(past) == [(60, 101.0)]


def test_the_extremes_of_a_candle_in_which_an_entry_began_are_not_told() -> None:
    """They may be from before it."""
    past = past_of(candle(0, 100.0), candle(15, 100.0))
    assert list(past.prices([T0 + 5 * MINUTE])) == [
        Price(T0 + 15 * MINUTE, 100.0),
        Price(T0 + 30 * MINUTE, 100.0, 99.0, 101.0),
    ]


def test_prices_that_were_seen_follow_and_no_candle_comes_after_them() -> None:
    past = past_of(candle(0, 100.0), candle(15, 101.0), since=20)
    past.take_price(T0 + 21 * MINUTE, 105.0)
    assert told(past) == [(15, 100.0), (21, 105.0)]


def test_candles_have_a_minute_and_a_half() -> None:
    assert [Past(T0).is_over(T0 + later) for later in (0, GATHER_MS - 1, GATHER_MS)] == [False, False, True]
