"""REST at the local exchanges: POST and websockets on one port, faults by query and by what was posted, counters."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from tests.exchanges import Exchanges, faults
from tests.exchanges.client import ask, dial, get, get_json, post, post_json

pytestmark = pytest.mark.anyio

INFO = "api.hyperliquid.xyz/info"
OPEN_INTEREST = "www.okx.com/api/v5/public/open-interest"


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges() as running:
        yield running


async def test_one_port_serves_posts_gets_and_websockets(venue: Exchanges) -> None:
    async with dial(venue, "api.hyperliquid.xyz/ws") as client:
        assert await client.recv() == "Websocket connection established."
        assert await ask(client, {"method": "ping"}) == {"channel": "pong"}
        assert (await post_json(venue, INFO, {"type": "meta"}))["universe"]
        assert await get_json(venue, "api.exchange.coinbase.com/products")


async def test_a_large_body_arrives_whole(venue: Exchanges) -> None:
    body = {"type": "meta", "padding": "x" * 1_000_000}
    await post_json(venue, INFO, body)
    assert json.loads(venue.requests[0].body) == body


async def test_calls_are_counted_by_address_with_their_times(venue: Exchanges) -> None:
    for kind in ("SWAP", "OPTION", "SWAP"):
        await get(venue, f"{OPEN_INTEREST}?instType={kind}")
    await post(venue, INFO, {"type": "meta"})
    assert len(venue.calls("www.okx.com")) == 3
    swaps = venue.calls(f"{OPEN_INTEREST}?instType=SWAP")
    assert len(swaps) == 2
    assert swaps[0].at_s < swaps[1].at_s
    (posted,) = venue.calls(f"{INFO}#meta")
    assert (posted.method, posted.body) == ("POST", '{"type": "meta"}')


async def test_a_fault_can_be_hung_on_a_query(venue: Exchanges) -> None:
    venue.break_rest(f"{OPEN_INTEREST}?instType=SWAP", faults.OKX_RATE_LIMITED)
    assert (await get(venue, f"{OPEN_INTEREST}?instType=SWAP"))[0] == 429
    assert (await get(venue, f"{OPEN_INTEREST}?instType=OPTION&instFamily=BTC-USD"))[0] == 200


async def test_a_fault_can_be_hung_on_what_is_posted(venue: Exchanges) -> None:
    venue.break_rest(f"{INFO}#l2Book", faults.HYPERLIQUID_RATE_LIMITED, times=1)
    book = {"type": "l2Book", "coin": "BTC"}
    assert (await post(venue, INFO, {"type": "meta"}))[0] == 200
    status, _, body = await post(venue, INFO, book)
    assert (status, body) == (429, b"null")
    assert (await post(venue, INFO, book))[0] == 200


@pytest.mark.parametrize(
    ("fault", "status", "kind"),
    [
        (faults.BANNED, 418, "application/json"),
        (faults.RESTRICTED, 451, "application/json"),
        (faults.HYPERLIQUID_TOO_MANY_CONNECTIONS, 429, "text/html"),
        (faults.MAINTENANCE_PAGE, 503, "text/html"),
        (faults.GATE_RATE_LIMITED, 429, "application/json"),
    ],
)
async def test_a_post_is_refused_like_a_get(venue: Exchanges, fault: faults.Answer, status: int, kind: str) -> None:
    venue.break_rest(INFO, fault)
    answered, headers, body = await post(venue, INFO, {"type": "meta"})
    assert (answered, headers["content-type"], body) == (status, kind, str(fault.body).encode())


async def test_a_post_can_hang_or_be_cut(venue: Exchanges) -> None:
    venue.break_rest(INFO, faults.Hang(), times=1)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(post(venue, INFO, {"type": "meta"}), 0.05)
    venue.break_rest(INFO, faults.Truncated(keep=0.25))
    _, _, body = await post(venue, INFO, {"type": "meta"})
    with pytest.raises(json.JSONDecodeError):
        json.loads(body)


async def test_lists_can_be_emptied_in_their_envelope(venue: Exchanges) -> None:
    place = "api.bybit.com/v5/market/account-ratio"
    venue.break_rest(place, faults.Emptied())
    answer = await get_json(venue, f"{place}?category=linear&symbol=BTCUSDT&period=1h")
    assert (answer["retCode"], answer["result"]["list"]) == (0, [])


async def test_numbers_can_be_blanked(venue: Exchanges) -> None:
    venue.break_rest(OPEN_INTEREST, faults.Blanked(("oiCcy",)))
    answer = await get_json(venue, f"{OPEN_INTEREST}?instType=SWAP")
    assert {row["oiCcy"] for row in answer["data"]} == {""}
    assert "" not in {row["oi"] for row in answer["data"]}


async def test_a_post_to_nowhere_is_noted(venue: Exchanges) -> None:
    assert (await post(venue, "api.bybit.com/v5/market/tickers", {}))[0] == 404
    assert venue.strays == ["api.bybit.com/v5/market/tickers"]
