"""Quantiles of a day's sizes within one percent, from counts in logarithmic buckets (DDSketch, Masson et al. 2019)."""

from collections.abc import Mapping
from math import ceil, log

_ACCURACY = 0.01
_GAMMA = (1 + _ACCURACY) / (1 - _ACCURACY)
_LOG_GAMMA = log(_GAMMA)
_HOURS = 24


def bucket(size: float) -> int:
    """The bucket of a positive size: every size in it is within one percent of its middle."""
    return ceil(log(size) / _LOG_GAMMA)


def middle(index: int) -> float:
    """The size that stands for a bucket."""
    return float(2 * _GAMMA**index / (_GAMMA + 1))


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """The size that `share` of the counted ones don't exceed, within one percent; None where nothing was counted."""
    above = sum(counts.values())
    if not above:
        return None
    rank = share * (above - 1)
    index = 0
    for index in sorted(counts, reverse=True):
        above -= counts[index]
        if above <= rank:
            break
    return middle(index)


class DaySizes:
    """The sizes of the running hour and the 24 before it. Those under `least` are counted together, as one of them."""

    __slots__ = ("_hours", "_least", "_under", "count", "hour", "totals")

    def __init__(self, least: float) -> None:
        self._least = max(least, 1e-6)
        self._under = bucket(self._least) - 1
        self._hours: dict[int, dict[int, int]] = {}
        self.hour = 0
        self.totals: dict[int, int] = {}
        self.count = 0

    def add(self, hour: int, size: float) -> None:
        """Count a size; an hour ahead of the clock is the running one, one that has left is not counted."""
        hour = min(hour, self.hour)
        if hour < self.hour - _HOURS:
            return
        self._put(hour, self._under if size < self._least else bucket(size), 1)

    def add_small(self, count: int) -> None:
        """Count so many sizes under `least` in the running hour."""
        if count:
            self._put(self.hour, self._under, count)

    def _put(self, hour: int, index: int, count: int) -> None:
        for counts in (self._hours.setdefault(hour, {}), self.totals):
            counts[index] = counts.get(index, 0) + count
        self.count += count

    def advance(self, hour: int) -> None:
        """Move the clock to `hour`; the hours that leave are subtracted."""
        if hour <= self.hour:
            return
        self.hour = hour
        for gone in [known for known in self._hours if known < hour - _HOURS]:
            for index, count in self._hours.pop(gone).items():
                self.count -= count
                self.totals[index] -= count
                if not self.totals[index]:
                    del self.totals[index]

    def quantile(self, share: float) -> float | None:
        """The size that `share` of the day's don't exceed, within one percent; None without any or under `least`."""
        size = quantile(self.totals, share)
        return None if size is None or size < middle(self._under + 1) else size
