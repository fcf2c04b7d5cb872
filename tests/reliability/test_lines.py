"""A long session in which one line after the other fails: the sums stay the truth minus the gaps that were declared."""

import asyncio
import gzip
import json
import random
from collections.abc import AsyncIterator

import pytest
from websockets.frames import Frame, Opcode

from tests.exchanges import faults
from tests.reliability.scene import Scene, now_ms, opened

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    async with opened(tmp_path_factory.mktemp("lines"), first_event_seconds=3.0) as scene:
        yield scene


@pytest.fixture
async def scene(running: Scene) -> Scene:
    """The session, with all venues up and a fault about to begin."""
    running.exchanges.repair()
    await running.ready()
    await running.liquidate()
    await running.told()
    running.begin()
    return running


async def test_a_dropped_line_is_a_gap(scene: Scene) -> None:
    await scene.exchanges.drop("binance", "perp")
    await scene.liquidate()
    await scene.back("binance")
    scene.settle("binance")
    (down,) = scene.of("disconnected", "binance")
    assert down["reason"] == "connection lost"
    assert down["retry_at_ms"] >= down["at_ms"]  # type: ignore[operator]
    (gap,) = scene.of("gap", "binance")
    assert gap["since_ms"] <= down["at_ms"] <= gap["at_ms"]  # type: ignore[operator]


async def test_garbage_between_good_frames_is_counted_frame_by_frame(scene: Scene) -> None:
    for text in faults.GARBAGE:
        await scene.exchanges.push("bybit", "perp", "allLiquidation.BTCUSDT", text, verbatim=True)
        await scene.liquidate()
    await scene.told()
    scene.settle()
    assert len(scene.of("undecodable", "bybit")) == len(faults.GARBAGE)


