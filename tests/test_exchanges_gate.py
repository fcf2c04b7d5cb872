"""The local Gate keeps to its documented behaviour: !all, whole numbers or texts, seconds or ms, opposite signs."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.exchanges import Exchanges, Limits, MarketData, facts, frames
from tests.exchanges.client import ask, closed_with, dial, get, get_json, heard

pytestmark = pytest.mark.anyio

SOCKET, REST = "fx-ws.gateio.ws/v4/ws/usdt", "api.gateio.ws/api/v4/futures/usdt"
NOW_MS = 1_795_000_000_500
LIQUIDATIONS = frames.gate_liquidations("BTC_USDT", 1_541_486_601_123, (-124, "215.1"), (10, "215.2"))


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges(data=MarketData(clock=lambda: NOW_MS)) as running:
        yield running


def subscribe(channel: str, *contracts: str) -> dict[str, object]:
    return {"time": 1789670297, "channel": channel, "event": "subscribe", "payload": contracts}


async def test_all_contracts_come_with_one_subscription(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        reply = await ask(client, subscribe("futures.public_liquidates", "!all"))
        assert (reply["error"], reply["result"]) == (None, {"status": "success"})
        await venue.push("gate", "perp", *LIQUIDATIONS)
        assert await heard(client) == LIQUIDATIONS[1]


async def test_what_waited_goes_to_whoever_subscribes_to_all(venue: Exchanges) -> None:
    await venue.queue("gate", "perp", *LIQUIDATIONS)
    async with dial(venue, SOCKET) as client:
        await ask(client, subscribe("futures.public_liquidates", "!all"))
        assert await heard(client) == LIQUIDATIONS[1]


async def test_sizes_are_texts_for_whoever_asked_in_the_handshake(venue: Exchanges) -> None:
    headers = {"X-Gate-Size-Decimal": "1"}
    async with dial(venue, SOCKET, additional_headers=headers) as decimal, dial(venue, SOCKET) as whole:
        for client in (decimal, whole):
            await ask(client, subscribe("futures.public_liquidates", "BTC_USDT"))
        assert await venue.push("gate", "perp", *LIQUIDATIONS) == 2
        assert [row["size"] for row in (await heard(decimal))["result"]] == ["-124", "10"]
        assert [row["size"] for row in (await heard(whole))["result"]] == [-124, 10]


@pytest.mark.parametrize(("old", "at"), [(False, 1_541_486_601_123), (True, 1_541_486_601)])
def test_liquidation_times_were_seconds_and_are_milliseconds(old: bool, at: int) -> None:
    _, frame = frames.gate_liquidations("BTC_USDT", 1_541_486_601_123, (-124, "215.1"), old=old)
    result: Any = frame["result"]
    row = result if old else result[0]
    assert (row["time"], row.get("time_ms")) == (at, 1_541_486_601_123 if old else None)


async def test_an_unknown_contract_or_channel_is_an_error(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        for request in (subscribe("futures.trades", "NOSUCH_USDT"), subscribe("futures.liquidates", "BTC_USDT")):
            reply = await ask(client, request)
            assert reply["error"]["code"] == 2
            assert reply["result"] is None


async def test_a_ping_in_json_is_answered(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        assert (await ask(client, {"time": 1, "channel": "futures.ping"}))["channel"] == "futures.pong"
        await venue.wait_for(lambda: venue.sockets("gate")[0].pings_answered == 1)


async def test_a_silent_client_is_cut() -> None:
    async with Exchanges(limits=Limits(gate_silence_seconds=0.03)) as venue, dial(venue, SOCKET) as client:
        assert await closed_with(client) == 1000


async def test_past_liquidations_have_the_sign_of_the_position_and_whole_seconds(venue: Exchanges) -> None:
    venue.data.liquidations["gate"] = [facts.Liquidated("BTC_USDT", "long", 0.0124, 60_000.0, 59_820.0, NOW_MS - 1000)]
    (row,) = await get_json(venue, f"{REST}/liq_orders?contract=BTC_USDT")
    assert (row["size"], row["order_size"], row["time"]) == (124, -124, (NOW_MS - 1000) // 1000)
    assert (row["order_price"], row["fill_price"]) == ("60000", "59820")


async def test_past_liquidations_reach_an_hour_at_a_time(venue: Exchanges) -> None:
    status, _, body = await get(venue, f"{REST}/liq_orders?from=1000&to=4601")
    assert (status, b"range from/to must in 1 hour" in body) == (400, True)
    assert await get_json(venue, f"{REST}/liq_orders?from=1000&to=4600") == []


async def test_statistics_are_contracts_with_usd_and_ratios(venue: Exchanges) -> None:
    rows = await get_json(venue, f"{REST}/contract_stats?contract=BTC_USDT&interval=1h&limit=25")
    assert (rows[-1]["open_interest"] * 0.0001, rows[0]["open_interest"] * 0.0001) == pytest.approx((6000, 5640))
    assert rows[-1]["open_interest_usd"] == pytest.approx(6000 * 60_036)
    assert rows[-1]["lsr_account"] == pytest.approx(0.56 / 0.44)


async def test_contracts_tell_multiplier_funding_and_its_seconds(venue: Exchanges) -> None:
    one = await get_json(venue, f"{REST}/contracts/POPCAT_USDT")
    assert (one["quanto_multiplier"], one["funding_interval"], one["funding_rate"]) == ("10", 14_400, "0.00012")
    assert one["funding_next_apply"] % 14_400 == 0
    tiers = await get_json(venue, f"{REST}/risk_limit_tiers?contract=BTC_USDT")
    assert tiers[0]["maintenance_rate"] == "0.005"
