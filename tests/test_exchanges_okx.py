"""The local OKX keeps to its documented behaviour: an answer per argument, text pings, the backlog."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidMessage, InvalidStatus

from tests.exchanges import Exchanges, Limits, frames
from tests.exchanges.client import ask, closed_with, dial, get_json, heard

pytestmark = pytest.mark.anyio

OKX = "ws.okx.com/ws/v5/public"
OKX_LIQUIDATION = frames.okx_liquidations("BTC-USDT-SWAP", ("long", "sell", "13", "9910", 1_692_266_434_010))
OKX_ALL = {"channel": "liquidation-orders", "instType": "SWAP"}


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges() as running:
        yield running


async def okx_subscribe(client: ClientConnection, *arguments: dict[str, str]) -> list[Any]:
    """The answers to a subscription, one per argument."""
    await client.send(json.dumps({"id": "1512", "op": "subscribe", "args": arguments}))
    return [await heard(client) for _ in arguments]


async def test_every_argument_is_acknowledged_for_itself(venue: Exchanges) -> None:
    trades = {"channel": "trades", "instId": "BTC-USDT-SWAP"}
    async with dial(venue, OKX) as client:
        acks = await okx_subscribe(client, OKX_ALL, trades)
        assert [ack["arg"] for ack in acks] == [OKX_ALL, trades]
        assert {(ack["event"], ack["id"]) for ack in acks} == {("subscribe", "1512")}


async def test_an_instrument_beside_the_type_is_dropped_from_the_acknowledgement(venue: Exchanges) -> None:
    async with dial(venue, OKX) as client:
        (ack,) = await okx_subscribe(client, OKX_ALL | {"instId": "BTC-USDT-SWAP"})
        assert ack["arg"] == OKX_ALL


@pytest.mark.parametrize(
    "argument",
    [
        {"channel": "liquidation-orders", "instId": "BTC-USDT-SWAP"},
        {"channel": "trades", "instId": "WIF-USDT-SWAP"},
        {"channel": "trades-all", "instId": "BTC-USDT-SWAP"},
    ],
)
async def test_a_channel_that_is_not_there_gets_60018_and_spares_the_rest(
    venue: Exchanges, argument: dict[str, str]
) -> None:
    async with dial(venue, OKX) as client:
        error, ack = await okx_subscribe(client, argument, OKX_ALL)
        assert (error["event"], error["code"]) == ("error", "60018")
        assert ack["event"] == "subscribe"


async def test_a_malformed_request_gets_60012(venue: Exchanges) -> None:
    async with dial(venue, OKX) as client:
        assert (await ask(client, "{"))["code"] == "60012"


async def test_liquidations_from_before_are_sent_again_to_each_subscriber(venue: Exchanges) -> None:
    await venue.push("okx", "perp", *OKX_LIQUIDATION)
    for _ in range(2):
        async with dial(venue, OKX) as client:
            await okx_subscribe(client, OKX_ALL)
            assert await heard(client) == OKX_LIQUIDATION[1]


async def test_a_text_ping_gets_a_text_pong(venue: Exchanges) -> None:
    async with dial(venue, OKX) as client:
        assert await ask(client, "ping") == "pong"


async def test_an_idle_socket_is_cut() -> None:
    async with Exchanges(limits=Limits(okx_idle_seconds=0.03)) as venue, dial(venue, OKX) as client:
        assert await closed_with(client) == 1000


async def test_a_notice_comes_before_a_planned_close(venue: Exchanges) -> None:
    async with dial(venue, OKX) as client:
        await client.send("ping")
        await heard(client)
        await venue.announce_close("okx")
        assert (await heard(client))["code"] == "64008"
        assert await closed_with(client) == 1001


async def test_port_8443_answers_nothing(venue: Exchanges) -> None:
    with pytest.raises((InvalidMessage, ConnectionClosed, OSError, EOFError)):
        await dial(venue, "ws.okx.com:8443/ws/v5/public")
    assert [log.status for log in venue.sockets("okx")] == [None]


async def test_too_many_subscriptions_an_hour_get_60014() -> None:
    async with Exchanges(limits=Limits(okx_subscribes_per_hour=1)) as venue, dial(venue, OKX) as client:
        await okx_subscribe(client, OKX_ALL)
        assert (await okx_subscribe(client, OKX_ALL))[0]["code"] == "60014"


async def test_too_many_connects_a_second_get_429() -> None:
    async with Exchanges(limits=Limits(okx_connects_per_second=1)) as venue, dial(venue, OKX):
        with pytest.raises(InvalidStatus, match="429"):
            await dial(venue, OKX)


async def test_the_lists_hold_contract_sizes_and_the_inverse_swap(venue: Exchanges) -> None:
    answer = await get_json(venue, "www.okx.com/api/v5/public/instruments?instType=SWAP")
    rows = {row["instId"]: row for row in answer["data"]}
    assert rows["PEPE-USDT-SWAP"]["ctVal"] == "10000000"
    assert (rows["BTC-USD-SWAP"]["ctType"], rows["BTC-USD-SWAP"]["ctValCcy"]) == ("inverse", "USD")
    assert "WIF-USDT-SWAP" not in rows
    spot = await get_json(venue, "www.okx.com/api/v5/public/instruments?instType=SPOT")
    assert spot["data"][0]["ctVal"] == ""
