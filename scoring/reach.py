"""How likely a level is touched within a horizon, and what a map's mass is worth once that is weighed in.

The probability is the reflection principle's for a price without drift: the same for a level with a cluster and without
one. That clusters attract is not part of it; whether they do is for a hit record to show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, erfc, isfinite, log, sqrt

from scoring.settings import ReachSettings
from scoring.view import Grade
from scoring.view.estimated import Asymmetry

DISCRETE_SHIFT = 0.5826
"""How many step deviations a level seems further away to a price that is looked at in steps (Broadie and others)."""
_SLICES = 128
"""A band's mean probability is taken over at most so many equal slices: good to four digits for tens of percent."""
_SLICES_LEAST = 4
"""And over at least so many."""
_SLICE = 1 / 640
"""Between these a slice is this share of the price: 128 of them are a band of 20 %."""


@dataclass(frozen=True, slots=True)
class Mass:
    """Estimated liquidations spread evenly over a price band; a single price where `low` equals `high`. USD."""

    low: float
    high: float
    usd: float


@dataclass(frozen=True, slots=True)
class ReachedAsymmetry:
    """Shorts above against longs below, each weighed by its chance of being touched within `days`.

    `value` is (shorts - longs) / (shorts + longs), -1 to +1; None where no mass is in reach at all. `reached_share` is
    the part of the whole mass that is expected to be touched.
    """

    days: float
    value: float | None
    long_usd: float
    short_usd: float
    reached_share: float


@dataclass(frozen=True, slots=True)
class Magnet:
    """A level's pull within a horizon: chance of touch times mass, and its share of all levels' pull."""

    touch: float
    pull_usd: float
    share: float


def touch_probability(level: float, price: float, daily_sigma: float, days: float, step_sigma: float = 0.0) -> float:
    """The chance that the price touches `level` within `days`: 2 Phi(-(|ln(level/price)| + 0.5826 step) / sigma T^0.5).

    `daily_sigma`: standard deviation of a day's log return. `step_sigma`: that of one sampling step, 0 for a price that
    is watched continuously. Raises `ValueError` for what can't be a price, a deviation or a horizon.
    """
    if not (level > 0 and price > 0 and daily_sigma > 0 and days > 0 and isfinite(level) and isfinite(price)):
        raise ValueError(f"expected positive prices, deviation and days, found {level}, {price}, {daily_sigma}, {days}")
    distance = abs(log(level / price)) + DISCRETE_SHIFT * step_sigma
    return erfc(distance / (daily_sigma * sqrt(days)) / sqrt(2))


def edge_touch(
    low: float, high: float, price: float, daily_sigma: float, days: float, step_sigma: float = 0.0
) -> float:
    """The chance that the price touches a band at its nearest edge; 1 where it is inside."""
    if low <= price <= high:
        return 1.0
    return touch_probability(low if low > price else high, price, daily_sigma, days, step_sigma)


def mean_touch(mass: Mass, price: float, daily_sigma: float, days: float, step_sigma: float = 0.0) -> float:
    """The mean chance of touch over an evenly filled band."""
    width = mass.high - mass.low
    if width <= 0:
        return touch_probability(mass.low, price, daily_sigma, days, step_sigma)
    slices = min(_SLICES, max(_SLICES_LEAST, ceil(width / mass.low / _SLICE)))
    places = (mass.low + (slice_ + 0.5) / slices * width for slice_ in range(slices))
    return sum(touch_probability(place, price, daily_sigma, days, step_sigma) for place in places) / slices


def reached_asymmetry(
    longs: Iterable[Mass],
    shorts: Iterable[Mass],
    price: float,
    daily_sigma: float,
    days: float,
    step_sigma: float = 0.0,
) -> ReachedAsymmetry:
    """The asymmetry of what is expected to be touched within `days`."""
    longs, shorts = tuple(longs), tuple(shorts)
    long = sum(mass.usd * mean_touch(mass, price, daily_sigma, days, step_sigma) for mass in longs)
    short = sum(mass.usd * mean_touch(mass, price, daily_sigma, days, step_sigma) for mass in shorts)
    return weigh(long, short, sum(mass.usd for mass in (*longs, *shorts)), days)


def weigh(long_usd: float, short_usd: float, whole_usd: float, days: float) -> ReachedAsymmetry:
    """The asymmetry of what is expected to be touched of both sides, out of the whole mass."""
    both = long_usd + short_usd
    value = (short_usd - long_usd) / both if both > 0 else None
    return ReachedAsymmetry(days, value, long_usd, short_usd, both / whole_usd if whole_usd > 0 else 0.0)


def read_asymmetry(found: ReachedAsymmetry, settings: ReachSettings) -> Asymmetry:
    """What is shown of it: the value, and in words which side dominates or that it is out of reach."""
    out = found.value is None or found.reached_share < settings.reached_least
    words = "out of reach" if out or found.value is None else describe(found.value, settings)
    return Asymmetry(found.days * 24, found.value, found.reached_share, words)


def magnets(
    masses: Sequence[Mass], price: float, daily_sigma: float, days: float, step_sigma: float = 0.0
) -> tuple[Magnet, ...]:
    """Each level's pull, in the order given."""
    touches = [mean_touch(mass, price, daily_sigma, days, step_sigma) for mass in masses]
    pulls = [touch * mass.usd for touch, mass in zip(touches, masses, strict=True)]
    whole = sum(pulls)
    return tuple(
        Magnet(touch, pull, pull / whole if whole > 0 else 0.0) for touch, pull in zip(touches, pulls, strict=True)
    )


def describe(value: float, settings: ReachSettings) -> str:
    """An asymmetry in a word: balanced, dominant or extreme, and where to."""
    if abs(value) < settings.dominant:
        return "balanced"
    strength = "extreme" if abs(value) >= settings.extreme else "dominant"
    return f"{strength}, shorts above" if value > 0 else f"{strength}, longs below"


def grade_map(found: ReachedAsymmetry, settings: ReachSettings) -> tuple[Grade, Grade, str]:
    """Long grade, short grade and reason from the asymmetry within the entry's horizon."""
    if found.value is None or found.reached_share < settings.reached_least:
        return "warn", "warn", "out of reach: almost none of the mass is likely to be touched"
    return _towards(found.value, settings), _towards(-found.value, settings), describe(found.value, settings)


def _towards(pull: float, settings: ReachSettings) -> Grade:
    if pull >= settings.dominant:
        return "pass"
    return "fail" if pull <= -settings.extreme else "warn"
