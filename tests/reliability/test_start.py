"""A start at which exchanges say no, the half-open line, the day's end, a recording: what is said, and the sums."""

import array
import asyncio
import fcntl
import os
import signal
import sys
import termios
from pathlib import Path

import pytest

from tests.exchanges import Exchanges, Limits, faults
from tests.reliability.program import Program, environment, liqtop
from tests.reliability.scene import Scene, now_ms, opened, trading

pytestmark = pytest.mark.anyio

REFUSALS = {
    "binance": ("fapi.binance.com", faults.BANNED, "banned for too many requests (418)", 100),
    "bybit": ("api.bybit.com", faults.BYBIT_TOO_MANY_VISITS, "rate limited (200)", 50),
    "okx": ("www.okx.com", faults.RESTRICTED, "not offered from this location (451)", 25),
    "gate": ("api.gateio.ws", faults.GATE_RATE_LIMITED, "rate limited (429)", 50),
}


async def test_exchanges_that_refuse_are_named_with_their_next_attempt_and_slow_no_other(tmp_path: Path) -> None:
    async with Exchanges() as exchanges:
        for address, fault, _, _ in REFUSALS.values():
            exchanges.break_rest(address, fault)
        words = ("events", "BTC", "--gateway", exchanges.url)
        async with liqtop(tmp_path, *words, venues=(*REFUSALS, "htx")) as program:
            scene = Scene(exchanges, program, ("htx",))
            await scene.ready()
            await scene.liquidate()
            await scene.told()
            await program.until(lambda: all(program.of("refused", venue=venue, market="perp") for venue in REFUSALS))
            scene.settle(*REFUSALS)
            for venue, (_, _, reason, seconds) in REFUSALS.items():
                refused = program.of("refused", venue=venue, market="perp")[0]
                assert refused["reason"] == f"no instrument list: {reason}"
                assert refused["retry_at_ms"] > now_ms() + seconds * 1000


async def test_a_half_open_line_is_given_up_and_what_it_swallowed_is_a_gap(tmp_path: Path) -> None:
    """Patience is a fiftieth: what takes 45 s otherwise takes one."""
    async with opened(tmp_path, venues=("binance", "bybit", "okx"), patience=0.02) as scene:
        async with trading(scene, "bybit", "okx"):
            scene.begin()
            scene.exchanges.freeze("binance", "perp")
            await scene.liquidate("binance")
            await scene.until(lambda: scene.of("disconnected", "binance"))
            await scene.back("binance")
        await scene.liquidate()
        await scene.told()
        scene.settle("binance")
        down = scene.of("disconnected", "binance")[0]
        assert "no market event for" in str(down["reason"])
        assert down["retry_at_ms"] >= down["at_ms"]  # type: ignore[operator]


async def test_a_day_of_two_seconds_ends_without_a_gap(tmp_path: Path) -> None:
    """The successor is up before the old socket goes, twice over on each venue, and nothing is told twice."""
    limits = Limits(binance_life_seconds=3.0)
    async with opened(tmp_path, limits=limits, venues=("binance", "bybit", "okx"), day_seconds=2.0) as scene:
        scene.begin()
        async with trading(scene):
            async with asyncio.timeout(20):
                while any(len(scene.exchanges.sockets(venue, "perp")) < 3 for venue in ("binance", "bybit")):
                    await asyncio.sleep(0.1)
        await scene.liquidate()
        await scene.told()
        scene.settle()
        assert len(scene.ledger.sent) > 20


async def test_a_recording_through_faults_replays_to_the_true_sums(tmp_path: Path) -> None:
    """What `record` wrote while a line dropped and others told everything twice adds up in `replay` to the cent."""
    tape = tmp_path / "faults.tape"
    async with Exchanges() as exchanges:
        words = ("record", str(tape), "BTC", "--gateway", exchanges.url)
        async with liqtop(tmp_path, *words) as recorder:
            scene = Scene(exchanges, recorder, ("binance", "bybit", "okx"))
            await scene.ready()
            for _ in range(5):
                pushed = [(venue, *scene.next(venue)) for venue in ("binance", "bybit")]
                for venue, stream, frame in [*pushed, *reversed(pushed)]:
                    await exchanges.push(venue, "perp", stream, frame)
            await scene.liquidate("okx")
            await exchanges.drop("okx")
            await scene.liquidate()
            await scene.ready("okx")
            await scene.liquidate()
            await asyncio.sleep(0.5)  # nothing tells when a recorder has taken the last frame
        async with liqtop(tmp_path, "events", "BTC", "--replay", str(tape)) as replayed:
            await replayed.reading
        scene.program = replayed
        scene.settle("okx")
        assert len(replayed.of("liquidation")) == len(scene.ledger.sent)


async def test_a_hang_up_ends_a_headless_program_as_it_should(tmp_path: Path) -> None:
    async with opened(tmp_path, venues=("binance",)) as scene:
        scene.program.process.send_signal(signal.SIGHUP)
        assert await ended(scene.program) == 0


async def ended(program: Program) -> int:
    async with asyncio.timeout(10):
        return await program.process.wait()


@pytest.mark.xfail(strict=True, reason="a write that nobody reads blocks the loop that would hear the signal")
async def test_a_headless_program_whose_reader_stalls_ends_when_asked(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tui.cli", "events", "--demo", stdout=writer, env=environment(tmp_path)
    )
    os.close(writer)
    try:
        async with asyncio.timeout(20):
            while waiting(reader) < 60_000:
                await asyncio.sleep(0.05)
        process.terminate()
        async with asyncio.timeout(2):
            await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        os.close(reader)


def waiting(descriptor: int) -> int:
    """Bytes in a pipe."""
    count = array.array("i", [0])
    fcntl.ioctl(descriptor, termios.FIONREAD, count)
    return count[0]
