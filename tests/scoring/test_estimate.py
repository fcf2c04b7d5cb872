"""The estimated map of a whole market: from open interest, candles and marks to rows, clusters and how they compare."""

import subprocess
import sys
from math import exp
from random import Random

import pytest

from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import MapView
from tests.scoring.events_fixture import MINUTE, NOW, candle, connected, mark, open_interest, trade

HOUR = 60 * MINUTE
DAYS = 2
BUCKET = 0.001


def path(hours: int, seed: int = 3) -> list[float]:
    """Closes of candles of 15 minutes, a random walk that ends at 100."""
    random, logs = Random(seed), [0.0]
    for _ in range(4 * hours):
        logs.append(logs[-1] + random.gauss(0.0, 0.002))
    return [100 * exp(one - logs[-1]) for one in logs]


def history(market: Market, venue: str = "binance", now_ms: int = NOW) -> None:
    """Two days of candles and of growing open interest, told at once as at a start."""
    closes = path(24 * DAYS)
    start_ms = now_ms - 24 * DAYS * HOUR
    candles, readings = [], []
    for place, close in enumerate(closes[1:], 1):
        before = closes[place - 1]
        at_ms = start_ms + (place - 1) * HOUR // 4
        candles.append(
            candle(
                at_ms, close, max(before, close) * 1.0005, min(before, close) * 0.9995, interval="15m", venue=venue,
                volume=1_000.0, received_ms=now_ms,
            )
        )  # fmt: skip
        readings.append(open_interest(at_ms + HOUR // 4, 10_000.0 + 20 * place, venue=venue, received_ms=now_ms))
    market.apply([*candles, *readings])


def live(market: Market, minutes: int = 3, venue: str = "binance", price: float = 100.0) -> None:
    """Some minutes of marks, trades and open interest, a second apart."""
    market.apply([connected(NOW, venue), mark(NOW, price, venue=venue)])
    history(market, venue)
    for second in range(1, 60 * minutes):
        at_ms = NOW + 1000 * second
        market.apply([mark(at_ms, price, venue=venue), trade(at_ms, 1_000.0, price, venue=venue)])
        if second % 30 == 0:
            market.apply([open_interest(at_ms, 14_000.0 + second, venue=venue)])
    market.settle()


def estimated(minutes: int = 3) -> tuple[Market, MapView]:
    market = Market(ScoringSettings(), ("BTC",))
    live(market, minutes)
    return market, market.view("BTC").map


def test_the_map_is_there_within_the_first_minute() -> None:
    market = Market(ScoringSettings(), ("BTC",))
    live(market, 1)
    shown = market.view("BTC").map
    assert shown.reason == ""
    assert shown.seeded.startswith("from 48 h of open interest of binance")
    assert shown.long_usd > 0
    assert shown.short_usd > 0


def test_longs_lie_below_the_price_and_shorts_above_it_on_the_ladders_rows() -> None:
    market, shown = estimated()
    view = market.view("BTC")
    assert shown.step == view.ladder.step
    low, high = 100.0 * (1 - BUCKET), 100.0 * (1 + BUCKET)  # the price lies somewhere inside of a bucket
    assert all(cell.long_usd == 0 for row, cell in shown.cells.items() if row * shown.step > high)
    assert all(cell.short_usd == 0 for row, cell in shown.cells.items() if (row + 1) * shown.step < low)
    assert {one.side for one in shown.above} == {"above"}
    assert {one.side for one in shown.below} == {"below"}
    assert all(one.distance > 0 for one in shown.above)
    assert all(one.distance < 0 for one in shown.below)


def longs_above(price: float, shown: MapView) -> float:
    return sum(cell.long_usd for row, cell in shown.cells.items() if row * shown.step > price)


def test_what_the_mark_crosses_within_a_minute_is_gone_at_once() -> None:
    market, shown = estimated()
    edge = max(one.high for one in shown.below)
    at_ms = NOW + 3 * MINUTE + 5_000
    market.apply([mark(at_ms, edge * 0.97, venue="binance")])
    market.apply([mark(at_ms + 1_000, 100.0, venue="binance")])
    after = market.view("BTC").map
    reached = edge * 0.97 * (1 + 4 * 2.5 * BUCKET)  # as far as the shown map's smoothing goes
    assert longs_above(reached, shown) > 0
    assert longs_above(reached, after) == pytest.approx(0, abs=1e-6)
    assert [one.identity for one in after.swept] == [one.identity for one in shown.below if one.peak > edge * 0.97]


def test_another_venues_stray_mark_consumes_nothing() -> None:
    market, shown = estimated()
    market.apply([mark(NOW + 3 * MINUTE, 50.0, venue="htx")])
    assert market.view("BTC").map.long_usd == pytest.approx(shown.long_usd, rel=0.02)


def test_a_longer_lens_remembers_more_and_another_mix_is_another_map() -> None:
    market, shown = estimated()
    longer = market.view("BTC", lens="7d").map
    assert longer.long_usd + longer.short_usd > shown.long_usd + shown.short_usd
    assert market.view("BTC", preset="retail").map.reason == "the map is being built from history"
    market.settle()
    retail = market.view("BTC", preset="retail").map
    assert (retail.preset, retail.reason) == ("retail", "")
    assert retail.long_usd != pytest.approx(shown.long_usd, rel=0.01)


def test_the_checklist_goes_by_the_settings_lens_whatever_is_looked_at() -> None:
    market, _ = estimated()
    first, other = market.view("BTC"), market.view("BTC", lens="30d")
    assert first.checklist.items[2] == other.checklist.items[2]


def test_without_open_interest_there_is_no_map_and_it_says_so() -> None:
    market = Market(ScoringSettings(), ("BTC",))
    market.apply([connected(NOW), mark(NOW), trade(NOW + 1)])
    assert market.view("BTC").map.reason == "no exchange has told its open interest yet"


def test_volatility_comes_from_candles_until_enough_was_seen() -> None:
    _, shown = estimated()
    assert shown.volatility is not None
    assert shown.volatility.measured
    assert 0.01 < shown.volatility.daily < 0.04  # 0.2 % a quarter of an hour is 2 % a day


def test_history_is_built_in_slices_while_time_goes_on() -> None:
    market = Market(ScoringSettings(), ("BTC",))
    market.apply([connected(NOW, "binance"), mark(NOW, venue="binance")])
    history(market)
    assert market.view("BTC").map.reason != ""
    for second in range(1, 30):
        market.apply([mark(NOW + 1000 * second, venue="binance")])
    assert market.view("BTC").map.reason == ""


def test_numpy_is_loaded_no_sooner_than_a_map_needs_it() -> None:
    program = "import sys, scoring.market, tui.app, tui.monitor; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
