"""The ladder: realised liquidations by price row around the price, and beside them where the map estimates more."""

import math

from scoring.view import Cluster, EstimatedCell, EstimatedCluster, LadderCell, MarketView
from tui.controls import Controls
from tui.format import NONE_SEEN, UNKNOWN, amount, cell_width, clean, clock, percent, span
from tui.format import price as price_text
from tui.views.estimate import map_words, mass_text, unit_heading, unit_words
from tui.views.layout import Column, Table, cell, finish, first_fit, scrolled, table, title, wrapped
from tui.views.row import Row
from tui.views.seen import is_stale, seen_rows, waiting, watched, whole, window_total
from tui.views.trouble import trouble_rows

_BAR_LEAST = 6
_WIDE_ENOUGH = 58
"""Narrower ladders show estimates as bars alone."""
_EMPTY = LadderCell()
_NO_MASS = EstimatedCell()


def ladder(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The rows nearest the price, the price marked between them. Each side of the bar starts at its own edge."""
    price, step = view.price.value, view.ladder.step
    if price is None or not (step > 0 and price > 0 and math.isfinite(price / step)):
        head = _title(view, controls, width, 0)
        why = clean(waiting(view)) if price is None else "no ladder: price or step is unusable"
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
        text = f"an exchange doesn't list one of the coins: is {coin} spelled as it spells it?"
        rows += wrapped(text, width, "warn")
    return [(), *rows] if rows else []


def _top(view: MarketView, controls: Controls, start: int, places: int) -> int:
    """The first row's index: scrolling ends at the last row that holds anything, or one page away."""
    highest = max([start + places, *view.ladder.cells])
    lowest = min([start - places, *(index + places - 1 for index in view.ladder.cells)])
    top = min(max(start - scrolled("ladder", controls), lowest), highest)
    return max(top, places - 1)


def _title(view: MarketView, controls: Controls, width: int, shift: int) -> Row:
    window = view.ladder.window_minutes
    head = title("ladder", "LADDER", controls)
    where = f"  {span(window)}"
    step = f"  step {price_text(view.ladder.step, view.ladder.step)}" if view.price.value is not None else ""
    moved = (f"  moved {-shift:+d}".replace("-", "−"), "accent") if shift else ("", "text")
    base: Row = (*head, (where + step, "muted"), moved)
    least: Row = (*head, (where, "muted"))
    said = seen_rows(window_total(view, window))
    if view.map.reason:
        rows = [(*base, ("  realised USD", "muted"), *words) for words in said]
        return first_fit([*rows, *((*base, *words) for words in said), (*least, *said[-1])], width)
    base = (*base, ("  realised USD", "muted"))
    estimated: Row = ((f"  estimated {map_words(view.map)}", "muted"),)
    unit: Row = ((f", {unit_words(view.map, controls)}", "muted"),)
    rows = [(*base, *words, *estimated, *unit) for words in said] + [(*base, *words, *estimated) for words in said]
    return first_fit([*rows, *((*base, *words) for words in said), (*least, *said[-1])], width)


def _body(view: MarketView, controls: Controls, width: int, price: float, indexes: range) -> list[Row]:
    step = view.ladder.step
    labels = [price_text(index * step, step) for index in indexes]
    marker = price_text(price)
    lines = table(_columns([*labels, marker], width, view, controls), width, controls)
    bar = next((lines.columns[i].width for i in lines.kept if lines.columns[i].heading == "bar"), 0)
    largest = max((both(item) for item in view.ladder.cells.values()), default=0.0)
    marks = _marks(view)
    total = window_total(view, view.ladder.window_minutes)
    was_watched, partly = watched(total), not whole(total)
    inside = math.floor(price / step)
    rows: list[Row] = []
    for index, label in zip(indexes, labels, strict=True):
        if index == inside:
            rows.append(_price_row(view, marker, lines))
        item, mass = view.ladder.cells.get(index, _EMPTY), view.map.cells.get(index, _NO_MASS)
        cells = [
            cell(label, "strong" if index == inside else "text"),
            cell(percent((index * step - price) / price, gap=""), "muted"),
            _amount(item.long_usd, item.long_sampled or partly, was_watched, "long"),
            _amount(item.short_usd, item.short_sampled or partly, was_watched, "short"),
            _bar(item, largest, bar, controls.ascii) if view.map.reason else _mass(mass, view, bar, controls),
            _mass_text(mass, view, controls),
            cell(marks.get(index, ""), "accent"),
        ]
        rows.append(lines.row(cells))
    return [_header(lines, bar, view, controls), *rows]


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
        Column("bar", max(width - fixed - 1, _BAR_LEAST), rank=4, right=False),
        Column("est", estimate, rank=3),
        Column("marks", 3, rank=3, right=False),
    )


