"""The price second by second: moves of the last two minutes against the usual volatility of a minute."""

from math import log, sqrt

from scoring.settings.cascades import InputRules

SPAN = 120
_LENGTH = SPAN + 1
_DAY_MINUTES = 1440
_LONGEST_GAP = 60
"""A price that was missing for longer tells nothing of the moves in between."""


class Moves:
    """Logarithms of the price, one a second. A second without a price repeats the one before it."""

    __slots__ = ("_minute", "_minute_price", "_minutes", "_rules", "_seeded", "_slots", "_variance", "filled", "second")

    def __init__(self, rules: InputRules) -> None:
        self._rules = rules
        self._slots = [0.0] * _LENGTH
        self.filled = 0
        self.second = 0
        self._variance = 0.0
        self._minutes = 0
        self._seeded = False
        self._minute = 0
        self._minute_price = 0.0

    def seed(self, daily: float) -> None:
        """Go by a measured standard deviation of a day's log return, as from candles; once, and only until one's own
        minutes tell it."""
        if not self._seeded and self._minutes < self._rules.volatility_least_minutes:
            self._variance = daily * daily / _DAY_MINUTES
            self._seeded = True

    def take(self, second: int, price: float) -> None:
        """The price of a second; of an earlier one than the last nothing changes."""
        value = log(price)
        passed = second - self.second
        if self.filled and passed < 0:
            return
        slots = self._slots
        if not self.filled or passed > _LONGEST_GAP:
            self.filled, self._minute, self._minute_price = 1, second // 60, value
        else:
            before = slots[self.second % _LENGTH]
            for between in range(self.second + 1, second):
                slots[between % _LENGTH] = before
            self.filled = min(self.filled + passed, _LENGTH)
        self.second = second
        slots[second % _LENGTH] = value
        if second // 60 > self._minute:
            self._turn(second // 60, value)

    def _turn(self, minute: int, value: float) -> None:
        """Fold a minute's return into the usual variance: plainly averaged at first, then forgetting."""
        passed = minute - self._minute
        squared = (value - self._minute_price) ** 2 / passed
        self._minutes += passed
        weight = 1 - 0.5 ** (passed / (60 * self._rules.volatility_half_life_hours))
        self._variance += (squared - self._variance) * (weight if self._seeded else max(weight, 1 / self._minutes))
        self._minute, self._minute_price = minute, value

    def over(self, seconds: int) -> float | None:
        """The log return of so many seconds, at most 120; None before they were seen."""
        if self.filled <= seconds:
            return None
        return self._slots[self.second % _LENGTH] - self._slots[(self.second - seconds) % _LENGTH]

    @property
    def sigma(self) -> float | None:
        """The usual deviation of a minute's log return; None before it is known."""
        known = self._seeded or self._minutes >= self._rules.volatility_least_minutes
        return sqrt(self._variance) if known and self._variance > 0 else None

    @property
    def last(self) -> float:
        """The logarithm of the last price."""
        return self._slots[self.second % _LENGTH]

    def origin(self, sign: int, seconds: int = SPAN) -> tuple[float, int]:
        """Where a run in the direction of `sign` began: the latest opposite extreme, a logarithm, and how long ago."""
        reach = min(seconds + 1, self.filled)
        values = [self._slots[(self.second - ago) % _LENGTH] for ago in range(reach)]
        extreme = min(values) if sign > 0 else max(values)
        return extreme, values.index(extreme)
