"""Building a venue's map from its history, a few steps at a time so that nothing else has to wait for it."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from scoring.map.interest import InterestLog
from scoring.map.kernel import Kernels
from scoring.map.path import Bars, Piece, history, with_readings
from scoring.map.venue import Ledger, VenueMap
from scoring.settings.map import MapSettings

STEPS = 150
"""Steps of one slice: some 10 ms."""


class Build:
    """One rebuild: the path and the readings as they were known when it began. `map` is None where they don't meet."""

    __slots__ = ("_rest", "map")

    def __init__(
        self,
        kernels: Kernels,
        settings: MapSettings,
        bars: Mapping[str, Bars],
        minutes: Sequence[Piece],
        log: InterestLog,
        ledger: Ledger | None = None,
    ) -> None:
        path = history(bars, minutes, settings.bucket)
        self._rest = with_readings(path, log.readings())
        self.map = VenueMap(kernels, settings, path[0].close, ledger) if path else None
        if self.map is not None:
            used = bisect_right(log.times, path[-1].at_ms)
            self.map.reading_ms = log.times[used - 1] if used else 0

    def run(self, steps: int) -> int:
        """Take so many steps; how many were left to spare, more than 0 where it is done."""
        if self.map is None:
            return steps
        while steps > 0:
            found = next(self._rest, None)
            if found is None:
                break
            self.map.step(*found)
            steps -= 1
        return steps
