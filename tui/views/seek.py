"""The seek bar of a replay: where in the tape it is, how fast it plays, where cascades were."""

import math
from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls, TapeSpan
from tui.format import cell_width, clock, span, stamp
from tui.language import label
from tui.views.layout import finish
from tui.views.row import Row, Span, about
from tui.views.seek_bar import drawn_bar

_LEAST_BAR = 10
_DAY_MS = 86_400_000
_SPEED_WIDTH, _SCAN_WIDTH, _SEEN_WIDTH = 90, 72, 120
"""From these widths on there are fields for the speed, the scan, and how much of the window was played."""
_STATES = ("playing", "paused", "end of tape", "seeking 99 %")
_SCANS = ("scanned 99 %", "not scanned")


def seek(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One row from the tape's start to its end; nothing where no tape is replayed."""
    tape = controls.tape
    if tape is None:
        return finish([], width, height, controls)
    _, cells = _place(tape, controls, width)
    start, end = _ends(tape, controls)
    bar = drawn_bar(tape, controls, cells) if cells else ()
    fields = _fields(tape, controls, width)
    return finish([((f" {start} ", "muted"), *bar, (f" {end}", "muted"), *fields)], width, height, controls)


def sought(controls: Controls, width: int, x: int) -> int | None:
    """The time on the tape of a cell of the row, UNIX ms; None where the bar is elsewhere."""
    tape = controls.tape
    if tape is None:
        return None
    first, cells = _place(tape, controls, width)
    if not first <= x < first + cells:
        return None
    return tape.start_ms + round((x - first) / max(cells - 1, 1) * (tape.end_ms - tape.start_ms))


def _place(tape: TapeSpan, controls: Controls, width: int) -> tuple[int, int]:
    """The first cell of the bar, and how many it has."""
    start, end = _ends(tape, controls)
    first = cell_width(start) + 2
    cells = width - first - cell_width(end) - 1 - sum(size for size, _ in _sizes(controls, width))
    return first, cells if cells >= _LEAST_BAR else 0


def _ends(tape: TapeSpan, controls: Controls) -> tuple[str, str]:
    """Both times; with the date where the tape is longer than a day, with seconds where it is shorter than minutes."""
    length = tape.end_ms - tape.start_ms
    local = controls.local_time
    if length >= _DAY_MS and not local:
        return stamp(tape.start_ms)[5:16], stamp(tape.end_ms)[5:16]
    digits = 8 if length < 600_000 else 5
    return clock(tape.start_ms, local)[:digits], clock(tape.end_ms, local)[:digits]


def _sizes(controls: Controls, width: int) -> list[tuple[int, str]]:
    """The fields behind the bar with their cells, which don't change while the tape plays."""
    found = [(_widest(_STATES, controls) + 2, "state")]
    if width >= _SPEED_WIDTH:
        found.insert(0, (6, "speed"))
    if width >= _SCAN_WIDTH:
        found.append((_widest(_SCANS, controls) + 2, "scan"))
    if width >= _SEEN_WIDTH:
        found.append((cell_width(label("{seen} of {window}", controls, seen="23h59m", window="24h")) + 2, "seen"))
    return found


def _widest(words: Sequence[str], controls: Controls) -> int:
    return max(cell_width(_said(word, controls)) for word in words)


def _said(word: str, controls: Controls) -> str:
    """A word of the state with the largest share it may have."""
    return label(word.replace("99 %", "{share} %"), controls, share=99)


def _fields(tape: TapeSpan, controls: Controls, width: int) -> Row:
    made = {"state": _state, "speed": _speed, "scan": _scan, "seen": _seen}
    spans: list[Span] = []
    for size, name in _sizes(controls, width):
        row = made[name](tape, controls)
        used = sum(cell_width(text) for text, _ in row)
        padding = (" " * max(size - used - 2, 0), "text")
        spans += [("  ", "text"), padding, *row] if name == "speed" else [("  ", "text"), *row, padding]
    return tuple(spans)


def _state(tape: TapeSpan, controls: Controls) -> Row:
    if tape.seeking is not None:
        words = label("seeking {share} %", controls, share=min(math.floor(tape.seeking * 10), 9) * 10)
        return about("seek.lead", ((words, "warn"),))
    if tape.ended:
        return ((label("end of tape", controls), "warn"),)
    if controls.paused_at_ms is not None:
        return ((label("paused", controls), "warn"),)
    return ((label("playing", controls), "muted"),)


def _speed(tape: TapeSpan, controls: Controls) -> Row:
    speed = f"{controls.speed:g}x" if math.isfinite(controls.speed) else label("max", controls)
    return about("seek.speed", ((speed, "text"),))


def _scan(tape: TapeSpan, controls: Controls) -> Row:
    if tape.scan == "done":
        return ()
    if tape.scan in ("none", "failed"):
        return about("seek.scanned", ((label("not scanned", controls), "warn"),))
    share = math.floor(min(tape.scanned, 0.99) * 100)
    return about("seek.scanned", ((label("scanned {share} %", controls, share=share), "muted"),))


def _seen(tape: TapeSpan, controls: Controls) -> Row:
    """How much of the chosen window was played; nothing where all of it was."""
    played = max(tape.at_ms - tape.since_ms, 0)
    if played >= controls.window_minutes * 60_000:
        return ()
    words = label("{seen} of {window}", controls, seen=span(played // 60_000), window=span(controls.window_minutes))
    return about("seek.played", ((words, "muted"),))
