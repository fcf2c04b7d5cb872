"""Settings of what is counted and drawn: ladder, price, tape, clusters."""

from pydantic import Field

from scoring.settings.base import Strict


class LadderSettings(Strict):
    """`[ladder]`: price rows, and what may enter them."""

    row_least: float = Field(0.001, gt=0)
    """The automatic row is at least this share of the price. Judgement: a screen shows one to ten percent each way."""
    row_most: float = Field(0.0035, gt=0)
    """The automatic row is the largest step of 1-2-2.5-5 that is at most this share of the price. Judgement."""
    row_hold: float = Field(0.004, gt=0)
    """An automatic row is kept up to this share, so that a price at a boundary doesn't flip the ladder. Judgement."""
    row_finest: float = Field(0.0001, gt=0)
    """Zooming in stops at this share of the price. Judgement: a basis point."""
    row_coarsest: float = Field(0.05, gt=0)
    """Zooming out stops at this share of the price. Judgement."""
    reach: float = Field(0.5, gt=0, lt=1)
    """Liquidations further than this share from the price count in totals but get no row of their own. Judgement."""
    lowest_price: float = Field(1e-12, gt=0)
    """A liquidation below this price is counted and left out: no listed coin trades there."""
    highest_price: float = Field(1e12, gt=0)
    """A liquidation above this price is counted and left out: no listed coin trades there."""
    ahead_seconds: float = Field(60.0, gt=0)
    """A liquidation dated further ahead of our clock is counted and left out; the feeds stop most of them earlier."""
    most_coins: int = Field(2_000, gt=0)
    """How many coins are kept where none are named: about twice what the three exchanges list together."""


class PriceSettings(Strict):
    """`[price]`: which price a coin is shown at."""

    venues: tuple[str, ...] = ("binance", "bybit", "okx")
    """Whose mark price is preferred, first to last: the order of their perpetual volume."""
    stale_seconds: float = Field(10.0, gt=0)
    """A price older than this is marked as stale. Judgement: all three publish marks at least every few seconds."""


class TapeSettings(Strict):
    """`[tape]`: what is worth a row of the tape. Floors of large trades are those of a public dashboard."""

    liquidation_usd: float = Field(1_000.0, ge=0)
    """Smaller liquidations are counted but not listed."""
    large_trade_usd: dict[str, float] = Field(default_factory=lambda: {"BTC": 200e3, "ETH": 150e3, "SOL": 100e3})
    """From which size on a trade of that coin is listed."""
    other_trade_usd: float = Field(50_000.0, ge=0)
    """From which size on a trade of any other coin is listed."""
    rows: int = Field(200, gt=0)
    """How many rows are kept per coin."""


class ClusterSettings(Strict):
    """`[clusters]`: how dense bands are found. The shape comes from a comparison of six finders on noisy densities."""

    bucket: float = Field(0.001, gt=0)
    """Height of a bucket in the logarithm of the price: ten basis points, the same relative height for every coin."""
    reach: float = Field(0.10, gt=0, lt=1)
    """How far from the price clusters are looked for."""
    smoothing: float = Field(3.0, gt=0)
    """Standard deviation of the gaussian that smooths the density, in buckets."""
    height: float = Field(2.0, ge=0)
    """A peak is at least this many medians of the non-empty smoothed buckets high."""
    prominence: float = Field(0.15, ge=0, le=1)
    """A peak stands out from its surroundings by at least this share of the highest one."""
    separation: int = Field(6, gt=0)
    """Two peaks are at least this many buckets apart."""
    each_side: int = Field(6, gt=0)
    """How many clusters are shown above and below the price."""
    refresh_seconds: float = Field(1.0, ge=0)
    """Clusters are looked for at most this often."""
