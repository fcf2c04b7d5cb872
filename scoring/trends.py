"""Trends and correlations as they were reckoned last: anew only when a candle has closed."""

from scoring.candles import Bar
from scoring.context import with_bitcoin
from scoring.settings import TrendSettings
from scoring.trend import trend
from scoring.view import TrendReading

_Bars = list[Bar]


class Trends:
    """One coin's trends by interval, and its correlation with bitcoin. The same list of candles is not read again."""

    __slots__ = ("_known", "_together", "_together_of")

    def __init__(self) -> None:
        self._known: dict[str, tuple[_Bars, TrendReading]] = {}
        self._together: tuple[float, float] | None = None
        self._together_of: tuple[_Bars, _Bars] | None = None

    def of(self, interval: str, bars: _Bars, settings: TrendSettings) -> TrendReading:
        """The trend of unbroken closed candles."""
        known = self._known.get(interval)
        if known is None or known[0] is not bars:
            known = self._known[interval] = (bars, trend(interval, bars, settings))
        return known[1]

    def with_bitcoin(self, own: _Bars, bitcoin: _Bars, half_life: float) -> tuple[float, float] | None:
        """Correlation and beta against bitcoin; None where too few candles are common."""
        known = self._together_of
        if known is None or known[0] is not own or known[1] is not bitcoin:
            self._together = with_bitcoin(own, bitcoin, half_life)
            self._together_of = (own, bitcoin)
        return self._together
