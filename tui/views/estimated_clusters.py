"""The estimated clusters of one side, nearest first, swept ones struck behind them; and how the two sides compare."""

from scoring.view import Asymmetry, EstimatedCluster, MapView, MarketView, Record, Side
from tui.controls import Controls
from tui.format import UNKNOWN, cell_width, clean, clock, duration, percent, ratio
from tui.views.clusters import band_text
from tui.views.estimate import cluster_heading, cluster_text, confidence_row, mass_text
from tui.views.layout import Column, cell, finish, first_fit, scrolled, table, title, wrapped
from tui.views.row import Row

_STARS = "★"
_MOST_SWEPT = 3
_PROVEN = {"lift": "pass", "no lift": "muted", "unproven": "muted"}


def estimated_rows(side: Side, view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One side's clusters with size, strength, chance of touch, pull, age and what came of such ones."""
    estimate = view.map
    found = estimate.above if side == "above" else estimate.below
    swept = [item for item in estimate.swept if item.side == side][:_MOST_SWEPT]
    head = _title(side, view, controls, width)
    notes = _notes(side, estimate, width)
    if not found and not swept:
        said = wrapped(f"no dense band {side} in {percent(estimate.reach, 0, False)}", width)
        return finish([head, *said, *notes], width, height, controls)
    bands = [band_text(item.low, item.high, view.ladder.step) for item in (*found, *swept)]
    lines = table(_columns(max(map(cell_width, bands)), controls), width, controls)
    rows = [lines.row(_cells(number, item, bands[number - 1], view, controls)) for number, item in enumerate(found, 1)]
    rows += [
        lines.row(_swept_cells(item, text, controls)) for item, text in zip(swept, bands[len(found) :], strict=True)
    ]
    room = max(height - 2, 0)
    first = max(min(scrolled(side, controls), len(rows) - room), 0)
    shown = rows[first : first + room]
    left = room - len(shown)
    return finish([head, lines.header(), *shown, *(notes[:left] if left else [])], width, height, controls)


def _columns(band_width: int, controls: Controls) -> tuple[Column, ...]:
    return (
        Column("", 2, right=False),
        Column("band", band_width, right=False),
        Column("dist", 6),
        Column(cluster_heading(controls), 6),
        Column("×dep", 5, rank=4),
        Column("24h", 4, rank=1),
        Column("pull", 4, rank=2),
        Column("age", 6, rank=5),
        Column("push bp", 9, rank=6),
        Column("record", 11, rank=3, right=False),
        Column("", 5, rank=7, right=False),
    )


def _cells(number: int, item: EstimatedCluster, text: str, view: MarketView, controls: Controls) -> list[Row]:
    touch = percent(item.touch, 0, signed=False, gap="") if item.touch is not None else UNKNOWN
    pull = percent(item.pull, 0, signed=False, gap="") if item.pull is not None else UNKNOWN
    strong = item.strength in ("strong", "book-sized")
    return [
        cell(f"◆{number}", "accent"),
        cell(text),
        cell(percent(item.distance, 1, gap=""), "muted"),
        cell(cluster_text(item, view.map, controls), "long" if item.side == "below" else "short"),
        cell(_strength(item, view.map), "strong" if strong else "unknown" if item.strength is None else "text"),
        cell(touch, "text" if item.touch is not None else "unknown"),
        cell(pull, "text" if item.pull is not None else "unknown"),
        cell(duration(view.at_ms - item.born_ms), "muted"),
        cell(_push(item), "muted"),
        cell(record_text(item.record), _PROVEN[item.record.significance]),
        cell(_STARS * (item.stars or 0), "accent"),
    ]


def _swept_cells(item: EstimatedCluster, text: str, controls: Controls) -> list[Row]:
    when = f"swept {clock(item.swept_at_ms, controls.local_time)[:5]}"
    blank = cell("")
    return [
        cell("◇", "muted"),
        cell(text, "struck"),
        *(blank,) * 7,
        cell(when, "muted"),
        blank,
    ]


def _strength(item: EstimatedCluster, estimate: MapView) -> str:
    """Times the book; `~` where how much of a mass is liquidated in sight is assumed, not measured."""
    text = ratio(item.depth_ratio).rstrip("×").replace("0.", ".", 1)
    return f"~{text}" if estimate.kappa is None and item.depth_ratio is not None else text


def _push(item: EstimatedCluster) -> str:
    """The range of two rules, never one figure."""
    if item.push_bp is None:
        return UNKNOWN
    low, high = item.push_bp
    return f"≈{low:.0f}–{high:.0f}"


def record_text(record: Record) -> str:
    """What came of such clusters: lift and n where that means something, else how many there are so far.

    >>> record_text(Record(n=44))
    'n 44'
    """
    if record.significance == "unproven" or record.lift is None:
        return f"n {record.n}"
    return f"{record.lift:.1f}× ({record.n})"


def record_words(record: Record) -> str:
    """The record of the map as a whole, in a sentence."""
    if record.n == 0:
        return "hit record: none has come due yet"
    chance = f"{record.hits} of {record.n} touched, {record.expected:.1f} by chance"
    if record.significance == "unproven" or record.lift is None:
        return f"hit record: unproven (n {record.n}): {chance}"
    verdict = "no lift shown" if record.significance == "no lift" else "lift"
    low, high = record.low or 0.0, record.high or 0.0
    return f"hit record: {verdict} {record.lift:.2f}× ({low:.2f} to {high:.2f}): {chance}"


def _title(side: Side, view: MarketView, controls: Controls, width: int) -> Row:
    estimate = view.map
    head = title(side, f"CLUSTERS {side.upper()}", controls)
    mass, name = (estimate.short_usd, "shorts") if side == "above" else (estimate.long_usd, "longs")
    whole = estimate.long_usd + estimate.short_usd
    reach = percent(estimate.reach, 0, signed=False)
    lens: Row = ((f"  estimated {estimate.lens}", "muted"),)
    if controls.units == "relative":
        size = f"{percent(mass / whole, 0, signed=False)} of all" if whole > 0 else "nothing"
    else:
        size = mass_text(mass, estimate, controls)
    sums: Row = ((f"  {name} {size} in {reach}", "muted"),)
    return first_fit([(*head, *lens, *sums), (*head, *sums), (*head, *lens), head], width)


def asymmetry_words(estimate: MapView) -> str:
    """Shorts above against longs below: raw, then weighed by the chance of being touched, by horizon."""
    raw = estimate.raw
    if raw is None:
        return "asymmetry unknown"
    size = abs(raw)  # (larger - smaller) / (larger + smaller)
    times = "all" if size >= 1 else f"{(1 + size) / (1 - size):.1f} : 1"
    reached = "  ".join(f"{_horizon(item)} {_signed(item.reached)}" for item in estimate.asymmetry)
    return f"asymmetry {times} {'shorts' if raw >= 0 else 'longs'}  reach {reached}".rstrip()


def _horizon(item: Asymmetry) -> str:
    return f"{item.hours:.0f}h" if item.hours < 48 else f"{item.hours / 24:.0f}d"


def _signed(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:+.2f}".replace("-", "−")


def _notes(side: Side, estimate: MapView, width: int) -> list[Row]:
    """Below the rows: how the sides compare, what came of it so far, and how far the map can be trusted."""
    if side == "above":
        rows = [cell(f" {clean(record_words(estimate.record))}", "muted")]
        return [*rows, *((((" ", "text"), *confidence_row(estimate)),))]
    volatility = estimate.volatility
    rows = wrapped(clean(asymmetry_words(estimate)), width)
    if volatility is not None:
        known = "" if volatility.measured else " (assumed)"
        words = f"volatility {percent(volatility.daily, 1, signed=False)} a day{known}, {volatility.source}"
        rows.append(cell(f" {clean(words)}", "muted" if volatility.measured else "warn"))
    if estimate.seeded:
        rows += wrapped(clean(estimate.seeded), width)
    return rows
