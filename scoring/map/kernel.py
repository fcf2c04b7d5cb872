"""Where the positions of one entry are liquidated: a spread of distances for every leverage mix.

Real positions rarely sit on the textbook line (only one in five within a tenth of it: added margin, funding, tiers), so
each leverage is a lognormal around its textbook distance in the logarithm of the price. The entry is anywhere in its
bucket. A kernel of one side sums to 1 over all distances; what lies beyond the grid is missing from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import erf, exp, log, log1p, sqrt

import numpy as np

from feeds.events import Position
from feeds.tiers import MarginTier
from scoring.map.grid import BUCKETS, Array
from scoring.margin import PLAIN, RULES, MarginRule, liquidation_distance
from scoring.settings.map import MapSettings
from scoring.view.estimated import Preset

LEVERAGES = (5.0, 10.0, 25.0, 50.0, 100.0)
"""What a preset mixes. A higher one than the venue allows counts at the venue's highest."""
PRESETS: tuple[Preset, ...] = ("observed", "retail", "flat", "untilted")
_NEAREST = 5e-4
"""No textbook distance is taken as nearer than this: the margin of such a position hardly covers its maintenance."""


@dataclass(frozen=True, slots=True, eq=False)
class Kernels:
    """The kernels of a venue for some presets.

    `running`: float64 of shape (presets, 2, 2 * BUCKETS): the running sum over the distance from the entry's bucket, in
    buckets from -BUCKETS to BUCKETS - 1; longs first, then shorts. `tilts`: shape (presets, 2): how much more of a side
    is levered at a wholly one-sided taker flow.
    """

    running: Array
    tilts: Array

    def spread(self, runs: Sequence[tuple[int, int, float]]) -> Array:
        """What entries become: shape (presets, 2, BUCKETS), summing to 1 for each preset and side but for the edges.

        `runs` are (first, last, weight): entries spread evenly over these places of the grid.
        """
        total = sum(run[2] for run in runs)
        found = np.zeros((*self.running.shape[:2], BUCKETS))
        for first, last, weight in runs:
            low, high = (min(max(place, 0), BUCKETS - 1) for place in (first, last))
            part = self.running[:, :, BUCKETS - low : 2 * BUCKETS - low]
            part = part - self.running[:, :, BUCKETS - 1 - high : 2 * BUCKETS - 1 - high]
            part *= weight / (total * (high - low + 1))
            found += part
        return np.maximum(found, 0.0, out=found)


@lru_cache(maxsize=64)
def kernels(venue: str, tier: MarginTier | None, presets: tuple[Preset, ...], settings: MapSettings) -> Kernels:
    """The kernels for a venue's rule and the tier of small positions there (None: not known)."""
    rule = RULES.get(venue, PLAIN)
    rate = settings.maintenance_rate if tier is None else tier.maintenance_rate
    most = settings.most_leverage if tier is None else tier.max_leverage
    mixes = settings.mix
    by_preset = {"observed": mixes.observed, "retail": mixes.retail, "flat": mixes.flat, "untilted": mixes.observed}
    rows = np.zeros((len(presets), 2, 2 * BUCKETS))
    for i, preset in enumerate(presets):
        weights = by_preset[preset]
        for leverage, weight in zip(LEVERAGES, weights, strict=True):
            textbook = min(leverage, most)
            longs = _unit(_log_distance("long", textbook, rate, rule), settings.spread, settings.bucket)
            shorts = _unit(_log_distance("short", textbook, rate, rule), settings.spread, settings.bucket)
            rows[i, 0, 1 : BUCKETS + 1] += weight / sum(weights) * longs[::-1]
            rows[i, 1, BUCKETS:] += weight / sum(weights) * shorts
    tilts = np.array([[0.0, 0.0] if name == "untilted" else [settings.tilt, -settings.tilt] for name in presets])
    return Kernels(np.cumsum(rows, axis=2), tilts)


def _log_distance(position: Position, leverage: float, rate: float, rule: MarginRule) -> float:
    distance = max(liquidation_distance(position, leverage, rate, rule) or 0.0, _NEAREST)
    return -log1p(-distance) if position == "long" else log1p(distance)


@lru_cache(maxsize=512)
def _unit(median: float, spread: float, bucket: float) -> Array:
    """The share of positions 0, 1, .. BUCKETS - 1 buckets from the entry's bucket; their sum is 1 without an edge."""
    sums = np.array([_integral(j * bucket / median, spread) for j in range(BUCKETS + 1)]) * (median / bucket)
    unit = np.empty(BUCKETS)
    unit[0] = sums[1]
    unit[1:] = sums[2:] - 2 * sums[1:-1] + sums[:-2]
    return np.maximum(unit, 0.0)


def _integral(x: float, spread: float) -> float:
    """The integral from 0 to x of the lognormal's distribution function, median 1."""
    if x <= 0:
        return 0.0
    z = log(x) / spread
    return x * _normal(z) - exp(spread * spread / 2) * _normal(z - spread)


def _normal(z: float) -> float:
    return (1.0 + erf(z / sqrt(2.0))) / 2.0
