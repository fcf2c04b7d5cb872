"""A pasted map beside liqtop's own estimate: where the heaviest bands lie, what they hold, and which way they lean."""

from collections.abc import Iterator, Sequence
from typing import get_args

from scoring.levels import balance
from scoring.view import EstimatedCluster, Lens, MapView, MarketView, Side
from tui.paste.difference import Difference, difference
from tui.paste.ladders import Taken, kinds
from tui.paste.tables import LevelRow, Understood

_NEAR = 0.0025
"""Bands closer than this share of the price are the same one. Judgement: two and a half of the map's buckets."""
_MASS = 2.0
"""Modelled masses within this factor agree. Judgement: models differ by their assumed leverage alone by so much."""
_LEAN = 0.25
"""Asymmetries within this agree. Judgement: from balanced to nearly dominant."""
_LENS_MINUTES: dict[str, float] = dict(zip(get_args(Lens), (720.0, 1440.0, 4320.0, 10080.0, 43200.0), strict=True))
_MODELLED = "both are modelled, not measured: no two maps need to agree"


def compare_map(understood: Understood, view: MarketView) -> Iterator[Difference]:
    """Differences of a pasted map and ours; nothing where one of them is missing."""
    ours, price = view.map, view.price.value
    if ours.reason or price is None:
        return
    for taken in kinds(understood):
        if taken.basis == "estimated":
            why = _reasons(understood, taken, ours)
            yield from _band("above", taken, ours, price, why)
            yield from _band("below", taken, ours, price, why)
            yield from _lean(understood, taken, ours, price, why)


def _reasons(understood: Understood, taken: Taken, ours: MapView) -> list[str]:
    """Why two maps differ, what is known to be otherwise first."""
    told = understood.estimate
    lens, preset = (told.lens, told.preset) if told is not None else ("", "")
    minutes = {row.window_minutes for row in (*taken.rows, *taken.clusters)} - {None}
    if not lens and len(minutes) == 1:
        lens = next((name for name, length in _LENS_MINUTES.items() if length in minutes), "")
    known, perhaps = [], []
    if lens and lens != ours.lens:
        known.append(f"another lens: the paste's is {lens}, ours {ours.lens}")
    elif not lens:
        perhaps.append(f"another lens: ours is {ours.lens}")
    if preset and preset != ours.preset:
        known.append(f"another leverage assumption: the paste's is {preset}, ours {ours.preset}")
    elif not preset:
        perhaps.append(f"another leverage assumption: ours is {ours.preset}, with maintenance margin and spread")
    if told is None and ours.venues:
        perhaps.append(f"the page counts other exchanges than {', '.join(ours.venues)}")
    return [*known, *perhaps, _MODELLED]


def _band(side: Side, taken: Taken, ours: MapView, price: float, why: Sequence[str]) -> Iterator[Difference]:
    """The heaviest pasted band of a side against our cluster there; where there is none, against our heaviest."""
    own = ours.above if side == "above" else ours.below
    rows = [row for row in taken.clusters or taken.rows if _usd(row, side) > 0 and _away(row, price) <= ours.reach]
    if not own or not rows:
        return
    heaviest = max(rows, key=lambda row: _usd(row, side))
    same = next((item for item in own if _overlap(heaviest, item, price)), None)
    if same is None:
        largest = max(own, key=lambda item: item.usd)
        yield difference(f"heaviest estimated band {side}", "", heaviest.price, largest.peak, why)
        return
    pasted = sum(_usd(row, side) for row in rows if _overlap(row, same, 0.0))
    if pasted > 0 and same.usd > 0 and not 1 / _MASS <= pasted / same.usd <= _MASS:
        what = f"estimated mass {side} at {same.low:,.6g}–{same.high:,.6g}"
        scale = "masses of a model are in its own scale: only their proportions compare"
        yield difference(what, "", pasted, same.usd, [scale, *why])


def _lean(
    understood: Understood, taken: Taken, ours: MapView, price: float, why: Sequence[str]
) -> Iterator[Difference]:
    """Shorts against longs near the price: as pasted, or of the pasted rows within our reach."""
    near = [row for row in taken.rows if _away(row, price) <= ours.reach]
    both = balance(sum(row.long_usd or 0.0 for row in near), sum(row.short_usd or 0.0 for row in near))
    told = understood.estimate.raw if understood.estimate is not None else None
    pasted = told if told is not None else both.asymmetry if both is not None else None
    if pasted is not None and ours.raw is not None and abs(pasted - ours.raw) > _LEAN:
        yield difference("estimated asymmetry near the price", "", pasted, ours.raw, why)


def _usd(row: LevelRow, side: Side) -> float:
    return (row.short_usd if side == "above" else row.long_usd) or 0.0


def _away(row: LevelRow, price: float) -> float:
    return abs(row.price / price - 1)


def _overlap(row: LevelRow, item: EstimatedCluster, price: float) -> bool:
    """Whether a row and a cluster meet; a `price` above 0 lets them be a little apart."""
    low, high = (row.price, row.price) if row.low is None or row.high is None else (row.low, row.high)
    return low <= item.high + _NEAR * price and high >= item.low - _NEAR * price
