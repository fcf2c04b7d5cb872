"""Verdicts from ladders: what was liquidated, level by level, and what a map says lies ahead. Never mixed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scoring.levels import Level, Step, balance, path, strength
from scoring.map_item import signed
from scoring.settings import ScoringSettings
from tui.paste import echo
from tui.paste.findings import Finding, percent, times
from tui.paste.tables import Basis, DepthRow, LevelRow, Understood

LABELLED = "labelled so"
_SHOWN = 8
_NEAREST = 3


@dataclass(frozen=True, slots=True)
class Taken:
    """Rows of one kind, and why they are taken as that kind."""

    basis: Basis
    why: str
    rows: tuple[LevelRow, ...]
    clusters: tuple[LevelRow, ...] = ()


def kinds(understood: Understood) -> tuple[Taken, ...]:
    """The level rows apart by kind: measured or modelled. Rows of a ladder count before clusters made of them."""
    found: list[Taken] = []
    kinds_told: tuple[Basis, ...] = ("realised", "estimated", "")
    for basis in kinds_told:
        told_so = [row for row in understood.levels if row.basis == basis]
        rows = [row for row in told_so if not row.cluster] or told_so
        clusters = tuple(row for row in told_so if row.cluster)
        if basis:
            told = basis == "estimated" and understood.estimate is not None
            if rows or told or any(row.basis == basis for row in understood.unplaced):
                found.append(Taken(basis, LABELLED, tuple(rows), clusters))
        elif rows or any(not row.basis for row in understood.unplaced):
            found.append(replace(_taken(rows, understood), clusters=clusters))
    return tuple(found)


def _taken(rows: Sequence[LevelRow], understood: Understood) -> Taken:
    """Whether unlabelled rows are a map: only that has longs below the price alone and shorts above it alone."""
    price = understood.price
    if any(row.long_usd and row.short_usd for row in rows):
        return Taken(
            "realised",
            "taken as realised: its rows hold both sides, a map has longs below and shorts above",
            tuple(rows),
        )
    if price is None and not understood.unplaced:
        return Taken(
            "realised", "taken as realised: nothing says that it is a map, and the price is not told", tuple(rows)
        )
    apart = all(
        (not row.long_usd or price is None or _high(row) <= price)
        and (not row.short_usd or price is None or _low(row) >= price)
        for row in rows
    )
    if apart:
        return Taken("estimated", "taken as a modelled map: longs only below the price, shorts only above", tuple(rows))
    return Taken(
        "realised", "taken as realised: longs above or shorts below the price can't be ahead of it", tuple(rows)
    )


def _usd(row: LevelRow) -> float:
    """Both sides of a row; a side that it leaves open counts for nothing in a sum."""
    return (row.long_usd or 0.0) + (row.short_usd or 0.0)


def _low(row: LevelRow) -> float:
    return row.low if row.low is not None else row.price


def _high(row: LevelRow) -> float:
    return row.high if row.high is not None else row.price


def realised_finding(taken: Taken, understood: Understood, settings: ScoringSettings) -> Finding:
    """Sums, balance, the strongest level, growth per width, and the levels nearest to the price."""
    rows, price = taken.rows, understood.price
    long, short = sum(row.long_usd or 0.0 for row in rows), sum(row.short_usd or 0.0 for row in rows)
    both = balance(long, short)
    sentences = [f"{taken.why}"]
    if both is None:
        return Finding("realised ladder", (*sentences, "nothing was liquidated in its rows"))
    least = "≥" if any(row.bounded == "at least" for row in rows) else ""
    sentences.append(
        f"long {least}{echo.money(long)}, short {least}{echo.money(short)}: {times(both.ratio)}, "
        f"A {signed(both.asymmetry)} ({'longs' if long >= short else 'shorts'} were liquidated)"
    )
    strongest = max(rows, key=_usd)
    usd = _usd(strongest)
    sentences.append(
        f"strongest level {where(strongest)}: {echo.money(usd)}, {100 * usd / (long + short):.0f} % of all"
    )
    steps = path([_level(row) for row in rows], settings.levels)
    sentences += _growth(steps)
    sentences += against_depth(max(long, short), understood.depth, long >= short, settings)
    if price is not None:
        sentences += nearest(taken.clusters or rows, price)
    last = next((step.growth for step in reversed(steps) if step.growth is not None), None)
    pace = next((step.pace for step in reversed(steps) if step.pace is not None), None)
    figures: dict[str, float | str | None] = {
        "long_usd": long, "short_usd": short, "ratio": both.ratio, "asymmetry": both.asymmetry,
        "strongest_price": strongest.price, "growth": last, "pace": pace,
    }  # fmt: skip
    return Finding("realised ladder", tuple(sentences), figures)


def _level(row: LevelRow) -> Level:
    width = row.high - row.low if row.high is not None and row.low is not None and row.high > row.low else None
    return Level(row.price, row.long_usd or 0.0, row.short_usd or 0.0, width)


def where(row: LevelRow) -> str:
    """A level's price or band as it is written."""
    if row.low is None or row.high is None:
        return echo.price(row.price)
    return f"{echo.price(row.low)}–{echo.price(row.high)}"


