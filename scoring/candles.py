"""Candles of one venue and interval in order of time, and what they tell of a price some time ago."""

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from math import nan

from feeds.events import Candle

LENGTHS_MS = {"1m": 60_000, "5m": 300_000, "15m": 900_000, "1h": 3_600_000, "4h": 14_400_000}
"""Lengths of the intervals that are understood."""
_KEPT = 400


@dataclass(frozen=True, slots=True, order=True)
class Bar:
    """One candle, as far as indicators need it; ordered by its open time."""

    open_ms: int
    high: float
    low: float
    close: float


class Candles:
    """The closed candles, the newest `_KEPT` of them, and when they were last refreshed."""

    __slots__ = ("_closes", "_highs", "_lows", "_times", "_unbroken", "length_ms", "refreshed_ms")

    def __init__(self, length_ms: int) -> None:
        self.length_ms = length_ms
        self.refreshed_ms = 0
        self._times = array("q")
        self._highs, self._lows, self._closes = array("d"), array("d"), array("d")
        self._unbroken: list[Bar] | None = None

    def __len__(self) -> int:
        return len(self._times)

    def take(self, candle: Candle) -> None:
        """Take a candle in; one that can still change only tells that the others are fresh."""
        self.refreshed_ms = max(self.refreshed_ms, candle.received_ms)
        if not candle.closed:
            return
        columns = (self._highs, self._lows, self._closes)
        values = (candle.high, candle.low, candle.close)
        place = bisect_left(self._times, candle.at_ms)
        if place == len(self._times) or self._times[place] != candle.at_ms:
            self._times.insert(place, candle.at_ms)
            for column in columns:
                column.insert(place, nan)
        elif tuple(column[place] for column in columns) == values:
            return
        for column, value in zip(columns, values, strict=True):
            column[place] = value
        self._forget()

    def _forget(self) -> None:
        for column in (self._times, self._highs, self._lows, self._closes):
            del column[:-_KEPT]
        self._unbroken = None

    def unbroken(self) -> list[Bar]:
        """The newest candles without a hole between them, oldest first: the same list until a candle changes."""
        if self._unbroken is None:
            times = self._times
            start = max(len(times) - 1, 0)
            while start > 0 and times[start] - times[start - 1] == self.length_ms:
                start -= 1
            rows = zip(times[start:], self._highs[start:], self._lows[start:], self._closes[start:], strict=True)
            self._unbroken = [Bar(*row) for row in rows]
        return self._unbroken

    def is_fresh(self, now_ms: int, limit_ms: float) -> bool:
        """Whether they were refreshed within `limit_ms`, and the newest one is not overdue by more than that."""
        if not self._times or now_ms - self.refreshed_ms > limit_ms:
            return False
        return now_ms - (self._times[-1] + 2 * self.length_ms) <= limit_ms

    def price_at(self, at_ms: int) -> float | None:
        """The close nearest to a time; None where none is within half a candle of it."""
        times, open_ms = self._times, at_ms - self.length_ms
        place = bisect_left(times, open_ms)
        if place == len(times) or (place > 0 and open_ms - times[place - 1] <= times[place] - open_ms):
            place -= 1
        if place < 0 or 2 * abs(times[place] - open_ms) > self.length_ms:
            return None
        return self._closes[place]
