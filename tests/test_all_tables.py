"""All venues at once against local exchanges: every table has the numbers that the exchanges were given."""

import time

import pytest

from feeds.events import Candle, Depth, LongShort, OpenInterest, PutCall, Refused
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import MarketView
from tests.exchanges import Exchanges, MarketData, faults
from tests.feeds.watching import QUICK, Watched, watching

pytestmark = pytest.mark.anyio

ALL = ("binance", "bybit", "okx", "hyperliquid", "coinbase", "htx", "gate", "bitmex", "deribit", "bitget")
PATIENT = QUICK.model_copy(update={"first_event_seconds": 30.0})
CROWDS = {
    ("binance", "accounts"), ("binance", "top_accounts"), ("binance", "top_positions"), ("bybit", "accounts"),
    ("okx", "accounts"), ("okx", "top_accounts"), ("okx", "top_positions"),
    ("htx", "top_accounts"), ("htx", "top_positions"),
}  # fmt: skip
HISTORY = ("binance", "bybit", "okx", "htx")


def told(watched: Watched) -> bool:
    """Whether each table has been told by all that have it."""
    venues = {kind: {event.venue for event in watched.of(kind)} for kind in (OpenInterest, Depth, PutCall)}
    crowds = {(event.venue, event.basis) for event in watched.of(LongShort)}  # type: ignore[union-attr]
    candles = {event.venue for event in watched.of(Candle, interval="1h")}
    history = {event.venue for event in watched.of(OpenInterest) if event.received_ms - event.at_ms > 86_000_000}
    return (
        venues[OpenInterest] >= {*HISTORY, "hyperliquid", "deribit"}
        and history >= set(HISTORY)
        and venues[Depth] >= {"binance", "bybit", "okx"}
        and venues[PutCall] >= {"okx", "deribit"}
        and crowds >= CROWDS
        and candles >= {"binance", "bybit", "okx"}
    )


def folded(watched: Watched) -> MarketView:
    market = Market(ScoringSettings(), ("BTC",))
    market.apply(watched.events)
    market.advance(time.time_ns() // 1_000_000)
    return market.view("BTC")


async def test_every_table_has_the_exchanges_numbers() -> None:
    data = MarketData()
    async with (
        Exchanges(data=data) as venue,
        watching(venue.url, "BTC", venues=ALL, connection=PATIENT) as watched,
    ):
        await watched.until(lambda: told(watched), seconds=60)
        assert venue.strays == []
    view = folded(watched)
    interest = {row.venue: row for row in view.interest}
    for name in (*HISTORY, "hyperliquid", "deribit"):
        perp = data.perp(name, "BTC")
        assert perp.open_interest is not None
        now = perp.open_interest.now
        # Deribit tells USD and Hyperliquid coins; both are one side of the same contracts.
        assert interest[name].coins == pytest.approx(now, rel=1e-6), name
    for name in HISTORY:
        series = data.perp(name, "BTC").open_interest
        assert series is not None
        hour, day = series.at(3_600_000), series.at(86_400_000)
        assert hour
        assert day
        if name != "htx":  # its history has a row an hour, which is seldom near enough to an hour ago
            assert interest[name].coins_1h == pytest.approx(series.now / hour - 1, abs=1e-9), name
        assert interest[name].coins_24h == pytest.approx(series.now / day - 1, abs=1e-9), name
    shares = {(row.venue, row.basis): row for row in view.crowd}
    assert set(shares) == CROWDS
    for (name, basis), row in shares.items():
        series = getattr(data.perp(name, "BTC"), basis)
        assert row.long_share == pytest.approx(series.now, abs=1e-5), (name, basis)
        assert row.change_24h == pytest.approx(series.now - series.at(86_400_000), abs=1e-5), (name, basis)
    for reading in view.depth:
        perp = data.perp(reading.venue, "BTC")
        middle = (perp.bids[0][0] + perp.asks[0][0]) / 2
        if reading.venue == "hyperliquid":  # its book is merged into coarser levels
            continue
        assert reading.band_percent == 1.0
        bids = sum(price * coins for price, coins in perp.bids if price >= middle * 0.99)
        asks = sum(price * coins for price, coins in perp.asks if price <= middle * 1.01)
        assert (reading.bid_usd, reading.ask_usd) == (pytest.approx(bids), pytest.approx(asks)), reading.venue
    for options in view.options:
        expected = data.put_call(options.venue, "BTC")
        assert (options.open_interest, options.volume) == (pytest.approx(expected[0]), pytest.approx(expected[1]))
    assert {row.interval: row.score is not None for row in view.trend} == {"1h": True, "15m": True}


@pytest.mark.parametrize(
    "fault",
    [faults.RATE_LIMITED, faults.RESTRICTED, faults.BLOCK_PAGE, faults.Hang(), faults.Truncated(), faults.EMPTY],
    ids=["429", "451", "html", "hangs", "truncated", "empty"],
)
async def test_one_venue_in_trouble_leaves_the_others_alone(fault: faults.RestFault) -> None:
    async with Exchanges() as venue:
        venue.break_rest("fapi.binance.com", fault)
        async with watching(venue.url, "BTC", venues=("binance", "okx"), connection=PATIENT) as watched:
            await watched.until(
                lambda: watched.of(LongShort, venue="okx") and watched.of(Depth, venue="okx"), seconds=30
            )
            if not isinstance(fault, faults.Hang):
                await watched.until(
                    lambda: [event for event in watched.events if getattr(event, "stream", "") == "binance perp"],
                    seconds=30,
                )
    assert watched.of(OpenInterest, venue="binance") == []
    view = folded(watched)
    troubles = {state.venue: state for state in view.venues}
    assert not troubles["okx"].trouble
    if not isinstance(fault, faults.Hang):
        assert troubles["binance"].trouble
        assert troubles["binance"].retry_at_ms is not None
    assert not [event for event in watched.of(Refused) if event.venue == "okx"]
