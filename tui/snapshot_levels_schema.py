"""The shape of ladders, totals, clusters and asymmetry in the snapshot's JSON: realised, and estimated beside."""

from typing import Literal

from scoring.view import Side
from tui.snapshot_map_schema import EstimatedCluster, EstimatedLadder, Horizon, Volatility
from tui.snapshot_shape import Shape, Unknown


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
    """Realised liquidations by price row in the rolling window, and beside them what is estimated ahead."""

    basis: Literal["realised"]
    window_minutes: int
    step: float
    coverage: float
    """Share of the window that the worst feed was seen."""
    rows: list[LadderRow] | Unknown
    estimated: EstimatedLadder | Unknown


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
    basis: Literal["realised"]


class RealisedClusters(Shape):
    """Dense bands of what was liquidated in the window, by side, nearest first."""

    above: list[Cluster] | Unknown
    below: list[Cluster] | Unknown


class Clusters(Shape):
    """Clusters by side, nearest first: those of the estimated map where there is one, else the realised bands."""

    above: list[EstimatedCluster] | list[Cluster] | Unknown
    below: list[EstimatedCluster] | list[Cluster] | Unknown
    swept: list[EstimatedCluster] | Unknown
    """Estimated clusters that the price went through."""
    realised: RealisedClusters


class RealisedAsymmetry(Shape):
    """(short - long) / (short + long) of what was liquidated in the window."""

    basis: Literal["realised"]
    window_minutes: int
    value: float
    lower_bounds: bool
    """The sums it comes from are lower bounds."""


class EstimatedAsymmetry(Shape):
    """(shorts above - longs below) / both, of the estimated map."""

    basis: Literal["estimated"]
    raw: float | Unknown
    """Of all mass within `reach` of the price, unweighed."""
    reach: float
    horizons: list[Horizon]
    volatility: Volatility | Unknown
    """What the chances of touch rest on."""
    realised: RealisedAsymmetry | Unknown
