"""Textual's terminal driver, hardened: it outlives broken mouse reports, a stalled or lost terminal, and signals."""

import codecs
import contextlib
import os
import selectors
import signal
import sys
import termios
import threading
import time
import tty
from collections.abc import Callable, Iterator
from typing import Any

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver

from tui.terminal import InputFilter, TerminalFile

TERMINATED = 143
"""Exit code after SIGTERM, as a shell writes it (128 + 15); the terminal is clean and the session stopped by then."""
HUNG_UP = 129
"""Exit code after SIGHUP, and after the end of the input: the terminal is gone."""
INTERRUPTED = 130
"""Exit code after SIGINT from outside; the key Ctrl+C is a command instead."""
BACKED_UP = 2
"""More writes than this in the queue: the terminal doesn't read as fast as we paint."""

_READ_BYTES = 4096
_TICK_SECONDS = 0.1
_SOON_SECONDS = 0.02
"""After a read, so that an escape that nothing follows is told from a longer sequence as soon as `ESCDELAY` is over."""
_SOON_READS = 10
_MOUSE_AGAIN_SECONDS = 1.0
_JOIN_SECONDS = 1.0
_HANG_UP_SECONDS = 5.0
_MOUSE_ON = "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
_MOUSE_OFF = "\x1b[?1006l\x1b[?1002l\x1b[?1000l"


class SafeDriver(LinuxDriver):
    """The Linux and macOS driver of Textual 8.2 with our input thread, output file and signal handlers."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        stdout = sys.__stdout__
        self._output = TerminalFile(stdout.fileno() if stdout is not None else 1)
        self._file = self._output  # type: ignore[assignment]  # the writer thread needs no more of a file
        self._mouse_asked_at = 0.0

    @property
    def bytes_written(self) -> int:
        """Bytes that the terminal has taken so far."""
        return self._output.written

    @property
    def backed_up(self) -> bool:
        """Whether the terminal lags behind, so that painting now would only pile up."""
        writer = self._writer_thread
        return writer is not None and writer._queue.qsize() > BACKED_UP

    def _get_terminal_size(self) -> tuple[int, int]:
        """What the terminal itself says; COLUMNS and LINES, where they are exported, are as old as the shell."""
        with contextlib.suppress(OSError):
            width, height = os.get_terminal_size(self._output.fileno())
            if width and height:
                return width, height
        return super()._get_terminal_size()

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is None:
            return
        # The queue holds 30 writes, and the 31st would block the screen's loop; ours grows instead, and stays small
        # because nothing is painted while it is backed up.
        self._writer_thread._queue.maxsize = 0
        for number, handler in self._handlers():
            self._loop.add_signal_handler(number, handler)

    def _handlers(self) -> Iterator[tuple[signal.Signals, Callable[[], None]]]:
        yield signal.SIGTERM, lambda: self._app.exit(return_code=TERMINATED)
        yield signal.SIGINT, lambda: self._app.exit(return_code=INTERRUPTED)
        yield signal.SIGHUP, self._hang_up
        yield signal.SIGTSTP, self._stop
        yield signal.SIGCONT, self._continued

    def _stop(self) -> None:
        """Give the terminal back, stop, and take it over again once continued.

        A step of the loop, because a signal handler proper may interrupt a write whose lock it would then wait for.
        """
        self.suspend_application_mode()
        self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)
        self.resume_application_mode()

    def _continued(self) -> None:
        """Take the terminal over again where somebody changed its modes; otherwise it is still ours, or again."""
        with contextlib.suppress(termios.error):
            if termios.tcgetattr(self.fileno)[tty.LFLAG] & termios.ICANON:
                self.suspend_application_mode()
                self._must_signal_resume = True
                self.resume_application_mode()

    def _hang_up(self) -> None:
        """The terminal is gone: leave the usual way, so that all is saved, but not for longer than it may take."""
        last_resort = threading.Timer(_HANG_UP_SECONDS, os._exit, (HUNG_UP,))
        last_resort.daemon = True
        last_resort.start()
        self._app.exit(return_code=HUNG_UP)

    def close(self) -> None:
        """Wait for the last bytes to be written, but not for a terminal that doesn't read."""
        writer = self._writer_thread
        if writer is None:
            return
        writer._queue.put(None)
        writer.join(_JOIN_SECONDS)

    def _enable_mouse_support(self) -> None:
        """Clicks, drags and the wheel; not every move, which would cost a slow line dearly."""
        if self._mouse:
            self.write(_MOUSE_ON)

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write(_MOUSE_OFF)

    def _mouse_again(self) -> None:
        """The terminal has forgotten the mouse mode: ask again, at most once a second."""
        now = time.monotonic()
        if now - self._mouse_asked_at >= _MOUSE_AGAIN_SECONDS:
            self._mouse_asked_at = now
            self._from_input_thread(self._enable_mouse_support)

    def _from_input_thread(self, call: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(call)

    def run_input_thread(self) -> None:
        """Read the terminal until the driver stops or the input ends."""
        clean = InputFilter(self._mouse_again)
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        parser = XTermParser(self._debug)
        soon = 0
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                data = b""
                soon -= 1
                if selector.select(_SOON_SECONDS if soon > 0 else _TICK_SECONDS):
                    data, soon = self._read(), _SOON_READS
                    if not data:
                        self._from_input_thread(self._hang_up)
                        break
                text = decode(clean.feed(data) if data else clean.release())
                for event in parser.feed(text) if text else ():
                    self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)
        with contextlib.suppress(EOFError, ParseError):
            list(parser.feed(""))

    def _read(self) -> bytes:
        """The bytes that wait; none at the end of the input, which is also how a vanished terminal reads."""
        try:
            return os.read(self.fileno, _READ_BYTES)
        except OSError:
            return b""
