"""liqtop in pseudo-terminals of given sizes: what it writes, when, and what it costs."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

PAINTED = b"LADDER"
FRAME_GAP_SECONDS = 0.04
"""Bytes that come closer together than this are of one frame."""


def start(columns: int, rows: int, arguments: Sequence[str]) -> tuple[int, int]:
    """Start liqtop in a pseudo-terminal of that size; returns its process and the terminal's other end."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", COLUMNS=str(columns), LINES=str(rows))
        os.execv(sys.executable, [sys.executable, "-m", "tui.cli", *arguments])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    return process, terminal


@dataclass(slots=True)
class Counted:
    """What came from one moment to another: bytes, frames, seconds of the processor."""

    since: float = 0.0
    seconds: float = 0.0
    written: int = 0
    frames: int = 0
    cpu: float = 0.0


@dataclass(slots=True)
class Terminal:
    """One liqtop in its terminal. `painted`: seconds until its panes were, None before; `peak`: bytes of memory."""

    columns: int
    rows: int
    arguments: Sequence[str]
    painted: float | None = None
    peak: int = 0
    counted: Counted = field(default_factory=Counted)
    last: float = 0.0
    descriptor: int = -1
    process: psutil.Process = field(init=False)
    _began: float = field(init=False)
    _seen: bytes = b""

    def __post_init__(self) -> None:
        self._began = time.monotonic()
        number, self.descriptor = start(self.columns, self.rows, self.arguments)
        self.process = psutil.Process(number)

    def read(self) -> int:
        """Take what waits; returns how many bytes."""
        data = os.read(self.descriptor, 65_536)
        now = time.monotonic()
        if self.painted is None:
            self._seen = (self._seen + data)[-40_000:]
            if PAINTED in self._seen:
                self.painted = now - self._began
        self.counted.written += len(data)
        self.counted.frames += now - self.last > FRAME_GAP_SECONDS
        self.last = now
        return len(data)

    def type(self, keys: bytes) -> None:
        os.write(self.descriptor, keys)

    def begin(self) -> None:
        """Count from now on."""
        self.counted = Counted(time.monotonic(), cpu=-self._cpu())

    def end(self) -> Counted:
        """What was counted up to now."""
        self.counted.seconds = time.monotonic() - self.counted.since
        self.counted.cpu += self._cpu()
        self.peak = max(self.peak, self.process.memory_info().rss)
        return self.counted

    def _cpu(self) -> float:
        return sum(self.process.cpu_times()[:2])

    def close(self) -> None:
        with suppress(OSError):
            os.kill(self.process.pid, signal.SIGTERM)
        while select.select([self.descriptor], [], [], 2.0)[0]:
            try:
                os.read(self.descriptor, 65_536)
            except OSError:  # it has ended
                break
        os.waitpid(self.process.pid, 0)
        os.close(self.descriptor)


def attend(terminals: Sequence[Terminal], seconds: float, until: Callable[[], bool] = lambda: False) -> None:
    """Read all that they write for so long, or until something holds."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and not until():
        ready = select.select([one.descriptor for one in terminals], [], [], min(left, 0.1))[0]
        for one in terminals:
            if one.descriptor in ready:
                one.read()
