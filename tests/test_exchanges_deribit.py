"""The local Deribit keeps to its documented behaviour: JSON-RPC, heartbeats on order, missing channels, options."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from tests.exchanges import Exchanges, Limits, frames
from tests.exchanges.client import ask, closed_with, dial, get, get_json, heard

pytestmark = pytest.mark.anyio

SOCKET, REST = "www.deribit.com/ws/api/v2", "www.deribit.com/api/v2/public"
TRADE = frames.deribit_trade("BTC-PERPETUAL", "sell", 8450.0, 76_917.5, 1_789_344_933_994, liquidation="T")


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges() as running:
        yield running


async def call(client: ClientConnection, method: str, **parameters: object) -> Any:
    return await ask(client, {"jsonrpc": "2.0", "id": 1, "method": f"public/{method}", "params": parameters})


async def test_what_is_no_channel_is_missing_without_a_word(venue: Exchanges) -> None:
    asked = ["trades.BTC-PERPETUAL.100ms", "trades.BTC-PERPETUAL.raw", "trades.WIF-PERPETUAL.100ms"]
    async with dial(venue, SOCKET) as client:
        reply = await call(client, "subscribe", channels=asked)
        assert (reply["id"], reply["result"]) == (1, asked[:1])
        assert venue.subscriptions("deribit") == asked[:1]


@pytest.mark.parametrize("channel", ["trades.BTC-PERPETUAL.100ms", "trades.future.BTC.100ms", "trades.any.any.agg2"])
async def test_a_trade_comes_under_the_channel_that_was_subscribed(venue: Exchanges, channel: str) -> None:
    async with dial(venue, SOCKET) as client:
        await call(client, "subscribe", channels=[channel])
        await venue.push("deribit", "perp", *TRADE)
        told = (await heard(client))["params"]
        assert (told["channel"], told["data"][0]["liquidation"]) == (channel, "T")


@pytest.mark.parametrize(
    "channel", ["trades.option.BTC.100ms", "trades.future.ETH.100ms", "ticker.BTC-PERPETUAL.100ms"]
)
async def test_other_channels_get_nothing_of_it(venue: Exchanges, channel: str) -> None:
    async with dial(venue, SOCKET) as client:
        await call(client, "subscribe", channels=[channel])
        assert await venue.push("deribit", "perp", *TRADE) == 0


def test_only_liquidating_trades_have_the_mark() -> None:
    _, frame = frames.deribit_trade("BTC-PERPETUAL", "buy", 10.0, 76_917.5, 1)
    assert "liquidation" not in json.dumps(frame)


async def test_a_ticker_tells_at_once_how_things_are(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        await call(client, "subscribe", channels=["ticker.BTC-PERPETUAL.100ms"])
        told = (await heard(client))["params"]["data"]
    assert told["funding_8h"] == 0.00016
    assert told["open_interest"] / told["mark_price"] == pytest.approx(8000)


async def test_a_heartbeat_is_asked_for_and_unanswered_ends_the_session() -> None:
    async with Exchanges(limits=Limits(deribit_second=0.015)) as venue, dial(venue, SOCKET) as client:
        assert (await call(client, "set_heartbeat", interval=10))["result"] == "ok"
        assert await heard(client) == {
            "jsonrpc": "2.0",
            "method": "heartbeat",
            "params": {"type": "test_request"},
        }
        assert (await call(client, "test"))["result"]["version"]
        await venue.wait_for(lambda: venue.sockets("deribit")[0].pongs == 1)
        assert (await heard(client))["method"] == "heartbeat"
        assert await closed_with(client) == 1000


async def test_an_interval_below_ten_seconds_is_refused(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        assert (await call(client, "set_heartbeat", interval=5))["error"]["code"] == -32602


async def test_too_many_requests_are_told_so_and_lose_the_session() -> None:
    async with Exchanges(limits=Limits(deribit_requests_per_second=1)) as venue, dial(venue, SOCKET) as client:
        await call(client, "test")
        assert (await call(client, "test"))["error"]["code"] == 10028
        assert await closed_with(client) == 1008


async def test_one_summary_gives_the_put_call_ratio(venue: Exchanges) -> None:
    answer = await get_json(venue, f"{REST}/get_book_summary_by_currency?currency=BTC&kind=option")
    rows = answer["result"]
    for field, ratio in (("open_interest", 0.6), ("volume", 0.5)):
        puts, calls = (sum(row[field] or 0 for row in rows if row["instrument_name"].endswith(right)) for right in "PC")
        assert puts / calls == pytest.approx(ratio)
    assert rows[0]["instrument_name"] == "BTC-4DEC26-60000-C"
    assert None in {row["volume"] for row in rows}


async def test_the_socket_and_rest_answer_alike(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        told = await call(client, "get_instruments", currency="BTC", kind="future")
    answer = await get_json(venue, f"{REST}/get_instruments?currency=BTC&kind=future")
    assert told["result"] == answer["result"]
    assert {row["settlement_period"] for row in answer["result"]} == {"perpetual", "month"}


async def test_linear_instruments_are_listed_under_their_money(venue: Exchanges) -> None:
    rows = (await get_json(venue, f"{REST}/get_instruments?currency=USDC"))["result"]
    assert {row["instrument_name"] for row in rows} == {"SOL_USDC-PERPETUAL", "BTC_USDC-PERPETUAL"}


async def test_an_unknown_currency_is_an_error(venue: Exchanges) -> None:
    status, _, body = await get(venue, f"{REST}/get_book_summary_by_currency?currency=POPCAT&kind=option")
    assert (status, json.loads(body)["error"]["code"]) == (400, -32602)
