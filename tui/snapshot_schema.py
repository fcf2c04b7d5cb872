"""The shape of the snapshot's JSON document, from which its schema is made."""

from typing import Literal

from scoring.view import Grade, Health, Verdict
from tui.snapshot_cascade_schema import Cascade
from tui.snapshot_levels_schema import Clusters, EstimatedAsymmetry, Ladder, RealisedAsymmetry, WindowTotal
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


class CheckItem(Shape):
    """One graded line of the checklist."""

    name: str
    grade: Grade
    value: str | None
    reason: str
    weight: float
    age_ms: int | None
    threshold: str
    """What decides, in words."""
    percentile: float | None
    """Where the value stands in the coin's own history, 0 to 100; of `realised 24 h` the last hour among the day's."""
    history_ms: int | None
    """How much time that history spans."""
    source: str
    """The exchanges that it is told by."""


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
    percentile: float | None
    """Of `per_8h` in this exchange's own history, 0 to 100; null until enough of it is known."""
    history_ms: int | None


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
    doubts: list[str]
    """What of its data can't be true and is left out of sums, with what was expected and found."""


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
    merged: int
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
    asymmetry: EstimatedAsymmetry | RealisedAsymmetry | Unknown
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
