"""The local HTX keeps to its documented behaviour: gzip, pings in words, an old trade first, both sides counted."""

import gzip
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.exchanges import Exchanges, Limits, MarketData, facts, frames
from tests.exchanges.client import ask, closed_with, dial, get_json, heard

pytestmark = pytest.mark.anyio

SPOT = "api.huobi.pro/ws"
SWAP, NOTIFICATION = "api.hbdm.com/linear-swap-ws", "api.hbdm.com/linear-swap-notification"
REST = "api.hbdm.com/linear-swap-api/v1"
TRADES = {"sub": "market.ETH-USDT.trade.detail", "id": "1"}
ALL_LIQUIDATIONS = {"op": "sub", "cid": "1", "topic": "public.*.liquidation_orders"}
NOW_MS = 1_795_000_000_000


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges(data=MarketData(clock=lambda: NOW_MS)) as running:
        yield running


async def test_everything_is_sent_as_binary_gzip(venue: Exchanges) -> None:
    async with dial(venue, SWAP) as client:
        await client.send(json.dumps(TRADES))
        message = await client.recv()
        assert isinstance(message, bytes)
        assert json.loads(gzip.decompress(message)) == {
            "id": "1",
            "status": "ok",
            "subbed": "market.ETH-USDT.trade.detail",
            "ts": NOW_MS,
        }


async def test_garbage_is_sent_as_it_is(venue: Exchanges) -> None:
    async with dial(venue, SWAP) as client:
        await ask(client, TRADES)
        await venue.push("htx", "perp", TRADES["sub"], "not gzip", verbatim=True)
        assert await client.recv() == "not gzip"


@pytest.mark.parametrize("place", [SPOT, SWAP, NOTIFICATION])
async def test_a_client_that_does_not_answer_the_ping_is_cut(place: str) -> None:
    limits = Limits(htx_ping_seconds=0.02, htx_pong_seconds=0.03, htx_notification_pong_seconds=0.03)
    async with Exchanges(limits=limits) as venue, dial(venue, place) as client:
        ping = await heard(client)
        assert "ping" in ping or ping["op"] == "ping"
        assert await closed_with(client) == 1000


async def test_an_answered_ping_keeps_the_socket() -> None:
    limits = Limits(htx_ping_seconds=0.02, htx_pong_seconds=2.0)
    async with Exchanges(limits=limits) as venue, dial(venue, SWAP) as client:
        for _ in range(3):
            await client.send(json.dumps({"pong": (await heard(client))["ping"]}))
        await venue.wait_for(lambda: venue.sockets("htx")[0].pongs == 3)


async def test_notifications_are_pinged_by_operation() -> None:
    limits = Limits(htx_ping_seconds=0.02, htx_notification_pong_seconds=2.0)
    async with Exchanges(limits=limits) as venue, dial(venue, NOTIFICATION) as client:
        ping = await heard(client)
        await client.send(json.dumps({"op": "pong", "ts": ping["ts"]}))
        await venue.wait_for(lambda: venue.sockets("htx", "notification")[0].pongs == 1)


async def test_the_old_trade_overtakes_the_acknowledgement_on_the_swap_socket(venue: Exchanges) -> None:
    trade = frames.htx_swap_trade("ETH-USDT", "sell", 98, 0.01, 2246.49, 1_722_863_196_444)
    await venue.push("htx", "perp", *trade)
    async with dial(venue, SWAP) as client:
        assert await ask(client, TRADES) == trade[1]
        assert (await heard(client))["subbed"] == TRADES["sub"]


async def test_the_old_trade_follows_the_acknowledgement_on_the_spot_socket(venue: Exchanges) -> None:
    trade = frames.htx_spot_trade("ethusdt", "buy", 0.006754, 2246.49, 1_630_994_963_173)
    await venue.push("htx", "spot", *trade)
    async with dial(venue, SPOT) as client:
        assert (await ask(client, {"sub": "market.ethusdt.trade.detail", "id": "1"}))["status"] == "ok"
        assert await heard(client) == trade[1]


def test_swap_trades_are_doubled_and_spot_trades_are_not() -> None:
    _, swap = frames.htx_swap_trade("ETH-USDT", "sell", 98, 0.01, 2246.49, 1)
    (row,) = swap["tick"]["data"]  # type: ignore[index]
    assert (row["amount"], row["quantity"], row["trade_turnover"]) == (196, 1.96, 4403.1204)
    _, spot = frames.htx_spot_trade("ethusdt", "buy", 0.5, 2246.49, 1)
    (row,) = spot["tick"]["data"]  # type: ignore[index]
    assert row["amount"] == 0.5
    assert row["id"] > 2**53


