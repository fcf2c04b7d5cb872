"""The local Bitget keeps to its documented behaviour: one venue-wide topic, text pings, two units of amount."""

from collections.abc import AsyncIterator

import pytest

from tests.exchanges import Exchanges, Limits, MarketData, facts, frames
from tests.exchanges.client import ask, closed_with, dial, get_json, heard

pytestmark = pytest.mark.anyio

SOCKET, REST = "ws.bitget.com/v3/ws/public", "api.bitget.com/api/v3/market"
ALL = {"instType": "usdt-futures", "topic": "liquidation"}
NOW_MS = 1_795_000_000_000
DAY_MS = 86_400_000


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges(data=MarketData(clock=lambda: NOW_MS)) as running:
        yield running


async def test_the_topic_brings_every_symbol(venue: Exchanges) -> None:
    frame = frames.bitget_liquidation("POPCATUSDT", "buy", "1234.5", "0.5", 1_791_500_000_000)
    async with dial(venue, SOCKET) as client:
        assert await ask(client, {"op": "subscribe", "args": [ALL]}) == {"event": "subscribe", "arg": ALL}
        await venue.push("bitget", "perp", *frame)
        assert await heard(client) == frame[1]


async def test_a_bad_argument_is_an_error_and_spares_the_rest(venue: Exchanges) -> None:
    bad = {"instType": "usdt-futures", "topic": "publicTrade", "symbol": "NOSUCHUSDT"}
    async with dial(venue, SOCKET) as client:
        assert (await ask(client, {"op": "subscribe", "args": [bad, ALL]}))["event"] == "error"
        assert (await heard(client))["arg"] == ALL


async def test_a_text_ping_gets_a_text_pong(venue: Exchanges) -> None:
    async with dial(venue, SOCKET) as client:
        assert await ask(client, "ping") == "pong"


async def test_a_silent_client_is_cut() -> None:
    async with Exchanges(limits=Limits(bitget_silence_seconds=0.03)) as venue, dial(venue, SOCKET) as client:
        assert await closed_with(client) == 1000


async def test_three_days_of_liquidations_come_in_pages_newest_first(venue: Exchanges) -> None:
    ages = (1, 2, 3, 4 * DAY_MS)
    venue.data.liquidations["bitget"] = [
        facts.Liquidated("BTCUSDT", "short", 0.5, 60_000.0, 60_010.0, NOW_MS - age) for age in ages
    ]
    target = f"{REST}/liquidations?category=USDT-FUTURES&limit=2"
    first = (await get_json(venue, target))["data"]
    rest = (await get_json(venue, f"{target}&cursor={first['cursor']}"))["data"]
    rows = [*first["list"], *rest["list"]]
    assert [NOW_MS - int(row["ts"]) for row in rows] == [1, 2, 3]
    assert (rows[0]["side"], rows[0]["amount"], rest["cursor"]) == ("sell", "0.5", "")
