"""The monitor on a real terminal: what it leaves behind when it is ended, and what it survives."""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pyte
import pytest

from tui.driver import HUNG_UP, TERMINATED

ROOT = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 20.0
WIDTH, HEIGHT = 120, 40


class Terminal:
    """The master end of a pty with a monitor on it. `before` are the modes that the terminal had without it."""

    def __init__(self, *, controlling: bool) -> None:
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self.progress, report = os.pipe()
        self.before = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.tui.shown", str(report)],
            cwd=ROOT,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            pass_fds=(report,),
            start_new_session=True,
            preexec_fn=_take_terminal if controlling else None,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "120", "LINES": "40"},
        )
        self._slave = slave
        os.close(report)
        self.output = b""
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)

    @property
    def text(self) -> str:
        return "\n".join(self._screen.display)

    def type(self, keys: bytes) -> None:
        os.write(self.master, keys)

    def read_until(self, found: Callable[[], bool]) -> None:
        """Be a terminal that reads until something is on it, or fail."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not found():
            assert time.monotonic() < until, self.text
            self._read(0.05)

    def _read(self, seconds: float) -> bool:
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        with contextlib.suppress(OSError):
            data = os.read(self.master, 65_536)
            self.output += data
            self._stream.feed(data)
            return bool(data)
        return False

    def come(self) -> tuple[int, int]:
        """How many events the source has emitted and the screen has taken in, by the latest report."""
        assert select.select([self.progress], [], [], PATIENCE_SECONDS)[0]
        emitted, shown = os.read(self.progress, 65_536).splitlines()[-1].split()
        return int(emitted), int(shown)

    def exit_code(self) -> int:
        """Read on until the monitor has ended."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None:
            assert time.monotonic() < until, "the monitor did not end"
            self._read(0.05)
        while self._read(0.0):
            pass
        return self.process.returncode

    def attributes(self) -> list[object]:
        return termios.tcgetattr(self._slave)

    def is_stopped(self) -> bool:
        return psutil.Process(self.process.pid).status() == psutil.STATUS_STOPPED

    def resize(self, width: int, height: int) -> None:
        self._screen.resize(height, width)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        self.process.send_signal(signal.SIGWINCH)

    def hang_up(self) -> None:
        """The line is cut: both our ends are closed."""
        os.close(self._slave)
        os.close(self.master)
        self.master = self._slave = -1

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for descriptor in (self.master, self._slave, self.progress):
            if descriptor >= 0:
                os.close(descriptor)


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture(params=[True])
def terminal(request: pytest.FixtureRequest) -> Iterator[Terminal]:
    """A monitor that has painted its main screen. Parametrised with whether it controls the terminal."""
    opened = Terminal(controlling=request.param)
    try:
        opened.read_until(lambda: "LADDER" in opened.text and "TAPE" in opened.text)
        yield opened
    finally:
        opened.close()


def is_off(output: bytes, mode: bytes) -> bool:
    """Whether the last word about a terminal mode was that it is off."""
    return output.rfind(b"\x1b[?" + mode + b"l") > output.rfind(b"\x1b[?" + mode + b"h") >= 0


def assert_clean(terminal: Terminal) -> None:
    assert all(is_off(terminal.output, mode) for mode in (b"1049", b"1000", b"1002", b"1006", b"2004", b"1004"))
    assert terminal.output.rfind(b"\x1b[?25h") > terminal.output.rfind(b"\x1b[?25l"), "the cursor is back"
    assert terminal.attributes() == terminal.before
    assert b"Traceback" not in terminal.output


def assert_answers_and_leaves_clean(terminal: Terminal) -> None:
    """Keys still work, and `q` leaves everything as it was."""
    terminal.type(b"?")
    terminal.read_until(lambda: "every key" in terminal.text)
    terminal.type(b"q")
    terminal.read_until(lambda: "every key" not in terminal.text)
    terminal.type(b"q")
    assert terminal.exit_code() == 0
    assert_clean(terminal)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, TERMINATED), (signal.SIGINT, 130)])
def test_a_signal_to_end_leaves_a_clean_terminal(terminal: Terminal, number: signal.Signals, code: int) -> None:
    terminal.process.send_signal(number)
    assert terminal.exit_code() == code
    assert_clean(terminal)


