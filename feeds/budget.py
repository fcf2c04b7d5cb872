"""What may still be asked of a venue: a bucket of weight that refills evenly. Time is an argument, in seconds."""

from feeds.venue import Budget


class Bucket:
    """One budget. Its start is a tenth full, so that a start-up can't spend a whole period's weight at once."""

    _START = 0.1

    def __init__(self, budget: Budget, now: float) -> None:
        self._rate = budget.weight / budget.seconds
        self._most = budget.weight
        self._left = budget.weight * self._START
        self._at = now

    def wait(self, weight: float, now: float) -> float:
        """Seconds until `weight` can be afforded, 0 where it can now; more than a full bucket waits for a full one."""
        self._refill(now)
        return max(0.0, (min(weight, self._most) - self._left) / self._rate)

    def take(self, weight: float, now: float) -> None:
        """Spend `weight`."""
        self._refill(now)
        self._left -= weight

    def _refill(self, now: float) -> None:
        self._left = min(self._most, self._left + (now - self._at) * self._rate)
        self._at = now
