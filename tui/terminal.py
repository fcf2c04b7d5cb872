"""The terminal's bytes: an output that counts, never raises and blocks only its own thread, and an input filter."""

import os
import select
from collections.abc import Callable

_X10 = b"\x1b[M"
_X10_LENGTH = len(_X10) + 3


class TerminalFile:
    """What Textual's writer thread writes to. Text becomes UTF-8; a terminal that is gone takes everything silently.

    It is unbuffered below, so that a thread stuck in a write holds no lock that the interpreter needs to end.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._pieces: list[str] = []
        self.written = 0
        self.gone = False

    def fileno(self) -> int:
        """The terminal's file descriptor."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Keep text for the next flush."""
        self._pieces.append(text)
        return len(text)

    def flush(self) -> None:
        """Write what was kept, however long the terminal takes to read it."""
        data = memoryview("".join(self._pieces).encode("utf-8", "replace"))
        self._pieces.clear()
        while data and not self.gone:
            try:
                count = os.write(self._descriptor, data)
            except BlockingIOError:
                select.select([], [self._descriptor], [])
                continue
            except OSError:
                self.gone = True
                return
            self.written += count
            data = data[count:]


class InputFilter:
    """Takes X10 mouse reports out of what the terminal sends.

    A terminal that forgot the mouse mode sends `ESC [ M` and three bytes, which may be no UTF-8 and would be read as
    keys. A report cut in two by a read is kept until its rest comes.
    """

    def __init__(self, on_x10: Callable[[], None]) -> None:
        self._on_x10 = on_x10
        self._kept = b""

    def feed(self, data: bytes) -> bytes:
        """What is left of `data` without the reports."""
        data = self._kept + data
        self._kept = b""
        clean = bytearray()
        at = 0
        while (found := data.find(_X10, at)) >= 0:
            clean += data[at:found]
            at = found + _X10_LENGTH
            if at > len(data):
                self._kept = data[found:]
                return bytes(clean)
            self._on_x10()
        rest = data[at:]
        if rest.endswith(_X10[:2]):
            self._kept, rest = rest[-2:], rest[:-2]
        return bytes(clean + rest)

    def release(self) -> bytes:
        """What was kept and turned out to be no report: nothing more came."""
        kept, self._kept = self._kept, b""
        return kept
