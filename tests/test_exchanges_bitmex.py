"""The local BitMEX keeps to its documented behaviour: welcome, partials, inserts, text pings, XBT."""

from collections.abc import AsyncIterator

import pytest

from tests.exchanges import Exchanges, Limits, frames
from tests.exchanges.client import ask, closed_with, dial, get_json, heard

pytestmark = pytest.mark.anyio

SOCKET = "ws.bitmex.com/realtime"
INSERT = frames.bitmex_liquidation("XBTUSD", "Sell", 1000, 95_000.0, "one")


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges() as running:
        yield running


async def test_the_first_frame_is_a_welcome(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        assert (await heard(client))["info"] == "Welcome to the BitMEX Realtime API."


async def test_every_argument_is_answered_and_then_its_partial_comes(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        await heard(client)
        request = {"op": "subscribe", "args": ["liquidation", "trade:NOSUCH"]}
        done = await ask(client, request)
        assert (done["success"], done["subscribe"], done["request"]) == (True, "liquidation", request)
        assert (await heard(client))["status"] == 400
        partial = await heard(client)
        assert (partial["table"], partial["action"], partial["data"]) == ("liquidation", "partial", [])


async def test_the_address_can_name_tables_and_no_symbol_means_all(venue: Exchanges) -> None:
    async with dial(venue, f"{SOCKET}?subscribe=liquidation") as client:
        await heard(client)
        assert (await heard(client))["action"] == "partial"
        assert await venue.push("bitmex", "perp", *INSERT) == 1
        assert await heard(client) == INSERT[1]


async def test_a_partial_repeats_what_is_still_open(venue: Exchanges) -> None:
    done = frames.bitmex_liquidation("XBTUSD", "Buy", 5, 95_001.0, "two")
    gone = frames.bitmex_liquidation("XBTUSD", "Buy", 5, 95_001.0, "two", "delete")
    less = frames.bitmex_liquidation("XBTUSD", "Sell", 400, 95_000.0, "one", "update")
    for frame in (INSERT, done, gone, less):
        await venue.push("bitmex", "perp", *frame)
    async with dial(venue, f"{SOCKET}?subscribe=liquidation") as client:
        await heard(client)
        (row,) = (await heard(client))["data"]
        assert (row["orderID"], row["leavesQty"], row["price"]) == ("one", 400, 95_000.0)
    assert gone[1]["data"] == [{"orderID": "two", "symbol": "XBTUSD"}]


async def test_the_partial_of_trades_is_the_last_one(venue: Exchanges) -> None:
    trade = frames.bitmex_trade("XBTUSD", "Buy", 1000, 32_175.0, 0.03108, 1000.0, 1_626_993_359_790)
    await venue.push("bitmex", "perp", *trade)
    async with dial(venue, f"{SOCKET}?subscribe=trade:XBTUSD") as client:
        await heard(client)
        partial = await heard(client)
        assert (partial["action"], partial["data"]) == ("partial", trade[1]["data"])
        assert partial["data"][0]["timestamp"] == "2021-07-22T22:35:59.790Z"


async def test_a_text_ping_gets_a_text_pong(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        await heard(client)
        assert await ask(client, "ping") == "pong"


async def test_a_silent_client_is_cut_where_a_test_asks_for_it() -> None:
    async with Exchanges(limits=Limits(bitmex_silence_seconds=0.03)) as venue, dial(venue, SOCKET) as client:
        assert await closed_with(client) == 1000


async def test_open_interest_is_usd_for_inverse_and_units_for_linear(venue: Exchanges) -> None:
    rows = {row["symbol"]: row for row in await get_json(venue, "www.bitmex.com/api/v1/instrument/active")}
    assert rows["XBTUSD"]["openInterest"] / rows["XBTUSD"]["markPrice"] == pytest.approx(7000)
    assert rows["SOLUSDT"]["openInterest"] / 10_000 == pytest.approx(7 * 400_000)
    xbt = rows["XBTUSD"]["markPrice"]
    assert rows["ETHUSD"]["openInterest"] * 100 / 1e8 * xbt == pytest.approx(7 * 20_000)
    assert rows["LINKUSDT"]["underlyingToPositionMultiplier"] is None
    (one,) = await get_json(venue, "www.bitmex.com/api/v1/instrument?symbol=XBTUSD")
    assert one["fundingRate"] == 0.00014
