"""The ladder's bars: what was liquidated in a row and what the map estimates there, by length and heat."""

import math

from scoring.view import EstimatedCell, LadderCell, MarketView
from tui.controls import Controls
from tui.format import cell_width, clock
from tui.language import label
from tui.views.layout import cell
from tui.views.row import Row, about


def both(item: LadderCell) -> float:
    """Long and short liquidations of a row, in USD."""
    return item.long_usd + item.short_usd


def realised_bar(item: LadderCell, largest: float, width: int, ascii_only: bool) -> Row:
    """Length and heat grow with the square root of the row's sum, so that small rows stay visible beside large ones.

    Longs begin at the left edge, shorts at the right one. `largest`: the sum of the largest row, USD.
    """
    total = both(item)
    if width <= 1 or not (total > 0 and 0 < largest < math.inf):
        return ()
    share = math.sqrt(min(total / largest, 1.0))
    width -= 1
    cells = max(round(share * width), 1)
    heat = _heat(share)
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


def mass_bar(mass: EstimatedCell, view: MarketView, width: int, controls: Controls) -> Row:
    """Length and heat of the estimated mass, like the realised bars; a swept row says when the price went through."""
    total = mass.long_usd + mass.short_usd
    if width <= 1:
        return ()
    if mass.swept_at_ms is not None and total <= 0.01 * view.map.densest_usd:
        return _swept(clock(mass.swept_at_ms, controls.local_time)[:5], width, controls)
    if not (total > 0 and 0 < view.map.densest_usd < math.inf):
        return ()
    share = math.sqrt(min(total / view.map.densest_usd, 1.0))
    length = max(round(share * (width - 1)), 1)
    body = " " if not controls.ascii else "=" if mass.long_usd >= mass.short_usd else "#"
    return ((" ", "text"), (body * length, _heat(share)))


def _swept(time: str, width: int, controls: Controls) -> Row:
    words = f" {label('swept {time}', controls, time=time)}"
    if cell_width(words) > width:
        words = f" {label('swept', controls)}"
    return about("ladder.swept", cell(words, "struck"))


def _heat(share: float) -> str:
    return f"heat{min(int(share * 9.999), 9)}"
