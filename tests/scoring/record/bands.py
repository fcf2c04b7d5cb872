"""Bands and fates for the tests of the hit record."""

from dataclasses import dataclass

from scoring.record.prediction import DAY_MS, Fate, Forecast, Prediction
from scoring.view.realised import Side

NOON_MS = 1_780_056_000_000
"""2026-05-29 12:00 UTC."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A cluster, as far as predictions look at it."""

    identity: int
    side: Side
    low: float
    high: float
    usd: float = 1e6


def forecast(at_ms: int = NOON_MS, price: float = 100.0, sampled_seconds: float = 0.0) -> Forecast:
    return Forecast("BTC", at_ms, price, 0.025, 0.001, sampled_seconds)


def fate(day: int, chance: float, hit: bool, mirror_hit: bool = False, side: Side = "above") -> Fate:
    """The fate of a prediction made on a day, with the chance that it had."""
    level = 101.5 if side == "above" else 98.5
    at_ms = NOON_MS + day * DAY_MS
    prediction = Prediction(
        coin="BTC",
        identity=day,
        side=side,
        level=level,
        chance=chance,
        mirror=100 * 100 / level,
        shifted=level,
        shifted_chance=chance,
        usd=1e6,
        price=100.0,
        sigma=0.025,
        at_ms=at_ms,
        due_ms=at_ms + DAY_MS,
    )
    return Fate(prediction, hit, mirror_hit, False)
