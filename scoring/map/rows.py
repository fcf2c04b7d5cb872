"""The map on the ladder's rows, smoothed for the eye. No mass is lost and none crosses the price."""

from collections.abc import Mapping
from math import ceil, exp, floor

import numpy as np

from scoring.map.grid import Array, Density
from scoring.view.estimated import EstimatedCell

_REACH = 4.0
"""The gaussian ends after so many standard deviations."""
_MOST_ROWS = 2_000


def rows(
    density: Density,
    step: float,
    price: float,
    smoothing: float,
    swept: Mapping[int, int] | None = None,
    most: int = _MOST_ROWS,
) -> dict[int, EstimatedCell]:
    """Cells by row: row i covers [i * step, (i + 1) * step), USD, at most `most` of them and those nearest the price.

    `smoothing`: standard deviation in buckets, 0 for none. A bucket's mass goes evenly, in the logarithm of the price,
    to the rows that it overlaps. `swept`: when a bucket was consumed, by its number (`CoinMap.swept`).
    """
    longs, shorts = smoothed(density, price, smoothing)
    here = floor(price / step)
    first = max(floor(density.price(0) / step), here - most // 2, 0)
    last = min(ceil(density.price(len(longs)) / step), here + most // 2)
    edges = np.log(np.maximum(np.arange(first, last + 2) * step, 1e-300)) / density.bucket - density.first
    per_row = [np.diff(np.interp(edges, np.arange(len(side) + 1), _running(side))) for side in (longs, shorts)]
    times = _swept_rows(density, step, swept or {})
    return {
        row: EstimatedCell(max(long, 0.0), max(short, 0.0), times.get(row))
        for row, long, short in zip(range(first, last + 1), per_row[0].tolist(), per_row[1].tolist(), strict=True)
        if long > 0 or short > 0 or row in times
    }


def smoothed(density: Density, price: float, smoothing: float) -> tuple[Array, Array]:
    """Longs and shorts after a gaussian of `smoothing` buckets that is reflected at the price's bucket."""
    if smoothing <= 0:
        return density.longs, density.shorts
    here = min(max(density.place(price), 0), len(density.longs) - 1)
    reach = ceil(_REACH * smoothing)
    bell = np.exp(-0.5 * (np.arange(-reach, reach + 1) / smoothing) ** 2)
    bell /= bell.sum()
    longs, shorts = np.zeros_like(density.longs), np.zeros_like(density.shorts)
    longs[: here + 1] = _blurred(density.longs[: here + 1], bell)
    shorts[here:] = _blurred(density.shorts[here:], bell)
    return longs, shorts


def _blurred(side: Array, bell: Array) -> Array:
    found: Array = np.convolve(np.pad(side, len(bell) // 2, mode="symmetric"), bell, mode="valid")
    return found


def _running(side: Array) -> Array:
    found: Array = np.concatenate(([0.0], np.cumsum(side)))
    return found


def _swept_rows(density: Density, step: float, swept: Mapping[int, int]) -> dict[int, int]:
    """The rows that the middles of swept buckets are in, and when the last of them was swept."""
    found: dict[int, int] = {}
    for bucket, at_ms in swept.items():
        row = floor(exp((bucket + 0.5) * density.bucket) / step)
        found[row] = max(at_ms, found.get(row, 0))
    return found
