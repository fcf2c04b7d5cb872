"""The estimated map as tables of text: its rows, its clusters, and how its sides compare. All of it is modelled."""

import math
from collections.abc import Iterable, Iterator

from scoring.view import Asymmetry, EstimatedCluster, MapView, MarketView, Record
from tui import format as write
from tui.section import Section
from tui.views.clusters import band_text
from tui.views.notation import PARTLY, SHORT, Notation

LADDER_ROWS = 40
"""The rows nearest the price that a snapshot's ladders hold."""
_DAYS_FROM = 48.0
"""Horizons from so many hours on are written in days."""
_SIDES = ("modelled long USD", "modelled short USD")


def estimated_sections(view: MarketView, notation: Notation) -> Iterator[Section]:
    """The map's three tables; where there is no map one row says why."""
    if view.map.reason:
        row = (write.UNKNOWN, *[""] * 4, write.clean(view.map.reason))
        yield Section("Estimated map", "", ("price", "distance", *_SIDES, "swept at", "reason"), (row,))
        return
    yield _map(view, notation)
    yield _clusters(view, notation)
    yield _asymmetry(view)


def nearest_rows(cells: Iterable[int], step: float, price: float | None) -> list[int]:
    """The numbers of at most `LADDER_ROWS` rows, those nearest the price, from the highest down."""
    where = price / step if price is not None and step > 0 else 0.0
    middle = where if math.isfinite(where) else 0.0
    return sorted(sorted(cells, key=lambda index: abs(index + 0.5 - middle))[:LADDER_ROWS], reverse=True)


def row_edges(index: int, step: float, price: float | None, notation: Notation) -> tuple[str, str]:
    """A price row's band, and how far its lower edge is from the price."""
    away = write.percent((index * step - price) / price) if price else write.UNKNOWN
    return f"{notation.price(index * step, step)}–{notation.price((index + 1) * step, step)}", away


def _map(view: MarketView, notation: Notation) -> Section:
    estimate, price = view.map, view.price.value
    nearest = nearest_rows(estimate.cells, estimate.step, price)
    rows = [
        (
            *row_edges(index, estimate.step, price, notation),
            notation.amount(estimate.cells[index].long_usd, False, True),
            notation.amount(estimate.cells[index].short_usd, False, True),
            _swept(estimate.cells[index].swept_at_ms),
        )
        for index in nearest
    ]
    more = len(estimate.cells) - len(rows)
    note = map_note(estimate) + (f"; {more} rows farther away" if more else "")
    return Section("Estimated map", note, ("price", "distance", *_SIDES, "swept at"), tuple(rows))


def map_note(estimate: MapView) -> str:
    """The lens and preset of a map, how far it can be trusted, and how it was started."""
    why = f" ({estimate.confidence_why})" if estimate.confidence_why else ""
    words = [
        f"estimated, lens {estimate.lens}, preset {estimate.preset}, modelled USD (· none)",
        f"confidence {estimate.confidence}{why}",
        estimate.seeded,
        f"without {' '.join(map(write.venue_code, estimate.missing))}" if estimate.missing else "",
    ]
    return write.clean(", ".join(word for word in words if word))


def _swept(at_ms: int | None) -> str:
    return f"swept {write.clock(at_ms)[:5]}" if at_ms is not None else ""


def _clusters(view: MarketView, notation: Notation) -> Section:
    estimate = view.map
    found = (*reversed(estimate.above), *estimate.below, *estimate.swept)
    rows = [_cluster(item, view, notation) for item in found]
    note = f"modelled, lens {estimate.lens}, preset {estimate.preset}; a magnet is not a target"
    names = ("x depth", "touch 24h", "pull share", "push bp", "age", "hit record", "swept at")
    return Section("Estimated clusters", note, ("side", "band", "distance", *_SIDES, *names), tuple(rows))


