"""The chart: the price as a line, liquidations on it, and below it open interest, funding and flow."""

from dataclasses import dataclass

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import clean, percent, span
from tui.format import price as price_text
from tui.language import label
from tui.views.braille import DOTS
from tui.views.chart_price import price_rows, scale_of
from tui.views.chart_rows import forced_rows, series_row, time_row
from tui.views.chart_side import SERIES, Side, beside, forced_side, price_sides, series_side
from tui.views.columns import bounds, last_known
from tui.views.layout import finish, first_fit, row_width, title, wrapped
from tui.views.row import Row, about
from tui.views.seen import waiting

_WIDE = 84
"""From this width on there are words beside the numbers."""
_LEAST_PLOT = 4
_LEAST_CELLS = 8


def chart(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The course of the ladder's window."""
    course = view.course
    if last_known(course.price) is None:
        why = clean(waiting(view)) if view.price.value is None else label("no price was seen in this window", controls)
        return finish([_title(view, controls, width), *wrapped(why, width)], width, height, controls)
    parts = plan(height)
    wide = width >= _WIDE
    prices = price_sides(view, controls, wide)
    forced = {name: forced_side(course, name, controls, wide) for name in ("short", "long")} if parts.forced else {}
    lines = {name: series_side(view, name, controls, wide) for name in SERIES[: parts.series]}
    sides = [*prices.values(), *forced.values(), *lines.values()]
    numbers = max(row_width(side.number) for side in sides)
    words = max(row_width(side.words) for side in sides)
    cells = max(width - 2 - numbers - (words + 1 if words else 0), _LEAST_CELLS)
    rows = _plot(view, controls, cells, parts.plot, numbers, prices)
    if parts.forced:
        bars = forced_rows(course, cells, controls)
        rows += [beside(bars[name], side, cells, numbers) for name, side in forced.items()]
    if parts.time:
        note: Row = ((label("least..greatest", controls), "muted"),) if wide and lines else ()
        zone: Row = ((label("local" if controls.local_time else "UTC", controls), "muted"),)
        rows.append(beside(time_row(course, cells, controls), Side(zone, note), cells, numbers))
    for name, side in lines.items():
        rows.append(beside(series_row(course, name, cells, controls), side, cells, numbers))
    return finish([_title(view, controls, width), *rows], width, height, controls)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a height has room for: rows of the price, the bars, the times, and how many of the lines."""

    plot: int
    forced: bool
    time: bool
    series: int


def plan(height: int) -> Parts:
    """The price keeps half of the height; the times come first, then the bars, then the lines one by one."""
    time = height > _LEAST_PLOT + 1
    room = height - 1 - time
    spare = room - max(_LEAST_PLOT, room // 2)
    forced = spare >= 2
    series = min(max(spare - 2 * forced, 0), len(SERIES)) if forced else 0
    return Parts(max(room - 2 * forced - series, 0), forced, time, series)


def _title(view: MarketView, controls: Controls, width: int) -> Row:
    """The window, its range, and how far the price went in it."""
    course = view.course
    head: Row = (*title("chart", "CHART", controls), (f"  {span(view.ladder.window_minutes)}", "muted"))
    low, high = bounds(course.low), bounds(course.high)
    first = next((price for price in course.price if price is not None), None)
    last = last_known(course.price)
    if low is None or high is None or first is None or last is None:
        return head
    limits: Row = ((f"  {price_text(low[0])}..{price_text(high[1])}", "muted"),)
    change = last / first - 1
    style, arrow = ("up", "▲") if change > 0 else ("down", "▼") if change < 0 else ("muted", "·")
    moved: Row = (("  ", "text"), *about("chart.change", ((f"{arrow} {percent(change)}", style),)))
    base: Row = (*head, *about("chart.range", limits, "price"), *moved)
    filled: Row = (("  " + label("dim: candles from before the start", controls), "old"),) if any(course.filled) else ()
    return first_fit([(*base, *filled), base, (*head, *moved), head], width)


def _plot(
    view: MarketView, controls: Controls, cells: int, height: int, numbers: int, prices: dict[str, Side]
) -> list[Row]:
    """The line with the last, the highest and the lowest price beside the rows that they are at."""
    down = DOTS[controls.ascii].down
    scale = scale_of(view.course, height * down)
    lines = price_rows(view.course, cells, height, controls)
    if scale is None:
        return lines
    low, high, last = bounds(view.course.low), bounds(view.course.high), last_known(view.course.price)
    places: dict[int, Side] = {}
    for name, value in (("last", last), ("high", high and high[1]), ("low", low and low[0])):
        if value is not None:
            places.setdefault(scale.dot(value) // down, prices[name])
    return [beside(row, places.get(place, Side()), cells, numbers) for place, row in enumerate(lines)]
