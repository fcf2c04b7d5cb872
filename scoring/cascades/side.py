"""The forced orders of one side of one coin, as rates, counts and shares of their usual size."""

from scoring.cascades.rates import DayMinutes, Decaying, LastSeconds
from scoring.cascades.renewal import Growth, Renewal
from scoring.cascades.splits import Splits
from scoring.settings.cascades import InputRules

_LATE_MS = 10_000
"""An order later than this says nothing about how orders follow each other now."""


class Side:
    """One side's forced orders. Time is the caller's; each order costs a few sums."""

    __slots__ = (
        "_counts",
        "_floor_usd",
        "_rules",
        "_splits",
        "day",
        "fast",
        "last",
        "orders",
        "renewal",
        "sampled_ms",
        "slow",
    )

    def __init__(self, rules: InputRules, floor_usd: float) -> None:
        self._rules = rules
        self._floor_usd = floor_usd
        self._splits = Splits(rules.merge_ms)
        self._counts = Decaying(rules.slow_seconds)
        self.last = LastSeconds(rules.impulse_seconds)
        self.orders = LastSeconds(rules.impulse_seconds)
        self.fast = Decaying(rules.fast_seconds)
        self.slow = Decaying(rules.slow_seconds)
        self.renewal = Renewal(rules)
        self.day = DayMinutes(rules)
        self.sampled_ms: int | None = None

    def take(self, at_ms: int, now_ms: int, usd: float, key: str, sampled: bool) -> None:
        """Take a print of `now_ms` at the latest. `key`: exchange and symbol. Only complete feeds count for renewal."""
        at_ms = min(at_ms, now_ms)
        self.last.add(at_ms // 1000, usd)
        self.fast.add(at_ms, usd)
        self.slow.add(at_ms, usd)
        self.day.add(usd)
        if sampled:
            self.sampled_ms = at_ms if self.sampled_ms is None else max(self.sampled_ms, at_ms)
        if not self._splits.begins(at_ms, key):
            return
        self.orders.add(at_ms // 1000, 1.0)
        if not sampled and now_ms - at_ms <= _LATE_MS:
            self.renewal.add()
            self._counts.add(at_ms, 1.0)

    def advance(self, now_ms: int, seen_ms: float) -> None:
        """Move to a second. `seen_ms`: for how long forced orders were seen."""
        self.last.advance(now_ms // 1000)
        self.orders.advance(now_ms // 1000)
        self.renewal.advance(now_ms // 1000, self._counts.per_second(now_ms, seen_ms))

    @property
    def least_usd(self) -> float:
        """From where on a minute is large: the coin's floor, or what few minutes of its day exceed."""
        return max(self._floor_usd, self.day.large_usd or 0.0)

    def ratio(self, now_ms: int, seen_ms: float) -> float | None:
        """The fast rate in slow rates; None until the slow one is known."""
        if seen_ms < self._rules.slow_least_seconds * 1000:
            return None
        slow = self.slow.per_second(now_ms, seen_ms)
        return self.fast.per_second(now_ms) / slow if slow > 0 else 0.0

    def growth(self) -> Growth:
        """The renewal number."""
        return self.renewal.growth()

    def sampled(self, now_ms: int) -> bool:
        """Whether some of the last minute came from a feed that samples."""
        return self.sampled_ms is not None and now_ms - self.sampled_ms < self._rules.impulse_seconds * 1000