def test_q_leaves_a_clean_terminal(terminal: Terminal) -> None:
    terminal.type(b"q")
    assert terminal.exit_code() == 0
    assert_clean(terminal)


def test_a_hang_up_ends_the_monitor_quickly(terminal: Terminal) -> None:
    since = time.monotonic()
    terminal.hang_up()
    assert terminal.process.wait(PATIENCE_SECONDS) == HUNG_UP
    assert time.monotonic() - since < 4


@pytest.mark.parametrize("terminal", [False], indirect=True)
def test_the_end_of_the_input_without_a_signal_ends_it_too(terminal: Terminal) -> None:
    """The monitor doesn't control this terminal, so nobody sends it SIGHUP; its input just ends."""
    terminal.hang_up()
    assert terminal.process.wait(PATIENCE_SECONDS) == HUNG_UP


def test_mouse_reports_that_are_no_utf_8_are_survived_and_the_mode_is_asked_for_again(terminal: Terminal) -> None:
    asked = terminal.output.count(b"\x1b[?1006h")
    terminal.type(b"\x1b[M \xff\xe0" * 3)
    terminal.read_until(lambda: terminal.output.count(b"\x1b[?1006h") > asked)
    terminal.type(b"?")
    terminal.read_until(lambda: "every key" in terminal.text)
    assert terminal.process.poll() is None


def test_a_terminal_that_does_not_read_stops_neither_the_feed_nor_the_screens_loop(terminal: Terminal) -> None:
    """While the terminal stalls for three seconds' worth of events, all of them are emitted and taken in.

    It takes so many until the terminal's buffer and a bounded queue of writes would be full.
    """
    emitted, _ = terminal.come()
    more = emitted + 300 * 52
    while emitted < more:
        emitted, shown = terminal.come()
    assert shown > more - 100 * 52
    terminal.type(b"?")
    terminal.read_until(lambda: "every key" in terminal.text)


def test_a_terminal_that_does_not_read_does_not_keep_the_monitor_from_ending(terminal: Terminal) -> None:
    emitted, _ = terminal.come()
    more = emitted + 100 * 52
    while emitted < more:
        emitted, _ = terminal.come()
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.process.wait(PATIENCE_SECONDS) == TERMINATED


def test_a_monitor_that_was_stopped_goes_on_when_it_is_continued(terminal: Terminal) -> None:
    """It gives the terminal back first, as the shell expects, and takes it over again."""
    terminal.process.send_signal(signal.SIGTSTP)
    terminal.read_until(terminal.is_stopped)
    terminal.read_until(lambda: is_off(terminal.output, b"1049"))
    assert terminal.attributes() == terminal.before
    terminal.process.send_signal(signal.SIGCONT)
    terminal.read_until(lambda: not is_off(terminal.output, b"1049"))
    assert_answers_and_leaves_clean(terminal)


def test_a_monitor_that_was_stopped_by_force_takes_the_terminal_over_again(terminal: Terminal) -> None:
    """SIGSTOP asks nobody; meanwhile a shell gave the terminal its own modes."""
    terminal.process.send_signal(signal.SIGSTOP)
    terminal.read_until(terminal.is_stopped)
    ours = terminal.attributes()
    termios.tcsetattr(terminal.master, termios.TCSANOW, terminal.before)
    terminal.process.send_signal(signal.SIGCONT)
    terminal.read_until(lambda: terminal.attributes() == ours)
    assert_answers_and_leaves_clean(terminal)


def test_a_monitor_that_is_continued_without_having_been_stopped_takes_no_harm(terminal: Terminal) -> None:
    """Service managers send SIGCONT behind SIGTERM, and a shell sends it when it is left."""
    terminal.process.send_signal(signal.SIGCONT)
    assert_answers_and_leaves_clean(terminal)


def test_a_resize_is_followed_though_the_shell_exported_its_old_size(terminal: Terminal) -> None:
    terminal.resize(80, 24)
    terminal.read_until(lambda: "ENTRY" in terminal.text)
    assert "CHECKLIST" not in terminal.text
