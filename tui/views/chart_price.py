"""The price as a line of dots, and the heaviest liquidations on it: longs below, shorts above."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from scoring.view import Course
from tui.controls import Controls
from tui.views.braille import DOTS, Point, drawn, line
from tui.views.columns import Columns, bounds, columns
from tui.views.row import Row, Span, about

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_PARTS = 8
"""A scale ends at multiples of a step that is at least this part of the range, so that it seldom moves."""
_MARKS_APART = 12
"""One mark of each side for so many cells, but two at least."""
_LEAST_SHARE = 0.1
"""What is less than this share of the heaviest gets no mark."""
_LARGE = 0.5
"""From this share of the heaviest on the mark is the large one."""
_GLYPHS = {
    ("long", False): ("▼", "▾"), ("short", False): ("▲", "▴"), ("long", True): ("V", "v"), ("short", True): ("A", "^"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """The prices of the lowest and the highest dot, and how many dots there are."""

    bottom: float
    top: float
    dots: int

    def dot(self, price: float) -> int:
        """The dot of a price, counted from the top."""
        share = (self.top - price) / (self.top - self.bottom)
        return min(max(round(share * (self.dots - 1)), 0), self.dots - 1)


def step_of(least: float) -> float:
    """The smallest step of 1-2-2.5-5 that is at least this large."""
    power = 10.0 ** floor(log10(least))
    return next(step * power for step in _STEPS if step * power >= least * (1 - 1e-9))


def scale_of(course: Course, dots: int) -> Scale | None:
    """The scale of a window's prices: it ends at round prices. None without a price."""
    low, high = bounds(course.low), bounds(course.high)
    if low is None or high is None or not dots or low[0] <= 0:
        return None
    step = step_of(max((high[1] - low[0]) / _PARTS, high[1] * 1e-6))
    bottom, top = floor(low[0] / step) * step, ceil(high[1] / step) * step
    return Scale(bottom, top if top > bottom else bottom + step, dots)


def price_rows(course: Course, cells: int, rows: int, controls: Controls) -> list[Row]:
    """The line in so many cells and rows, with its marks. Time that was not seen is blank; that before is dim."""
    dots = DOTS[controls.ascii]
    scale = scale_of(course, rows * dots.down)
    if scale is None or cells <= 0:
        return [()] * rows
    across = columns(course, cells, dots.across)
    text = drawn(line(_points(course, across, scale)), rows, controls.ascii)
    by_cell = columns(course, cells)
    styles = [_style(course, span) for span in by_cell.spans]
    grid: list[list[Span]] = [
        [(character, style) for character, style in zip(row, styles, strict=True)] for row in text
    ]
    for position in ("long", "short"):
        _mark(grid, course, by_cell, scale, position, dots.down, controls.ascii)
    return [_merged(row) for row in grid]


def _style(course: Course, span: tuple[int, int] | None) -> str:
    return "old" if span is not None and all(course.filled[slice(*span)]) else "curve"


def _points(course: Course, across: Columns, scale: Scale) -> list[Point | None]:
    points: list[Point | None] = []
    for span in across.spans:
        known = [] if span is None else [slot for slot in range(*span) if course.price[slot] is not None]
        if span is None or not known:
            points.append(None)
            continue
        last = course.price[known[-1]]
        ranges = [_range(course, slot) for slot in known]
        low, high = bounds(one[0] for one in ranges), bounds(one[1] for one in ranges)
        if low is None or high is None or last is None:
            points.append(None)
            continue
        follows = known[0] == span[0] and (span[0] == 0 or course.price[span[0] - 1] is not None)
        points.append(Point(scale.dot(high[1]), scale.dot(low[0]), scale.dot(last), follows))
    return points


def _range(course: Course, slot: int) -> tuple[float | None, float | None]:
    """The range of a slot; of several that share a candle that of the last, the others have its close alone."""
    own, after = (course.price[slot], course.low[slot], course.high[slot]), slot + 1
    goes_on = course.filled[slot] and after < len(course.price) and course.filled[after]
    if goes_on and own == (course.price[after], course.low[after], course.high[after]):
        return own[0], own[0]
    return own[1:]


def _mark(
    grid: list[list[Span]], course: Course, by_cell: Columns, scale: Scale, position: str, down: int, ascii_only: bool
) -> None:
    """Put a mark at each of the heaviest cells, as near to the line as there is a blank."""
    sums = by_cell.sums(course.long_usd if position == "long" else course.short_usd)
    heaviest = max((usd for usd in sums if usd), default=0.0)
    if not heaviest:
        return
    most = max(by_cell.cells // _MARKS_APART, 2)
    for cell in sorted(range(len(sums)), key=lambda place: -(sums[place] or 0.0))[:most]:
        usd, span = sums[cell] or 0.0, by_cell.spans[cell]
        row = _row(course, span, scale, position, down)
        if span is None or row is None or usd < _LEAST_SHARE * heaviest:
            continue
        large, small = _GLYPHS[position, ascii_only]
        place = _blank([line_of[cell][0] for line_of in grid], row, 1 if position == "long" else -1)
        glyph = large if usd >= _LARGE * heaviest else small
        of = f"{position}/{course.first_ms + span[0] * course.step_ms}/{span[1] - span[0]}"
        grid[place][cell] = about("chart.heaviest", ((glyph, position),), of)[0]


def _row(course: Course, span: tuple[int, int] | None, scale: Scale, position: str, down: int) -> int | None:
    """The row at which the line ends downwards in a cell for longs, upwards for shorts."""
    if span is None:
        return None
    limits = bounds((course.low if position == "long" else course.high)[slice(*span)])
    return None if limits is None else scale.dot(limits[0] if position == "long" else limits[1]) // down


def _blank(column: Sequence[str], row: int, way: int) -> int:
    """The first blank below (way 1) or above (-1) a row, else the last row of the way."""
    place = row + way
    while 0 <= place < len(column):
        if column[place] == " ":
            return place
        place += way
    return min(max(place, 0), len(column) - 1)


def _merged(row: Sequence[Span]) -> Row:
    """Neighbours of one mark as one span."""
    spans: list[Span] = []
    for text, mark in row:
        if spans and (spans[-1][1] == mark or text == " "):
            spans[-1] = (spans[-1][0] + text, spans[-1][1])
        else:
            spans.append((text, mark))
    return tuple(spans)
