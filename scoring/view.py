"""The frozen picture of one coin's market at one moment: all that a pane or a headless command may show.

A value that is not known is None, and a reason stands beside it. USD unless a name says otherwise, times UNIX ms,
shares and rates fractions.
"""

from dataclasses import dataclass, field
from typing import Literal

from feeds.events import Market, Position, Taker

Side = Literal["above", "below"]
Health = Literal["live", "quiet", "suspect", "dead", "blocked", "off"]
Grade = Literal["pass", "warn", "fail", "unknown"]
Verdict = Literal["OK", "WAIT", "NO ENTRY", "INSUFFICIENT DATA"]


@dataclass(frozen=True, slots=True)
class Reading:
    """One number with where it comes from and how old it is. `value` None: `reason` says why."""

    value: float | None = None
    source: str = ""
    at_ms: int | None = None
    reason: str = "no data yet"


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


@dataclass(frozen=True, slots=True)
class CoinSummary:
    """One coin's tab: `imbalance` is (short - long) / (short + long) of realised liquidations in the window."""

    coin: str
    price: float | None
    imbalance: float | None
    alert: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """What went through, and what was left out, by kind. `not_watched`: events of coins that nobody asked for."""

    events: int = 0
    liquidations: int = 0
    dropped: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    not_watched: int = 0


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
    totals: tuple[WindowTotal, ...] = ()
    feeds: tuple[FeedHealth, ...] = ()
    coins: tuple[CoinSummary, ...] = ()
    counts: Counts = field(default_factory=Counts)


EMPTY = MarketView()
