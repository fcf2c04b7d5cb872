"""How wide a terminal draws, asked of terminals on a pty."""

import ast
import contextlib
import os
import pty
import select
import termios
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pyte
import pytest

from tui.doctor.glyphs import GLYPHS, glyph_check, measured
from tui.format import cell_width

ROOT = Path(__file__).parent.parent.parent
Draws = Callable[[bytes], bytes]


@contextlib.contextmanager
def terminal(draws: Draws) -> Iterator[int]:
    """The program's end of a pty whose other end answers what `draws` says to each piece it reads."""
    master, slave = pty.openpty()
    over = threading.Event()

    def be_one() -> None:
        while not over.is_set():
            if select.select([master], [], [], 0.02)[0]:
                os.write(master, draws(os.read(master, 65536)))

    thread = threading.Thread(target=be_one)
    thread.start()
    try:
        yield slave
    finally:
        over.set()
        thread.join()
        os.close(slave)
        os.close(master)


class Answering(pyte.Screen):
    """An emulator's screen that keeps what it would send to the program."""

    said = b""

    def write_process_input(self, data: str) -> None:
        self.said += data.encode()


def emulator() -> tuple[pyte.Screen, Draws]:
    screen = Answering(80, 24)
    stream = pyte.ByteStream(screen)

    def draws(data: bytes) -> bytes:
        stream.feed(data)
        answer, screen.said = screen.said, b""
        return answer

    return screen, draws


def test_an_emulators_widths_are_those_that_liqtop_counts_on_and_the_line_is_blank_again() -> None:
    screen, draws = emulator()
    with terminal(draws) as end:
        widths = measured([*GLYPHS, "多"], end, end)
    assert widths == {glyph: cell_width(glyph) for glyph in GLYPHS} | {"多": 2}
    assert not "".join(screen.display).strip()


def test_a_terminal_that_draws_wide_is_told_with_each_character() -> None:
    """It takes every character beyond ASCII for two cells, as with East Asian settings."""

    def wide(data: bytes) -> bytes:
        pieces = data.decode().split("\x1b[6n")[:-1]
        return b"".join(b"\x1b[1;%dR" % (1 + 2 * len(piece.removeprefix("\r"))) for piece in pieces)

    with terminal(wide) as end:
        check = glyph_check("terminal", lambda glyphs: measured(glyphs, end, end))
    assert check.status == "warning"
    assert all(f"{glyph}:2" in check.found for glyph in GLYPHS)


def test_a_terminal_that_does_not_answer_is_left_as_it_was() -> None:
    with terminal(lambda data: b"") as end:
        before = termios.tcgetattr(end)
        assert measured("●", end, end, seconds=0.1) is None
        assert termios.tcgetattr(end) == before
    assert glyph_check("terminal", lambda glyphs: None).status == "warning"


def test_every_character_that_the_panes_draw_is_asked_for() -> None:
    drawn: set[str] = set()
    wide = set("，。：；、）！？》")  # where Chinese may be broken
    for path in [*(ROOT / "tui/views").glob("*.py"), *(ROOT / "tui/screens").rglob("*.py"), ROOT / "tui/format.py"]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                drawn.update(character for character in node.value if not character.isascii())
    assert drawn - set(GLYPHS) - wide == set()
    assert len(set(GLYPHS)) == len(GLYPHS)


@pytest.mark.parametrize("glyph", GLYPHS)
def test_liqtop_counts_on_one_cell_for_each(glyph: str) -> None:
    assert cell_width(glyph) == 1
