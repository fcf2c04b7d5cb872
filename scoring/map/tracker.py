"""Clusters of one coin's estimated map over time: an identity lives on while its peak drifts, until the price takes it.

Longs and shorts are searched separately, each on its own side of the price, so no cluster changes its side.
"""

from collections import deque

from scoring.map.grid import Density
from scoring.map.strength import MassHistory
from scoring.map.tracks import SideTracks, Tracked
from scoring.settings import ClusterSettings
from scoring.settings.estimate import StrengthSettings, TrackerSettings

_HOUR_MS = 3_600_000


class Tracker:
    """The clusters of one coin under one lens and preset. `update` once a minute, `sweep` as often as wanted."""

    __slots__ = ("_next", "_settings", "_sides", "_swept", "_updated_ms", "masses")

    def __init__(
        self, settings: TrackerSettings, strength: StrengthSettings, shape: ClusterSettings | None = None
    ) -> None:
        shape = shape or ClusterSettings()
        self._settings = settings
        self._sides = (SideTracks("above", shape, settings), SideTracks("below", shape, settings))
        self._swept: deque[Tracked] = deque(maxlen=settings.swept_most)
        self._updated_ms: int | None = None
        self._next = 1
        self.masses = MassHistory(strength)

    def update(self, density: Density, price: float, now_ms: int, *, settle: bool = False) -> None:
        """Look for the clusters again, after `sweep` was told the range of the time since the last look.

        `density`: unsmoothed, with what the price crossed already taken out. The first look, and one with `settle` (for
        a map that was built anew), stands for itself: it neither remembers the density before nor waits for
        confirmation.
        """
        self.sweep(price, price, now_ms)
        settle = settle or self._updated_ms is None
        weight = 1.0
        if not settle and self._updated_ms is not None:
            steps = max(now_ms - self._updated_ms, 0) / (self._settings.step_seconds * 1000)
            weight = 1.0 - (1.0 - self._settings.memory) ** steps
        self._updated_ms = now_ms
        for side in self._sides:
            for track in side.update(density, price, now_ms, weight, settle):
                if not track.identity:
                    track.identity = self._next
                    self._next += 1
                self.masses.note(track.identity, track.usd, now_ms)

    def sweep(self, low: float, high: float, at_ms: int) -> None:
        """The mark was between `low` and `high`: clusters whose peak it reached are swept, others lose what it took."""
        for side, price in zip(self._sides, (high, low), strict=True):
            self._swept.extend(side.sweep(price, at_ms))

    @property
    def live(self) -> tuple[Tracked, ...]:
        """All confirmed clusters that are not swept, from the lowest to the highest."""
        above, below = self._sides
        return (*below.live(), *above.live())

    def swept(self, now_ms: int) -> tuple[Tracked, ...]:
        """The clusters that were swept in the last hours, the newest first, as they were before."""
        oldest = now_ms - self._settings.swept_hours * _HOUR_MS
        return tuple(one for one in reversed(self._swept) if one.swept_at_ms is not None and one.swept_at_ms >= oldest)
