"""The ladder: realised long and short liquidations by price row, around the price."""

import math

from scoring.view import Cluster, LadderCell, MarketView
from tui.controls import Controls
from tui.format import UNKNOWN, amount, cell_width, clean, percent, span
from tui.format import price as price_text
from tui.views.layout import Column, Table, cell, finish, first_fit, scrolled, table, title, wrapped
from tui.views.row import Row
from tui.views.seen import is_stale, seen_rows, waiting, watched, whole, window_total
from tui.views.trouble import trouble_rows

_BAR_LEAST = 6
_EMPTY = LadderCell()


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
    rows = [(*base, ("  realised USD", "muted"), *words) for words in said]
    return first_fit([*rows, *((*base, *words) for words in said), (*least, *said[-1])], width)


def _body(view: MarketView, controls: Controls, width: int, price: float, indexes: range) -> list[Row]:
    step = view.ladder.step
    shown = [view.ladder.cells.get(index, _EMPTY) for index in indexes]
    largest = max((both(item) for item in view.ladder.cells.values()), default=0.0)
    labels = [price_text(index * step, step) for index in indexes]
    marker = price_text(price)
    lines = table(_columns([*labels, marker], width, controls), width, controls)
    bar = next((lines.columns[i].width for i in lines.kept if lines.columns[i].heading == "bar"), 0)
    marks = _marks(view)
    total = window_total(view, view.ladder.window_minutes)
    was_watched, partly = watched(total), not whole(total)
    inside = math.floor(price / step)
    rows: list[Row] = []
    for index, item, label in zip(indexes, shown, labels, strict=True):
        if index == inside:
            rows.append(_price_row(view, marker, lines))
        cells = [
            cell(label, "strong" if index == inside else "text"),
            cell(percent((index * step - price) / price, gap=""), "muted"),
            _amount(item.long_usd, item.long_sampled or partly, was_watched, "long"),
            _amount(item.short_usd, item.short_sampled or partly, was_watched, "short"),
            _bar(item, largest, bar, controls.ascii),
            cell(marks.get(index, ""), "accent"),
        ]
        rows.append(lines.row(cells))
    return [_header(lines, bar), *rows]


def _columns(labels: list[str], width: int, controls: Controls) -> tuple[Column, ...]:
    sums = 7 if controls.ascii else 6
    price = max(map(cell_width, labels), default=5)
    fixed = price + 1 + 8 + (sums + 2) * 2 + 4
    return (
        Column("price", price),
        Column("dist", 7, rank=2),
        Column("long", sums + 1),
        Column("short", sums + 1),
        Column("bar", max(width - fixed - 1, _BAR_LEAST), rank=4, right=False),
        Column("marks", 3, rank=3, right=False),
    )


def _header(lines: Table, bar: int) -> Row:
    heading = " long ▸" + " " * (bar - 14) + "◂ short" if bar >= 16 else ""
    names = ("price", "dist", "long", "short", heading, "")
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


def _marks(view: MarketView) -> dict[int, str]:
    """Which rows hold the peak of which cluster."""
    found: dict[int, str] = {}
    for clusters in (view.above, view.below):
        for number, cluster in enumerate(clusters, 1):
            found.setdefault(_row_of(cluster, view.ladder.step), f"◆{number}")
    return found


def _row_of(cluster: Cluster, step: float) -> int:
    place = cluster.peak / step
    return math.floor(place) if math.isfinite(place) else -1