def _growth(steps: Sequence[Step]) -> list[str]:
    """Each level's growth against the one before it, per width; raw sums beside it where they say something else."""
    known = [step for step in steps if step.growth is not None][:_SHOWN]
    if not known:
        return []
    words = [f"{echo.price(step.level.price)} {step.growth:.2f} {step.pace}" for step in known]
    down = len(steps) > 1 and steps[0].level.price > steps[-1].level.price
    side = "long" if down else "short"
    sentences = [f"growth per USD of row width, {'downward' if down else 'upward'}: {', '.join(words)}"]
    widths = [step.width for step in steps]
    if all(width is not None and abs(width - (widths[0] or 0.0)) < 1e-6 * width for width in widths):
        return sentences
    raw = []
    for before, after in pairwise(steps):
        one, two = (
            (before.level.long_usd, after.level.long_usd) if down else (before.level.short_usd, after.level.short_usd)
        )
        raw.append(f"{two / one:.2f}" if one > 0 else "?")
    sentences = [f"growth per USD of row width, {'downward' if down else 'upward'}: {', '.join(words)}"]
    sentences.append(
        f"raw {side} sums grow by {', '.join(raw[:_SHOWN])}, which says nothing where rows differ in height"
    )
    return sentences


def against_depth(usd: float, depth: Sequence[DepthRow], long: bool, settings: ScoringSettings) -> list[str]:
    """The sum against the resting orders it hits: forced sales of longs hit bids."""
    sides = [row.bid_usd if long else row.ask_usd for row in depth if row.band_percent in (None, 1.0)]
    resting = sum(side for side in sides if side is not None)
    if resting <= 0:
        return []
    k, name = strength(usd, resting, settings.levels)
    return [f"against {echo.money(resting)} of {'bids' if long else 'asks'} within 1 %: K {k:.2g}, {name}"]


def nearest(rows: Sequence[LevelRow], price: float) -> list[str]:
    """The levels nearest to the price on either side, with their distance and their share."""
    whole = sum(map(_usd, rows)) or 1.0
    sentences = []
    for side, beyond in (
        ("above", [row for row in rows if row.price > price]),
        ("below", [row for row in rows if row.price <= price]),
    ):
        ordered = sorted(beyond, key=lambda row: abs(row.price - price))[:_NEAREST]
        words = [
            f"{where(row)} ({percent(row.price / price - 1)}) {echo.money(_usd(row))}, {100 * _usd(row) / whole:.0f} %"
            for row in ordered
        ]
        sentences.append(
            f"nearest {side} {echo.price(price)}: {'; '.join(words)}"
            if words
            else f"nothing {side} {echo.price(price)}"
        )
    return sentences
