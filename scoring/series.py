"""A value over the last day: history and live readings merged in order, and what it was an hour or a day ago."""

from array import array
from bisect import bisect_left


class Series:
    """Readings by time over `kept_ms`, of every step of `step_ms` the last: a socket may repeat a value every moment.

    A reading of a known time replaces it; one that is older than `kept_ms` before the newest is left out.
    """

    __slots__ = ("_kept_ms", "_step_ms", "_times", "_values")

    def __init__(self, kept_ms: int, step_ms: int) -> None:
        self._kept_ms = kept_ms
        self._step_ms = step_ms
        self._times = array("q")
        self._values = array("d")

    def __len__(self) -> int:
        return len(self._times)

    def add(self, at_ms: int, value: float) -> None:
        """Put a reading in its place."""
        times = self._times
        if times and at_ms < times[-1] - self._kept_ms:
            return
        step = at_ms // self._step_ms
        place = bisect_left(times, step * self._step_ms)
        if place == len(times) or times[place] // self._step_ms != step:
            times.insert(place, at_ms)
            self._values.insert(place, value)
        elif at_ms >= times[place]:
            times[place] = at_ms
            self._values[place] = value
        gone = bisect_left(times, times[-1] - self._kept_ms)
        if gone:
            del times[:gone]
            del self._values[:gone]

    def rows(self) -> list[tuple[int, float]]:
        """All readings with their times, oldest first."""
        return list(zip(self._times, self._values, strict=True))

    @property
    def last(self) -> tuple[int, float] | None:
        """The newest reading and its time."""
        return (self._times[-1], self._values[-1]) if self._times else None

    def near(self, at_ms: int, tolerance_ms: int) -> float | None:
        """The reading closest to a time, the earlier of two; None where none is within `tolerance_ms` of it."""
        times = self._times
        place = bisect_left(times, at_ms)
        if place == len(times) or (place > 0 and at_ms - times[place - 1] <= times[place] - at_ms):
            place -= 1
        if place < 0 or abs(times[place] - at_ms) > tolerance_ms:
            return None
        return self._values[place]

    def change(self, span_ms: int, tolerance_ms: int) -> float | None:
        """The newest reading against that of `span_ms` before, as a fraction; None without such a reading."""
        last = self.last
        before = None if last is None else self.near(last[0] - span_ms, tolerance_ms)
        if last is None or before is None or before <= 0:
            return None
        return last[1] / before - 1.0

    def difference(self, span_ms: int, tolerance_ms: int) -> float | None:
        """The newest reading less that of `span_ms` before; None without such a reading."""
        last = self.last
        before = None if last is None else self.near(last[0] - span_ms, tolerance_ms)
        return None if last is None or before is None else last[1] - before
