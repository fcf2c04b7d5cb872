"""The estimated clusters of one side, nearest first, swept ones struck behind them; and how the two sides compare."""

from scoring.view import Asymmetry, EstimatedCluster, MapView, MarketView, Record, Side
from tui.controls import Controls
from tui.format import UNKNOWN, cell_width, clean, clock, percent, ratio
from tui.language import ENGLISH, label
from tui.views.ages import age_text
from tui.views.clusters import SIDE_WORDS, band_text
from tui.views.estimate import cluster_heading, cluster_text, confidence_row, mass_text
from tui.views.layout import Column, cell, finish, first_fit, scrolled, table, title, wrapped
from tui.views.row import Row, about

_STARS = "★"
_MOST_SWEPT = 3
_PROVEN = {"lift": "pass", "no lift": "muted", "unproven": "muted"}


def estimated_rows(side: Side, view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One side's clusters with size, chance of touch, pull, strength, age and what came of such ones."""
    estimate = view.map
    found = estimate.above if side == "above" else estimate.below
    swept = [item for item in estimate.swept if item.side == side][:_MOST_SWEPT]
    head = _title(side, view, controls, width)
    if not found and not swept:
        said = about("clusters.side", cell(f" {_no_band(side, estimate, controls)}", "muted"), side)
        return finish([head, said, *_notes(side, estimate, controls, width, height - 2)], width, height, controls)
    bands = [band_text(item.low, item.high, view.ladder.step) for item in (*found, *swept)]
    lines = table(_columns(max(map(cell_width, bands)), controls), width, controls)
    rows = [lines.row(_cells(number, item, bands[number - 1], view, controls)) for number, item in enumerate(found, 1)]
    rows += [
        lines.row(_swept_cells(item, text, controls)) for item, text in zip(swept, bands[len(found) :], strict=True)
    ]
    room = max(height - 2, 0)
    first = max(min(scrolled(side, controls), len(rows) - room), 0)
    shown = rows[first : first + room]
    notes = _notes(side, estimate, controls, width, room - len(shown))
    return finish([head, lines.header(), *shown, *notes], width, height, controls)


def _no_band(side: Side, estimate: MapView, controls: Controls) -> str:
    reach = percent(estimate.reach, 0, False)
    if side == "above":
        return label("no dense band above in {reach}", controls, reach=reach)
    return label("no dense band below in {reach}", controls, reach=reach)


def _columns(band_width: int, controls: Controls) -> tuple[Column, ...]:
    """What an entry is decided by stays longest: where, how far, how much, how likely, its pull, what came of such."""
    return (
        Column("", 2, right=False),
        Column("band", band_width, right=False),
        Column("dist", 6),
        Column(cluster_heading(controls), 6, rank=1),
        Column("touch", 5, rank=2),
        Column("pull", 4, rank=3),
        Column("×book", 5, rank=5),
        Column("age", max(6, cell_width(label("age", controls))), rank=6),
        Column("push bp", 9, rank=7),
        Column("record", 12, rank=4, right=False),
        Column("", 5, rank=8, right=False),
    )


def _cells(number: int, item: EstimatedCluster, text: str, view: MarketView, controls: Controls) -> list[Row]:
    touch = percent(item.touch, 0, signed=False, gap="") if item.touch is not None else UNKNOWN
    pull = percent(item.pull, 0, signed=False, gap="") if item.pull is not None else UNKNOWN
    strong = item.strength in ("strong", "book-sized")
    strength = "strong" if strong else "unknown" if item.strength is None else "text"
    mass = cell(cluster_text(item, view.map, controls), "long" if item.side == "below" else "short")
    of = f"{item.side}/{number}"
    cells = {
        "clusters.band": cell(text),
        "clusters.distance": cell(percent(item.distance, 1, gap=""), "muted"),
        "clusters.mass": mass,
        "clusters.touch": cell(touch, "text" if item.touch is not None else "unknown"),
        "clusters.pull": cell(pull, "text" if item.pull is not None else "unknown"),
        "clusters.strength": cell(_strength(item, view.map), strength),
        "clusters.age": cell(age_text(view.at_ms - item.born_ms, controls), "muted"),
        "clusters.push": cell(_push(item), "muted"),
        "clusters.record": cell(record_text(item.record, controls), _PROVEN[item.record.significance]),
        "clusters.stars": cell(_STARS * (item.stars or 0), "accent"),
    }
    return [cell(f"◆{number}", "accent"), *(about(topic, row, of) for topic, row in cells.items())]


def _swept_cells(item: EstimatedCluster, text: str, controls: Controls) -> list[Row]:
    when = label("swept {at}", controls, at=clock(item.swept_at_ms, controls.local_time)[:5])
    of = f"swept/{item.identity}"
    blank = cell("")
    return [
        cell("◇", "muted"),
        about("clusters.swept", cell(text, "struck"), of),
        *(blank,) * 7,
        about("clusters.swept", cell(when, "muted"), of),
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


def record_text(record: Record, controls: Controls = ENGLISH) -> str:
    """What came of such clusters: lift and n where that means something, else how many there are so far.

    >>> record_text(Record(n=44))
    'unproven 44'
    """
    if record.significance == "unproven" or record.lift is None:
        return label("unproven {n}", controls, n=record.n)
    return f"{record.lift:.1f}× ({record.n})"


def record_words(record: Record, controls: Controls = ENGLISH) -> str:
    """The record of the map as a whole, in a sentence."""
    if record.n == 0:
        return label("hit record: none has come due yet", controls)
    chance = label(
        "{hits} of {n} touched, {expected} by chance", controls,
        hits=record.hits, n=record.n, expected=f"{record.expected:.1f}",
    )  # fmt: skip
    if record.significance == "unproven" or record.lift is None:
        return f"{label('hit record: unproven (n {n})', controls, n=record.n)}: {chance}"
    numbers = {"lift": f"{record.lift:.2f}", "low": f"{record.low or 0.0:.2f}", "high": f"{record.high or 0.0:.2f}"}
    if record.significance == "no lift":
        verdict = label("hit record: no lift shown {lift}× ({low} to {high})", controls, **numbers)
    else:
        verdict = label("hit record: lift {lift}× ({low} to {high})", controls, **numbers)
    return f"{verdict}: {chance}"


def _title(side: Side, view: MarketView, controls: Controls, width: int) -> Row:
    estimate = view.map
    head = title(side, SIDE_WORDS[side], controls)
    mass, name = (
        (estimate.short_usd, label("shorts", controls))
        if side == "above"
        else (estimate.long_usd, label("longs", controls))
    )
    whole = estimate.long_usd + estimate.short_usd
    reach = percent(estimate.reach, 0, signed=False)
    lens: Row = ((f"  {label('estimated {lens}', controls, lens=estimate.lens)}", "muted"),)
    if controls.units != "relative":
        said = label(
            "{side} {mass} in {reach}", controls, side=name, mass=mass_text(mass, estimate, controls), reach=reach
        )
    elif whole > 0:
        share = percent(mass / whole, 0, signed=False)
        said = label("within {reach}: {side} {share}", controls, side=name, share=share, reach=reach)
    else:
        said = label("{side} nothing in {reach}", controls, side=name, reach=reach)
    sums = about("clusters.side", ((f"  {said}", "muted"),), side)
    return first_fit([(*head, *lens, *sums), (*head, *sums), (*head, *lens), head], width)


def asymmetry_words(estimate: MapView, controls: Controls = ENGLISH) -> str:
    """Shorts above against longs below: raw, then weighed by the chance of being touched, by horizon."""
    reached = "  ".join(f"{_horizon(item)} {_signed(item.reached)}" for item in estimate.asymmetry)
    raw = _raw_words(estimate, controls)
    if estimate.raw is None or not reached:
        return raw
    return f"{raw}; {label('by reach {by_horizon}', controls, by_horizon=reached)}"


def _raw_words(estimate: MapView, controls: Controls) -> str:
    raw = estimate.raw
    if raw is None:
        return label("asymmetry unknown", controls)
    side = label("shorts", controls) if raw >= 0 else label("longs", controls)
    size = abs(raw)  # (larger - smaller) / (larger + smaller)
    if size >= 1:
        return label("asymmetry all {side}", controls, side=side)
    return label("asymmetry {times} : 1 {side}", controls, times=f"{(1 + size) / (1 - size):.1f}", side=side)


def _horizon(item: Asymmetry) -> str:
    return f"{item.hours:.0f}h" if item.hours < 48 else f"{item.hours / 24:.0f}d"


def _signed(value: float | None) -> str:
    return UNKNOWN if value is None else f"{value:+.2f}".replace("-", "−")


def _notes(side: Side, estimate: MapView, controls: Controls, width: int, room: int) -> list[Row]:
    """Below the rows: how the sides compare, what came of it so far, and how far the map can be trusted.

    Each in full where that leaves room for the others in brief; one that has no room for all of its rows has none.
    """
    if room <= 0:
        return []
    told = _above_notes(estimate, controls) if side == "above" else _below_notes(estimate, controls)
    shown: dict[int, list[Row]] = {}
    for place, (_, _, brief, style) in enumerate(told):
        rows = wrapped(brief, width, style)
        if sum(map(len, shown.values())) + len(rows) <= room:
            shown[place] = rows
    for place, brief_rows in shown.items():
        _, words, _, style = told[place]
        full = wrapped(words, width, style)
        if sum(map(len, shown.values())) - len(brief_rows) + len(full) <= room:
            shown[place] = full
    return [about(told[place][0], row) for place, rows in shown.items() for row in rows]


_Note = tuple[str, str, str, str]
"""Topic, the words in full and in brief, style."""


def _above_notes(estimate: MapView, controls: Controls) -> list[_Note]:
    record = estimate.record
    unproven = record.significance == "unproven" or record.lift is None
    brief = label("hit record: unproven (n {n})", controls, n=record.n) if unproven else record_words(record, controls)
    ((said, style),) = confidence_row(estimate, controls)
    score = label("confidence {score}", controls, score=estimate.confidence)
    share = label("share: of all that is estimated on its side", controls)
    part: list[_Note] = [("clusters.mass", share, share, "muted")] if controls.units == "relative" else []
    first: _Note = ("clusters.confidence", clean(said), score, style.partition("|")[0])
    came: _Note = ("clusters.record", clean(record_words(record, controls)), brief, "muted")
    return [first, came, *part] if record.n else [first, *part, came]


def _below_notes(estimate: MapView, controls: Controls) -> list[_Note]:
    raw = _raw_words(estimate, controls)
    notes: list[_Note] = [("clusters.asymmetry", asymmetry_words(estimate, controls), raw, "muted")]
    volatility = estimate.volatility
    if volatility is not None:
        daily = percent(volatility.daily, 1, signed=False)
        if volatility.measured:
            words = label("volatility {daily} a day", controls, daily=daily)
        else:
            words = label("volatility {daily} a day (assumed)", controls, daily=daily)
        style = "muted" if volatility.measured else "warn"
        notes.append(("clusters.volatility", f"{words}, {clean(volatility.source)}", words, style))
    if estimate.seeded:
        notes.append(("clusters.seeded", clean(estimate.seeded), clean(estimate.seeded), "muted"))
    return notes
