"""The time of a paced replay: runs on from where it was anchored, at so many times the recorded pace."""

from collections.abc import Callable

LONGEST_SLEEP_SECONDS = 0.05
"""How long a replay sleeps before it looks at its controls again."""
_SHORTEST_SLEEP_SECONDS = 0.001


class Pace:
    """Maps a clock (seconds) to a tape's time (UNIX ms). A rate of None or 0: it stands still between two records."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self.rate: float | None = None
        self._anchor = (0.0, 0)

    def run(self, rate: float | None, from_ms: int) -> None:
        """Run at this rate from now, and from this time of the tape."""
        self.rate = rate
        self._anchor = (self._clock(), from_ms)

    def now_ms(self, position_ms: int, next_ms: int) -> int:
        """The tape's time: between the last record and the next one, where it waits."""
        if not self.rate:
            return position_ms
        wall, from_ms = self._anchor
        running = from_ms + (self._clock() - wall) * 1000 * self.rate
        return max(position_ms, min(int(running), next_ms))

    def wait_seconds(self, next_ms: int) -> float:
        """How long to sleep until the next record or the next look at the controls; 0 where the record is due."""
        if not self.rate:
            return LONGEST_SLEEP_SECONDS
        wall, from_ms = self._anchor
        left = (next_ms - from_ms) / 1000 / self.rate - (self._clock() - wall)
        return 0.0 if left <= 0 else min(max(left, _SHORTEST_SLEEP_SECONDS), LONGEST_SLEEP_SECONDS)