def _cluster(item: EstimatedCluster, view: MarketView, notation: Notation) -> tuple[str, ...]:
    step = view.map.step
    edges = (notation.price(item.low, step), notation.price(item.high, step))
    band = band_text(item.low, item.high, step) if notation is SHORT else "–".join(edges)
    away, age = write.percent(item.distance), write.duration(view.at_ms - item.born_ms)
    if item.swept_at_ms is not None:
        held = f"{_swept(item.swept_at_ms)}, held {notation.usd(item.usd)}"
        return (item.side, band, away, *[write.NONE_SEEN] * 2, *[""] * 4, age, record_words(item.record), held)
    mass = notation.amount(item.usd, False, True)
    sides = (write.NONE_SEEN, mass) if item.side == "above" else (mass, write.NONE_SEEN)
    assumed = PARTLY if view.map.kappa is None and item.depth_ratio is not None else ""
    depth = f"{assumed}{write.ratio(item.depth_ratio)} {item.strength or ''}".rstrip()
    push = f"≈{item.push_bp[0]:.0f}–{item.push_bp[1]:.0f}" if item.push_bp is not None else write.UNKNOWN
    chances = (write.percent(item.touch, 0, signed=False), write.percent(item.pull, 0, signed=False))
    return (item.side, band, away, *sides, depth, *chances, push, age, record_words(item.record), "")


def record_words(record: Record) -> str:
    """What came of such clusters: the lift with its interval, or that it is unproven.

    >>> record_words(Record(n=44))
    'unproven (n=44)'
    """
    if record.significance == "unproven" or record.lift is None:
        return f"unproven (n={record.n})"
    interval = "" if record.low is None or record.high is None else f", {record.low:.2f} to {record.high:.2f}"
    return f"{record.significance} {record.lift:.2f}× (n={record.n}{interval})"


def _asymmetry(view: MarketView) -> Section:
    """Raw and by horizon, with what they rest on."""
    estimate, volatility = view.map, view.map.volatility
    reach = write.percent(estimate.reach, 0, signed=False)
    rows = [
        ("lens", estimate.lens, "", f"preset {estimate.preset}"),
        ("raw", signed(estimate.raw), "", f"all mass within {reach} of the price"),
        *(_horizon(item) for item in estimate.asymmetry),
    ]
    if volatility is None:
        rows.append(("volatility", write.UNKNOWN, "", "not known, so no chance of touch is"))
    else:
        how = "measured" if volatility.measured else "assumed"
        daily = write.percent(volatility.daily, 2, signed=False)
        rows.append(("volatility", daily, "", f"a day, {how}: {write.clean(volatility.source)}"))
    rows.append(("confidence", str(estimate.confidence), "", write.clean(estimate.confidence_why)))
    rows.append(_kappa(estimate))
    rows.append(("hit record", record_words(estimate.record), "", "of all its clusters"))
    if estimate.at_ms is not None:
        rows.append(("age", write.duration(view.at_ms - estimate.at_ms), "", ""))
    note = "(shorts above - longs below) / both, modelled; by horizon weighed by the chance of touch"
    return Section("Estimated asymmetry", note, ("what", "value", "reached share", "note"), tuple(rows))


def _kappa(estimate: MapView) -> tuple[str, str, str, str]:
    """What a modelled USD was worth when it was consumed, on which the strengths rest."""
    if estimate.kappa is None:
        return (
            "kappa",
            write.UNKNOWN,
            "",
            f"not measured yet: x depth with {PARTLY} and push bp rest on an assumed one",
        )
    return ("kappa", f"{estimate.kappa:.4f}", "", "USD liquidated per modelled USD consumed, measured")


def _horizon(item: Asymmetry) -> tuple[str, str, str, str]:
    share = write.percent(item.reached_share, 2, signed=False)
    horizon = f"{item.hours:g}h" if item.hours < _DAYS_FROM else f"{item.hours / 24:g}d"
    return (horizon, signed(item.reached), share, write.clean(item.words))


def signed(value: float | None) -> str:
    """An asymmetry with three digits: +0.620, −0.810, `?`."""
    if value is None or not math.isfinite(value):
        return write.UNKNOWN
    return ("−" if value < 0 else "+") + f"{abs(value):.3f}"
