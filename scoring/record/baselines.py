"""Simpler maps from the same open interest, for the estimated one to be held against.

Naive lines put what opens at exactly 1/L of the entry. Candle colour puts it all on one side: longs where the price
rose, shorts where it fell. Both consume, shrink and fade as the estimated map does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from scoring.map.grid import Array, Density, bucket_of

_BUCKETS = 1024
_ROOM = 128
"""The window is moved when the price has drifted this many buckets from its middle."""


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """Where what opens would be liquidated: its shares by bucket, from `-reach` to `reach` around the entry's.

    `one_sided`: the candle's colour picks a side that gets all of it; otherwise both sides get the whole.
    """

    longs: Array
    shorts: Array
    one_sided: bool = False

    @property
    def reach(self) -> int:
        """How many buckets it goes to each side."""
        return len(self.longs) // 2


def naive_lines(leverages: Sequence[float], bucket: float) -> Placement:
    """Equal shares at the entry's price times 1 - 1/L and 1 + 1/L, without margin rates, fees or spread."""
    below = [round(log(1 - 1 / one) / bucket) for one in leverages]
    above = [round(log(1 + 1 / one) / bucket) for one in leverages]
    reach = max(-min(below), max(above))
    longs, shorts = np.zeros(2 * reach + 1), np.zeros(2 * reach + 1)
    for down, up in zip(below, above, strict=True):
        longs[reach + down] += 1 / len(leverages)
        shorts[reach + up] += 1 / len(leverages)
    return Placement(longs, shorts)


class BaselineMap:
    """One coin's map under one placement, moved on step by step. Half of it fades after `half_life_ms`."""

    def __init__(self, placement: Placement, bucket: float, half_life_ms: float, kappa_open: float) -> None:
        self._placement = placement
        self._bucket = bucket
        self._half_life_ms = half_life_ms
        self._kappa_open = kappa_open
        self._first = 0
        self._longs, self._shorts = np.zeros(_BUCKETS), np.zeros(_BUCKETS)
        self._coins: dict[str, float] = {}
        self._change = 0.0
        self._low, self._high = float("inf"), 0.0
        self._turned: tuple[int, float] | None = None

    def take_interest(self, venue: str, at_ms: int, coins: float) -> None:
        """A venue's open interest; the change since its last one is opened or closed when the step ends."""
        self._change += coins - self._coins.get(venue, coins)
        self._coins[venue] = coins

    def take_mark(self, price: float) -> None:
        """The price was there."""
        self._low, self._high = min(self._low, price), max(self._high, price)

    def turn_minute(self, ended_ms: int, price: float, net_taker_usd: float = 0.0) -> None:
        """End a step: consume what the price crossed, shrink, fade, and add what opened at the mean of the step."""
        self.take_mark(price)
        self._centre(price)
        low, high = (bucket_of(one, self._bucket) - self._first for one in (self._low, self._high))
        consumed = self._consume(low, high)
        interest = sum(self._coins.values()) * price
        closed = max(0.0, -self._change * price - self._kappa_open * consumed)
        kept = max(0.0, 1 - closed / interest) if interest > 0 else 1.0
        rose = True
        if self._turned is not None:
            turned_ms, before = self._turned
            kept *= 0.5 ** ((ended_ms - turned_ms) / self._half_life_ms)
            rose = price >= before
        self._longs *= kept
        self._shorts *= kept
        if self._change > 0:
            self._add(max(0, low), min(_BUCKETS - 1, high), self._change * price, rose)
            self._consume(low, high)
        self._change = 0.0
        self._turned = ended_ms, price
        self._low = self._high = price

    def density(self) -> Density:
        """The map as of the last step, a copy."""
        return Density(self._first, self._bucket, self._longs.copy(), self._shorts.copy())

    def _consume(self, low: int, high: int) -> float:
        shorts, longs = self._shorts[: max(0, high + 1)], self._longs[max(0, low) :]
        consumed = float(shorts.sum() + longs.sum())
        shorts[:] = 0
        longs[:] = 0
        return consumed

    def _add(self, low: int, high: int, usd: float, rose: bool) -> None:
        """Spread what opened evenly over the buckets that the price went through."""
        placement, reach = self._placement, self._placement.reach
        entries = range(low, high + 1)
        for entry in entries:
            start, end = max(0, entry - reach), min(_BUCKETS, entry + reach + 1)
            part = slice(start - entry + reach, end - entry + reach)
            share = usd / len(entries)
            if not placement.one_sided or rose:
                self._longs[start:end] += share * placement.longs[part]
            if not placement.one_sided or not rose:
                self._shorts[start:end] += share * placement.shorts[part]

    def _centre(self, price: float) -> None:
        """Keep the price near the middle of the window; what leaves it is forgotten."""
        middle = bucket_of(price, self._bucket)
        if self._turned is None:
            self._first = middle - _BUCKETS // 2
            return
        drift = middle - _BUCKETS // 2 - self._first
        if abs(drift) <= _ROOM:
            return
        self._longs, self._shorts = _shifted(self._longs, drift), _shifted(self._shorts, drift)
        self._first += drift


def _shifted(values: Array, by: int) -> Array:
    """The values `by` places further down, zeros where nothing was."""
    moved = np.zeros_like(values)
    if abs(by) < len(values):
        if by > 0:
            moved[:-by] = values[by:]
        else:
            moved[-by:] = values[:by]
    return moved
