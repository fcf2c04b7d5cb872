"""The local Coinbase keeps to its documented behaviour: subscribe at once, the last match first, all or none."""

from collections.abc import AsyncIterator

import pytest

from tests.exchanges import Exchanges, Limits, frames
from tests.exchanges.client import ask, closed_with, dial, get_json, heard

pytestmark = pytest.mark.anyio

FEED = "ws-feed.exchange.coinbase.com"
MATCHES = {"type": "subscribe", "product_ids": ["BTC-USD"], "channels": ["matches"]}
MATCH = frames.coinbase_match("BTC-USD", "sell", "5.23512", "400.23", 1_415_398_768_284)


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges() as running:
        yield running


async def test_a_subscription_is_answered_with_all_there_are(venue: Exchanges) -> None:
    async with dial(venue, FEED) as client:
        await ask(client, MATCHES)
        reply = await ask(client, {**MATCHES, "product_ids": ["ETH-USD"], "channels": ["matches", "heartbeat"]})
        assert reply == {
            "type": "subscriptions",
            "channels": [
                {"name": "matches", "product_ids": ["BTC-USD", "ETH-USD"]},
                {"name": "heartbeat", "product_ids": ["ETH-USD"]},
            ],
        }


async def test_the_last_match_of_before_comes_first_and_is_named_so(venue: Exchanges) -> None:
    await venue.push("coinbase", "spot", *MATCH)
    async with dial(venue, FEED) as client:
        await ask(client, MATCHES)
        assert await heard(client) == {**MATCH[1], "type": "last_match"}
        await venue.push("coinbase", "spot", *MATCH)
        assert await heard(client) == MATCH[1]


async def test_one_unknown_product_rejects_all(venue: Exchanges) -> None:
    async with dial(venue, FEED) as client:
        reply = await ask(client, {**MATCHES, "product_ids": ["BTC-USD", "WIF-USD"]})
        assert (reply["type"], reply["reason"]) == ("error", "WIF-USD is not a valid product")
        assert venue.subscriptions("coinbase") == []


async def test_a_channel_that_wants_a_key_is_refused(venue: Exchanges) -> None:
    async with dial(venue, FEED) as client:
        assert (await ask(client, {**MATCHES, "channels": ["level2"]}))["type"] == "error"


async def test_a_socket_without_a_subscription_is_closed() -> None:
    async with Exchanges(limits=Limits(coinbase_subscribe_seconds=0.03)) as venue, dial(venue, FEED) as client:
        assert await closed_with(client) == 1000


async def test_a_subscriber_stays_and_gets_heartbeats() -> None:
    limits = Limits(coinbase_subscribe_seconds=0.1, coinbase_heartbeat_seconds=0.04)
    async with Exchanges(limits=limits) as venue, dial(venue, FEED) as client:
        await ask(client, {**MATCHES, "channels": ["heartbeat"]})
        beats = [await heard(client) for _ in range(3)]
        assert {(beat["type"], beat["product_id"]) for beat in beats} == {("heartbeat", "BTC-USD")}


async def test_the_products_say_which_can_be_traded(venue: Exchanges) -> None:
    products = await get_json(venue, "api.exchange.coinbase.com/products")
    offline = {row["id"] for row in products if row["trading_disabled"] or row["status"] != "online"}
    assert offline == {"LUNA-USD"}
    assert "POPCAT-USD" in {row["id"] for row in products}