@pytest.mark.parametrize("topic", ["market.WIF-USDT.trade.detail", "market.ethusdt.trade.detail", "nonsense"])
async def test_an_unknown_topic_is_an_error(venue: Exchanges, topic: str) -> None:
    async with dial(venue, SWAP) as client:
        reply = await ask(client, {"sub": topic, "id": "7"})
        assert (reply["id"], reply["status"], reply["err-code"]) == ("7", "error", "bad-request")


@pytest.mark.parametrize("topic", ["named", "starred"])
async def test_the_star_brings_every_contract_under_either_name(venue: Exchanges, topic: Any) -> None:
    frame = frames.htx_liquidation("ETH-USDT", "buy", 500, 5, 2446.26, 1_789_670_297_212, topic=topic)
    async with dial(venue, NOTIFICATION) as client:
        assert (await ask(client, ALL_LIQUIDATIONS))["err-code"] == 0
        assert await venue.push("htx", "perp", *frame) == 1
        told = await heard(client)
        assert told["topic"] == f"public.{'ETH-USDT' if topic == 'named' else '*'}.liquidation_orders"
        assert told["data"][0]["trade_turnover"] == 12231.3


async def test_a_second_subscription_to_a_notice_is_2014(venue: Exchanges) -> None:
    async with dial(venue, NOTIFICATION) as client:
        await ask(client, ALL_LIQUIDATIONS)
        assert (await ask(client, ALL_LIQUIDATIONS))["err-code"] == 2014


async def test_open_interest_counts_both_sides_now_and_before(venue: Exchanges) -> None:
    rows = (await get_json(venue, f"{REST}/swap_open_interest"))["data"]
    btc = next(row for row in rows if row["contract_code"] == "BTC-USDT")
    assert (btc["volume"], btc["amount"]) == (2 * 5000 * 1000, 2 * 5000)
    assert btc["value"] / btc["amount"] == pytest.approx(60_030)
    target = f"{REST}/swap_his_open_interest?contract_code=BTC-USDT&period=60min&amount_type=2&size=25"
    ticks = (await get_json(venue, target))["data"]["tick"]
    assert (ticks[0]["volume"], ticks[-1]["volume"]) == (10_000, 9_500)


@pytest.mark.parametrize(("name", "share"), [("swap_elite_account_ratio", 0.63), ("swap_elite_position_ratio", 0.49)])
async def test_ratios_leave_out_what_is_locked(venue: Exchanges, name: str, share: float) -> None:
    rows = (await get_json(venue, f"{REST}/{name}?contract_code=BTC-USDT&period=60min"))["data"]["list"]
    assert rows[0]["buy_ratio"] / (rows[0]["buy_ratio"] + rows[0]["sell_ratio"]) == pytest.approx(share)
    assert rows[0]["buy_ratio"] + rows[0]["sell_ratio"] + rows[0].get("locked_ratio", 0) == pytest.approx(1)


async def test_funding_names_the_settlement_as_text(venue: Exchanges) -> None:
    told = (await get_json(venue, f"{REST}/swap_funding_rate?contract_code=BTC-USDT"))["data"]
    assert told["funding_rate"] == "0.000100000000000000"
    assert int(told["funding_time"]) % (8 * 3_600_000) == 0


async def test_two_settlements_of_before_tell_the_interval(venue: Exchanges) -> None:
    target = f"{REST}/swap_historical_funding_rate?contract_code=BTC-USDT&page_index=1&page_size=2"
    later, earlier = (await get_json(venue, target))["data"]["data"]
    assert int(later["funding_time"]) - int(earlier["funding_time"]) == 8 * 3_600_000
    assert int(later["funding_time"]) <= NOW_MS


async def test_past_liquidations_are_told_by_contract(venue: Exchanges) -> None:
    venue.data.liquidations["htx"] = [facts.Liquidated("BTC-USDT", "long", 0.479, 51441.7, 51400.0, NOW_MS - 5000)]
    place = "api.hbdm.com/linear-swap-api/v3/swap_liquidation_orders?trade_type=0&contract="
    (row,) = (await get_json(venue, f"{place}BTC-USDT"))["data"]
    assert (row["direction"], row["volume"], row["amount"]) == ("sell", 479, 0.479)
    assert (await get_json(venue, f"{place}ETH-USDT"))["data"] == []


async def test_the_lists_tell_contract_sizes_and_what_is_offline(venue: Exchanges) -> None:
    swaps = (await get_json(venue, f"{REST}/swap_contract_info"))["data"]
    assert swaps[0]["contract_size"] == 0.001
    assert {row["business_type"] for row in swaps} == {"swap", "futures"}
    spots = (await get_json(venue, "api.huobi.pro/v1/common/symbols"))["data"]
    assert {row["symbol"] for row in spots if row["state"] != "online"} == {"lunausdt"}
