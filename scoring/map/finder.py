"""Bands of a map's density: what `scoring.peaks` does for a ladder, for arrays that are searched every minute.

A gaussian of 3 buckets, then peaks that are high, stand out and lie 6 buckets apart: in a comparison of six finders on
noisy densities the one with the fewest births and deaths at full recall and precision. There a peak was 2 medians high;
an estimated map has no empty buckets, so its median is nearly as high as its peaks, and less is asked for.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from scoring.map.grid import Array
from scoring.peaks import Band
from scoring.settings import ClusterSettings
from scoring.settings.estimate import TrackerSettings

_CUT = 4.0
"""The gaussian is cut off at so many standard deviations, where 0.006 % of its weight is left."""


class Found(NamedTuple):
    """A band, and whether it is plain enough to be a new cluster, or only enough for a known one to live on."""

    band: Band
    plain: bool


@lru_cache(maxsize=8)
def _kernel(sigma: float) -> Array:
    reach = radius(sigma)
    weights: Array = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    weights /= weights.sum()
    return weights


def radius(sigma: float) -> int:
    """How many buckets to each side a gaussian of `sigma` buckets mixes in."""
    return round(_CUT * sigma)


def smooth(density: Array, sigma: float) -> Array:
    """The density under a gaussian of `sigma` buckets whose weights sum to one: a new array of the same length."""
    if not len(density):
        return density.copy()
    reach = radius(sigma)
    return np.convolve(density, _kernel(sigma))[reach : reach + len(density)]


def find(level: Array, start: int, shape: ClusterSettings, settings: TrackerSettings) -> list[Found]:
    """All bands of a smoothed density in order of place; `start` is the place of its first bucket.

    A band is told from the share `settings.hold` of the height and prominence on; from the whole on it is plain.
    """
    filled = level[level > 0]
    if len(filled) < 3:
        return []
    height = settings.height * float(np.partition(filled, len(filled) // 2)[len(filled) // 2])
    rising = level[1:] > level[:-1]
    tops = np.flatnonzero(rising[:-1] & ~rising[1:]) + 1
    if not len(tops):
        return []
    places, tall = tops.tolist(), level[tops].tolist()
    stands = _prominences(tall, [float(level[: places[0]].min()), *np.minimum.reduceat(level, tops).tolist()])
    prominence = settings.prominence * max(tall)
    order = sorted(range(len(places)), key=lambda number: -tall[number])
    kept: list[int] = []
    for number in order:
        if tall[number] < settings.hold * height:
            break
        near = any(abs(places[number] - places[other]) < shape.separation for other in kept)
        if not near and stands[number] >= settings.hold * prominence:
            kept.append(number)
    kept.sort()
    values = level.tolist()
    bands = _bands(values, [places[number] for number in kept])
    return [
        Found(Band(*(start + place for place in band)), tall[number] >= height and stands[number] >= prominence)
        for number, band in zip(kept, bands, strict=True)
    ]


def _prominences(tall: Sequence[float], lows: Sequence[float]) -> list[float]:
    """How far each top stands above the higher of the lows to its sides, each up to the next top that is higher.

    `lows` are the least values before the first top, between neighbours, and after the last: one more than tops.
    """
    found = []
    for number, top in enumerate(tall):
        left, other = lows[number], number - 1
        while other >= 0 and tall[other] <= top:
            left = min(left, lows[other])
            other -= 1
        right, other = lows[number + 1], number + 1
        while other < len(tall) and tall[other] <= top:
            right = min(right, lows[other + 1])
            other += 1
        found.append(top - max(left, right))
    return found


def _bands(level: Sequence[float], peaks: Sequence[int]) -> list[Band]:
    """From each peak to where the density falls below half of it, or to the valley before the next peak."""
    bands = []
    for number, peak in enumerate(peaks):
        half = level[peak] / 2
        least = peaks[number - 1] if number else -1
        most = peaks[number + 1] if number + 1 < len(peaks) else len(level)
        first = last = peak
        while first - 1 > least and level[first - 1] >= half:
            first -= 1
        while last + 1 < most and level[last + 1] >= half:
            last += 1
        if first - 1 == least >= 0:
            first = _valley(level, least, peak) + 1
        if last + 1 == most < len(level):
            last = _valley(level, peak, most)
        bands.append(Band(first, peak, last))
    return bands


def _valley(level: Sequence[float], left: int, right: int) -> int:
    return min(range(left, right + 1), key=level.__getitem__)
