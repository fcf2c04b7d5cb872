"""How wide the terminal draws the characters that the screen is made of, by asking it where its cursor went."""

import os
import re
import select
import sys
import time
from collections.abc import Callable, Mapping, Sequence

from tui.doctor.check import Check
from tui.format import cell_width

if sys.platform != "win32":
    import termios
    import tty

GLYPHS = "·×σρκΣΦ√½–—…›←↑→↓−≈≤≥─│┌┐└┘╌╱┃▌▐▒▲▸▼◂◆◇○●◐★✔✕✘▾▴▁▂▃▄▅▆▇█⣿"
"""Every character beyond ASCII that the panes draw of themselves; words of other languages are not among them."""
ANSWER_SECONDS = 2.0
"""How long a terminal may take to answer; a poor line over SSH needs half a second."""

_ASK = "\x1b[6n"
_ANSWER = re.compile(rb"\x1b\[\d{1,5};(\d{1,5})R")

Measure = Callable[[Sequence[str]], Mapping[str, int] | None]


def glyph_check(group: str, measure: Measure | None) -> Check:
    """Compares the terminal's widths with those that liqtop counts on. `measure` None: there is no terminal to ask.

    `measure` gives the width of each glyph in cells, or None where the terminal doesn't answer.
    """
    name = "glyph widths"
    if measure is None:
        return Check(group, name, "not tried", "stdin and stdout are no terminal")
    widths = measure(GLYPHS)
    if widths is None:
        found = f"the terminal doesn't tell its cursor's position within {ANSWER_SECONDS:g} s"
        return Check(group, name, "warning", found, "an answer", "--ascii where columns are out of line")
    wrong = [glyph for glyph in GLYPHS if widths[glyph] != cell_width(glyph)]
    if not wrong:
        return Check(group, name, "ok", f"all {len(GLYPHS)} characters that are drawn are as wide as they should be")
    told = " ".join(f"{glyph}:{widths[glyph]}" for glyph in wrong)
    advice = "set ambiguous-width characters to narrow in the terminal, or [display] ascii = true"
    return Check(group, name, "warning", f"drawn wider or narrower, in cells: {told}", "1 cell each", advice)


def measured(glyphs: Sequence[str], source: int, sink: int, seconds: float = ANSWER_SECONDS) -> dict[str, int] | None:
    """Each glyph's width in cells as the terminal behind these descriptors draws it; None where it doesn't answer.

    Draws on the current line, which is blank again afterwards.
    """
    if sys.platform == "win32":
        return None
    modes = termios.tcgetattr(source)
    tty.setraw(source)
    try:
        asked = "".join(f"\r{glyph}{_ASK}" for glyph in glyphs) + "\r\x1b[K"
        os.write(sink, asked.encode())
        columns = _answers(source, len(glyphs), seconds)
    finally:
        termios.tcsetattr(source, termios.TCSAFLUSH, modes)  # what comes too late must not be typed into the shell
    if len(columns) < len(glyphs):
        return None
    return {glyph: column - 1 for glyph, column in zip(glyphs, columns, strict=True)}


def _answers(source: int, many: int, seconds: float) -> list[int]:
    """The columns that the terminal told, up to `many`, as far as they come in time."""
    until = time.monotonic() + seconds
    heard = b""
    while len(found := _ANSWER.findall(heard)) < many and (left := until - time.monotonic()) > 0:
        if select.select([source], [], [], left)[0]:
            heard += os.read(source, 4096)
    return [int(column) for column in found[:many]]
