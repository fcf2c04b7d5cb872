"""One coin's map: the same from history in any order, live from then on, masked by the minute that runs."""

from collections.abc import Callable, Sequence
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.tiers import MarginTier
from scoring.map.coin import CoinMap
from scoring.settings.map import MapSettings

MINUTE_MS, HOUR_MS = 60_000, 3_600_000
NOW_MS = 20_000 * HOUR_MS
BUCKET = 0.001

Arrival = Callable[[CoinMap], None]


def bar(venue: str, interval: str, hours: float, low: float, high: float, close: float) -> Arrival:
    return lambda coin: coin.take_bar(venue, interval, NOW_MS - round(hours * HOUR_MS), high, low, close, 10.0)


def interest(venue: str, hours: float, coins: float) -> Arrival:
    return lambda coin: coin.take_interest(venue, NOW_MS - round(hours * HOUR_MS), coins)


HISTORY: Sequence[Arrival] = (
    *(bar("binance", "1h", hours, 99.0, 101.0, 99.0 + hours % 3) for hours in range(1, 13)),
    *(bar("bybit", "15m", quarters / 4, 99.5, 100.5, 99.5 + quarters % 2) for quarters in range(1, 12)),
    *(interest("binance", hours, 1_000.0 + 30 * (hours % 4)) for hours in range(12)),
    *(interest("binance", minutes / 12, 1_005.0 + minutes % 5) for minutes in range(1, 12, 2)),
    *(interest("bybit", hours, 500.0 + 9 * (hours % 3)) for hours in range(8)),
)


def build(coin: CoinMap, now_ms: int = NOW_MS) -> None:
    """Let it seed until there is nothing left to do."""
    for _ in range(1_000):
        if not coin.pending:
            return
        coin.seed(now_ms)
        now_ms += 2_000
    raise AssertionError("it never ends")


def watched(coin: CoinMap, minutes: int, price: float = 100.0, start: int = 0) -> None:
    """Live minutes at a steady price, with growing open interest on two venues; the first only opens the second."""
    for minute in range(start, start + minutes):
        ended_ms = NOW_MS + (minute + 1) * MINUTE_MS
        coin.take_trade(price * 1.0005, 1_000.0)
        coin.take_mark(price)
        for venue, coins in (("binance", 1_030.0 + minute), ("bybit", 520.0 + minute)):
            coin.take_interest(venue, ended_ms - 5_000, coins)
        coin.turn_minute(ended_ms, price, 300.0)


def held(coin: CoinMap) -> list[list[float]]:
    found = coin.density("7d", "observed", NOW_MS)
    assert found is not None
    return [found.longs.tolist(), found.shorts.tolist()]


def seeded_coin(minutes: int = 2) -> CoinMap:
    coin = CoinMap(MapSettings())
    for arrive in HISTORY:
        arrive(coin)
    build(coin)
    watched(coin, minutes)
    return coin


@settings(max_examples=25, deadline=None)
@given(st.permutations(HISTORY), st.integers(0, len(HISTORY)))
def test_history_in_any_order_before_or_after_live_minutes_makes_the_same_map(
    order: Sequence[Arrival], early: int
) -> None:
    coin = CoinMap(MapSettings())
    for arrive in order[:early]:
        arrive(coin)
    build(coin)
    watched(coin, 4)
    for arrive in order[early:]:
        arrive(coin)
    build(coin)
    for mine, expected in zip(held(coin), held(seeded_coin(4)), strict=True):
        assert mine == pytest.approx(expected, rel=1e-4, abs=1e-3)


def test_it_is_useful_at_once_from_history() -> None:
    coin = seeded_coin()
    longs, shorts = held(coin)
    assert min(sum(longs), sum(shorts)) > 1_000
    assert coin.venues == ("binance", "bybit")
    assert coin.missing(("binance", "okx")) == ("okx",)
    assert coin.seeded(NOW_MS + 12 * MINUTE_MS) == "from 11 h of open interest of binance, bybit; live for 11 min"


def test_a_build_waits_until_history_is_quiet_and_goes_in_slices() -> None:
    coin = CoinMap(MapSettings())
    for arrive in HISTORY:
        arrive(coin)
    assert coin.pending
    assert coin.seed(NOW_MS, steps=5) == 5  # it only notes that something came
    coin.seed(NOW_MS + 999, steps=5)
    assert coin.venues == ()
    slices = 0
    while coin.pending:
        assert coin.seed(NOW_MS + 1_000, steps=5) <= 5
        slices += 1
    assert slices > 5
    assert coin.venues == ("binance", "bybit")


def test_readings_that_keep_coming_do_not_hold_a_build_up() -> None:
    coin = CoinMap(MapSettings())
    for arrive in HISTORY:
        arrive(coin)
    for number in range(6):
        now_ms = NOW_MS + 1 + 250 * number
        coin.take_interest("bybit", now_ms, 500.0 + number)
        coin.seed(now_ms)
    assert coin.venues == ("binance", "bybit")


def test_without_history_it_grows_from_the_first_minutes_on() -> None:
    coin = CoinMap(MapSettings())
    watched(coin, 2)
    assert coin.density("24h", "observed", NOW_MS) is None
    build(coin)
    watched(coin, 10, start=2)
    found = held(coin)
    # of 9 coins of new positions a venue since the first reading, at 100 each, all but the edges is on the map
    assert sum(map(sum, found)) == pytest.approx(2 * 2 * 10 * 100, rel=0.15)
    assert coin.seeded(NOW_MS + 12 * MINUTE_MS) == "live for 11 min"


