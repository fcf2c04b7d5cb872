"""The prices of the time before a coin was watched, as far as closed candles tell them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from feeds.events import Candle
from scoring.candles import LENGTHS_MS

GATHER_MS = 90_000
"""So long candles may take to come in after the start; prices of that time wait for them."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price at a time, with the lowest and highest since the one before where they are known."""

    at_ms: int
    price: float
    low: float | None = None
    high: float | None = None


@dataclass(slots=True)
class Past:
    """Gathers one coin's candles, and its prices meanwhile. `since_ms`: when the gathering began."""

    since_ms: int
    _candles: dict[int, tuple[int, Candle]] = field(default_factory=dict)
    _prices: list[Price] = field(default_factory=list)

    def is_over(self, now_ms: int) -> bool:
        """Whether no more is to be waited for."""
        return now_ms - self.since_ms >= GATHER_MS

    def take_candle(self, candle: Candle) -> None:
        """Keep a closed candle of the perpetual; of several that close at once the shortest, and of those the first."""
        length = LENGTHS_MS.get(candle.interval)
        if length is None or not candle.closed or candle.market != "perp":
            return
        known = self._candles.get(candle.at_ms + length)
        if known is None or length < known[0]:
            self._candles[candle.at_ms + length] = (length, candle)

    def take_price(self, at_ms: int, price: float) -> None:
        """Keep a price that was seen while candles are gathered."""
        self._prices.append(Price(at_ms, price))

    def prices(self, starts_ms: Iterable[int]) -> Iterator[Price]:
        """Everything in order of time, up to the start of the gathering by candles.

        Of a candle in which one of `starts_ms` lies only the close is told: its extremes may be older.
        """
        starts = tuple(starts_ms)
        for closes_ms, (_, candle) in sorted(self._candles.items()):
            if closes_ms > self.since_ms:
                break
            if any(candle.at_ms < start_ms < closes_ms for start_ms in starts):
                yield Price(closes_ms, candle.close)
            else:
                yield Price(closes_ms, candle.close, candle.low, candle.high)
        yield from self._prices
