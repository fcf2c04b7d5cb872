"""A ladder read as a path: does each level hold more per unit of width than the one before, and is one side alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scoring.settings import LevelSettings
from scoring.view import Grade

Pace = Literal["accelerates", "sustains", "fades"]
Strength = Literal["minor", "moderate", "strong", "book-sized"]


@dataclass(frozen=True, slots=True)
class Level:
    """One row: its price and what was or would be liquidated there, USD. `width`: its height in USD of price."""

    price: float
    long_usd: float
    short_usd: float
    width: float | None = None

    @property
    def usd(self) -> float:
        """Both sides."""
        return self.long_usd + self.short_usd


@dataclass(frozen=True, slots=True)
class Step:
    """A level in the order in which it was reached.

    `width`: in USD of price, from the level before where the row states none; `per_width`: the leading side's USD per
    USD of width; `growth`: against the level before; each None where it can't be told.
    """

    level: Level
    width: float | None
    per_width: float | None
    growth: float | None
    pace: Pace | None


@dataclass(frozen=True, slots=True)
class Balance:
    """Two sides compared. `ratio`: larger by smaller, None where one is nothing; `asymmetry`: (S - L) / (S + L)."""

    long_usd: float
    short_usd: float
    ratio: float | None
    long_share: float
    asymmetry: float


def balance(long_usd: float, short_usd: float) -> Balance | None:
    """Both sides' balance; None where nothing is on either."""
    both = long_usd + short_usd
    if both <= 0:
        return None
    small, large = sorted((long_usd, short_usd))
    return Balance(
        long_usd, short_usd, large / small if small > 0 else None, long_usd / both, (short_usd - long_usd) / both
    )


def path(levels: Sequence[Level], settings: LevelSettings) -> tuple[Step, ...]:
    """The levels in the order a flush of the larger side takes them: longs downward, shorts upward.

    Growth compares the larger side's USD per width, never raw rows: a taller row holds more without being denser. The
    first level without a stated width has none. Speed and renewal are not known here, so a pace is about size alone.
    """
    down = sum(level.long_usd for level in levels) >= sum(level.short_usd for level in levels)
    ordered = sorted(levels, key=lambda level: -level.price if down else level.price)
    steps: list[Step] = []
    before: Level | None = None
    for level in ordered:
        width = level.width
        if width is None and before is not None:
            width = abs(level.price - before.price) or None
        usd = level.long_usd if down else level.short_usd
        per_width = usd / width if width else None
        earlier = steps[-1].per_width if steps else None
        growth = per_width / earlier if per_width is not None and earlier else None
        steps.append(Step(level, width, per_width, growth, _pace(growth, settings)))
        before = level
    return tuple(steps)


def _pace(growth: float | None, settings: LevelSettings) -> Pace | None:
    if growth is None:
        return None
    if growth >= settings.accelerates:
        return "accelerates"
    return "sustains" if growth >= settings.sustains else "fades"


def strength(usd: float, depth_usd: float, settings: LevelSettings) -> tuple[float, Strength]:
    """A level against the resting orders within 1 % on the side it would hit: K and its name.

    Raises `ZeroDivisionError` for an empty book.
    """
    k = usd / depth_usd
    if k >= settings.book_sized:
        return k, "book-sized"
    if k >= settings.strong:
        return k, "strong"
    return k, "moderate" if k >= settings.moderate else "minor"


def grade_realised(long_share: float, one_sided: float, exhausted: bool = False) -> tuple[Grade, Grade, str]:
    """Long grade, short grade and reason from the long side's share of what 24 h liquidated.

    One side alone is a late entry for those who follow it, and only once it is exhausted an entry against it.
    """
    against: Grade = "pass" if exhausted else "warn"
    if long_share >= one_sided:
        return against, "warn", "one-sided long flush: no long before it is exhausted, late for a short"
    if long_share <= 1 - one_sided:
        return "warn", against, "one-sided short squeeze: no short before it is exhausted, late for a long"
    return "pass", "pass", "balanced"