def test_the_running_minute_consumes_at_once() -> None:
    coin = seeded_coin()
    before = coin.density("24h", "observed", NOW_MS)
    assert before is not None
    coin.take_mark(98.0)
    after = coin.density("24h", "observed", NOW_MS)
    assert after is not None
    swept = after.place(98.0)
    assert before.longs[swept:].sum() > 0
    assert after.longs[swept:].sum() == 0
    assert after.longs[:swept] == pytest.approx(before.longs[:swept])
    assert after.shorts == pytest.approx(before.shorts)


def test_swept_buckets_are_told_for_a_day() -> None:
    coin = seeded_coin()
    coin.take_mark(90.0)
    at_ms = NOW_MS + 3 * MINUTE_MS
    coin.turn_minute(at_ms, 100.0, 0.0)
    swept = coin.swept(at_ms)
    assert at_ms in swept.values()
    lowest = log(90.0) / BUCKET
    assert all(bucket >= int(lowest) for bucket, when in swept.items() if when == at_ms)
    assert coin.swept(at_ms + 25 * HOUR_MS) == {}


def test_another_preset_is_built_when_it_is_first_asked_for() -> None:
    coin = seeded_coin()
    assert coin.density("7d", "retail", NOW_MS) is None
    assert coin.pending
    before = held(coin)
    build(coin, NOW_MS + HOUR_MS)
    retail = coin.density("7d", "retail", NOW_MS)
    assert retail is not None
    near = slice(retail.place(98.0), retail.place(100.0))
    assert retail.longs[near].sum() > sum(before[0][near])
    for mine, earlier in zip(held(coin), before, strict=True):
        assert mine == pytest.approx(earlier, rel=1e-4, abs=1e-3)


def test_a_venues_tiers_shape_its_map() -> None:
    coin = seeded_coin()
    before = held(coin)
    for venue in coin.venues:
        coin.take_tiers(venue, (MarginTier(0.02, 10.0, floor_usd=0.0),))
    build(coin, NOW_MS + HOUR_MS)
    near = slice(270, 320)
    assert sum(held(coin)[0][near]) < 0.5 * sum(before[0][near])


def test_the_price_factor_is_unknown_until_full_feeds_measured_it() -> None:
    coin = CoinMap(MapSettings(kappa_least_samples=1))
    watched(coin, 2)
    build(coin)
    watched(coin, 60, start=2)
    assert coin.kappa_price(NOW_MS) is None
    full = coin.density("24h", "observed", NOW_MS)
    assert full is not None
    below = full.longs[: full.place(95.0)].sum()
    price, ended_ms = 95.0, NOW_MS + 70 * MINUTE_MS
    coin.take_liquidation("binance", "long", 99.0, 1e9, ended_ms - 1)
    coin.take_liquidation("bybit", "long", 97.0, 60.0, ended_ms - 1)
    coin.turn_minute(ended_ms, price, 0.0)
    after = coin.density("24h", "observed", NOW_MS)
    assert after is not None
    consumed = full.longs.sum() - below
    assert consumed > 0
    # both venues hold the same map but for the first reading, and only one of them publishes everything
    assert coin.kappa_price(ended_ms) == pytest.approx(60.0 / (consumed / 2), rel=0.05)


def test_the_open_interest_factor_is_the_assumed_one_until_measured() -> None:
    assert seeded_coin().kappa_open(NOW_MS) == MapSettings().kappa_open


def test_confidence_falls_with_missing_venues_and_stale_readings() -> None:
    coin = seeded_coin()
    now_ms = NOW_MS + 2 * MINUTE_MS
    score, words = coin.confidence(now_ms, ("binance", "bybit"))
    fewer, _ = coin.confidence(now_ms, ("binance", "bybit", "okx", "hyperliquid"))
    stale, _ = coin.confidence(now_ms + 20 * MINUTE_MS, ("binance", "bybit"))
    gone, _ = coin.confidence(now_ms + HOUR_MS, ("binance", "bybit"))
    assert 0 == gone < stale < score
    assert fewer == pytest.approx(score / 2, abs=1)
    assert words.startswith("2 of 2 venues, ")
    assert words.endswith("not yet measured against liquidations")


def test_a_coin_without_open_interest_has_no_map() -> None:
    coin = CoinMap(MapSettings())
    coin.take_mark(100.0)
    coin.turn_minute(NOW_MS, 100.0, 0.0)
    coin.turn_minute(NOW_MS + MINUTE_MS, 100.0, 0.0)
    assert coin.pending is False
    assert coin.density("24h", "observed", NOW_MS) is None
    assert coin.confidence(NOW_MS) == (0, "no venue has told its open interest")
    assert coin.seeded(NOW_MS) == ""
    assert coin.swept(NOW_MS) == {}


@pytest.mark.parametrize(
    ("interval", "low", "high", "close"),
    [("7m", 99, 101, 100), ("1h", 101, 99, 100), ("1h", 0, 1, 1), ("1h", 99, 101, 102)],
)
def test_a_candle_that_is_none_is_left_out(interval: str, low: float, high: float, close: float) -> None:
    coin = CoinMap(MapSettings())
    coin.take_interest("binance", NOW_MS, 5.0)
    coin.take_bar("binance", interval, NOW_MS - HOUR_MS, high, low, close, 1.0)
    assert coin.pending is False
