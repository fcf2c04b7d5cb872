"""The program itself, from the command line, against the local exchanges."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.exchanges import Exchanges, MarketData, faults, frames
from tests.feeds.decoding import recorded
from tests.feeds.watching import now_ms

pytestmark = pytest.mark.anyio

QUICK = "[connection]\nfirst_event_seconds = 1.0\nbackoff_first_seconds = 0.2\n"


class Program:
    """A running liqtop whose lines can be waited for."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.events: list[dict[str, Any]] = []
        self._news = asyncio.Event()
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            if not line.endswith(b"\n"):  # it was ended while it wrote
                break
            self.events.append(json.loads(line))
            self._news.set()

    async def until(self, condition: Callable[[], object]) -> None:
        """Return once the condition holds, looked at after each line."""
        async with asyncio.timeout(15):
            while not condition():
                assert not self.reading.done(), "liqtop ended early"
                self._news.clear()
                await self._news.wait()

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]


@asynccontextmanager
async def liqtop(tmp_path: Path, *words: str) -> AsyncIterator[Program]:
    """`liqtop WORDS` with quick settings of its own."""
    config = tmp_path / "config.toml"
    config.write_text(QUICK)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tui.cli", *words, "--config", str(config),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    program = Program(process)
    try:
        yield program
    finally:
        if process.returncode is None:
            process.terminate()
        await program.reading
        await process.wait()


async def test_events_through_a_gateway_equal_decoding_the_frames(tmp_path: Path) -> None:
    orders = [frame for _, frame in recorded("binance/liquidations_2025-01-27.jsonl")]
    for number, frame in enumerate(orders):
        frame["o"]["T"] = now_ms() - 60_000 + number
    orders = [frame for frame in orders if frame["o"]["s"] in ("BTCUSDT", "BTCUSDC")]
    path = tmp_path / "frames.jsonl"
    path.write_text("".join(json.dumps(frame) + "\n" for frame in orders))
    async with Exchanges() as venue, liqtop(tmp_path, "events", "BTC", "--gateway", venue.url) as program:
        await venue.subscribed("binance", "perp", "!forceOrder@arr", timeout=15)
        for frame in orders:
            await venue.push("binance", "perp", "!forceOrder@arr", frame)
        await program.until(lambda: len(program.of("liquidation")) == len(orders))
    decoded = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tui.cli", "decode", "binance", str(path), stdout=asyncio.subprocess.PIPE
    )
    lines, _ = await decoded.communicate()
    expected = [json.loads(line) for line in lines.splitlines()]
    for event in [*expected, *program.of("liquidation")]:
        del event["received_ms"]
    assert program.of("liquidation") == expected
    assert len(expected) == len(orders) >= 20


async def test_a_wrong_route_is_named_on_the_command_line(tmp_path: Path) -> None:
    async with Exchanges() as venue:
        venue.break_sockets("binance", "perp", faults.AckAndSilent())
        async with liqtop(tmp_path, "events", "BTC", "--gateway", venue.url) as program:
            await program.until(lambda: any("wrong route" in event["reason"] for event in program.of("disconnected")))


async def test_a_dropped_connection_is_a_gap_in_the_lines(tmp_path: Path) -> None:
    async with Exchanges() as venue, liqtop(tmp_path, "events", "BTC", "--gateway", venue.url) as program:
        stream, frame = frames.bybit_liquidations("BTCUSDT", now_ms(), ("Buy", "1", "70000"), ("Sell", "2", "70001"))
        await venue.subscribed("bybit", "perp", stream, timeout=15)
        await venue.push("bybit", "perp", stream, frame)
        await program.until(lambda: len(program.of("liquidation")) == 2)
        await venue.drop("bybit", "perp")
        await venue.queue("bybit", "perp", *frames.bybit_ticker("BTCUSDT", now_ms(), "snapshot"))
        await program.until(lambda: any(event["stream"] == "bybit perp" for event in program.of("gap")))
    assert [event["position"] for event in program.of("liquidation")] == ["long", "short"]


async def test_a_snapshot_of_all_venues_has_the_exchanges_numbers(tmp_path: Path) -> None:
    data = MarketData()
    async with Exchanges(data=data) as venue:
        config = tmp_path / "config.toml"
        config.write_text(QUICK)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tui.cli", "snapshot", "BTC", "--gateway", venue.url, "--seconds", "12",
            "--format", "json", "--config", str(config), stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        async with asyncio.timeout(60):
            output, _ = await process.communicate()
    tables = json.loads(output)
    for row in tables["open_interest"]["venues"]:
        series = data.perp(row["venue"], "BTC").open_interest
        assert series is not None
        assert row["coins"] == pytest.approx(series.now, rel=1e-6), row["venue"]
    assert {row["venue"] for row in tables["open_interest"]["venues"]} >= {
        "binance", "bybit", "okx", "hyperliquid", "htx", "deribit",
    }  # fmt: skip
    for row in tables["long_short"]["venues"]:
        series = getattr(data.perp(row["venue"], "BTC"), row["basis"])
        assert row["long_share"] == pytest.approx(series.now, abs=1e-5), (row["venue"], row["basis"])
    assert len(tables["long_short"]["venues"]) == 9
    assert {row["venue"] for row in tables["depth"]["venues"]} >= {"binance", "bybit", "okx"}
    for row in tables["options"]["venues"]:
        assert row["open_interest"] == pytest.approx(data.put_call(row["venue"], "BTC")[0]), row["venue"]
    assert {row["venue"] for row in tables["options"]["venues"]} == {"deribit", "okx"}
