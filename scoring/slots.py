"""Equal slots of time in a ring: the price, what takers bought less sold, and what was liquidated in each of them."""

from array import array
from functools import cache
from math import isnan, nan


@cache
def _column(value: float, kept: int) -> "array[float]":
    """To be copied, which is faster than to fill one."""
    return array("d", [value]) * kept


class Slots:
    """The newest `kept` slots of `step_ms`, by number: a slot's number is its start over `step_ms`.

    `last`, `low`, `high` and `funding` are NaN where nothing is known. `spot` and `perp`: takers' buys less sells,
    `forced`: liquidated longs and shorts of the slots that have any; millionths of a USD. `version` counts changes of
    slots that were over. What is ahead of the clock belongs to the running slot.
    """

    __slots__ = ("forced", "funding", "high", "kept", "last", "low", "number", "perp", "spot", "step_ms", "version")

    def __init__(self, step_ms: int, kept: int, number: int = 0) -> None:
        self.step_ms = step_ms
        self.kept = kept
        self.number = number
        self.version = 0
        unknown, nothing = _column(nan, kept), _column(0.0, kept)
        self.last, self.low, self.high, self.funding = unknown[:], unknown[:], unknown[:], unknown[:]
        self.spot, self.perp = nothing[:], nothing[:]
        self.forced: dict[int, list[int]] = {}

    def turn(self, number: int) -> None:
        """Move on to a slot; those that come into the ring on the way are empty."""
        if number <= self.number:
            return
        for new in range(max(self.number + 1, number - self.kept + 1), number + 1):
            place = new % self.kept
            self.last[place] = self.low[place] = self.high[place] = self.funding[place] = nan
            self.spot[place] = self.perp[place] = 0.0
        self.number = number
        for gone in [old for old in self.forced if old <= self.number - self.kept]:
            del self.forced[gone]

    def _place(self, at_ms: int) -> int | None:
        """Where the slot of a time is; None where it has left the ring."""
        number = min(at_ms // self.step_ms, self.number)
        if number <= self.number - self.kept:
            return None
        self.version += number != self.number
        return number % self.kept

    def _places(self, first: int, end: int) -> list[int]:
        kept = range(max(first, self.number - self.kept + 1), min(end, self.number + 1))
        return [number % self.kept for number in kept]

    def settle(self, price: tuple[float, float, float] | None, spot: int, perp: int) -> None:
        """Add to the running slot: its last, lowest and highest price where it was seen, and its flow."""
        place = self.number % self.kept
        if price is not None:
            last, low, high = price
            fresh = isnan(self.last[place])
            self.last[place] = last
            if fresh or low < self.low[place]:
                self.low[place] = low
            if fresh or high > self.high[place]:
                self.high[place] = high
        if spot:
            self.spot[place] += spot
        if perp:
            self.perp[place] += perp

    def set_price(self, number: int, last: float, low: float, high: float) -> None:
        """Replace what is known of a slot that is over; the running one is widened by it."""
        if self.number - self.kept < number < self.number:
            place = number % self.kept
            self.last[place], self.low[place], self.high[place] = last, low, high
            self.version += 1
        elif number == self.number:
            self.settle((last, low, high), 0, 0)

    def add_flow(self, at_ms: int, is_perp: bool, amount: int) -> None:
        """Add what takers bought (positive) or sold."""
        if (place := self._place(at_ms)) is not None:
            (self.perp if is_perp else self.spot)[place] += amount

    def add_forced(self, at_ms: int, side: int, amount: int) -> None:
        """Add what was liquidated: side 0 long, 1 short."""
        if self._place(at_ms) is not None:
            self.forced.setdefault(min(at_ms // self.step_ms, self.number), [0, 0])[side] += amount

    def range_of(self, first: int, end: int) -> tuple[float, float, float] | None:
        """Last, lowest and highest price of the slots from `first` up to, without, `end`; None where none is known."""
        known = [place for place in self._places(first, end) if not isnan(self.last[place])]
        if not known:
            return None
        return self.last[known[-1]], min(self.low[place] for place in known), max(self.high[place] for place in known)

    def funding_of(self, first: int, end: int) -> float | None:
        """The last funding rate per 8 h of these slots; None where none is known."""
        rates = [self.funding[place] for place in self._places(first, end)]
        return next((rate for rate in reversed(rates) if not isnan(rate)), None)

    def flows_of(self, first: int, end: int) -> tuple[float, float]:
        """Spot and perpetual flow of these slots."""
        places = self._places(first, end)
        return sum(self.spot[place] for place in places), sum(self.perp[place] for place in places)

    def forced_of(self, first: int, end: int) -> tuple[int, int]:
        """Liquidated longs and shorts of these slots."""
        found = [self.forced[number] for number in range(first, end) if number in self.forced]
        return sum(pair[0] for pair in found), sum(pair[1] for pair in found)
