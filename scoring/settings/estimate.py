"""Settings of what is read off the estimated map: volatility, tracked clusters, and their strength."""

from pydantic import Field

from scoring.settings.base import Strict


class VolatilitySettings(Strict):
    """`[volatility]`: how far the price usually moves, on which every chance of touch rests."""

    half_life_hours: float = Field(6.0, gt=0)
    """A squared return counts half after so long; with it, predicted and observed touches agreed in simulation."""
    least_hours: float = Field(3.0, gt=0)
    """Of so many hours returns must be known before a deviation is told. Judgement: half the half-life."""
    stale_minutes: float = Field(30.0, gt=0)
    """A deviation whose newest return is older than this is not used. Judgement: two candles of 15 minutes."""


class TrackerSettings(Strict):
    """`[tracker]`: how clusters of the estimated map are found and followed; smoothed and apart as in `[clusters]`."""

    reach: float = Field(0.25, gt=0, lt=1)
    """How far from the price clusters are looked for: five times leverage is liquidated at 20 %."""
    height: float = Field(1.2, ge=0)
    """A peak is at least this many medians of its side high. An estimated map fills every bucket: 2 would hide most."""
    prominence: float = Field(0.10, ge=0, le=1)
    """A peak stands out from its surroundings by at least this share of the highest one of the side. Judgement."""
    memory: float = Field(0.3, gt=0, le=1)
    """Weight of the newest minute in the followed density. From a comparison of six finders on noisy densities."""
    confirm: int = Field(3, gt=0)
    """A band becomes a cluster once it was found so many times in a row. From the same comparison."""
    miss: int = Field(3, gt=0)
    """A cluster ends once it was not found so many times in a row. From the same comparison."""
    follow: int = Field(6, gt=0)
    """A peak found within so many buckets of a cluster's peak is that cluster's. As far apart as peaks must be."""
    hold: float = Field(0.85, gt=0, le=1)
    """A cluster lives on at this share of the height and prominence a new one needs. Judgement: above an even map."""
    step_seconds: float = Field(60.0, gt=0)
    """The time between two looks that `memory` is meant for."""
    swept_hours: float = Field(24.0, gt=0)
    """A swept cluster is shown for so long."""
    swept_most: int = Field(24, gt=0)
    """No more swept clusters than these are kept, the newest."""


class StrengthSettings(Strict):
    """`[strength]`: what a cluster might do to the price, and how it compares with the coin's own."""

    impact_low: float = Field(1.0, gt=0)
    """Factor of the square-root law, low: 1.07 was measured for takers' flow."""
    impact_high: float = Field(1.3, gt=0)
    """Factor of the square-root law, high: 1.26 was measured in cascades."""
    depth_collapse: float = Field(3.4, ge=1)
    """How many times thinner than usual the book is when it is hit: the median over liquidation events."""
    star_quantiles: tuple[float, ...] = (0.50, 0.75, 0.90, 0.97)
    """A cluster has one star, and one more for each of these quantiles of the coin's own masses that it exceeds."""
    least_clusters: int = Field(20, gt=0)
    """Without so many clusters of its own a coin's have no stars. Judgement."""
    kept_clusters: int = Field(1_000, gt=0)
    """So many clusters' masses are remembered per coin."""
    kept_days: float = Field(90.0, gt=0)
    """For so many days."""
