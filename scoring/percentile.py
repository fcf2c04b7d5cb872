"""Where a value stands in its own history: how unusual it is for this coin, and over how long a history."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from scoring.series import Series
from scoring.settings import PercentileSettings

DAY_MS = 86_400_000
STEP_MS = 3_600_000
"""Of every hour the last reading stands for it: funding is paid every hour at most, the rest moves slowly."""
_TOLERANCE = 1e-12
"""Values this close are the same, whatever binary fractions make of 0.01 %."""


@dataclass(frozen=True, slots=True)
class Place:
    """A percentile, 0 to 100, and how much time its history spans."""

    percentile: float
    history_ms: int


def percentile(value: float, ascending: Sequence[float]) -> float:
    """The share of values below, and half of those that are the same, in percent. Raises for no values.

    >>> percentile(3.0, [1.0, 2.0, 3.0, 4.0]), percentile(1.0, [1.0, 1.0])
    (62.5, 50.0)
    """
    below = bisect_left(ascending, value - _TOLERANCE)
    same = bisect_right(ascending, value + _TOLERANCE) - below
    return 100 * (below + same / 2) / len(ascending)


def typical(places: Iterable[Place | None]) -> Place | None:
    """The median place of several exchanges, over the shortest of their histories; None without any."""
    known = [place for place in places if place is not None]
    if not known:
        return None
    return Place(median(place.percentile for place in known), min(place.history_ms for place in known))


class Past:
    """The readings of one figure by the hour, over as long as the settings keep them.

    The newest hour is not history yet: it is what stands against the others.
    """

    __slots__ = ("_newest", "_places", "_series", "_settings")

    def __init__(self, settings: PercentileSettings) -> None:
        self._settings = settings
        self._series = Series(round(settings.kept_days * DAY_MS), STEP_MS)
        self._newest = -1
        self._places: dict[int, tuple[list[float], int]] = {}

    def add(self, at_ms: int, value: float) -> None:
        """Take a reading; one of the same hour replaces it, one that is too old is left out."""
        self._series.add(at_ms, value)
        hour = at_ms // STEP_MS
        if hour != self._newest:
            self._newest = max(hour, self._newest)
            self._places.clear()

    def place(self, value: float) -> Place | None:
        """Where a value stands among the readings; None where there are too few of them, or of too short a time."""
        return self._place(value, 0)

    def place_of_change(self, change: float, span_ms: int) -> Place | None:
        """Where a relative change over `span_ms` stands among such changes at every hour; None as for `place`."""
        return self._place(change, span_ms)

    def _place(self, value: float, span_ms: int) -> Place | None:
        if span_ms not in self._places:
            self._places[span_ms] = self._history(span_ms)
        ascending, history_ms = self._places[span_ms]
        if len(ascending) < self._settings.readings_least or history_ms < self._settings.hours_least * STEP_MS:
            return None
        return Place(percentile(value, ascending), history_ms)

    def _history(self, span_ms: int) -> tuple[list[float], int]:
        """The ascending values (changes over `span_ms`, where it is not zero), and the time that they span."""
        rows = self._series.rows()
        if rows and rows[-1][0] // STEP_MS == self._newest:
            rows.pop()
        if span_ms:
            by_hour = {at_ms // STEP_MS: value for at_ms, value in rows}
            before = ((at_ms, value, by_hour.get((at_ms - span_ms) // STEP_MS, 0.0)) for at_ms, value in rows)
            rows = [(at_ms, value / earlier - 1.0) for at_ms, value, earlier in before if earlier > 0]
        if not rows:
            return [], 0
        return sorted(value for _, value in rows), rows[-1][0] - rows[0][0]
