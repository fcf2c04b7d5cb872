"""What the book holds and what is traded in a day, by venue: the two yardsticks that a cluster is held against."""

from collections import deque
from collections.abc import Iterable
from statistics import median

from scoring.view import DepthReading

_HOUR_MS = 3_600_000
_DAY_HOURS = 24
_LEAST_HOURS = 20
"""With fewer of a day's hours a venue's volume isn't told; a missing hour more or less changes little."""


class RestingOrders:
    """The median of what rested within 1 % over the last hour, a sample a minute, summed over venues."""

    __slots__ = ("_samples",)

    def __init__(self) -> None:
        self._samples: dict[str, deque[tuple[int, float, float]]] = {}

    def sample(self, readings: Iterable[DepthReading], now_ms: int) -> None:
        """Take what every venue's book holds at the moment; stale readings and spot are left out."""
        for reading in readings:
            if reading.market != "perp" or reading.stale:
                continue
            known = self._samples.setdefault(reading.venue, deque(maxlen=60))
            known.append((now_ms, reading.bid_usd, reading.ask_usd))
        for known in self._samples.values():
            while known and known[0][0] < now_ms - _HOUR_MS:
                known.popleft()

    @property
    def sides(self) -> tuple[float, float] | None:
        """USD of bids and of asks; None where no book was seen in the last hour."""
        rows = [known for known in self._samples.values() if known]
        if not rows:
            return None
        bids = sum(median(row[1] for row in known) for known in rows)
        asks = sum(median(row[2] for row in known) for known in rows)
        return bids, asks


class DayVolume:
    """USD traded in the last day, from closed candles of an hour, summed over the venues that have most of the day."""

    __slots__ = ("_hours",)

    def __init__(self) -> None:
        self._hours: dict[str, dict[int, float]] = {}

    def take(self, venue: str, open_ms: int, usd: float) -> None:
        """Take a closed hour in; one that is taken again replaces the first."""
        hours = self._hours.setdefault(venue, {})
        hours[open_ms // _HOUR_MS] = usd
        if len(hours) > 2 * _DAY_HOURS:
            newest = max(hours)
            for hour in [hour for hour in hours if hour <= newest - _DAY_HOURS]:
                del hours[hour]

    def usd(self, now_ms: int) -> float | None:
        """The day's volume; None where no venue has enough of the day."""
        now = now_ms // _HOUR_MS
        total = None
        for hours in self._hours.values():
            day = [usd for hour, usd in hours.items() if now - _DAY_HOURS <= hour < now]
            if len(day) >= _LEAST_HOURS:
                total = (total or 0.0) + sum(day) * _DAY_HOURS / len(day)
        return total
