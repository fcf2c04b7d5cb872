"""The monitor's side of a scan: starts the process, hears what it finds, asks it to go on, and ends it."""

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import msgspec

import tui
from tui.driving import Seen
from tui.scanning.order import GO_ON, Order, after, encode, read_message

BUDGET_SECONDS = 20.0
"""Of the processor's time, unasked and for each asking: about eight hours of a calm tape, or one of a very busy one."""
_CLOSE_SECONDS = 1.0


class Scan:
    """Scans the tape of an order beside the monitor, at the lowest priority. Whatever goes wrong: it is not scanned.

    The process ends with `close`, and by itself when its monitor is gone.
    """

    def __init__(self, order: Order) -> None:
        self._order = order
        self._run: _Run | None = None

    @property
    def seen(self) -> Seen:
        """What was found so far."""
        return Seen() if self._run is None else self._run.seen

    def start(self) -> None:
        """Begin to look, unless that was done."""
        if self._run is None:
            self._run = _Run(self._order)

    def go_on(self) -> None:
        """Look further where it rests."""
        if self._run is not None:
            self._run.go_on()

    def again(self, coins: tuple[str, ...]) -> None:
        """Look from the start, for these coins."""
        self._order = msgspec.structs.replace(self._order, coins=coins)
        if self._run is not None:
            self._run.close()
            self._run = _Run(self._order)

    def close(self) -> None:
        """End at once."""
        if self._run is not None:
            self._run.close()


class _Run:
    """One process, and the thread that starts and hears it."""

    def __init__(self, order: Order) -> None:
        self.seen = Seen("running")
        self._order = order
        self._starting = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._hear, name="scan", daemon=True)
        self._thread.start()

    def go_on(self) -> None:
        if self.seen.state == "resting" and self._process is not None and self._process.stdin is not None:
            self.seen = replace(self.seen, state="running")
            try:
                self._process.stdin.write(GO_ON)
                self._process.stdin.flush()
            except (OSError, ValueError):  # it has ended, and its pipe may be closed by now
                self.seen = replace(self.seen, state="failed")

    def close(self) -> None:
        with self._starting:
            self._closed = True
            if self._process is not None:
                self._process.kill()
        self._thread.join(_CLOSE_SECONDS)

    def _hear(self) -> None:
        try:
            with self._starting:
                if self._closed:
                    return
                self._process = _started()
            with self._process as process:
                self._follow(process)
        except (OSError, msgspec.MsgspecError):
            if self._process is not None:
                self._process.kill()
        if self.seen.state != "done":
            self.seen = replace(self.seen, state="failed")

    def _follow(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(encode(self._order) + b"\n")
        process.stdin.flush()
        for line in process.stdout:
            self.seen = after(self.seen, read_message.decode(line), self._order)
            if self.seen.state == "done":
                break
        process.kill()


def _started() -> "subprocess.Popen[bytes]":
    """The process, away from the terminal and its signals; it finds this program's own modules and no others."""
    root = str(Path(tui.__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "tui.scanning"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,
    )
