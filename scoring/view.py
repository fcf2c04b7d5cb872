"""The frozen picture of one coin's market at one moment: all that a pane or a headless command may show.

A value that is not known is None, and a reason stands beside it. USD unless a name says otherwise, times UNIX ms,
shares and rates fractions.
"""

from dataclasses import dataclass, field
from typing import Literal

from feeds.events import Basis, Market, Position, Taker

Side = Literal["above", "below"]
Health = Literal["live", "quiet", "suspect", "dead", "blocked", "off"]
Grade = Literal["pass", "warn", "fail", "unknown"]
Verdict = Literal["OK", "WAIT", "NO ENTRY", "INSUFFICIENT DATA"]


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
    """One venue's running funding rate. `per_8h` and `per_year` are None where the interval isn't known."""

    venue: str
    rate: float
    interval_hours: float | None
    per_8h: float | None
    per_year: float | None
    next_at_ms: int | None
    at_ms: int
    stale: bool


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
class LadderCell:
    """Realised liquidations of one price row in the window. The flags: some of it comes from a sampling venue."""

    long_usd: float = 0.0
    short_usd: float = 0.0
    long_sampled: bool = False
    short_sampled: bool = False


@dataclass(frozen=True, slots=True)
class LadderView:
    """Realised liquidations by price row: row i covers [i * step, (i + 1) * step)."""

    window_minutes: int = 240
    step: float = 1.0
    cells: dict[int, LadderCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SideTotal:
    """Realised liquidations of one side. `sampled`: at least this much."""

    usd: float = 0.0
    count: int = 0
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class VenueTotal:
    """Realised liquidations of one venue in one window. `coverage`: share of the window its feed was seen live."""

    venue: str
    long: SideTotal
    short: SideTotal
    coverage: float


@dataclass(frozen=True, slots=True)
class WindowTotal:
    """Realised liquidations of all venues in one window. `coverage` is that of the worst venue."""

    window_minutes: int
    long: SideTotal
    short: SideTotal
    venues: tuple[VenueTotal, ...]
    coverage: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """A price band where liquidations were dense. `basis` says whether they were measured or modelled."""

    side: Side
    low: float
    high: float
    peak: float
    distance: float
    long_usd: float
    short_usd: float
    sampled: bool
    last_at_ms: int
    basis: Literal["realised", "estimated"] = "realised"

    @property
    def usd(self) -> float:
        """All that was liquidated in the band, both sides."""
        return self.long_usd + self.short_usd


@dataclass(frozen=True, slots=True)
class CascadeView:
    """Totals and rates of forced orders; the state machine joins them when its inputs exist.

    `long_60s`, `short_60s`: the last minute. `usual_minute`: USD in the usual minute of the last half hour, None until
    enough of it was seen. `ratio`: the last minute against the usual one. `sampled`: the last minute is at least this
    much. `blind`: why no liquidation can be seen now; None where at least one feed is up.
    """

    long_60s: float = 0.0
    short_60s: float = 0.0
    usual_minute: float | None = None
    ratio: float | None = None
    sampled: bool = False
    last_at_ms: int | None = None
    day: WindowTotal | None = None
    long_share: float | None = None
    blind: str | None = None


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the checklist. `value` is what was measured, as text; `reason` why it is graded so or not known."""

    name: str
    long: Grade
    short: Grade
    value: str
    reason: str
    weight: float
    age_ms: int | None = None


@dataclass(frozen=True, slots=True)
class DirectionVerdict:
    """The checklist's answer for one direction. `score` None: nothing could be graded."""

    verdict: Verdict = "INSUFFICIENT DATA"
    score: float | None = None
    coverage: float = 0.0
    reason: str = "no data yet"


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """The pre-entry checklist, long and short."""

    items: tuple[CheckItem, ...] = ()
    long: DirectionVerdict = field(default_factory=DirectionVerdict)
    short: DirectionVerdict = field(default_factory=DirectionVerdict)


@dataclass(frozen=True, slots=True)
class TapeRow:
    """A liquidation (`position` set) or a large trade (`taker` set)."""

    at_ms: int
    venue: str
    market: Market
    position: Position | None
    taker: Taker | None
    usd: float
    price: float
    sampled: bool


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """One stream's state and the evidence for it. `retry_at_ms`: the next attempt where it is down."""

    venue: str
    market: Market
    stream: str
    state: Health
    evidence: str
    last_at_ms: int | None = None
    lag_ms: int | None = None
    reconnects: int = 0
    gap_ms: int = 0
    events: int = 0
    undecodable: int = 0
    retry_at_ms: int | None = None
    per_second: float | None = None
    bytes_per_second: float | None = None


@dataclass(frozen=True, slots=True)
class CoinSummary:
    """One coin in short: `imbalance` is (short - long) / (short + long) of realised liquidations in the window.

    `change`: the price over 24 h; `interest_24h`: open interest in coins over 24 h; both fractions. `long_60s`,
    `short_60s`: liquidated in the last minute, None where that can't be seen; `sampled_60s`: at least this much.
    """

    coin: str
    price: float | None
    imbalance: float | None
    alert: str = ""
    change: float | None = None
    funding_8h: float | None = None
    interest_24h: float | None = None
    long_60s: float | None = None
    short_60s: float | None = None
    sampled_60s: bool = False
    long: Verdict | None = None
    short: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What went through, and what was left out, by kind. `not_watched`: events of coins that nobody asked for.

    `reasons`: why the last of each kind was left out.
    """

    events: int = 0
    liquidations: int = 0
    dropped: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    not_watched: int = 0
    reasons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InterestReading:
    """One venue's open interest, one side. Changes are fractions over 1 h and 24 h; None: not that much history yet."""

    venue: str
    coins: float | None
    usd: float | None
    coins_1h: float | None
    coins_24h: float | None
    usd_1h: float | None
    usd_24h: float | None
    at_ms: int
    stale: bool


@dataclass(frozen=True, slots=True)
class CrowdReading:
    """One venue's long share. `change_24h` in shares (0.07 is seven points more long); None: no such history yet."""

    venue: str
    basis: Basis
    long_share: float
    change_24h: float | None
    at_ms: int
    stale: bool


@dataclass(frozen=True, slots=True)
class FlowReading:
    """Taker buys minus taker sells (CVD) of one venue's market in one window, USD.

    `venue` "" is all venues. `coverage`: share of the window its trades were seen. `z`: against its own day in windows
    of this length; None until the day is long enough.
    """

    venue: str
    market: Market
    window_minutes: int
    usd: float
    coverage: float
    z: float | None


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
    """The trend on one candle interval: `score` from -3 to +3 with its parts in words; None: `reason` says why."""

    interval: str
    score: int | None
    adx: float | None
    reason: str
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class VenueState:
    """Whether a venue has the coin and answers. `trouble` "": it does. Else why not, and when it is tried next."""

    venue: str
    trouble: str = ""
    retry_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class MarketView:
    """Everything the screen shows of one coin, at one moment. `EMPTY` is the view before the first event."""

    at_ms: int = 0
    coin: str = ""
    price: Reading = field(default_factory=Reading)
    change: Change | None = None
    ladder: LadderView = field(default_factory=LadderView)
    above: tuple[Cluster, ...] = ()
    below: tuple[Cluster, ...] = ()
    cascade: CascadeView = field(default_factory=CascadeView)
    checklist: ChecklistView = field(default_factory=ChecklistView)
    tape: tuple[TapeRow, ...] = ()
    funding: tuple[FundingReading, ...] = ()
    funding_median: FundingMedian | None = None
    totals: tuple[WindowTotal, ...] = ()
    feeds: tuple[FeedHealth, ...] = ()
    coins: tuple[CoinSummary, ...] = ()
    interest: tuple[InterestReading, ...] = ()
    crowd: tuple[CrowdReading, ...] = ()
    flow: tuple[FlowReading, ...] = ()
    large: LargeTradesView = field(default_factory=LargeTradesView)
    depth: tuple[DepthReading, ...] = ()
    options: tuple[OptionsReading, ...] = ()
    trend: tuple[TrendReading, ...] = ()
    venues: tuple[VenueState, ...] = ()
    counts: Counts = field(default_factory=Counts)


EMPTY = MarketView()
