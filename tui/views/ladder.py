"""The ladder: realised liquidations by price row around the price, and beside them where the map estimates more."""

import math

from feeds.events import Position
from scoring.view import EstimatedCell, LadderCell, MarketView
from tui.controls import Controls
from tui.format import NONE_SEEN, UNKNOWN, amount, cell_width, clean, percent, same_unit, span
from tui.format import price as price_text
from tui.language import label
from tui.views.estimate import map_words, mass_text, unit_heading, unit_words
from tui.views.ladder_bars import both, mass_bar, realised_bar
from tui.views.ladder_marks import changed, cluster_marks
from tui.views.layout import Column, Table, cell, finish, first_fit, scrolled, table, title, wrapped
from tui.views.row import Row, about
from tui.views.seen import is_stale, seen_rows, waiting, watched, whole, window_total
from tui.views.trouble import trouble_rows

_BAR_LEAST = 6
_WIDE_ENOUGH = 58
"""Narrower ladders show estimates as bars alone."""
_BAR = 4
"""The place of the bars among the columns."""
_EMPTY = LadderCell()
_NO_MASS = EstimatedCell()


def ladder(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The rows nearest the price, the price marked between them. Each side of the bar starts at its own edge."""
    price, step = view.price.value, view.ladder.step
    if price is None or not (step > 0 and price > 0 and math.isfinite(price / step)):
        head = _title(view, controls, width, 0)
        unusable = label("no ladder: price or step is unusable", controls)
        why = clean(waiting(view, controls)) if price is None else unusable
        return finish([head, *wrapped(why, width), *_trouble(view, controls, width)], width, height, controls)
    places = max(height - 3, 0)
    start = math.floor(price / step) + (places + 1) // 2
    top = _top(view, controls, start, places)
    indexes = range(top, top - places, -1)
    head = _title(view, controls, width, start - top)
    return finish([head, *_body(view, controls, width, price, indexes)], width, height, controls)


def _trouble(view: MarketView, controls: Controls, width: int) -> list[Row]:
    """Why there may be nothing to show: what is wrong with the feeds, or with the coin's name."""
    rows = trouble_rows(view, width)
    if view.counts.left_out.get("not listed") and any(feed.state == "live" for feed in view.feeds):
        coin = clean(view.coin or controls.coin)
        text = label(
            "an exchange doesn't list one of the coins: is {coin} spelled as it spells it?", controls, coin=coin
        )
        rows += wrapped(text, width, "warn")
    return [(), *rows] if rows else []


def _top(view: MarketView, controls: Controls, start: int, places: int) -> int:
    """The first row's index: scrolling ends at the last row that holds anything, or one page away."""
    highest = max([start + places, *view.ladder.cells])
    lowest = min([start - places, *(index + places - 1 for index in view.ladder.cells)])
    top = min(max(start - scrolled("ladder", controls), lowest), highest)
    return max(top, places - 1)


def _title(view: MarketView, controls: Controls, width: int, shift: int) -> Row:
    """Window, step, what the sums are and how much of the window was seen; the map's words where there is room."""
    window = view.ladder.window_minutes
    least: Row = (*title("ladder", "LADDER", controls), *about("ladder.window", cell(f"  {span(window)}", "muted")))
    base: Row = (*least, *_step(view, controls), *_moved(shift, controls))
    realised: Row = cell(f"  {label('realised USD', controls)}", "muted")
    said = seen_rows(window_total(view, window), controls)
    rows: list[Row] = []
    if not view.map.reason:
        words = label("estimated {map}", controls, map=map_words(view.map, controls))
        estimated = about("ladder.map", cell(f"  {words}", "muted"))
        unit = about("ladder.map", cell(f", {unit_words(view.map, controls)}", "muted"))
        rows += [(*base, *realised, *seen, *estimated, *unit) for seen in said]
        rows += [(*base, *realised, *seen, *estimated) for seen in said]
    rows += [(*base, *realised, *seen) for seen in said] + [(*base, *seen) for seen in said]
    return first_fit([*rows, (*least, *said[-1])], width)


def _step(view: MarketView, controls: Controls) -> Row:
    if view.price.value is None:
        return ()
    text = label("step {step}", controls, step=price_text(view.ladder.step, view.ladder.step))
    return about("ladder.step", cell(f"  {text}", "muted"))


def _moved(shift: int, controls: Controls) -> Row:
    if not shift:
        return ()
    text = label("moved {rows}", controls, rows=f"{-shift:+d}".replace("-", "−"))
    return about("ladder.moved", cell(f"  {text}", "accent"))


def _body(view: MarketView, controls: Controls, width: int, price: float, indexes: range) -> list[Row]:
    step = view.ladder.step
    labels = [price_text(index * step, step) for index in indexes]
    marker = price_text(price)
    lines = table(_columns([*labels, marker], width, view, controls), width, controls)
    bar = lines.columns[_BAR].width if _BAR in lines.kept else 0
    rest = _Rest(view, controls, bar)
    inside = math.floor(price / step)
    rows: list[Row] = []
    for index, text in zip(indexes, labels, strict=True):
        if index == inside:
            rows.append(_price_row(view, marker, lines))
        place = about("ladder.row", cell(text, "strong" if index == inside else "text"), str(index))
        distance = cell(percent((index * step - price) / price, gap=""), "muted")
        rows.append(lines.row([place, about("ladder.distance", distance, str(index)), *rest.cells(index)]))
    return [_header(lines, bar, view, controls), *rows]


class _Rest:
    """Makes the cells of a row that don't depend on the price of now."""

    def __init__(self, view: MarketView, controls: Controls, bar: int) -> None:
        self._view, self._controls, self._bar = view, controls, bar
        cells = view.ladder.cells.values()
        self._largest_row = max(map(both, cells), default=0.0)
        self._largest = max((max(item.long_usd, item.short_usd) for item in cells), default=0.0)
        self._marks, self._changed = cluster_marks(view), changed(view, controls)
        total = window_total(view, view.ladder.window_minutes)
        self._watched, self._partly = watched(total), not whole(total)

    def cells(self, index: int) -> list[Row]:
        """Long, short, bar, estimate and mark of a row."""
        view, controls = self._view, self._controls
        item, mass = view.ladder.cells.get(index, _EMPTY), view.map.cells.get(index, _NO_MASS)
        realised = realised_bar(item, self._largest_row, self._bar, controls.ascii)
        return [
            self._amount(index, "long", item.long_usd, item.long_sampled),
            self._amount(index, "short", item.short_usd, item.short_sampled),
            realised if view.map.reason else mass_bar(mass, view, self._bar, controls),
            about("ladder.estimate", _mass_text(mass, view, controls), str(index)),
            self._marks.get(index, ()),
        ]

    def _amount(self, index: int, side: Position, value: float, sampled: bool) -> Row:
        text = amount(value, sampled or self._partly, self._watched, self._largest)
        large: str = side if value and same_unit(text, self._largest) else "muted"
        style = "recent" if (index, side) in self._changed else large
        return about(f"ladder.{side}", cell(text, "unknown" if text == UNKNOWN else style), str(index))


def _columns(labels: list[str], width: int, view: MarketView, controls: Controls) -> tuple[Column, ...]:
    sums = 7 if controls.ascii else 6
    price = max(map(cell_width, labels), default=5)
    estimate = 0 if view.map.reason or width < _WIDE_ENOUGH else 6
    fixed = price + 1 + 8 + (sums + 2) * 2 + 4 + (estimate + 1 if estimate else 0)
    return (
        Column("price", price),
        Column("dist", 7, rank=2),
        Column("long", sums + 1),
        Column("short", sums + 1),
        Column("", max(width - fixed - 1, _BAR_LEAST), rank=4, right=False),
        Column("", estimate, rank=3),
        Column("", 3, rank=3, right=False),
    )


def _header(lines: Table, bar: int, view: MarketView, controls: Controls) -> Row:
    """The headings; over the bars which side begins where, or that they are estimates."""
    left, right = f" {label('long', controls)} ▸", f"◂ {label('short', controls)}"
    gap = bar - cell_width(left) - cell_width(right)
    heading = left + " " * gap + right if gap >= 2 else ""
    if not view.map.reason:
        words = (label("estimated", controls), unit_heading(controls))
        heading = next((f" {word}" for word in words if cell_width(word) < bar), "")
    names = [label(column.heading, controls) for column in lines.columns[:_BAR]]
    return lines.row([cell(name, "muted") for name in (*names, heading, unit_heading(controls), "")])


def _price_row(view: MarketView, marker: str, lines: Table) -> Row:
    width = lines.columns[0].width
    style = "stale" if is_stale(view.price, view.at_ms) else "price_row"
    rest = max(lines.width - width - 2, 0)
    now = about("header.price", (("▸", style), (marker.rjust(width), style)))
    return (*now, (" ", "text"), ("─" * rest, "rule"))


def _mass_text(mass: EstimatedCell, view: MarketView, controls: Controls) -> Row:
    text = mass_text(mass.long_usd + mass.short_usd, view.map, controls)
    return cell(text, "unknown" if text == UNKNOWN else "muted" if text == NONE_SEEN else "text")
