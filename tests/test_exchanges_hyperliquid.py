"""The local Hyperliquid keeps to its documented behaviour: banner, backfill, its own silence, posted questions."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.exchanges import Exchanges, Limits, MarketData, frames
from tests.exchanges.client import ask, closed_with, dial, heard, post, post_json

pytestmark = pytest.mark.anyio

NOW_MS = 1_795_000_000_000
SOCKET, INFO = "api.hyperliquid.xyz/ws", "api.hyperliquid.xyz/info"
TRADES = {"method": "subscribe", "subscription": {"type": "trades", "coin": "BTC"}}


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges(data=MarketData(clock=lambda: NOW_MS)) as running:
        yield running


async def test_the_first_frame_is_plain_text(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        assert await heard(client) == "Websocket connection established."


async def test_a_subscription_is_echoed_and_begins_with_a_backfill(venue: Exchanges) -> None:
    await venue.push("hyperliquid", "perp", *frames.hyperliquid_trades("BTC", 1, ("A", "0.5", "60000")))
    await venue.push("hyperliquid", "perp", *frames.hyperliquid_trades("BTC", 2, ("B", "1", "60001"), first_number=2))
    async with dial(venue, SOCKET) as client:
        await heard(client)
        assert await ask(client, TRADES) == {"channel": "subscriptionResponse", "data": TRADES}
        assert [row["tid"] for row in (await heard(client))["data"]] == [1, 2]
        await venue.push("hyperliquid", "perp", *frames.hyperliquid_trades("BTC", 3, ("B", "2", "60002")))
        assert [row["time"] for row in (await heard(client))["data"]] == [3]


@pytest.mark.parametrize(
    "subscription",
    [
        {"type": "liquidations"},
        {"type": "trades", "coin": "btc"},
        {"type": "trades", "coin": "PEPE"},
        {"type": "liquidation", "coin": "BTC"},
    ],
)
async def test_liquidations_and_misspelt_coins_are_refused(venue: Exchanges, subscription: dict[str, str]) -> None:
    async with dial(venue, SOCKET) as client:
        await heard(client)
        reply = await ask(client, {"method": "subscribe", "subscription": subscription})
        assert reply["channel"] == "error"
        assert venue.subscriptions("hyperliquid") == []


async def test_a_socket_to_which_nothing_was_sent_is_closed() -> None:
    limits = Limits(hyperliquid_quiet_seconds=0.05)
    async with Exchanges(limits=limits) as venue, dial(venue, SOCKET) as client:
        assert await closed_with(client) == 1000


async def test_an_answered_ping_starts_the_time_anew() -> None:
    limits = Limits(hyperliquid_quiet_seconds=0.2)
    async with Exchanges(limits=limits) as venue, dial(venue, SOCKET) as client:
        await heard(client)
        (log,) = venue.sockets("hyperliquid")
        while not log.received_at_s or log.received_at_s[-1] < log.at_s + 0.1:
            assert await ask(client, {"method": "ping"}) == {"channel": "pong"}
        assert await closed_with(client) == 1000
        await venue.wait_for(lambda: log.closed_at_s is not None)
        assert (log.closed_at_s or 0.0) - log.received_at_s[-1] >= 0.2


async def test_a_context_comes_at_once_and_agrees_with_the_posted_one(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        await heard(client)
        subscription = {"type": "activeAssetCtx", "coin": "kPEPE"}
        await ask(client, {"method": "subscribe", "subscription": subscription})
        context = (await heard(client))["data"]["ctx"]
    meta, contexts = await post_json(venue, INFO, {"type": "metaAndAssetCtxs"})
    place = [row["name"] for row in meta["universe"]].index("kPEPE")
    assert contexts[place] == context
    assert float(context["openInterest"]) * 1000 == 4 * 5e12
    assert float(context["markPx"]) == pytest.approx(0.01 * 1.0004)
    assert context["funding"] == "0.00008"


async def test_what_is_delisted_stays_in_the_universe_with_nothing_open(venue: Exchanges) -> None:
    meta, contexts = await post_json(venue, INFO, {"type": "metaAndAssetCtxs"})
    delisted = [index for index, row in enumerate(meta["universe"]) if row.get("isDelisted")]
    assert [contexts[index]["openInterest"] for index in delisted] == ["0.0"]
    assert len(meta["universe"]) == len(contexts)


async def test_twenty_levels_cover_a_percent_only_when_merged(venue: Exchanges) -> None:
    def reach(book: Any) -> float:
        return 1 - float(book["levels"][0][-1]["px"]) / float(book["levels"][0][0]["px"])

    fine = await post_json(venue, INFO, {"type": "l2Book", "coin": "BTC"})
    coarse = await post_json(venue, INFO, {"type": "l2Book", "coin": "BTC", "nSigFigs": 3})
    assert len(fine["levels"][0]) == 20
    assert reach(fine) < 0.01 < reach(coarse)
    (bids, asks) = coarse["levels"]
    assert float(bids[0]["px"]) % 100 == float(asks[0]["px"]) % 100 == 0
    assert float(bids[0]["px"]) < 60_024 < float(asks[0]["px"])
    assert sum(float(one["sz"]) for one in bids) == pytest.approx(150 * 4.0)


async def test_candles_are_asked_for_with_times(venue: Exchanges) -> None:
    hour_ms = 3_600_000
    request = {"coin": "BTC", "interval": "1h", "startTime": NOW_MS - 3 * hour_ms, "endTime": NOW_MS}
    rows = await post_json(venue, INFO, {"type": "candleSnapshot", "req": request})
    assert len(rows) == 3
    assert float(rows[-1]["c"]) == 60_024.0
    assert [row["T"] - row["t"] for row in rows] == [hour_ms - 1] * 3


async def test_what_it_does_not_understand_gets_422(venue: Exchanges) -> None:
    for body in ({"type": "liquidations"}, {}, "[", {"type": "candleSnapshot"}):
        assert (await post(venue, INFO, body))[0] == 422
