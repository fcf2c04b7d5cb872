"""What was read of a venue or a market: prices, funding, open interest, flows, depth, options, trend."""

from dataclasses import dataclass

from feeds.events import Basis, Market


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with where it comes from and how old it is. `value` None: `reason` says why.

    `stale_at_ms`: behind this time it is not the present value any more.
    """

    value: float | None = None
    source: str = ""
    at_ms: int | None = None
    reason: str = "no data yet"
    stale_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A relative price change over the span that was really seen (at most 24 h)."""

    fraction: float
    span_ms: int


@dataclass(frozen=True, slots=True)
class FundingReading:
    """One venue's running funding rate. `per_8h` and `per_year` are None where the interval isn't known.

    `percentile`: of `per_8h` among the rates of `history_ms`, 0 to 100; None until enough of them are known.
    """

    venue: str
    rate: float
    interval_hours: float | None
    per_8h: float | None
    per_year: float | None
    next_at_ms: int | None
    at_ms: int
    stale: bool
    percentile: float | None = None
    history_ms: int | None = None


@dataclass(frozen=True, slots=True)
class FundingMedian:
    """The median rate of the venues whose interval is known, as fractions per 8 h and per year.

    `next_at_ms`: the next payment of any of them. `venues`: how many count. `stale`: none of their rates is fresh,
    these are the last known.
    """

    per_8h: float
    per_year: float
    next_at_ms: int | None
    venues: int
    stale: bool


@dataclass(frozen=True, slots=True)
class InterestReading:
    """One venue's open interest, one side. Changes are fractions over 1 h and 24 h; None: not that much history yet.

    `percentile`: of `coins_24h` among such changes of `history_ms`, 0 to 100; None until enough of them are known.
    """

    venue: str
    coins: float | None
    usd: float | None
    coins_1h: float | None
    coins_24h: float | None
    usd_1h: float | None
    usd_24h: float | None
    at_ms: int
    stale: bool
    percentile: float | None = None
    history_ms: int | None = None


@dataclass(frozen=True, slots=True)
class CrowdReading:
    """One venue's long share. `change_24h` in shares (0.07 is seven points more long); None: no such history yet.

    `percentile`: of `long_share` among those of `history_ms`, 0 to 100; None until enough of them are known.
    """

    venue: str
    basis: Basis
    long_share: float
    change_24h: float | None
    at_ms: int
    stale: bool
    percentile: float | None = None
    history_ms: int | None = None


@dataclass(frozen=True, slots=True)
class FlowReading:
    """Taker buys minus taker sells (CVD) of one venue's market in one window, USD.

    `venue` "" is all venues. `coverage`: share of the window its trades were seen. `z`: against its own day in windows
    of this length; `percentile`: among those windows of `history_ms`; None until the day is long enough.
    `at_ms`: when the feed that was silent longest was last heard of.
    """

    venue: str
    market: Market
    window_minutes: int
    usd: float
    coverage: float
    z: float | None
    percentile: float | None = None
    history_ms: int | None = None
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class LargeTradesView:
    """Large trades of the last `window_minutes`: USD bought and sold by takers, above `threshold_usd`.

    `z`: buys minus sells against its own day; None until the day is long enough.
    """

    window_minutes: int = 15
    threshold_usd: float | None = None
    buy_usd: float = 0.0
    sell_usd: float = 0.0
    count: int = 0
    z: float | None = None
    coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class DepthReading:
    """One venue's resting orders within `band_percent` of the middle, USD."""

    venue: str
    market: Market
    band_percent: float
    bid_usd: float
    ask_usd: float
    at_ms: int
    stale: bool


@dataclass(frozen=True, slots=True)
class OptionsReading:
    """One venue's puts per call, by open interest and by volume."""

    venue: str
    family: str
    open_interest: float | None
    volume: float | None
    at_ms: int
    stale: bool


@dataclass(frozen=True, slots=True)
class TrendReading:
    """The trend on one candle interval: `score` from -3 to +3 with its parts in words; None: `reason` says why.

    `venue`: whose candles they are.
    """

    interval: str
    score: int | None
    adx: float | None
    reason: str
    at_ms: int | None = None
    venue: str = ""
