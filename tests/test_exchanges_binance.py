"""The local Binance keeps to its documented behaviour: routes, wrappers, limits, ping frames, lists."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.exchanges import Exchanges, Limits, frames
from tests.exchanges.client import ask, binance_subscribe, closed_with, dial, get_json, heard

pytestmark = pytest.mark.anyio

MARKET = "fstream.binance.com/market"
SPOT = "stream.binance.com:9443"
LIQUIDATION = frames.binance_liquidation("BTCUSDT", "SELL", "0.014", "9910", 1_568_014_460_893)


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges() as running:
        yield running


async def test_a_raw_stream_in_the_url_comes_without_a_wrapper(venue: Exchanges) -> None:
    async with dial(venue, f"{MARKET}/ws/!forceOrder@arr") as client:
        await venue.subscribed("binance", "perp", "!forceOrder@arr")
        await venue.push("binance", "perp", *LIQUIDATION)
        assert await heard(client) == LIQUIDATION[1]


async def test_combined_streams_come_wrapped_with_their_name(venue: Exchanges) -> None:
    trade = frames.binance_trade("BTCUSDT", "60000", "1", 1, buyer_is_maker=True)
    async with dial(venue, f"{MARKET}/stream?streams=btcusdt@aggTrade/!forceOrder@arr") as client:
        await venue.queue("binance", "perp", *trade)
        assert await heard(client) == {"stream": "btcusdt@aggTrade", "data": trade[1]}


@pytest.mark.parametrize("path", ["", "/ws", "/stream"])
async def test_a_json_subscribe_is_acknowledged_before_data(venue: Exchanges, path: str) -> None:
    await venue.queue("binance", "perp", *LIQUIDATION)
    async with dial(venue, MARKET + path) as client:
        assert await binance_subscribe(client, "!forceOrder@arr") == {"result": None, "id": 1}
        frame = await heard(client)
        assert frame.get("data", frame) == LIQUIDATION[1]


@pytest.mark.parametrize("path", ["ws", "stream", "public/ws", "private/ws"])
async def test_the_wrong_route_acknowledges_lists_and_stays_silent(venue: Exchanges, path: str) -> None:
    async with dial(venue, f"fstream.binance.com/{path}") as client:
        assert await binance_subscribe(client, "!forceOrder@arr") == {"result": None, "id": 1}
        assert await venue.push("binance", "perp", *LIQUIDATION) == 0
        listing = await ask(client, {"method": "LIST_SUBSCRIPTIONS", "id": 3})
        assert listing == {"result": ["!forceOrder@arr"], "id": 3}


async def test_books_flow_on_public_and_unrouted_paths_but_not_on_market(venue: Exchanges) -> None:
    async with (
        dial(venue, "fstream.binance.com/public/ws/btcusdt@bookTicker"),
        dial(venue, "fstream.binance.com/ws/btcusdt@bookTicker"),
        dial(venue, f"{MARKET}/ws/btcusdt@bookTicker"),
    ):
        await venue.wait_for(lambda: len(venue.subscriptions("binance", "perp")) == 3)
        assert await venue.push("binance", "perp", "btcusdt@bookTicker", {"u": 1}) == 2


async def test_unsubscribing_ends_the_stream(venue: Exchanges) -> None:
    async with dial(venue, f"{MARKET}/ws/!forceOrder@arr") as client:
        reply = await ask(client, {"method": "UNSUBSCRIBE", "params": ["!forceOrder@arr"], "id": 2})
        assert reply == {"result": None, "id": 2}
        assert await venue.push("binance", "perp", *LIQUIDATION) == 0


@pytest.mark.parametrize("request_text", ["{", "[]", '{"method":"SUB","id":1}', '{"method":"SUBSCRIBE"}'])
async def test_a_malformed_request_gets_code_2(venue: Exchanges, request_text: str) -> None:
    async with dial(venue, f"{MARKET}/ws") as client:
        reply = await ask(client, request_text)
        assert reply["code"] == 2
        assert reply["msg"].startswith("Invalid request: ")


@pytest.mark.parametrize(("place", "most"), [(f"{MARKET}/ws", 10), (f"{SPOT}/ws", 5)])
async def test_too_many_messages_a_second_close_with_1008(venue: Exchanges, place: str, most: int) -> None:
    async with dial(venue, place) as client:
        for _ in range(most):
            await ask(client, {"method": "LIST_SUBSCRIPTIONS", "id": 1})
        await client.send("{}")
        assert await closed_with(client) == 1008


async def test_spot_counts_ping_frames_as_messages(venue: Exchanges) -> None:
    async with dial(venue, f"{SPOT}/ws") as client:
        for _ in range(6):
            await client.ping()
        assert await closed_with(client) == 1008


async def test_more_than_1024_streams_close_with_1008(venue: Exchanges) -> None:
    async with dial(venue, f"{MARKET}/ws") as client:
        streams = [f"coin{number}usdt@aggTrade" for number in range(1025)]
        assert await binance_subscribe(client, *streams[:1024]) == {"result": None, "id": 1}
        await client.send(json.dumps({"method": "SUBSCRIBE", "params": streams[1024:], "id": 2}))
        assert await closed_with(client) == 1008


async def test_the_server_pings_with_frames_and_counts_the_pongs() -> None:
    limits = Limits(binance_ping_seconds=0.02)
    async with Exchanges(limits=limits) as venue, dial(venue, f"{MARKET}/ws"):
        await venue.wait_for(lambda: venue.sockets("binance", "perp")[0].pongs >= 2)


async def test_a_client_that_does_not_pong_is_cut() -> None:
    limits = Limits(binance_ping_seconds=0.01, binance_pong_seconds=0.02)
    async with Exchanges(limits=limits) as venue, dial(venue, f"{MARKET}/ws") as client:
        client.transport.pause_reading()
        await venue.wait_for(lambda: not venue.open_sockets("binance"))


async def test_a_socket_is_closed_at_the_end_of_its_life() -> None:
    limits = Limits(binance_life_seconds=0.02)
    async with Exchanges(limits=limits) as venue, dial(venue, f"{MARKET}/ws") as client:
        assert await closed_with(client) == 1001


async def test_spot_is_unrouted_and_announces_its_shutdown(venue: Exchanges) -> None:
    trade = frames.binance_trade("BTCUSDT", "60000", "1", 1, buyer_is_maker=False)
    async with dial(venue, f"{SPOT}/stream?streams=btcusdt@aggTrade") as client:
        await venue.queue("binance", "spot", *trade)
        assert (await heard(client))["data"] == trade[1]
        await venue.announce_close("binance", "spot")
        assert (await heard(client))["stream"] == "!serverShutdown"
        assert await closed_with(client) == 1001


@pytest.mark.parametrize(("tag", "at_top", "inside"), [("top", 2, None), ("inside", None, 2)])
def test_coin_margined_liquidations_are_marked_where_asked(tag: Any, at_top: Any, inside: Any) -> None:
    _, frame = frames.binance_liquidation("BTCUSD_PERP", "SELL", "3", "60000", 1, tag=tag)
    order = frame["o"]
    assert isinstance(order, dict)
    assert (frame.get("st"), order.get("st")) == (at_top, inside)


async def test_the_lists_hold_the_known_traps(venue: Exchanges) -> None:
    usd = await get_json(venue, "fapi.binance.com/fapi/v1/exchangeInfo")
    kinds = {row["symbol"]: row["contractType"] for row in usd["symbols"]}
    assert kinds["1000PEPEUSDT"] == kinds["BTCUSDC"] == "PERPETUAL"
    assert kinds["BTCUSDT_261225"] == "CURRENT_QUARTER"
    assert kinds["XAUUSDT"] == "TRADIFI_PERPETUAL"
    coin = await get_json(venue, "dapi.binance.com/dapi/v1/exchangeInfo")
    assert coin["symbols"][0]["contractSize"] == 100
    funding = await get_json(venue, "fapi.binance.com/fapi/v1/fundingInfo")
    assert "BTCUSDT" not in {row["symbol"] for row in funding}
    spot = await get_json(venue, "api.binance.com/api/v3/exchangeInfo")
    assert "PEPEUSDT" in {row["symbol"] for row in spot["symbols"]}
