"""The local Bybit keeps to its documented behaviour: whole-request refusals, snapshots and deltas, pages."""

from collections.abc import AsyncIterator

import pytest

from tests.exchanges import Exchanges, Limits, Listings, frames, listings
from tests.exchanges.client import ask, bybit_subscribe, closed_with, dial, get_json, heard

pytestmark = pytest.mark.anyio

LINEAR = "stream.bybit.com/v5/public/linear"
SPOT = "stream.bybit.com/v5/public/spot"


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges() as running:
        yield running


async def test_a_subscription_is_acknowledged_once_with_its_request_id(venue: Exchanges) -> None:
    async with dial(venue, LINEAR) as client:
        reply = await bybit_subscribe(client, "allLiquidation.BTCUSDT", "publicTrade.ETHUSDT")
        assert (reply["success"], reply["op"], reply["req_id"]) == (True, "subscribe", "7")
        assert venue.subscriptions("bybit", "perp") == ["allLiquidation.BTCUSDT", "publicTrade.ETHUSDT"]


@pytest.mark.parametrize("bad", ["allLiquidation.NOSUCHUSDT", "liquidation.BTCUSDT", "invalid"])
async def test_one_bad_topic_rejects_the_whole_request(venue: Exchanges, bad: str) -> None:
    async with dial(venue, LINEAR) as client:
        reply = await bybit_subscribe(client, "tickers.BTCUSDT", bad)
        assert reply["success"] is False
        assert bad in reply["ret_msg"]
        assert venue.subscriptions("bybit") == []


async def test_spot_takes_ten_topics_a_request_and_no_liquidations(venue: Exchanges) -> None:
    async with dial(venue, SPOT) as client:
        assert (await bybit_subscribe(client, *["publicTrade.BTCUSDT"] * 10))["success"] is True
        assert (await bybit_subscribe(client, *["publicTrade.BTCUSDT"] * 11))["success"] is False
        assert (await bybit_subscribe(client, "allLiquidation.BTCUSDT"))["success"] is False


async def test_all_arguments_of_a_socket_stay_within_21000_characters() -> None:
    rows = [listings.bybit_perp(f"COIN{number}USDT", f"COIN{number}") for number in range(1000)]
    async with Exchanges(Listings(bybit_perp=rows)) as venue, dial(venue, LINEAR) as client:
        topics = [f"allLiquidation.{row['symbol']}" for row in rows]
        assert (await bybit_subscribe(client, *topics[:700]))["success"] is True
        assert (await bybit_subscribe(client, *topics[700:]))["success"] is False


async def test_a_json_ping_gets_a_json_pong(venue: Exchanges) -> None:
    async with dial(venue, LINEAR) as client:
        reply = await ask(client, {"req_id": "1", "op": "ping"})
        assert (reply["success"], reply["ret_msg"], reply["op"]) == (True, "pong", "ping")
        await venue.wait_for(lambda: venue.sockets("bybit")[0].pings_answered == 1)


async def test_a_client_that_says_nothing_is_cut_though_data_flows() -> None:
    async with Exchanges(limits=Limits(bybit_silence_seconds=0.05)) as venue, dial(venue, LINEAR) as client:
        await bybit_subscribe(client, "tickers.BTCUSDT")
        await venue.push("bybit", "perp", *frames.bybit_ticker("BTCUSDT", 1))
        await heard(client)
        assert await closed_with(client) == 1000


async def test_a_new_ticker_subscriber_begins_with_a_snapshot_merged_from_deltas(venue: Exchanges) -> None:
    await venue.push("bybit", "perp", *frames.bybit_ticker("BTCUSDT", 1, "snapshot", markPrice="60000"))
    await venue.push("bybit", "perp", *frames.bybit_ticker("BTCUSDT", 2, markPrice="60001"))
    async with dial(venue, LINEAR) as client:
        await bybit_subscribe(client, "tickers.BTCUSDT")
        snapshot = await heard(client)
        assert (snapshot["type"], snapshot["data"]["markPrice"]) == ("snapshot", "60001")
        assert snapshot["data"]["fundingRate"] == "0.0001"
        await venue.push("bybit", "perp", *frames.bybit_ticker("BTCUSDT", 3, lastPrice="60002"))
        assert (await heard(client))["data"] == {"symbol": "BTCUSDT", "lastPrice": "60002"}


async def test_one_frame_holds_several_liquidations(venue: Exchanges) -> None:
    frame = frames.bybit_liquidations("BTCUSDT", 1, ("Buy", "1", "60000"), ("Sell", "2", "60001"))
    await venue.queue("bybit", "perp", *frame)
    async with dial(venue, LINEAR) as client:
        await bybit_subscribe(client, "allLiquidation.BTCUSDT")
        assert [row["S"] for row in (await heard(client))["data"]] == ["Buy", "Sell"]


async def test_the_instrument_list_comes_in_pages() -> None:
    async with Exchanges(limits=Limits(bybit_page=5)) as venue:
        symbols, cursor, pages = [], "", 0
        while pages == 0 or cursor:
            target = f"api.bybit.com/v5/market/instruments-info?category=linear&limit=1000&cursor={cursor}"
            result = (await get_json(venue, target))["result"]
            symbols += [row["symbol"] for row in result["list"]]
            cursor, pages = result["nextPageCursor"], pages + 1
        assert pages == 3
        assert symbols == [row["symbol"] for row in Listings().bybit_perp]