async def test_truncated_gzip_is_counted_and_the_next_frame_is_read(scene: Scene) -> None:
    _, frame = scene.next("htx", counted=False)
    whole = gzip.compress(json.dumps(frame).encode())
    stream = "public.BTC-USDT.liquidation_orders"
    for piece in (whole[:5], whole[:-4], whole[: len(whole) // 2], whole[8:]):
        await scene.exchanges.push("htx", "notification", stream, piece, verbatim=True)
    await scene.liquidate()
    await scene.told()
    scene.settle()
    assert len(scene.of("undecodable", "htx")) == 4


async def test_a_frame_that_drips_in_holds_up_no_other_venue(scene: Scene) -> None:
    (session,) = (one for one in scene.exchanges._sessions("binance", "perp") if "!forceOrder@arr" in one.streams)
    stream, frame = scene.next("binance")
    text = json.dumps({"stream": stream, "data": frame}).encode()
    wire = Frame(Opcode.TEXT, text).serialize(mask=False)
    for begin in range(0, len(wire), 16):
        session.socket.transport.write(wire[begin : begin + 16])
        await asyncio.sleep(0.02)
        if begin == 160:
            await scene.liquidate("bybit", "okx", "htx")
            await scene.told("bybit", "okx", "htx")
            assert not scene.of("liquidation", "binance")
    await scene.told("binance")
    scene.settle("binance")


async def test_a_megabyte_is_read_and_what_is_beyond_the_bound_is_counted(scene: Scene) -> None:
    stream, frame = scene.next("okx")
    await scene.exchanges.push("okx", "perp", stream, {**frame, "padding": "x" * 1_000_000})
    await scene.told("okx")
    await scene.exchanges.push("okx", "perp", stream, faults.oversized(5_000_000), verbatim=True)
    await scene.until(lambda: scene.of("disconnected", "okx"))
    await scene.back("okx")
    scene.settle("okx")
    assert [event["kind"] for event in scene.of("undecodable", "okx")].count("oversized") == 1


async def test_what_comes_twice_and_in_any_order_is_counted_once(scene: Scene) -> None:
    pushed = [scene.next("binance") for _ in range(30)] * 2
    random.Random(6).shuffle(pushed)
    for stream, frame in pushed:
        await scene.exchanges.push("binance", "perp", stream, frame)
    await scene.liquidate()
    await scene.told()
    scene.settle()
    assert [event["kind"] for event in scene.of("undecodable", "binance")] == ["duplicate"] * 30


async def test_a_backlog_that_is_told_again_fills_the_gap_and_counts_nothing_twice(scene: Scene) -> None:
    lost = len(scene.ledger.of("okx"))
    await scene.exchanges.drop("okx")
    for _ in range(3):
        await scene.liquidate()
    await scene.back("okx")
    scene.settle("okx")
    told = {(event["at_ms"], event["venue"]) for event in scene.program.of("liquidation")}
    assert all((one.at_ms, "okx") in told for one in scene.ledger.of("okx")[lost:])
    assert {event["kind"] for event in scene.of("undecodable", "okx")} == {"duplicate"}


async def test_a_clock_a_little_ahead_is_taken_and_what_is_far_off_is_counted(scene: Scene) -> None:
    await scene.exchanges.push("bybit", "perp", *scene.next("bybit", ahead_ms=3_000))
    await scene.exchanges.push("bybit", "perp", *scene.next("bybit", ahead_ms=60_000, counted=False))
    await scene.exchanges.push("bybit", "perp", *scene.next("bybit", ahead_ms=-11 * 60_000, counted=False))
    await scene.liquidate()
    await scene.told()
    scene.settle()
    assert [event["kind"] for event in scene.of("undecodable", "bybit")] == ["future", "late"]


async def test_a_line_whose_clock_is_off_is_said_to_have_a_wrong_clock(scene: Scene) -> None:
    await scene.exchanges.drop("bybit", "perp")
    await scene.ready("bybit")
    for _ in range(3):
        await scene.exchanges.push("bybit", "perp", *scene.next("bybit", ahead_ms=60_000, counted=False))
        await scene.liquidate("binance", "okx", "htx")
    await scene.until(lambda: len(scene.of("disconnected", "bybit")) >= 2)
    assert "is this machine's clock right?" in str(scene.of("disconnected", "bybit")[1]["reason"])
    await scene.back("bybit")
    scene.settle("bybit")


async def test_an_acknowledged_and_silent_route_is_down_with_its_next_attempt(scene: Scene) -> None:
    scene.exchanges.break_sockets("binance", "perp", faults.AckAndSilent(), times=1)
    await scene.exchanges.drop("binance", "perp")
    await scene.liquidate()
    await scene.until(lambda: len(scene.of("disconnected", "binance")) == 2)
    _, down = scene.of("disconnected", "binance")
    assert "wrong route" in str(down["reason"])
    assert down["retry_at_ms"] >= down["at_ms"]  # type: ignore[operator]
    await scene.back("binance")
    scene.settle("binance")


async def test_a_line_that_is_accepted_and_closed_is_not_hammered(scene: Scene) -> None:
    scene.exchanges.break_sockets("binance", "perp", faults.AcceptAndClose(1000, "maintenance"))
    before = len(scene.exchanges.sockets("binance", "perp"))
    await scene.exchanges.drop("binance", "perp")
    await scene.liquidate()
    await scene.until(lambda: len(scene.of("disconnected", "binance")) == 4)
    assert len(scene.exchanges.sockets("binance", "perp")) - before == 3
    assert "maintenance" in str(scene.of("disconnected", "binance")[-1]["reason"])
    assert all(event["retry_at_ms"] > event["at_ms"] for event in scene.of("disconnected", "binance"))  # type: ignore[operator]
    scene.exchanges.repair()
    await scene.back("binance")
    scene.settle("binance")


async def test_refused_handshakes_rest_their_lines_and_say_until_when(scene: Scene) -> None:
    """The last test of the session, because these lines stay down."""
    cases = {
        "bybit": (faults.RESTRICTED, "not offered from this location (451)", 25_000),
        "binance": (faults.BANNED, "banned for too many requests (418)", 100_000),
    }
    for venue, (fault, _, _) in cases.items():
        scene.exchanges.break_sockets(venue, "perp", fault)
        await scene.exchanges.drop(venue, "perp")
    await scene.until(lambda: all(scene.of("refused", venue) for venue in cases))
    await scene.liquidate()
    await scene.told("okx", "htx")
    scene.settle(*cases)
    for venue, (_, words, wait_ms) in cases.items():
        (refused,) = scene.of("refused", venue)
        assert refused["reason"] == words
        assert refused["retry_at_ms"] > now_ms() + wait_ms  # type: ignore[operator]
