"""The rows below the price: what was liquidated as bars, the time, and the lines of open interest, funding and flow."""

from math import ceil, sqrt

from scoring.view import Course
from tui.controls import Controls
from tui.format import clock
from tui.views.braille import DOTS, Stroke, drawn
from tui.views.chart_price import step_of
from tui.views.chart_side import series_of
from tui.views.columns import Columns, cell_of, columns
from tui.views.row import Row, Span, about
from tui.views.sparkline import sparkline

_BAR = 4
"""Dots of a bar at most; the first of them says only that it was watched."""
_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 720)
_APART = 10
"""Labels of time are at least so many cells apart."""


def forced_rows(course: Course, cells: int, controls: Controls) -> dict[str, Row]:
    """Shorts that were liquidated as bars upwards, longs downwards; the base line alone where none was seen.

    A bar's height grows with the square root of the sum, against the round sum above the largest bar of both sides.
    Blank: not watched.
    """
    across = columns(course, cells, DOTS[controls.ascii].across)
    sums = {"short": across.sums(course.short_usd), "long": across.sums(course.long_usd)}
    largest = max((usd for side in sums.values() for usd in side if usd), default=0.0)
    top = step_of(largest) if largest > 0 else 1.0
    rows: dict[str, Row] = {}
    for position, values in sums.items():
        levels = [None if usd is None else _level(usd, top) for usd in values]
        text = _in_ascii(levels) if controls.ascii else drawn([_stroke(level, position) for level in levels], 1)[0]
        each = DOTS[controls.ascii].across
        busy = [any((level or 1) > 1 for level in levels[cell * each : cell * each + each]) for cell in range(cells)]
        rows[position] = _styled(text, busy, position)
    return rows


def _level(usd: float, top: float) -> int:
    return 1 + ceil(sqrt(min(usd / top, 1.0)) * (_BAR - 1)) if usd > 0 else 1


def _stroke(level: int | None, position: str) -> Stroke:
    if level is None:
        return None
    return (_BAR - level, _BAR - 1) if position == "short" else (0, level - 1)


def _in_ascii(levels: list[int | None]) -> str:
    return "".join(" " if level is None else ".:|#"[level - 1] for level in levels)


def _styled(text: str, busy: list[bool], position: str) -> Row:
    spans: list[Span] = []
    for character, loud in zip(text, busy, strict=True):
        style = position if loud else "rule"
        if spans and spans[-1][1] == style:
            spans[-1] = (spans[-1][0] + character, style)
        else:
            spans.append((character, style))
    return tuple(spans)


def time_row(course: Course, cells: int, controls: Controls) -> Row:
    """A few times of day, each beginning at its own cell behind a tick."""
    window_ms = len(course.price) * course.step_ms
    if not window_ms or cells <= 0:
        return ()
    fits = [minutes for minutes in _MINUTES if minutes * 60_000 * cells >= _APART * window_ms]
    each_ms = (fits[0] if fits else _MINUTES[-1]) * 60_000
    text, last_ms = "", course.first_ms + window_ms
    for at_ms in range(-(-course.first_ms // each_ms) * each_ms, last_ms, each_ms):
        cell, words = cell_of(at_ms, course, cells), "│" + clock(at_ms, controls.local_time)[:5]
        if cell >= len(text) and cell + len(words) <= cells:
            text += " " * (cell - len(text)) + words
    return about("chart.time", ((text, "muted"),))


def series_row(course: Course, name: str, cells: int, controls: Controls) -> Row:
    """A line between its own least and greatest value in the window."""
    by_cell: Columns = columns(course, cells)
    return about(f"chart.{name}", sparkline(by_cell.last(series_of(course, name)), cells, controls, "muted"))
