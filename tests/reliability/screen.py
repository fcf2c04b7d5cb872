"""The monitor on local exchanges in a terminal of its own: every byte it writes, and the screen that they make."""

import asyncio
import contextlib
import fcntl
import os
import pty
import struct
import sys
import termios
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pyte

from tests.reliability.program import configured, environment

WIDTH, HEIGHT = 120, 40


class Screen:
    """The master end of a pty with liqtop on it. `before`: the modes that the terminal had without it."""

    def __init__(self, folder: Path, words: tuple[str, ...], venues: tuple[str, ...]) -> None:
        self.master, self._slave = pty.openpty()
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        os.set_blocking(self.master, False)
        self.before = termios.tcgetattr(self._slave)
        self.output = b""
        self.errors = folder / "stderr.txt"
        self._words = (*words, "--config", str(configured(folder, venues)))
        self._environment = {**environment(folder), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)
        self._news = asyncio.Event()

    async def start(self) -> None:
        with self.errors.open("wb") as errors:
            self.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tui.cli", *self._words,
                stdin=self._slave, stdout=self._slave, stderr=errors, start_new_session=True,
                preexec_fn=_take_terminal, env=self._environment,
            )  # fmt: skip
        self.read_on()

    def read_on(self) -> None:
        """Be a terminal that reads."""
        asyncio.get_running_loop().add_reader(self.master, self._read)

    def stall(self) -> None:
        """Be a terminal that doesn't."""
        asyncio.get_running_loop().remove_reader(self.master)

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            data = os.read(self.master, 65_536)
            self.output += data
            self._stream.feed(data)
        self._news.set()

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    async def until(self, condition: Callable[[], object], seconds: float = 20.0) -> None:
        """Return once the condition holds, looked at whenever something is painted."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise TimeoutError(f"not within {seconds} s; on the screen:\n{self.text}") from None

    async def exit_code(self) -> int:
        async with asyncio.timeout(15):
            return await self.process.wait()

    def attributes(self) -> list[object]:
        return termios.tcgetattr(self._slave)

    def hang_up(self) -> None:
        """The line is cut: both our ends are closed."""
        self.stall()
        os.close(self._slave)
        os.close(self.master)
        self.master = self._slave = -1

    async def close(self) -> None:
        if self.master >= 0:
            self.stall()
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()
        for descriptor in (self.master, self._slave):
            if descriptor >= 0:
                os.close(descriptor)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@contextlib.asynccontextmanager
async def shown(folder: Path, *words: str, venues: tuple[str, ...] = ("binance", "bybit")) -> AsyncIterator[Screen]:
    """`liqtop WORDS` on a terminal, once its first screen is painted."""
    screen = Screen(folder, words, venues)
    await screen.start()
    try:
        await screen.until(lambda: "LADDER" in screen.text)
        yield screen
    finally:
        await screen.close()
    assert b"Traceback" not in screen.output
    assert "Traceback" not in screen.errors.read_text(), screen.errors.read_text()
