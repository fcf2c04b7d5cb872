"""The shape of the snapshot's JSON document, from which its schema is made."""

from typing import Literal

from scoring.view import Grade, Health, Side, Verdict
from tui.snapshot_reports_schema import BtcContext, Cvd, Depth, LargeTrades, LongShort, OpenInterest, Options, Trend
from tui.snapshot_shape import Shape, Unknown


class Change(Shape):
    """A relative price change over the span that was seen."""

    fraction: float
    span_ms: int


class Price(Shape):
    """The price in USD."""

    value: float
    source: str
    at_ms: int | None
    age_ms: int | None
    stale: bool
    """Too old or too doubtful to be the present price."""
    change: Change | Unknown


class LadderRow(Shape):
    """Realised liquidations of one price row, in USD; `low` belongs to the row, `high` to the next."""

    low: float
    high: float
    long_usd: float
    short_usd: float
    long_sampled: bool
    """Some of it comes from a venue that publishes only a part: a lower bound."""
    short_sampled: bool


class Ladder(Shape):
    """Realised liquidations by price row in the rolling window."""

    basis: Literal["realised"]
    window_minutes: int
    step: float
    coverage: float
    """Share of the window that the worst feed was seen."""
    rows: list[LadderRow]


class SideTotal(Shape):
    """Liquidations of one side."""

    usd: float
    count: int
    lower_bound: bool
    """Sampled by a venue, or part of the window was not seen."""


class VenueTotal(Shape):
    """Liquidations of one venue in a window."""

    venue: str
    long: SideTotal | Unknown
    short: SideTotal | Unknown
    coverage: float


class WindowTotal(Shape):
    """Liquidations of all venues in a window."""

    window_minutes: int
    long: SideTotal | Unknown
    short: SideTotal | Unknown
    coverage: float
    venues: list[VenueTotal]


class Cluster(Shape):
    """A price band where liquidations were dense."""

    side: Side
    low: float
    high: float
    peak: float
    distance: float
    """From the price to the band's middle, as a fraction."""
    long_usd: float
    short_usd: float
    sampled: bool
    last_at_ms: int
    basis: Literal["realised", "estimated"]


class Clusters(Shape):
    """Clusters by side, nearest first."""

    above: list[Cluster] | Unknown
    below: list[Cluster] | Unknown


class Asymmetry(Shape):
    """(short - long) / (short + long) of what was liquidated in the window."""

    basis: Literal["realised"]
    window_minutes: int
    value: float
    lower_bounds: bool
    """The sums it comes from are lower bounds."""


class Cascade(Shape):
    """Totals and rate of liquidations, in USD."""

    state: Unknown
    blind: str | None
    """Why the rate can't be seen, null where it can."""
    long_60s: float | Unknown
    short_60s: float | Unknown
    sampled: bool
    usual_minute: float | Unknown
    ratio: float | Unknown
    """The last minute against the usual one."""
    last_at_ms: int | None
    day: WindowTotal | Unknown
    long_share: float | Unknown


class CheckItem(Shape):
    """One graded line of the checklist."""

    name: str
    grade: Grade
    value: str | None
    reason: str
    weight: float
    age_ms: int | None


class Direction(Shape):
    """The checklist's answer for one direction."""

    verdict: Verdict
    score: float | Unknown
    coverage: float
    reason: str
    items: list[CheckItem]


class Checklist(Shape):
    """The pre-entry checklist."""

    long: Direction
    short: Direction


class VenueFunding(Shape):
    """One venue's running funding rate; fractions."""

    venue: str
    rate: float
    interval_hours: float | None
    """Null where the venue does not tell; then `per_8h` and `per_year` are null too."""
    per_8h: float | None
    per_year: float | None
    next_at_ms: int | None
    at_ms: int
    stale: bool


class Funding(Shape):
    """Funding of all venues."""

    median_per_8h: float | Unknown
    stale: bool
    venues: list[VenueFunding]


class Stream(Shape):
    """One stream's health."""

    market: Literal["perp", "spot", "option"]
    stream: str
    state: Health
    evidence: str
    last_at_ms: int | None
    lag_ms: int | None
    reconnects: int
    gap_ms: int
    events: int
    undecodable: int
    retry_at_ms: int | None
    per_second: float | None
    bytes_per_second: float | None


class Venue(Shape):
    """One venue: the state of its worst stream."""

    state: Health
    streams: list[Stream]


class Coverage(Shape):
    """What was seen, and what was left out."""

    window_minutes: int
    share: float | Unknown
    venues: dict[str, float]
    events: int
    """Of all coins that the feeds carried, as are `liquidations`."""
    liquidations: int
    not_watched: int
    """How many of the events were of other coins than the watched ones."""
    dropped: int
    left_out: dict[str, int]
    reasons: dict[str, str]
    """Why the last of each kind was left out."""


class Snapshot(Shape):
    """All that is known of one coin at one moment. USD, UNIX ms, fractions."""

    coin: str
    at_ms: int
    mode: str
    price: Price | Unknown
    ladder: Ladder | Unknown
    totals: list[WindowTotal] | Unknown
    clusters: Clusters
    asymmetry: Asymmetry | Unknown
    cascade: Cascade
    checklist: Checklist
    open_interest: OpenInterest | Unknown
    funding: Funding | Unknown
    long_short: LongShort | Unknown
    cvd: Cvd
    large_trades: LargeTrades | Unknown
    depth: Depth | Unknown
    options: Options | Unknown
    btc_context: BtcContext | Unknown
    trend: list[Trend] | Unknown
    venues: dict[str, Venue] | Unknown
    coverage: Coverage
