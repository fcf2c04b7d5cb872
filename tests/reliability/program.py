"""liqtop as a process whose lines can be waited for, with settings that make it impatient."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

VENUES = ("binance", "bybit", "okx", "htx")
QUICK = {"first_event_seconds": 8.0, "backoff_first_seconds": 0.2, "backoff_most_seconds": 0.5, "refused_seconds": 30.0}

Told = dict[str, Any]


class Program:
    """A running liqtop: the lines it wrote so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.events: list[Told] = []
        self.narration = b""
        self._news = asyncio.Event()
        self.reading = asyncio.gather(self._read(), self._hear())

    async def _read(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.events.append(json.loads(line))
            self._news.set()

    async def _hear(self) -> None:
        assert self.process.stderr is not None
        self.narration = await self.process.stderr.read()

    async def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        """Return once the condition holds, looked at after each line."""
        async with asyncio.timeout(seconds):
            while not condition():
                assert not self.reading.done(), "liqtop ended early"
                self._news.clear()
                await self._news.wait()

    def of(self, kind: str, **wanted: object) -> list[Told]:
        """The lines of a type with these fields."""
        return [
            event
            for event in self.events
            if event["type"] == kind and all(event[name] == value for name, value in wanted.items())
        ]

    async def end(self) -> int:
        """Ask it to end, and read what it still says."""
        if self.process.returncode is None:
            self.process.terminate()
        async with asyncio.timeout(10):
            await self.reading
        return await self.process.wait()


def configured(folder: Path, venues: tuple[str, ...] = VENUES, **connection: float) -> Path:
    """A config of a test's own."""
    lines = [f"{name} = {value}" for name, value in {**QUICK, **connection}.items()]
    path = folder / "config.toml"
    path.write_text("\n".join(["[network]", f"venues = {json.dumps(venues)}", "[connection]", *lines, ""]))
    return path


def environment(folder: Path) -> dict[str, str]:
    """The environment of a program that finds nothing of the user's, and leaves nothing there."""
    homes = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    return {**os.environ, **homes, "PYTHONUNBUFFERED": "1"}


@asynccontextmanager
async def liqtop(
    folder: Path, *words: str, day_seconds: float | None = None, venues: tuple[str, ...] = VENUES, **connection: float
) -> AsyncIterator[Program]:
    """`liqtop WORDS`. `day_seconds`: how long a socket lives instead of 24 hours."""
    module = ["tui.cli"] if day_seconds is None else ["tests.reliability.hurried", str(day_seconds)]
    config = configured(folder, venues, **connection)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module, *words, "--config", str(config),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        limit=1 << 24, env=environment(folder),
    )  # fmt: skip
    program = Program(process)
    try:
        yield program
        await program.end()
    finally:
        if process.returncode is None:
            process.kill()
        await asyncio.gather(program.reading, process.wait(), return_exceptions=True)
    assert b"Traceback" not in program.narration, program.narration.decode()
