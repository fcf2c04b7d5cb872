"""The local exchanges fail as asked, play what they are given and tell what clients did."""

import ast
import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from tests import exchanges
from tests.exchanges import Exchanges, Listings, faults, frames, listings
from tests.exchanges.client import ask, bybit_subscribe, closed_with, dial, get, get_json, heard

pytestmark = pytest.mark.anyio

MARKET = "fstream.binance.com/market"
SPOT = "stream.binance.com:9443"
LINEAR = "stream.bybit.com/v5/public/linear"
OKX = "ws.okx.com/ws/v5/public"
LIQUIDATION = frames.binance_liquidation("BTCUSDT", "SELL", "0.014", "9910", 1_568_014_460_893)


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges() as running:
        yield running


def test_the_exchanges_know_nothing_of_the_program_they_check() -> None:
    assert exchanges.__file__ is not None
    for path in Path(exchanges.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.level == 0:
                names.append(node.module or "")
            tops = {name.partition(".")[0] for name in names}
            assert tops <= set(sys.stdlib_module_names) | {"websockets"}, path


@pytest.mark.parametrize("answer", [faults.RESTRICTED, faults.BLOCK_PAGE, faults.RATE_LIMITED])
async def test_a_handshake_is_refused_as_often_as_asked(venue: Exchanges, answer: faults.Answer) -> None:
    venue.break_sockets("binance", "perp", answer, times=1)
    with pytest.raises(InvalidStatus) as refusal:
        await dial(venue, f"{MARKET}/ws")
    assert refusal.value.response.status_code == answer.status
    assert refusal.value.response.body == str(answer.body).encode()
    assert refusal.value.response.headers.get("Retry-After") == dict(answer.headers).get("Retry-After")
    async with dial(venue, f"{MARKET}/ws"):
        await venue.wait_for(lambda: len(venue.open_sockets("binance", "perp")) == 1)
    assert [log.status for log in venue.sockets("binance", "perp")] == [answer.status, 101]


async def test_a_socket_is_accepted_and_closed(venue: Exchanges) -> None:
    venue.break_sockets("okx", "perp", faults.AcceptAndClose(1013, "try later"))
    async with dial(venue, OKX) as client:
        assert await closed_with(client) == 1013


async def test_a_socket_acknowledges_and_stays_silent(venue: Exchanges) -> None:
    venue.break_sockets("bybit", "perp", faults.AckAndSilent())
    async with dial(venue, LINEAR) as client:
        assert (await bybit_subscribe(client, "tickers.BTCUSDT"))["success"] is True
        assert await venue.push("bybit", "perp", *frames.bybit_ticker("BTCUSDT", 1)) == 0


async def test_a_half_open_socket_answers_not_even_ping_frames(venue: Exchanges) -> None:
    async with dial(venue, OKX) as client:
        await ask(client, "ping")
        venue.freeze("okx")
        pong = await client.ping()
        await client.send("ping")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(pong, 0.05)
        assert venue.sockets("okx")[0].received == ["ping"]


async def test_a_handshake_that_hangs_is_never_answered(venue: Exchanges) -> None:
    venue.break_sockets("okx", "perp", faults.Hang())
    with pytest.raises(TimeoutError):
        await dial(venue, OKX, open_timeout=0.05)


async def test_all_sockets_of_a_venue_are_lost_at_once_and_no_others(venue: Exchanges) -> None:
    async with dial(venue, f"{MARKET}/ws") as one, dial(venue, f"{SPOT}/ws") as two, dial(venue, OKX):
        assert await venue.drop("binance") == 2
        assert {await closed_with(one), await closed_with(two)} == {1006}
        assert len(venue.open_sockets("okx")) == 1


async def test_garbage_is_sent_untouched(venue: Exchanges) -> None:
    async with dial(venue, f"{MARKET}/stream?streams=!forceOrder@arr") as client:
        await venue.subscribed("binance", "perp", "!forceOrder@arr")
        for frame in faults.GARBAGE:
            await venue.push("binance", "perp", "!forceOrder@arr", frame, verbatim=True)
            assert await client.recv() == frame


async def test_an_oversized_frame_breaks_a_client_with_a_limit(venue: Exchanges) -> None:
    async with dial(venue, f"{MARKET}/ws/!forceOrder@arr", max_size=1000):
        await venue.queue("binance", "perp", "!forceOrder@arr", faults.oversized(2000))
        await venue.wait_for(lambda: venue.sockets("binance")[0].close_code == 1009)


async def test_rest_calls_fail_as_asked_and_then_recover(venue: Exchanges) -> None:
    place = "fapi.binance.com/fapi/v1/exchangeInfo"
    venue.break_rest("fapi.binance.com", faults.RESTRICTED)
    venue.break_rest(place, faults.RATE_LIMITED, times=1)
    status, headers, _ = await get(venue, place)
    assert (status, headers["retry-after"]) == (429, "7")
    assert (await get(venue, place))[0] == 451
    venue.repair()
    assert (await get(venue, place))[0] == 200
    assert [log.status for log in venue.requests] == [429, 451, 200]


async def test_rest_answers_are_truncated_empty_or_never_come(venue: Exchanges) -> None:
    place = "www.okx.com/api/v5/public/instruments"
    whole = await get(venue, f"{place}?instType=SWAP")
    venue.break_rest(place, faults.Truncated(keep=0.5, promised=True))
    _, headers, body = await get(venue, f"{place}?instType=SWAP")
    assert headers["content-length"] == str(len(whole[2]))
    assert body == whole[2][: len(whole[2]) // 2]
    venue.break_rest(place, faults.EMPTY)
    assert (await get(venue, place))[2] == b""
    venue.break_rest(place, faults.Hang())
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(get(venue, place), 0.05)


async def test_a_recording_is_played_in_order_once_there_are_subscribers(venue: Exchanges) -> None:
    trades = [
        frames.binance_trade("BTCUSDT", "60000", "1", at_ms, buyer_is_maker=True, number=at_ms) for at_ms in range(2000)
    ]
    stream = "btcusdt@aggTrade"
    recording = [(name, json.dumps(frame)) for name, frame in [*trades, LIQUIDATION]]
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(venue.play("binance", "perp", recording, after=[stream]))
        async with dial(venue, f"{MARKET}/ws/{stream}") as client:
            numbers = [(await heard(client))["a"] for _ in trades]
    assert numbers == list(range(2000))
    assert playing.result() == venue.sockets("binance")[0].market_frames == 2000


async def test_recorded_wrapped_frames_are_unwrapped_for_raw_sockets(venue: Exchanges) -> None:
    await venue.queue("binance", "perp", LIQUIDATION[0], '{"stream":"!forceOrder@arr","data":{"e":1}}')
    async with dial(venue, f"{MARKET}/ws/!forceOrder@arr") as client:
        assert await heard(client) == {"e": 1}


async def test_a_large_rest_answer_arrives_whole() -> None:
    rows = [listings.binance_spot(f"COIN{number}USDT", f"COIN{number}") for number in range(20_000)]
    async with Exchanges(Listings(binance_spot=rows)) as venue:
        answer = await get_json(venue, "api.binance.com/api/v3/exchangeInfo")
        assert len(answer["symbols"]) == 20_000


async def test_an_unknown_place_is_not_found_and_noted(venue: Exchanges) -> None:
    with pytest.raises(InvalidStatus, match="404"):
        await dial(venue, "fstream.binancefuture.com/ws")
    assert (await get(venue, "fapi.binance.com/fapi/v1/allForceOrders"))[0] == 404
    assert venue.strays == ["fstream.binancefuture.com/ws", "fapi.binance.com/fapi/v1/allForceOrders"]


async def test_waiting_in_vain_says_what_did_happen(venue: Exchanges) -> None:
    await get(venue, "www.okx.com/api/v5/public/instruments?instType=SPOT")
    with pytest.raises(TimeoutError, match=r"GET www\.okx\.com/api/v5/public/instruments"):
        await venue.wait_for(lambda: False, timeout=0.01)
