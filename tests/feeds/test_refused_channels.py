"""A venue that refuses one channel: it is named, and the others go on over the same socket."""

import json

import pytest

from feeds.events import LIQUIDATIONS_REFUSED, Disconnected, MarkPrice, Undecodable
from tests.exchanges import Exchanges, frames
from tests.feeds.watching import Watched, now_ms, watching

pytestmark = pytest.mark.anyio


def reasons(watched: Watched) -> list[str]:
    return [event.reason for event in watched.of(Undecodable, kind=LIQUIDATIONS_REFUSED)]  # type: ignore[union-attr]


async def test_okx_without_its_liquidations_goes_on_with_prices() -> None:
    refusal = {"event": "error", "code": "60018", "msg": "Wrong URL or channel:liquidation-orders,instType:SWAP"}
    async with Exchanges() as venue, watching(venue.url, venues=("okx",)) as watched:
        await venue.subscribed("okx", "perp", "mark-price:BTC-USDT-SWAP")
        for session in venue._sessions("okx", "perp"):
            if "mark-price:BTC-USDT-SWAP" in session.streams:
                await session.say(json.dumps(refusal))
        await watched.until(lambda: reasons(watched))
        await venue.push("okx", "perp", *frames.okx_mark_price("BTC-USDT-SWAP", "70000", now_ms()))
        await watched.until(lambda: watched.of(MarkPrice))
    (reason,) = reasons(watched)
    assert reason.startswith("every coin: OKX refused liquidation-orders, '60018': 'Wrong URL")
    assert watched.of(Disconnected, stream="okx perp") == []


async def test_bybit_is_asked_again_without_the_topic_that_it_refused() -> None:
    refusal = {
        "success": False,
        "ret_msg": "error:handler not found,topic:allLiquidation.BTCUSDT",
        "req_id": "BTCUSDT",
        "op": "subscribe",
    }
    async with Exchanges() as venue, watching(venue.url, venues=("bybit",)) as watched:
        await venue.subscribed("bybit", "perp", "tickers.BTCUSDT")
        (session,) = venue._sessions("bybit", "perp")
        session.streams.clear()  # a refused request subscribes to nothing
        await session.say(json.dumps(refusal))
        await venue.wait_for(lambda: set(session.streams) == {"publicTrade.BTCUSDT", "tickers.BTCUSDT"})
        await venue.push("bybit", "perp", *frames.bybit_ticker("BTCUSDT", now_ms(), "snapshot", markPrice="70000"))
        await watched.until(lambda: watched.of(MarkPrice))
    (reason,) = reasons(watched)
    assert reason.startswith("BTC: Bybit refused allLiquidation of BTCUSDT: ")
