"""The real monitor on a real terminal against the local exchanges, with a store, for tests that end it in hard ways."""

import asyncio
import contextlib
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte

ROOT = Path(__file__).parent.parent.parent
WIDTH, HEIGHT = 160, 45
PATIENCE_SECONDS = 40.0

CONFIG = """
[network]
gateway = "{gateway}"
venues = ["bybit"]
[connection]
first_event_seconds = 30.0
backoff_first_seconds = 0.2
[store]
path = "{store}"
{more}
[journal]
path = "{folder}/journal.jsonl"
"""


def config_of(folder: Path, gateway: str, more: str = "") -> Path:
    """A config with a store of its own in the folder; `more`: further lines of `[store]`."""
    path = folder / "config.toml"
    text = CONFIG.format(gateway=gateway, store=folder / "store.sqlite3", folder=folder, more=more)
    path.write_text(text, encoding="utf-8")
    return path


class StoreTerminal:
    """A terminal with `liqtop BTC` on it."""

    def __init__(self, config: Path, *words: str, preexec: Callable[[], None] | None = None) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui.cli", "BTC", "--config", str(config), *words],
            cwd=ROOT,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=preexec,
            env={**os.environ, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)},
        )
        os.close(slave)
        os.set_blocking(self._master, False)
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)
        self.output = b""

    @property
    def text(self) -> str:
        self._read()
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def status(self) -> str:
        """The last row."""
        return self.text.splitlines()[-1]

    def ladder(self) -> list[tuple[str, ...]]:
        """Price, longs and shorts of each row of the ladder that has some."""
        rows = re.findall(r"^[▸›]? *([\d,.]+) +[+−][\d.]+% +(\S+) +(\S+)", self.text, re.MULTILINE)
        return [row for row in rows if row[1:] != ("·", "·")]

    def _read(self) -> None:
        with contextlib.suppress(BlockingIOError, OSError):
            while data := os.read(self._master, 65_536):
                self.output += data
                self._stream.feed(data)

    async def until(self, found: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
        """Be a terminal that reads until something is so, while the exchanges run on."""
        end = time.monotonic() + seconds
        while not found():
            self._read()
            assert time.monotonic() < end, self.text
            await asyncio.sleep(0.05)

    def type(self, keys: bytes) -> None:
        os.write(self._master, keys)

    async def ended(self) -> int:
        """Its exit code, once it has ended and all it said was read."""
        await self.until(lambda: self.process.poll() is not None)
        self._read()
        return self.process.returncode

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)


@contextlib.contextmanager
def monitor(config: Path, *words: str, preexec: Callable[[], None] | None = None) -> Iterator[StoreTerminal]:
    """A monitor that is gone at the end."""
    terminal = StoreTerminal(config, *words, preexec=preexec)
    try:
        yield terminal
    finally:
        terminal.close()
