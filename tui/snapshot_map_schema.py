"""The shape of the estimated map in the snapshot's JSON document. All masses are modelled, none is measured."""

from typing import Literal

from scoring.view import Lens, Preset, Side, Significance, Strength
from tui.snapshot_shape import Shape, Unknown


class MapRow(Shape):
    """Estimated liquidations of one price row, in modelled USD; `low` belongs to the row, `high` to the next."""

    low: float
    high: float
    long_usd: float
    short_usd: float
    swept_at_ms: int | None
    """When the price consumed what was estimated here, null where it has not."""


class MapRecord(Shape):
    """What came of such clusters so far: `hits` of `n` touched in time, where `expected` were by chance."""

    n: int
    hits: int
    expected: float
    lift: float | Unknown
    """Hits over expected."""
    low: float | Unknown
    """Lower end of the lift's interval."""
    high: float | Unknown
    """Upper end of the lift's interval."""
    significance: Significance


class EstimatedLadder(Shape):
    """The estimated map on the ladder's rows, the nearest to the price: longs below it, shorts above."""

    basis: Literal["estimated"]
    lens: Lens
    """How far back positions count."""
    preset: Preset
    """The leverage mix that is assumed."""
    step: float
    at_ms: int | Unknown
    """When the map was last moved on."""
    reach: float
    """`long_usd` and `short_usd` are within this share of the price."""
    long_usd: float
    short_usd: float
    densest_usd: float
    kappa: float | Unknown
    """USD liquidated per modelled USD consumed."""
    confidence: int
    """0 to 100."""
    confidence_why: str
    seeded: str
    """How the map was started."""
    venues: list[str]
    missing: list[str]
    """Exchanges that could be part of it and are not."""
    record: MapRecord
    rows: list[MapRow]


class Push(Shape):
    """How far a cluster might move the price, basis points: lowest and highest of two rules."""

    low: float
    high: float


class EstimatedCluster(Shape):
    """A band of estimated liquidations that is followed over time: shorts above the price, longs below it."""

    basis: Literal["estimated"]
    identity: int
    side: Side
    low: float
    high: float
    peak: float
    distance: float
    """From the price to the band's nearest edge, as a fraction."""
    usd: float
    """Modelled mass; of a swept one what it held."""
    long_usd: float
    short_usd: float
    calibrated_usd: float | Unknown
    """Times what such mass was worth when consumed."""
    share: float
    """Of all mass of its side in reach."""
    born_at_ms: int
    touch_24h: float | Unknown
    """Chance of touch within 24 hours by volatility alone, without any pull."""
    pull: float | Unknown
    """Its part of all clusters' chance times mass."""
    stars: int | Unknown
    """1 to 5 against the coin's own clusters."""
    kappa_assumed: bool
    """Depth ratio, strength and push rest on an assumed factor, not on a measured one."""
    depth_ratio: float | Unknown
    """Calibrated mass over the resting USD within 1 %."""
    strength: Strength | Unknown
    push_bp: Push | Unknown
    record: MapRecord
    swept_at_ms: int | None


class Horizon(Shape):
    """Shorts above against longs below at one horizon, each weighed by its chance of touch: -1 to +1."""

    hours: float
    reached: float | Unknown
    reached_share: float
    """The part of the whole mass that is expected to be touched."""
    words: str


class Volatility(Shape):
    """Standard deviation of a day's log return."""

    daily: float
    source: str
    measured: bool
    """False: assumed."""
