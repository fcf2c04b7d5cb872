"""What is read from the environment before the screen is made."""

import fcntl
import os
import pty
import struct
import termios

import pytest

from tui.environment import forget_old_size


@pytest.mark.parametrize(("rows", "columns", "left"), [(45, 160, {"TERM"}), (0, 0, {"TERM", "COLUMNS", "LINES"})])
def test_the_terminals_own_size_is_believed_before_an_exported_one(rows: int, columns: int, left: set[str]) -> None:
    """Where it tells none, the exported one is all there is."""
    master, terminal = pty.openpty()
    try:
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {"COLUMNS": "80", "LINES": "24", "TERM": "xterm"}
        forget_old_size(environment, terminal)
        assert set(environment) == left
    finally:
        os.close(master)
        os.close(terminal)


def test_what_is_no_terminal_changes_nothing() -> None:
    read, write = os.pipe()
    try:
        environment = {"COLUMNS": "80"}
        forget_old_size(environment, write)
        assert environment == {"COLUMNS": "80"}
    finally:
        os.close(read)
        os.close(write)
