"""The estimated map's two sides against each other: as they are, and weighed by each bucket's chance of touch."""

import numpy as np

from scoring.map.grid import Array, Density, bucket_of
from scoring.reach import DISCRETE_SHIFT, read_asymmetry, weigh
from scoring.settings import ReachSettings
from scoring.view.estimated import Asymmetry

_ERFC = (
    *(0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807),
    *(-0.18628806, 0.09678418, 0.37409196, 1.00002368, -1.26551223),
)
"""Numerical Recipes 6.2, `erfcc`: the complementary error function to 1.2e-7 of its value everywhere."""


def side_masses(density: Density, price: float, reach: float) -> tuple[float, float]:
    """Modelled USD of longs and of shorts within `reach` (a fraction) of the price."""
    low = max(bucket_of(price * (1 - reach), density.bucket) - density.first, 0)
    high = max(bucket_of(price * (1 + reach), density.bucket) - density.first + 1, 0)
    return float(density.longs[low:high].sum()), float(density.shorts[low:high].sum())


def raw_asymmetry(long_usd: float, short_usd: float) -> float | None:
    """(shorts - longs) / both; None where nothing is on either side."""
    both = long_usd + short_usd
    return (short_usd - long_usd) / both if both > 0 else None


def map_asymmetries(
    density: Density, price: float, daily_sigma: float, settings: ReachSettings, step_sigma: float = 0.0
) -> tuple[Asymmetry, ...]:
    """The reach-weighted asymmetry of the whole map at each horizon of the settings."""
    days = [hours / 24 for hours in settings.map_horizons_hours]
    if not days:
        return ()
    chances = touch_chances(density, price, daily_sigma, days, step_sigma)
    longs, shorts = chances @ density.longs, chances @ density.shorts
    whole = float(density.longs.sum() + density.shorts.sum())
    return tuple(
        read_asymmetry(weigh(float(longs[place]), float(shorts[place]), whole, horizon), settings)
        for place, horizon in enumerate(days)
    )


def touch_chances(
    density: Density, price: float, daily_sigma: float, days: list[float], step_sigma: float = 0.0
) -> Array:
    """The chance that the price touches the middle of each bucket within each horizon: one row a horizon.

    The same formula as `scoring.reach.touch_probability`. `daily_sigma` and `days` must be positive.
    """
    middles = (density.first + 0.5 + np.arange(len(density.longs))) * density.bucket
    away = np.abs(middles - np.log(price)) + DISCRETE_SHIFT * step_sigma
    scales = np.array([1 / (daily_sigma * np.sqrt(2 * horizon)) for horizon in days])
    return _erfc(scales[:, None] * away)


def _erfc(values: Array) -> Array:
    """Of values that are not negative."""
    inverse = 1 / (1 + values / 2)
    series = np.full_like(values, _ERFC[0])
    for factor in _ERFC[1:]:
        series *= inverse
        series += factor
    found: Array = inverse * np.exp(series - values * values)
    return found
