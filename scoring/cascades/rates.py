"""Liquidated USD of one side over time: exact in the last minute, decaying fast and slow, and the day's minutes."""

from collections import deque
from math import exp

from scoring.settings.cascades import InputRules

_DAY_MINUTES = 1440


class LastSeconds:
    """Amounts of the last `length` seconds in one-second slots: the current second and those before it. O(1) an event.

    Late events go into their own second; those older than the span are left out.
    """

    __slots__ = ("_slots", "_total", "second")

    def __init__(self, length: int) -> None:
        self._slots = [0.0] * length
        self._total = 0.0
        self.second = 0

    def add(self, second: int, amount: float) -> None:
        """Add an amount to a second."""
        if second > self.second:
            self.advance(second)
        if second > self.second - len(self._slots):
            self._slots[second % len(self._slots)] += amount
            self._total += amount

    def advance(self, second: int) -> None:
        """Let `second` be the current one; an earlier one changes nothing."""
        slots, passed = self._slots, second - self.second
        if passed <= 0:
            return
        self.second = second
        if self._total:
            for gone in range(second, second - min(passed, len(slots)), -1):
                self._total -= slots[gone % len(slots)]
                slots[gone % len(slots)] = 0.0
            if self._total < 1e-3:  # what is left of rounding is nothing
                self._total = sum(slots)

    @property
    def total(self) -> float:
        """The sum of the span."""
        return self._total


class Decaying:
    """A rate per second that forgets at a time constant. Only sums and the last time are kept."""

    __slots__ = ("_at_ms", "_ms", "_sum")

    def __init__(self, seconds: float) -> None:
        self._ms = seconds * 1000
        self._sum = 0.0
        self._at_ms = 0

    def add(self, at_ms: int, amount: float) -> None:
        """Add an amount; a late one counts as much as is left of it by now."""
        if at_ms >= self._at_ms:
            self._sum = self._sum * exp((self._at_ms - at_ms) / self._ms) + amount
            self._at_ms = at_ms
        else:
            self._sum += amount * exp((at_ms - self._at_ms) / self._ms)

    def per_second(self, now_ms: int, seen_ms: float | None = None) -> float:
        """The rate now. `seen_ms`: for how long it was fed, which makes up for what was not seen before."""
        if not self._sum:
            return 0.0
        seen = 1.0 if seen_ms is None else 1.0 - exp(-max(seen_ms, 1.0) / self._ms)
        return self._sum * exp(min(0, self._at_ms - now_ms) / self._ms) * 1000 / self._ms / seen


class DayMinutes:
    """USD of each minute of the last 24 h, and the amount that few of them exceed."""

    __slots__ = ("_minute", "_open", "_past", "_rules", "large_usd")

    def __init__(self, rules: InputRules) -> None:
        self._rules = rules
        self._past: deque[float] = deque(maxlen=_DAY_MINUTES)
        self._open = 0.0
        self._minute: int | None = None
        self.large_usd: float | None = None

    def add(self, usd: float) -> None:
        """Add USD to the running minute."""
        self._open += usd

    def turn(self, minute: int, seen: bool = True) -> None:
        """Close the minutes before `minute`. `seen` false: no feed was up, so they count for nothing."""
        if self._minute is None or minute - self._minute > _DAY_MINUTES:
            self._past.clear()
        elif minute > self._minute and seen:
            self._past.extend((self._open, *(0.0,) * (minute - self._minute - 1)))
        if self._minute is None or minute > self._minute:
            self._minute, self._open = minute, 0.0
            self.large_usd = self._large()

    def _large(self) -> float | None:
        """None before enough minutes were seen. Only the minutes that liquidated anything are put in order."""
        count = len(self._past)
        if count < self._rules.day_least_minutes:
            return None
        beyond = count - 1 - int(self._rules.day_share * (count - 1))
        busy = sorted((usd for usd in self._past if usd), reverse=True)
        return busy[beyond] if beyond < len(busy) else 0.0
