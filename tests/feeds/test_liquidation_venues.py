"""HTX, Gate, BitMEX and Bitget live against the local exchanges: what arrives is what was sent, in USD, once."""

import json

import pytest

from feeds.events import Disconnected, Funding, Liquidation, LongShort, OpenInterest, Trade, Undecodable
from feeds.rest import Rest
from feeds.settings import ConnectionSettings, FeedsSettings, NetworkSettings
from feeds.symbols import SymbolTable
from feeds.venues import VENUES
from feeds.venues.bitget import Bitget
from feeds.venues.bitmex import Bitmex
from feeds.venues.gate import Gate
from feeds.venues.htx import Htx
from tests.exchanges import Exchanges, Limits
from tests.exchanges.further_frames import bitget_liquidation, bitmex_liquidation, bitmex_trade, gate_liquidations
from tests.exchanges.further_frames import gate_trades as gate_trade
from tests.exchanges.htx_frames import htx_funding, htx_liquidation, htx_spot_trade, htx_swap_trade
from tests.feeds.watching import Watched, now_ms, watching

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    for venue in (Htx(), Gate(), Bitmex(), Bitget()):
        monkeypatch.setitem(VENUES, venue.name, venue)


def through(exchanges: Exchanges) -> FeedsSettings:
    return FeedsSettings(network=NetworkSettings(gateway=exchanges.url))


def told(watched: Watched) -> list[tuple[str, str, float]]:
    """Symbol, position and whole dollars of each liquidation."""
    return [
        (event.symbol, event.position, round(event.notional_usd))
        for event in watched.of(Liquidation)
        if isinstance(event, Liquidation)
    ]


async def test_htx_is_answered_and_counts_each_trade_once_and_half() -> None:
    limits = Limits(htx_ping_seconds=0.1, htx_pong_seconds=0.5, htx_notification_pong_seconds=0.5)
    async with Exchanges(limits=limits) as exchanges:
        before = now_ms() - 9_000
        await exchanges.push("htx", "perp", *htx_swap_trade("BTC-USDT", "buy", 9, 0.001, 70_000.0, before, trade_id=1))
        await exchanges.push("htx", "spot", *htx_spot_trade("btcusdt", "buy", 9.0, 70_000.0, before, trade_id=1))
        async with watching(exchanges.url, "BTC", venues=("htx",), connection=ConnectionSettings()) as watched:
            await exchanges.subscribed("htx", "perp", "market.BTC-USDT.trade.detail")
            await exchanges.subscribed("htx", "perp", "public.*.liquidation_orders", "public.BTC-USDT.funding_rate")
            await exchanges.subscribed("htx", "spot", "market.btcusdt.trade.detail")
            now = now_ms()
            swap = htx_swap_trade("BTC-USDT", "sell", 5, 0.001, 70_000.0, now, trade_id=2)
            await exchanges.push("htx", "perp", *swap)
            await exchanges.push("htx", "spot", *htx_spot_trade("btcusdt", "sell", 0.1, 70_000.0, now + 50, trade_id=2))
            await exchanges.push("htx", "perp", *htx_funding("BTC-USDT", "0.0003", now, now + 3_600_000))
            for topic in ("named", "starred"):
                frame = htx_liquidation("BTC-USDT", "sell", 40, 0.04, 69_000.0, now - len(topic), topic=topic)  # type: ignore[arg-type]
                await exchanges.push("htx", "perp", *frame)
            await watched.until(lambda: len(watched.of(Liquidation)) == 2 and len(watched.of(Trade)) == 2)
            await watched.until(lambda: watched.of(Funding, rate=0.0003))
            await exchanges.wait_for(lambda: all(log.pongs >= 3 for log in exchanges.open_sockets("htx")))
            sockets = exchanges.open_sockets("htx")
    assert len(sockets) == 3
    assert told(watched) == [("BTC-USDT", "long", 2760)] * 2
    assert sorted((event.market, round(event.notional_usd)) for event in watched.of(Trade)) == [  # type: ignore[union-attr]
        ("perp", 350),
        ("spot", 7000),
    ]
    assert not watched.of(Disconnected)


