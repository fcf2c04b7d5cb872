"""The true numbers of a market, which each exchange then writes in its own way.

Prices are USD per whole coin, quantities whole coins, open interest one side only, shares and rates fractions. An
exchange scales, doubles and inverts them on the wire; what a client shows in the end has to be these again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
INTERVALS_MS = {
    "1m": MINUTE_MS,
    "3m": 3 * MINUTE_MS,
    "5m": 5 * MINUTE_MS,
    "15m": 15 * MINUTE_MS,
    "30m": 30 * MINUTE_MS,
    "1h": HOUR_MS,
    "2h": 2 * HOUR_MS,
    "4h": 4 * HOUR_MS,
    "6h": 6 * HOUR_MS,
    "8h": 8 * HOUR_MS,
    "12h": 12 * HOUR_MS,
    "1d": 24 * HOUR_MS,
}
"""Candle and statistics intervals by one name for all venues."""


@dataclass(frozen=True, slots=True)
class Series:
    """Values by their age: each holds from its age, in hours, until the next one's; beyond `kept_hours` is nothing.

    A value that holds for hours reads the same whichever row of a 5-minute or hourly grid a client takes.
    """

    steps: tuple[tuple[float, float], ...]
    kept_hours: float = 720.0

    @classmethod
    def told(cls, now: float, hour_ago: float, day_ago: float) -> "Series":
        """`now` holds back to half an hour ago, `hour_ago` back to half a day ago, `day_ago` before that."""
        return cls(((0.0, now), (0.5, hour_ago), (12.0, day_ago)))

    @property
    def now(self) -> float:
        return self.steps[0][1]

    def at(self, age_ms: float) -> float | None:
        """The value so long ago; None where nothing is kept."""
        hours = age_ms / HOUR_MS
        if hours > self.kept_hours:
            return None
        held = [value for since, value in self.steps if since <= hours]
        return held[-1] if held else self.now

    def rows(self, interval: str, now_ms: int, most: int, offset_ms: int = 0) -> list[tuple[int, float]]:
        """(time, value) on the interval's grid up to now, oldest first, at most so many."""
        step = INTERVALS_MS[interval]
        newest = (now_ms + offset_ms) // step * step - offset_ms
        stamps = [newest - back * step for back in range(most)]
        valued = [(stamp, self.at(now_ms - stamp)) for stamp in reversed(stamps)]
        return [(stamp, value) for stamp, value in valued if value is not None]


@dataclass(frozen=True, slots=True)
class Bar:
    """A candle without its time; `volume` in coins."""

    open: float
    high: float
    low: float
    close: float
    volume: float


@dataclass(frozen=True, slots=True)
class TimedBar:
    """A candle in its place; the newest is not closed."""

    at_ms: int
    end_ms: int
    bar: Bar
    closed: bool


@dataclass(frozen=True, slots=True)
class Tier:
    """Up to this position size in USD, this maintenance rate and leverage."""

    cap_usd: float
    maintenance: float
    leverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Perp:
    """One perpetual of one venue. A series of None: the venue has no such statistic for it."""

    coin: str
    price: float
    """The mark price, and the middle of the book."""
    index: float
    funding_rate: float
    """Per funding interval."""
    funding_hours: float = 8.0
    open_interest: Series | None = None
    accounts: Series | None = None
    """The share of all accounts that is long; the next two of the top accounts, and of the top positions."""
    top_accounts: Series | None = None
    top_positions: Series | None = None
    bars: Sequence[Bar] = ()
    """Oldest first, the last still forming; the same at every interval."""
    bids: Sequence[tuple[float, float]] = ()
    """(price, coins), best first."""
    asks: Sequence[tuple[float, float]] = ()
    tiers: Sequence[Tier] = ()

    def candles(
        self, interval: str, now_ms: int, most: int, since_ms: int = 0, until_ms: int | None = None, offset_ms: int = 0
    ) -> list[TimedBar]:
        """The latest candles that open within the times, oldest first, at most so many."""
        step = INTERVALS_MS[interval]
        newest = (now_ms + offset_ms) // step * step - offset_ms
        placed = [(newest - back * step, bar) for back, bar in enumerate(reversed(self.bars))]
        until = newest if until_ms is None else until_ms
        chosen = [TimedBar(at, at + step, bar, at < newest) for at, bar in placed if since_ms <= at <= until]
        return chosen[:most][::-1]

    def next_funding_ms(self, now_ms: int) -> int:
        """The settlement to come."""
        step = int(self.funding_hours * HOUR_MS)
        return (now_ms // step + 1) * step


@dataclass(frozen=True, slots=True)
class Option:
    """One option; `volume` of 24 hours, both in coins. None: the venue writes null."""

    expiry: date
    strike: float
    right: Literal["C", "P"]
    open_interest: float
    volume: float | None


@dataclass(frozen=True, slots=True)
class Liquidated:
    """A liquidation of the past that a venue's history tells."""

    symbol: str
    position: Literal["long", "short"]
    coins: float
    price: float
    """The price of the order, near the bankruptcy price."""
    fill_price: float
    at_ms: int
