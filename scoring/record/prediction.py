"""A prediction that a cluster's level will be touched, its matched controls, and its fate."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from typing import Protocol

from scoring.reach import touch_probability
from scoring.settings.record import RecordSettings
from scoring.view.estimated import Lens, Preset
from scoring.view.realised import Side

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


class Band(Protocol):
    """What a prediction needs of a cluster."""

    @property
    def identity(self) -> int: ...  # noqa: D102
    @property
    def side(self) -> Side: ...  # noqa: D102
    @property
    def low(self) -> float: ...  # noqa: D102
    @property
    def high(self) -> float: ...  # noqa: D102
    @property
    def usd(self) -> float: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Prediction:
    """That `level` is touched before `due_ms`, and two levels beside it that nothing was predicted of.

    `level` is the band's nearest edge. `chance`: of its touch by the reflection principle, from the daily deviation
    `sigma`. `mirror`: as far away on the price's other side, so equally likely. `shifted`: some buckets beside, likely
    by `shifted_chance`.
    """

    coin: str
    identity: int
    side: Side
    level: float
    chance: float
    mirror: float
    shifted: float
    shifted_chance: float
    usd: float
    price: float
    sigma: float
    at_ms: int
    due_ms: int
    lens: Lens = "24h"
    preset: Preset = "observed"

    @property
    def distance(self) -> float:
        """Of the level, a fraction of the price, negative below."""
        return self.level / self.price - 1


@dataclass(frozen=True, slots=True)
class Fate:
    """A prediction that came due, and which of the levels were touched until then; `touched_ms`: the level's time."""

    prediction: Prediction
    hit: bool
    mirror_hit: bool
    shifted_hit: bool
    touched_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """From where predictions are made: the price, the deviation of a day's log return, and how the price is sampled.

    `sampled_seconds`: how often the price is looked at between which nothing is known, 0 where highs and lows are told.
    """

    coin: str
    at_ms: int
    price: float
    sigma: float
    bucket: float
    sampled_seconds: float = 0.0
    lens: Lens = "24h"
    preset: Preset = "observed"

    def chance(self, level: float, hours: float) -> float:
        """The chance that `level` is touched within `hours`."""
        step_sigma = self.sigma * (self.sampled_seconds / 86_400) ** 0.5
        return touch_probability(level, self.price, self.sigma, hours / 24, step_sigma)


def predict(band: Band, forecast: Forecast, settings: RecordSettings) -> Prediction | None:
    """The prediction of a band, or None where chance alone nearly decides it, or the price is at or in the band."""
    price, above = forecast.price, band.side == "above"
    level = band.low if above else band.high
    if level <= price if above else level >= price:
        return None
    chance = forecast.chance(level, settings.horizon_hours)
    if not settings.least_chance <= chance <= settings.most_chance:
        return None
    shifted = _shifted(level, forecast, band.identity, settings)
    return Prediction(
        coin=forecast.coin,
        identity=band.identity,
        side=band.side,
        level=level,
        chance=chance,
        mirror=price * price / level,
        shifted=shifted,
        shifted_chance=forecast.chance(shifted, settings.horizon_hours),
        usd=band.usd,
        price=price,
        sigma=forecast.sigma,
        at_ms=forecast.at_ms,
        due_ms=forecast.at_ms + round(settings.horizon_hours * HOUR_MS),
        lens=forecast.lens,
        preset=forecast.preset,
    )


def _shifted(level: float, forecast: Forecast, identity: int, settings: RecordSettings) -> float:
    """A level some buckets nearer or further, drawn by the prediction's identity; further where nearer has no room."""
    draw = draws(identity, forecast.at_ms)
    buckets = settings.shift_least + next(draw) * (settings.shift_most - settings.shift_least)
    outward = 1 if level > forecast.price else -1
    shift = buckets * forecast.bucket
    nearer = next(draw) < 0.5 and shift < abs(log(level / forecast.price))
    return level * exp(shift * outward * (-1 if nearer else 1))


_WORD = (1 << 64) - 1


def draws(*seeds: int) -> Iterator[float]:
    """Numbers from 0 to 1 that look random but follow from the seeds (splitmix64): the same ones in every run."""
    state = 0
    for seed in seeds:
        state = _mixed((state ^ (seed & _WORD)) + 0x9E3779B97F4A7C15 & _WORD)
    while True:
        state = state + 0x9E3779B97F4A7C15 & _WORD
        yield _mixed(state) / (_WORD + 1)


def _mixed(word: int) -> int:
    word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9 & _WORD
    word = (word ^ word >> 27) * 0x94D049BB133111EB & _WORD
    return word ^ word >> 31