async def test_gate_counts_liquidations_in_batches_and_is_kept_open() -> None:
    async with Exchanges() as exchanges, watching(exchanges.url, "BTC", venues=("gate",)) as watched:
        await exchanges.subscribed("gate", "perp", "futures.public_liquidates:BTC_USDT", "futures.trades:BTC_USDT")
        now = now_ms()
        await exchanges.push("gate", "perp", *gate_liquidations("BTC_USDT", now, (-1000, "70000"), (500, "70000")))
        await exchanges.push("gate", "perp", *gate_liquidations("BTC_USDT", now - 9, (-10, "70000"), old=True))
        await exchanges.push("gate", "perp", *gate_trade("BTC_USDT", now, (-300, "70000")))
        await watched.until(lambda: len(watched.of(Liquidation)) == 3 and watched.of(Trade))
        (socket,) = exchanges.open_sockets("gate")
    assert told(watched) == [("BTC_USDT", "long", 7000), ("BTC_USDT", "short", 3500), ("BTC_USDT", "long", 70)]
    assert abs(json.loads(socket.received[0])["time"] - now / 1000) < 10


async def test_bitmex_counts_what_is_inserted_of_what_it_can_size() -> None:
    async with Exchanges() as exchanges, watching(exchanges.url, "BTC", "SOL", venues=("bitmex",)) as watched:
        await exchanges.subscribed("bitmex", "perp", "liquidation:XBTUSD", "trade:XBTUSD", "trade:SOLUSDT")
        for symbol, side, number in (("XBTUSD", "Sell", "a"), ("SOLUSDT", "Buy", "b"), ("ETHUSD", "Buy", "c")):
            for action in ("insert", "update", "delete"):
                frame = bitmex_liquidation(symbol, side, 20_000, 200.0, number, action)  # type: ignore[arg-type]
                await exchanges.push("bitmex", "perp", *frame)
        await exchanges.push("bitmex", "perp", *bitmex_trade("XBTUSD", "Sell", 700, 70_000.0, 0.01, 700.0, now_ms()))
        await watched.until(lambda: watched.of(Trade))
    assert told(watched) == [("XBTUSD", "long", 20_000), ("SOLUSDT", "short", 400)]
    assert len(watched.of(Undecodable, kind="not covered")) == 1


async def test_bitget_learns_from_its_rows_that_amounts_are_dollars() -> None:
    async with Exchanges() as exchanges, watching(exchanges.url, "BTC", venues=("bitget",)) as watched:
        await exchanges.subscribed("bitget", "perp", "liquidation:usdt-futures")
        now = now_ms()
        for rank, usd in enumerate(("300", "90000", "300")):
            await exchanges.push("bitget", "perp", *bitget_liquidation("BTCUSDT", "buy", usd, "70000", now + rank))
        await watched.until(lambda: len(watched.of(Liquidation)) == 2)
    assert told(watched) == [("BTCUSDT", "long", 90_000), ("BTCUSDT", "long", 300)]
    assert len(watched.of(Undecodable, kind="not covered")) == 1


async def test_htx_answers_tell_one_side_of_open_interest_and_a_day_of_ratios() -> None:
    venue, table = Htx(), SymbolTable()
    async with Exchanges() as exchanges, Rest(through(exchanges)) as rest:
        for request in venue.requests():
            table.add(venue.listing(request, await rest.ask(request.url)).instruments)
        bitcoin = table.of("htx", "perp")["BTC-USDT"]
        events = [
            event
            for poll in venue.polls([bitcoin])
            if "historical" not in poll.url  # the local exchange doesn't serve past settlements
            for event in venue.answer(poll.key, "perp", await rest.ask(poll.url), now_ms(), table)
        ]
        facts = exchanges.data.perps["htx", "BTC-USDT"]
    interest = [event for event in events if isinstance(event, OpenInterest)]
    assert facts.open_interest is not None
    assert interest[0].coins == pytest.approx(facts.open_interest.now)
    assert interest[0].notional_usd == pytest.approx(facts.open_interest.now * facts.price)
    assert interest[-1].at_ms - interest[1].at_ms >= 24 * 3_600_000
    for basis, series in (("top_accounts", facts.top_accounts), ("top_positions", facts.top_positions)):
        told = [event for event in events if isinstance(event, LongShort) and event.basis == basis]
        assert series is not None
        assert told[0].long_share == pytest.approx(series.now, rel=0.05)
        assert told[-1].at_ms - told[1].at_ms >= 24 * 3_600_000
    (funding,) = [event for event in events if isinstance(event, Funding)]
    assert funding.rate == pytest.approx(facts.funding_rate)
