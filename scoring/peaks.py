"""Peaks of a smoothed density: how high, how prominent, how far apart, and where their bands end."""

from collections.abc import Sequence
from math import exp
from typing import NamedTuple


class Band(NamedTuple):
    """A peak's place and the first and last place of the band around it."""

    first: int
    peak: int
    last: int


def smooth(density: Sequence[float], sigma: float, radius: int) -> list[float]:
    """The density under a gaussian of `sigma` places, cut at `radius`, whose weights sum to one."""
    weights = [exp(-0.5 * (offset / sigma) ** 2) for offset in range(-radius, radius + 1)]
    total = sum(weights)
    kernel = [weight / total for weight in weights]
    smoothed = [0.0] * (len(density) + 2 * radius)
    for place, value in enumerate(density):
        if value:
            for offset, weight in enumerate(kernel, place):
                smoothed[offset] += value * weight
    return smoothed[radius : radius + len(density)]


def find_bands(density: Sequence[float], height: float, prominence: float, separation: int) -> list[Band]:
    """The bands of all peaks that are high, prominent and far enough apart, in order of place. Bands don't overlap."""
    high = [
        place
        for place in range(1, len(density) - 1)
        if density[place - 1] < density[place] >= density[place + 1] and density[place] >= height
    ]
    kept: list[int] = []
    for place in sorted(high, key=lambda place: -density[place]):
        near = any(abs(place - other) < separation for other in kept)
        if not near and _prominence(density, place) >= prominence:
            kept.append(place)
    kept.sort()
    return [_band(density, kept, position) for position in range(len(kept))]


def _prominence(density: Sequence[float], peak: int) -> float:
    top = density[peak]
    bases = []
    for places in (range(peak - 1, -1, -1), range(peak + 1, len(density))):
        base = top
        for place in places:
            if density[place] > top:
                break
            base = min(base, density[place])
        bases.append(base)
    return top - max(bases)


def _band(density: Sequence[float], peaks: Sequence[int], position: int) -> Band:
    peak = peaks[position]
    half = density[peak] / 2
    first = last = peak
    left = _valley(density, peaks[position - 1], peak) + 1 if position > 0 else 0
    while first > left and density[first - 1] >= half:
        first -= 1
    right = _valley(density, peak, peaks[position + 1]) if position + 1 < len(peaks) else len(density) - 1
    while last < right and density[last + 1] >= half:
        last += 1
    return Band(first, peak, last)


def _valley(density: Sequence[float], left: int, right: int) -> int:
    return min(range(left, right + 1), key=lambda place: density[place])
