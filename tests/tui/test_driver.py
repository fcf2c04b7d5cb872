"""What the driver reads and writes, without a terminal; with one, see test_pty."""

import os
from collections.abc import Sequence

import pytest

from tui.terminal import InputFilter, TerminalFile

X10 = b"\x1b[M \xff!"


def filtered(*reads: bytes) -> tuple[bytes, int]:
    reports: list[int] = []
    clean = InputFilter(lambda: reports.append(1))
    return b"".join(clean.feed(data) for data in reads) + clean.release(), len(reports)


@pytest.mark.parametrize("reads", [[b"a", X10, b"b"], [b"a" + X10 + b"b"], [b"a" + X10[:3], X10[3:] + b"b"]])
def test_mouse_reports_of_the_old_kind_are_taken_out(reads: Sequence[bytes]) -> None:
    assert filtered(*reads) == (b"ab", 1)


@pytest.mark.parametrize("cut", range(2, len(X10)))
def test_a_report_cut_by_a_read_is_taken_out_whole(cut: int) -> None:
    assert filtered(b"a" + X10[:cut], X10[cut:] + b"b") == (b"ab", 1)


@pytest.mark.parametrize(
    "keys", [b"\x1b", b"\x1b[A", b"\x1b[<0;10;5M", "币".encode(), b"\x1b[200~M\x1b[201~", b"\x1b["]
)
def test_all_else_passes(keys: bytes) -> None:
    assert filtered(keys) == (keys, 0)


def test_an_escape_is_not_held_back() -> None:
    """The escape key has to work at once, though a report could begin like it."""
    assert InputFilter(lambda: None).feed(b"\x1b") == b"\x1b"


def test_written_bytes_are_counted_in_utf_8() -> None:
    reader, writer = os.pipe()
    file = TerminalFile(writer)
    file.write("▸71")
    file.write(",452\udc80")
    assert file.written == 0
    file.flush()
    assert (os.read(reader, 99), file.written) == ("▸71,452?".encode(), 10)
    os.close(reader)
    os.close(writer)


def test_a_terminal_that_is_gone_takes_everything_in_silence() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    file = TerminalFile(writer)
    for _ in range(2):
        file.write("lost")
        file.flush()
    assert (file.gone, file.written) == (True, 0)
    os.close(writer)
