"""Which price is shown, how old it is, and what it is compared with."""

import pytest

from scoring.price import DAY_MS, Prices
from scoring.settings import PriceSettings
from tests.scoring.events_fixture import MINUTE, NOW, liquidation, mark, trade


def prices() -> Prices:
    return Prices(PriceSettings())


def test_mark_prices_are_preferred_by_venue() -> None:
    """Binance before Bybit before a trade, whatever came last."""
    board = prices()
    board.take_mark(mark(NOW, 101.0, venue="binance"))
    board.take_mark(mark(NOW + 1, 102.0, venue="bybit"))
    board.take_trade(trade(NOW + 2, price=103.0))
    reading = board.reading(NOW + 3)
    assert (reading.value, reading.source, reading.at_ms, reading.reason) == (101.0, "binance mark price", NOW, "")


def test_a_fresh_price_beats_a_stale_one_of_a_better_venue() -> None:
    """Binance went silent; the trade is the price until all are stale, then the last one with its age."""
    board = prices()
    board.take_mark(mark(NOW, 101.0, venue="binance"))
    board.take_trade(trade(NOW + 8_000, price=103.0))
    assert board.reading(NOW + 10_000).source == "binance mark price"
    assert board.reading(NOW + 10_001).source == "bybit trade"
    stale = board.reading(NOW + 18_001)
    assert (stale.value, stale.reason) == (103.0, "stale since 12:04:08 UTC")
    assert stale.stale_at_ms == NOW + 18_000


def test_how_soon_a_price_is_stale_is_a_setting() -> None:
    """On a quiet market one may want to see it longer as the present one."""
    board = Prices(PriceSettings(stale_seconds=60.0))
    board.take_mark(mark(NOW, 101.0))
    assert (board.reading(NOW + 60_000).reason, board.reading(NOW).stale_at_ms) == ("", NOW + 60_000)


def test_a_liquidation_price_says_that_it_is_none_of_the_market() -> None:
    """It centres the ladder where nothing else was seen, and never enters a change."""
    board = prices()
    assert (board.reading(NOW).value, board.reading(NOW).reason) == (None, "no price yet")
    board.liquidation = liquidation(NOW, 5.0, 99.0)
    reading = board.reading(NOW)
    assert (reading.value, reading.source, reading.reason) == (99.0, "liquidation price", "only liquidations seen")
    assert board.change(reading) is None


def test_one_symbol_stands_for_the_coin() -> None:
    """The USDT contract takes the role from a USDC one and keeps it, until it is stale."""
    board = prices()
    board.take_mark(mark(NOW, 1.0, symbol="BTCPERP"))
    board.take_mark(mark(NOW, 2.0, symbol="BTCUSDT"))
    board.take_mark(mark(NOW + 1, 3.0, symbol="BTCPERP"))
    assert board.reading(NOW + 1).value == 2.0
    other = prices()
    other.take_mark(mark(NOW, 1.0, symbol="BTCPERP"))
    other.take_mark(mark(NOW, 2.0, symbol="BTC-USD"))
    assert other.reading(NOW).value == 1.0
    board.take_mark(mark(NOW + 20_000, 4.0, symbol="BTCPERP"))
    assert board.reading(NOW + 20_000).value == 4.0


def test_the_change_names_the_span_that_was_really_seen() -> None:
    """Minutes after the start it is a change of minutes; after days one of 24 h at most."""
    board = prices()
    board.take_mark(mark(NOW, 100.0))
    assert board.change(board.reading(NOW)) is None
    for minute in range(1, 1600):
        at_ms = NOW + minute * MINUTE
        board.take_mark(mark(at_ms, 100.0 + minute))
        if minute == 12:
            change = board.change(board.reading(at_ms))
            assert change is not None
            assert (change.fraction, change.span_ms) == (pytest.approx(0.12), 12 * MINUTE)
        board.turn_minute(at_ms + 1)
    change = board.change(board.reading(at_ms))
    assert change is not None
    assert DAY_MS - 2 * MINUTE <= change.span_ms <= DAY_MS
    assert change.fraction == pytest.approx(1699.0 / (1699.0 - change.span_ms / MINUTE) - 1)


def test_a_price_from_before_a_long_outage_is_not_compared_with() -> None:
    """Two days of silence leave no price of the last 24 h but the new one."""
    board = prices()
    board.take_mark(mark(NOW, 100.0))
    board.turn_minute(NOW + 1)
    board.take_mark(mark(NOW + 2 * DAY_MS, 150.0))
    assert board.change(board.reading(NOW + 2 * DAY_MS)) is None
