"""How far the price moves in a day: an exponential average of squared log returns, and where it comes from.

Own returns of five minutes come first, candles of 15 minutes before there are enough of them, an assumption last.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import log, sqrt

from scoring.candles import Bar
from scoring.settings.estimate import VolatilitySettings
from scoring.view.estimated import Volatility

_DAY_MS = 86_400_000
_HOUR_MS = 3_600_000
_ROUNDING = 1e-9
_STEP_MS = 300_000
"""Returns are taken over five minutes: the step for which the half-life was tested."""


class SquaredReturns:
    """The average squared log return over steps of a given length; older ones count half after the half-life.

    Weights are normalised by their sum, so a young average is not drawn to where it began.
    """

    __slots__ = ("_fade", "_squares", "_weights", "length_ms", "newest_ms")

    def __init__(self, length_ms: int, settings: VolatilitySettings) -> None:
        self.length_ms = length_ms
        self._fade: float = 0.5 ** (length_ms / (settings.half_life_hours * _HOUR_MS))
        self._squares = self._weights = 0.0
        self.newest_ms = 0

    def add(self, before: float, after: float, at_ms: int) -> None:
        """Take the return from one price to the next in; `at_ms`: the time of the later one. Prices are positive."""
        fade = self._fade ** (max(0, at_ms - self.newest_ms) / self.length_ms) if self._weights else 1.0
        self._squares = self._squares * fade + log(after / before) ** 2
        self._weights = self._weights * fade + 1.0
        self.newest_ms = at_ms

    def covers(self, hours: float) -> bool:
        """Whether what is known weighs as much as unbroken returns over the last so many hours would."""
        steps = hours * _HOUR_MS / self.length_ms
        unbroken: float = (1 - self._fade**steps) / (1 - self._fade)
        return self._weights >= unbroken * (1 - _ROUNDING)

    @property
    def daily(self) -> float:
        """Standard deviation of a day's log return, as if steps were independent; 0 before the first return."""
        if not self._weights:
            return 0.0
        return sqrt(self._squares / self._weights * _DAY_MS / self.length_ms)


class PriceSteps:
    """One coin's own returns of five minutes, from the prices it is shown each minute."""

    __slots__ = ("_price", "_slot", "returns")

    def __init__(self, settings: VolatilitySettings) -> None:
        self.returns = SquaredReturns(_STEP_MS, settings)
        self._slot: int | None = None
        self._price = 0.0

    def take(self, at_ms: int, price: float) -> None:
        """Take a price in; the first of each five minutes counts. A hole of more than a step makes no return."""
        slot = at_ms // _STEP_MS
        if self._slot is not None and slot <= self._slot:
            return
        if self._slot is not None and slot == self._slot + 1:
            self.returns.add(self._price, price, slot * _STEP_MS)
        self._slot, self._price = slot, price


def candle_returns(bars: Sequence[Bar], length_ms: int, settings: VolatilitySettings) -> SquaredReturns:
    """The returns from close to close of candles, oldest first; those that do not follow one another make none."""
    found = SquaredReturns(length_ms, settings)
    for before, bar in pairwise(bars):
        if bar.open_ms - before.open_ms == length_ms:
            found.add(before.close, bar.close, bar.open_ms + length_ms)
    return found


def read_volatility(
    own: SquaredReturns,
    candles: SquaredReturns | None,
    assumed: float,
    now_ms: int,
    settings: VolatilitySettings,
    candle_source: str = "15m candles",
) -> Volatility:
    """The deviation of a day's log return from the best source that has enough, is fresh and saw the price move."""
    if _serves(own, now_ms, settings):
        return Volatility(own.daily, "5m returns", True)
    if candles is not None and _serves(candles, now_ms, settings):
        return Volatility(candles.daily, candle_source, True)
    return Volatility(assumed, f"assumed {100 * assumed:g} %", False)


def _serves(returns: SquaredReturns, now_ms: int, settings: VolatilitySettings) -> bool:
    fresh = now_ms - returns.newest_ms <= settings.stale_minutes * 60_000 + returns.length_ms
    return returns.covers(settings.least_hours) and fresh and returns.daily > 0
