"""The bar of a tape: how much was liquidated in each part, cascades over it, and where the replay is."""

import math
from itertools import groupby

from tui.controls import Controls, TapeSpan
from tui.format import NONE_SEEN
from tui.views.row import Row, Span

_STEPS, _STEPS_ASCII = "▁▂▃▄▅▆▇█", ":-=+*%#@"
"""How much was liquidated, from little to most."""
_UNSCANNED, _UNSCANNED_ASCII = "╌", "?"
_UNRECORDED, _UNRECORDED_ASCII = "╱", "/"
_HERE, _HERE_ASCII = "┃", "|"


def drawn_bar(tape: TapeSpan, controls: Controls, cells: int) -> Row:
    """A cell for each part of the tape: what was liquidated, cascades over it, and where the replay is."""
    drawn = _amounts(tape, cells, controls.ascii)
    for place, text, mark in _marks(tape, controls, cells):
        drawn[place] = (text, mark)
    here = cell_of(tape, tape.at_ms, cells)
    drawn[here] = (_HERE_ASCII if controls.ascii else _HERE, "strong|seek.position")
    return tuple(("".join(text for text, _ in group), mark) for mark, group in groupby(drawn, lambda one: one[1]))


def _amounts(tape: TapeSpan, cells: int, ascii_only: bool) -> list[Span]:
    steps = _STEPS_ASCII if ascii_only else _STEPS
    sums = resampled(tape, cells)
    largest = max((usd for usd in sums if usd is not None), default=0.0)
    scanned = math.floor(tape.scanned * cells + 1e-9)
    found: list[Span] = []
    for place, usd in enumerate(sums):
        if place >= scanned:
            found.append((_UNSCANNED_ASCII if ascii_only else _UNSCANNED, "rule|seek.scanned"))
        elif usd is None:
            found.append((_UNRECORDED_ASCII if ascii_only else _UNRECORDED, "rule|seek.busy"))
        elif usd <= 0 or largest <= 0:
            found.append((NONE_SEEN, "rule|seek.busy"))
        else:
            found.append((steps[min(int(math.sqrt(usd / largest) * len(steps)), len(steps) - 1)], "curve|seek.busy"))
    return found


def resampled(tape: TapeSpan, cells: int) -> list[float | None]:
    """USD liquidated in an average slot of each of so many parts of the tape; None where all of a part is unknown."""
    slots = len(tape.busy)
    found: list[float | None] = []
    for place in range(cells):
        first = place * slots // cells
        part = tape.busy[first : max((place + 1) * slots // cells, first + 1)]
        known = [usd for usd in part if usd is not None]
        found.append(sum(known) / len(known) if known else None)
    return found


def _marks(tape: TapeSpan, controls: Controls, cells: int) -> list[tuple[int, str, str]]:
    """Place, arrow and mark of each cascade: the coin's own stand out, and over those of others."""

    def rank(mark: tuple[int, str]) -> tuple[bool, bool]:
        coin, _, rest = mark[1].partition(" ")
        return coin == controls.coin, rest.endswith("cascading")

    found = []
    for at_ms, words in sorted(tape.marks, key=rank):
        falls = " down " in words
        own = words.partition(" ")[0] == controls.coin
        style = ("long" if falls else "short") if own else "muted"
        found.append((cell_of(tape, at_ms, cells), "▼" if falls else "▲", f"{style}|seek.mark/{at_ms}"))
    return found


def cell_of(tape: TapeSpan, at_ms: int, cells: int) -> int:
    """The cell of a time."""
    share = (at_ms - tape.start_ms) / max(tape.end_ms - tape.start_ms, 1)
    return min(max(int(share * cells), 0), cells - 1)
