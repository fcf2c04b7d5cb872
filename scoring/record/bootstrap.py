"""Intervals from resampled days: whole days are drawn, because what happens within one is not independent.

The draws come from outside: there is no chance in here.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from scoring.map.grid import Array

Draws = NDArray[np.int64]
"""One row per resample: as many numbers of days as there are days."""


def resampled(days: Sequence[Sequence[float]], draws: Draws, statistic: Callable[[Array], Array]) -> Array:
    """The statistic of each resample. `days`: sums by day; `statistic` gets the resamples' sums, a row each."""
    sums = np.asarray(days, dtype=np.float64)
    counts = np.zeros((len(draws), len(sums)))
    for number, draw in enumerate(draws):
        counts[number] = np.bincount(draw, minlength=len(sums))
    return statistic(counts @ sums)


def interval(values: Array, coverage: float = 0.95) -> tuple[float, float] | None:
    """The middle `coverage` of the finite values; None where there are none."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return None
    low, high = np.quantile(finite, ((1 - coverage) / 2, (1 + coverage) / 2))
    return float(low), float(high)


def ratio(top: int, bottom: int) -> Callable[[Array], Array]:
    """The statistic that divides one column's sum by another's; nan where that is 0."""

    def statistic(sums: Array) -> Array:
        return quotient(sums[:, top], sums[:, bottom])

    return statistic


def quotient(top: Array, bottom: Array) -> Array:
    """One resampled figure over another; nan or infinite where that is 0, which `interval` leaves out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Array = top / bottom
    return found
