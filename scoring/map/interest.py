"""One venue's open interest in coins over a month: every minute of the last hours, thinned out with age."""

from array import array
from bisect import bisect_left

MINUTE_MS = 60_000
_THINNING = ((2 * 3_600_000, 5 * MINUTE_MS), (2 * 86_400_000, 60 * MINUTE_MS))
"""Readings older than the first are kept one in so many milliseconds."""
_KEPT_MS = 31 * 86_400_000
_THIN_EVERY = 120


class InterestLog:
    """Readings by time, the last of each minute."""

    __slots__ = ("_since_thinned", "coins", "times")

    def __init__(self) -> None:
        self.times = array("q")
        self.coins = array("d")
        self._since_thinned = 0

    def take(self, at_ms: int, coins: float) -> bool:
        """Take a reading in; whether it stands where nothing was known for some minutes, before others."""
        times = self.times
        minute_ms = (at_ms - 1) // MINUTE_MS * MINUTE_MS + 1  # what is told on the minute ends one
        place = len(times) if not times or minute_ms > times[-1] else bisect_left(times, minute_ms)
        if place < len(times) and times[place] < minute_ms + MINUTE_MS:
            if (at_ms, coins) > (times[place], self.coins[place]):
                times[place], self.coins[place] = at_ms, coins
            return False
        fills = place < len(times) and (place == 0 or times[place] - times[place - 1] > 4 * MINUTE_MS)
        times.insert(place, at_ms)
        self.coins.insert(place, coins)
        self._since_thinned += 1
        return fills

    def thin(self) -> None:
        """Forget what is too old or closer together than its age deserves, now and then."""
        if self._since_thinned < _THIN_EVERY:
            return
        self._since_thinned = 0
        newest, kept = self.times[-1], array("q")
        last_step: tuple[int, int] | None = None
        for place, at_ms in enumerate(self.times):
            age = newest - at_ms
            if age > _KEPT_MS:
                continue
            step_ms = next((step for least, step in reversed(_THINNING) if age > least), MINUTE_MS)
            step = (at_ms - 1) // step_ms
            if last_step == (step_ms, step):
                kept.pop()
            kept.append(place)
            last_step = (step_ms, step)
        self.times = array("q", (self.times[place] for place in kept))
        self.coins = array("d", (self.coins[place] for place in kept))

    def readings(self) -> list[tuple[int, float]]:
        """All of them, oldest first."""
        return list(zip(self.times, self.coins, strict=True))
