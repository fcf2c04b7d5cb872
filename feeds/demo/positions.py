"""The leveraged positions of one coin, kept as USD by liquidation level, and what a move of the mark price sweeps."""

import math
from dataclasses import dataclass

from feeds.events import Position

WIDTH = 0.0005
"""Width of a level in log price: 5 basis points."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level that the mark price reached: which positions closed there, at which price in USD, and how much."""

    position: Position
    price: float
    usd: float


def liquidation_log_distance(position: Position, leverage: float, maintenance: float) -> float:
    """How far the log price is from the entry where an isolated linear position is liquidated; positive.

    >>> round(liquidation_log_distance("long", 50, 0.004), 4), round(liquidation_log_distance("short", 50, 0.004), 4)
    (0.0162, 0.0158)
    """
    if position == "long":
        return math.log((1 - maintenance) / (1 - 1 / leverage))
    return math.log((1 + 1 / leverage) / (1 + maintenance))


class PositionBook:
    """Open positions by level. `long_usd` and `short_usd` are what stands on either side."""

    def __init__(self) -> None:
        self._longs: dict[int, float] = {}
        self._shorts: dict[int, float] = {}
        self.long_usd = 0.0
        self.short_usd = 0.0

    def open(self, position: Position, log_level: float, log_mark: float, usd: float) -> None:
        """Add a position that is liquidated at `log_level`; one that would be at once is not opened."""
        if position == "long" and log_level < log_mark:
            level = math.floor(log_level / WIDTH)
            self._longs[level] = self._longs.get(level, 0.0) + usd
            self.long_usd += usd
        elif position == "short" and log_level > log_mark:
            level = math.ceil(log_level / WIDTH)
            self._shorts[level] = self._shorts.get(level, 0.0) + usd
            self.short_usd += usd

    def sweep(self, before: float, after: float) -> list[Level]:
        """Close what the mark price met between two log prices, in the order in which it was met."""
        if after < before:
            levels = range(math.floor(before / WIDTH), math.ceil(after / WIDTH) - 1, -1)
            hit = [(level, self._longs.pop(level)) for level in levels if level in self._longs]
            if not hit:
                return []
            self.long_usd -= sum(usd for _, usd in hit)
            return [Level("long", math.exp(level * WIDTH), usd) for level, usd in hit]
        levels = range(math.ceil(before / WIDTH), math.floor(after / WIDTH) + 1)
        hit = [(level, self._shorts.pop(level)) for level in levels if level in self._shorts]
        if not hit:
            return []
        self.short_usd -= sum(usd for _, usd in hit)
        return [Level("short", math.exp(level * WIDTH), usd) for level, usd in hit]

    def keep(self, share: float, least_usd: float) -> None:
        """Close positions by choice: `share` of each level stays, levels under `least_usd` go."""
        self._longs = {level: usd * share for level, usd in self._longs.items() if usd > least_usd}
        self._shorts = {level: usd * share for level, usd in self._shorts.items() if usd > least_usd}
        self.long_usd = math.fsum(self._longs.values())
        self.short_usd = math.fsum(self._shorts.values())
