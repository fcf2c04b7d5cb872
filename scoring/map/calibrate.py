"""Factors between the map and what happens, learned as it is consumed and forgotten over days.

Per USD of map consumed: how much was liquidated (only where a venue publishes every liquidation), and how much open
interest fell. Both are ratios of sums, so that a large sweep counts as much as it weighs.
"""

from collections.abc import Iterable

_DAY_MS = 86_400_000


class Factor:
    """One factor: the sums of what came of it and of what was modelled, faded by a half-life, and how many samples."""

    __slots__ = ("_half_life_ms", "at_ms", "came", "modelled", "samples")

    def __init__(self, half_life_days: float) -> None:
        self._half_life_ms = half_life_days * _DAY_MS
        self.came = self.modelled = self.samples = 0.0
        self.at_ms = 0

    def take(self, came_usd: float, modelled_usd: float, at_ms: int, weight: float = 1.0) -> None:
        """Count one moment: `modelled_usd` of the map were consumed, `came_usd` came of it. `weight`: of a sample."""
        fade = self._fade(at_ms) if self.samples else 0.0
        self.came = self.came * fade + came_usd
        self.modelled = self.modelled * fade + modelled_usd
        self.samples = self.samples * fade + weight
        self.at_ms = max(self.at_ms, at_ms)

    def sums(self, at_ms: int) -> tuple[float, float, float]:
        """(came, modelled, samples), faded to a time."""
        fade = self._fade(at_ms)
        return self.came * fade, self.modelled * fade, self.samples * fade

    def _fade(self, at_ms: int) -> float:
        return float(2.0 ** (-max(0, at_ms - self.at_ms) / self._half_life_ms))


def pooled(factors: Iterable[Factor], at_ms: int, least: float, least_samples: float) -> float | None:
    """The factor of all of them, from `least` to 1; None while too few moments are known."""
    came = modelled = samples = 0.0
    for factor in factors:
        one = factor.sums(at_ms)
        came, modelled, samples = came + one[0], modelled + one[1], samples + one[2]
    if samples < least_samples or modelled <= 0:
        return None
    return min(1.0, max(least, came / modelled))
