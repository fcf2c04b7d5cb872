"""Settings of the scoring: every constant with its meaning and where it comes from."""

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """A settings table: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


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


class CascadeSettings(Strict):
    """`[cascade]`: rates of forced orders."""

    usual_minutes: int = Field(30, gt=2, le=1440)
    """The usual minute is the mean over this span, without the last minute: the slow rate of cascade detectors."""
    usual_least_minutes: float = Field(10.0, gt=0)
    """The usual minute is unknown until every live feed was seen for so long within that span. Judgement."""


class FundingSettings(Strict):
    """`[funding]`: when funding speaks against a direction, as a fraction per 8 h.

    Binance's documentation makes 0.01 % per 8 h the interest part, so that is neutral. The steps around it are common
    practice among traders, not a fitted result.
    """

    stale_seconds: float = Field(900.0, gt=0)
    """A rate older than this is not graded: the venues repeat it at least every few minutes."""
    long_fail: float = 0.0005
    """From here on longs are overheated."""
    long_warn: float = 0.0003
    """From here on longs are expensive."""
    warm: float = 0.0002
    """From here on the rate is called warm; it still passes."""
    short_warn: float = -0.00005
    """Down to here shorts pass."""
    short_fail: float = -0.0005
    """Down to here shorts are warned; at and below it they are overcrowded."""


class ChecklistWeights(Strict):
    """`[checklist.weights]`: how much an item counts. Judgement, not fitted."""

    liquidation_map: float = Field(1.5, ge=0)
    """The estimated map of liquidations ahead."""
    funding: float = Field(1.5, ge=0)
    """The funding rate."""
    open_interest: float = Field(1.5, ge=0)
    """Open interest in coins against the price."""
    cvd: float = Field(1.5, ge=0)
    """Cumulative volume delta of spot and futures."""
    large_trades: float = Field(0.75, ge=0)
    """The balance of large trades."""
    btc_context: float = Field(1.25, ge=0)
    """What bitcoin does to this coin."""
    local_trend: float = Field(1.25, ge=0)
    """The trend of the last hours."""
    long_short_ratio: float = Field(0.75, ge=0)
    """How crowded the direction is."""
    cascade: float = Field(1.5, ge=0)
    """The state of a running cascade."""
    realised: float = Field(0.5, ge=0)
    """What was liquidated in 24 h."""
    options: float = Field(0.25, ge=0)
    """Puts against calls."""


class ChecklistSettings(Strict):
    """`[checklist]`: how the items become a verdict. Judgement, not fitted."""

    weights: ChecklistWeights = Field(default_factory=ChecklistWeights)
    """How much each item counts."""
    coverage_least: float = Field(0.7, ge=0, le=1)
    """Below this share of the weights there is too little to answer from."""
    ok_least: float = Field(0.75, ge=0, le=1)
    """From this score on the answer is OK."""
    wait_least: float = Field(0.5, ge=0, le=1)
    """Below this score the answer is NO ENTRY."""
    ok_most_fails: int = Field(1, ge=0)
    """With more failed items than this the answer is WAIT at best."""
    one_sided: float = Field(0.7, gt=0.5, le=1)
    """From this share of one side on, the liquidations of 24 h were one-sided."""
    realised_coverage_least: float = Field(0.5, ge=0, le=1)
    """The liquidations of 24 h are graded from this share of the day on."""


class HealthSettings(Strict):
    """`[health]`: when a stream that says nothing is doubted. Judgement."""

    liquidation_venues: tuple[str, ...] = ("binance", "bybit", "okx")
    """The exchanges that publish liquidations, so that their silence means none happened."""
    quiet_seconds: float = Field(60.0, gt=0)
    """A connected stream without an event for so long is quiet."""
    suspect_seconds: float = Field(15.0, gt=0)
    """A stream that was busy before and has no event for so long is suspect."""
    busy_per_second: float = Field(1.0, gt=0)
    """From this rate on a stream counts as busy."""
    rate_seconds: float = Field(60.0, gt=0)
    """Over how long the usual rate of a stream is averaged."""
    lag_samples: int = Field(15, gt=0)
    """The lag is the median of so many samples, one a second."""


class ScoringSettings(Strict):
    """All settings of the scoring."""

    ladder: LadderSettings = Field(default_factory=LadderSettings)
    price: PriceSettings = Field(default_factory=PriceSettings)
    tape: TapeSettings = Field(default_factory=TapeSettings)
    clusters: ClusterSettings = Field(default_factory=ClusterSettings)
    cascade: CascadeSettings = Field(default_factory=CascadeSettings)
    funding: FundingSettings = Field(default_factory=FundingSettings)
    checklist: ChecklistSettings = Field(default_factory=ChecklistSettings)
    health: HealthSettings = Field(default_factory=HealthSettings)