def _header(lines: Table, bar: int, view: MarketView, controls: Controls) -> Row:
    heading = " long ▸" + " " * (bar - 14) + "◂ short" if bar >= 16 else ""
    if not view.map.reason:
        heading = " estimated" if bar >= 10 else ""
    names = ("price", "dist", "long", "short", heading, unit_heading(controls), "")
    return lines.row([cell(name, "muted") for name in names])


def _price_row(view: MarketView, marker: str, lines: Table) -> Row:
    label = lines.columns[0].width
    style = "stale" if is_stale(view.price, view.at_ms) else "price_row"
    rest = max(lines.width - label - 2, 0)
    return (("▸", style), (marker.rjust(label), style), (" ", "text"), ("─" * rest, "rule"))


def _amount(value: float, lower_bound: bool, was_watched: bool, style: str) -> Row:
    text = amount(value, lower_bound, was_watched)
    return cell(text, "unknown" if text == UNKNOWN else style if value else "muted")


def both(item: LadderCell) -> float:
    """Long and short liquidations of a row, in USD."""
    return item.long_usd + item.short_usd


def _bar(item: LadderCell, largest: float, width: int, ascii_only: bool) -> Row:
    """Length and heat grow with the square root of the row's sum, so that small rows stay visible beside large ones."""
    total = both(item)
    if width <= 1 or not (total > 0 and 0 < largest < math.inf):
        return ()
    share = math.sqrt(min(total / largest, 1.0))
    width -= 1
    cells = max(round(share * width), 1)
    heat = f"heat{min(int(share * 9.999), 9)}"
    long = round(cells * item.long_usd / total)
    if item.long_usd and item.short_usd and cells > 1:
        long = min(max(long, 1), cells - 1)
    short = cells - long
    body, tips = ("=", ("=", "#")) if ascii_only else (" ", ("▌", "▐"))
    spans = [
        (" ", "text"), (body * (long - 1), heat), (tips[0] * (long > 0), "long"),
        (" " * (width - cells), "text"),
        (tips[1] * (short > 0), "short"), (("#" if ascii_only else body) * (short - 1), heat),
    ]  # fmt: skip
    return tuple(part for part in spans if part[0])


def _mass(mass: EstimatedCell, view: MarketView, width: int, controls: Controls) -> Row:
    """Length and heat of the estimated mass, like the realised bars; a swept row says when the price went through."""
    total = mass.long_usd + mass.short_usd
    if width <= 1:
        return ()
    if mass.swept_at_ms is not None and total <= 0.01 * view.map.densest_usd:
        words = f" swept {clock(mass.swept_at_ms, controls.local_time)[:5]}"
        return cell(words, "struck") if cell_width(words) <= width else cell(" swept"[:width], "struck")
    if not (total > 0 and 0 < view.map.densest_usd < math.inf):
        return ()
    share = math.sqrt(min(total / view.map.densest_usd, 1.0))
    length = max(round(share * (width - 1)), 1)
    body = " " if not controls.ascii else "=" if mass.long_usd >= mass.short_usd else "#"
    return ((" ", "text"), (body * length, f"heat{min(int(share * 9.999), 9)}"))


def _mass_text(mass: EstimatedCell, view: MarketView, controls: Controls) -> Row:
    text = mass_text(mass.long_usd + mass.short_usd, view.map, controls)
    return cell(text, "unknown" if text == UNKNOWN else "muted" if text == NONE_SEEN else "text")


def _marks(view: MarketView) -> dict[int, str]:
    """Which rows hold the peak of which cluster: of the map's where there is one, else of the realised bands."""
    found: dict[int, str] = {}
    shown: tuple[tuple[Cluster | EstimatedCluster, ...], ...] = (
        (view.above, view.below) if view.map.reason else (view.map.above, view.map.below)
    )
    for clusters in shown:
        for number, cluster in enumerate(clusters, 1):
            found.setdefault(_row_of(cluster.peak, view.ladder.step), f"◆{number}")
    return found


def _row_of(price: float, step: float) -> int:
    place = price / step
    return math.floor(place) if math.isfinite(place) else -1
