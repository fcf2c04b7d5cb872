"""What the panes of clusters above and below share: bands of dense realised liquidations, nearest first."""

import math
from collections.abc import Sequence

from scoring.view import Cluster, MarketView, Side
from tui.controls import Controls
from tui.format import UNKNOWN, amount, cell_width, clean, percent, span, step_digits, to_ascii
from tui.format import price as price_text
from tui.language import label
from tui.views.ages import age_style, age_text
from tui.views.layout import Column, Table, cell, finish, first_fit, scrolled, table, title, wrapped
from tui.views.row import Row, about, style_of
from tui.views.seen import seen, seen_rows, waiting, watched, whole, window_total

_WIDE_BAND = 300.0
"""USD from which a band's ends may be rounded to hundreds."""
SIDE_WORDS: dict[Side, str] = {"above": "CLUSTERS ABOVE", "below": "CLUSTERS BELOW"}
"""What the panes are called."""


def cluster_rows(side: Side, view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One side's clusters with distance, sums, share of the window and the age of the last print."""
    clusters = view.above if side == "above" else view.below
    head = _title(side, clusters, view, controls, width)
    if not clusters:
        return finish([head, *_nothing(side, view, controls, width)], width, height, controls)
    bands = [band(item, view.ladder.step) for item in clusters]
    lines = table(_columns(max(map(cell_width, bands)), width, controls), width, controls)
    rows = [
        lines.row(_cells(number, item, text, view, controls))
        for number, (item, text) in enumerate(zip(clusters, bands, strict=True), 1)
    ]
    first = max(min(scrolled(side, controls), len(rows) - height + 2), 0)
    return finish([head, _headings(lines, head, view, controls), *rows[first:]], width, height, controls)


def _columns(band_width: int, width: int, controls: Controls) -> tuple[Column, ...]:
    """Both sides' sums, or only the sum of both where they don't fit."""
    sums = 7 if controls.ascii else 6
    apart = width >= 4 + band_width + 1 + 7 + 2 * (sums + 1)
    return (
        Column("", 2, right=False),
        Column("band", band_width, right=False),
        Column("dist", 6, rank=1),
        Column("long", sums if apart else 0),
        Column("short", sums if apart else 0),
        Column("usd", 0 if apart else sums),
        Column("share", 5, rank=3),
        Column("latest", 6, rank=2),
    )


def band(cluster: Cluster, step: float) -> str:
    """A cluster's price band."""
    return band_text(cluster.low, cluster.high, step)


def band_text(low: float, high: float, step: float) -> str:
    """A price band: in thousands where it is wide enough for that, else with the step's digits."""
    if 10_000 <= low < 1e9 and high - low >= _WIDE_BAND:
        return f"{low / 1000:,.1f}–{high / 1000:,.1f}k"
    if step > 0 and step_digits(step) < 15:
        return f"{price_text(low, step)}–{price_text(high, step)}"
    return f"{price_text(low)}–{price_text(high)}"


def _title(side: Side, clusters: Sequence[Cluster], view: MarketView, controls: Controls, width: int) -> Row:
    window = span(view.ladder.window_minutes)
    head = title(side, SIDE_WORDS[side], controls)
    realised = label("realised {window}", controls, window=window)
    base = first_fit([(*head, (f"  {realised}", "muted")), (*head, (f"  {window}", "muted"))], width)
    if not clusters:
        return base
    total = window_total(view, view.ladder.window_minutes)
    partly = not whole(total) or any(item.sampled for item in clusters)
    long = amount(sum(item.long_usd for item in clusters), partly)
    short = amount(sum(item.short_usd for item in clusters), partly)
    both = label("long {long} short {short}", controls, long=long, short=short)
    sums = about("clusters.realised", ((f"  {both}", "muted"),), side)
    said = seen_rows(total, controls, "clusters.coverage")
    rows = [*((*base, *sums, *words) for words in said), *((*base, *words) for words in said)]
    return first_fit([*rows, base], width)


def _headings(lines: Table, head: Row, view: MarketView, controls: Controls) -> Row:
    """The column headings, or what was seen of the window where the title had no room for it."""
    words = seen(window_total(view, view.ladder.window_minutes), controls)
    said = not words or any(style_of(mark) == "warn" for _, mark in head)
    return lines.header() if said else about("clusters.coverage", cell(f" {words}", "warn"))


def _nothing(side: Side, view: MarketView, controls: Controls, width: int) -> list[Row]:
    window = view.ladder.window_minutes
    total = window_total(view, window)
    if view.price.value is None:
        text = waiting(view, controls)
    elif not watched(total):
        text = label("not known: no liquidation feed was seen in {window}", controls, window=span(window))
    else:
        part = seen(total, controls)
        text = _no_band(side, view, controls) + (f" ({part})" if part else "")
    text = to_ascii(clean(text)) if controls.ascii else clean(text)
    return [about("clusters.realised", row, side) for row in wrapped(text, width)]


def _no_band(side: Side, view: MarketView, controls: Controls) -> str:
    """Why a side has no cluster: nothing was liquidated there, or it was in no dense band of its own."""
    price, ladder = view.price.value or 0.0, view.ladder
    window = span(ladder.window_minutes)
    inside = math.floor(price / ladder.step) if ladder.step > 0 and math.isfinite(price / ladder.step) else 0
    cells = [item for index, item in ladder.cells.items() if (index > inside if side == "above" else index <= inside)]
    long, short = sum(item.long_usd for item in cells), sum(item.short_usd for item in cells)
    if not long and not short:
        if side == "above":
            return label("no realised liquidations above in {window}", controls, window=window)
        return label("no realised liquidations below in {window}", controls, window=window)
    partly = not whole(window_total(view, ladder.window_minutes))
    longs = amount(long, partly or any(item.long_sampled for item in cells))
    shorts = amount(short, partly or any(item.short_sampled for item in cells))
    sums = _sums(side, longs, shorts, window, controls)
    for number, item in enumerate(view.below if side == "above" else view.above, 1):
        if item.low <= price <= item.high:
            other = _other(side, number, controls)
            return f"{other}; {sums}"
    return f"{label('no dense band', controls)}; {sums}"


def _sums(side: Side, long: str, short: str, window: str, controls: Controls) -> str:
    if side == "above":
        return label("long {long}, short {short} above in {window}", controls, long=long, short=short, window=window)
    return label("long {long}, short {short} below in {window}", controls, long=long, short=short, window=window)


def _other(side: Side, number: int, controls: Controls) -> str:
    """The other side's band that the price is in."""
    if side == "above":
        return label("no band of its own: ◆{number} below spans the price", controls, number=number)
    return label("no band of its own: ◆{number} above spans the price", controls, number=number)


def _cells(number: int, item: Cluster, text: str, view: MarketView, controls: Controls) -> list[Row]:
    every = sum(one.long_usd + one.short_usd for one in view.ladder.cells.values())
    share = percent(item.usd / every, 0, signed=False, gap="") if 0 < item.usd <= every else UNKNOWN
    partly = item.sampled or not whole(window_total(view, view.ladder.window_minutes))
    price, of = view.price.value, f"{item.side}/{number}"
    spans = price is not None and item.low <= price <= item.high
    far = label("inside", controls) if spans else percent(item.distance, 1, gap="")
    age = view.at_ms - item.last_at_ms
    last = cell(age_text(age, controls), age_style(age)) if item.last_at_ms else cell(UNKNOWN, "unknown")
    return [
        cell(f"◆{number}", "accent"),
        about("clusters.band", cell(text), of),
        about("clusters.distance", cell(far, "accent" if spans else "muted"), of),
        about("clusters.realised", cell(amount(item.long_usd, partly), "long" if item.long_usd else "muted"), of),
        about("clusters.realised", cell(amount(item.short_usd, partly), "short" if item.short_usd else "muted"), of),
        about("clusters.realised", cell(amount(item.usd, partly)), of),
        about("clusters.part", cell(share), of),
        about("clusters.last", last, of),
    ]
