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
    neutral: float = 0.0001
    """Below this a positive rate is called cool: it is the interest part of Binance's formula."""
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

    liquidation_venues: tuple[str, ...] = (
        "binance",
        "bybit",
        "okx",
        "htx",
        "gate",
        "bitmex",
        "deribit",
        "bitget",
    )
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


class InterestSettings(Strict):
    """`[interest]`: when open interest, in coins, moves enough to mean something. Fractions of it and of the price.

    The quadrants of price and open interest are common practice among traders, not a fitted result.
    """

    dead_price_1h: float = Field(0.003, ge=0)
    """A price that moved less in 1 h stands still. Judgement: the noise of an ordinary hour of bitcoin."""
    dead_interest_1h: float = Field(0.005, ge=0)
    """Open interest that moved less in 1 h is unchanged. Judgement."""
    dead_price_24h: float = Field(0.01, ge=0)
    """A price that moved less in 24 h stands still. Judgement: half of an ordinary day of bitcoin."""
    dead_interest_24h: float = Field(0.02, ge=0)
    """Open interest that moved less in 24 h is unchanged. Judgement."""
    strong_1h: float = Field(0.02, ge=0)
    """From this change in 1 h on it is strong, and speaks against the other side. Judgement."""
    strong_24h: float = Field(0.05, ge=0)
    """From this change in 24 h on it is strong. Judgement: five to eight percent are in use."""
    flush_1h: float = Field(-0.03, le=0)
    """Down to here in 1 h leverage was flushed: the median fall in five minutes of measured cascades is 2.9 %."""
    flush_24h: float = Field(-0.10, le=0)
    """Down to here in 24 h leverage was flushed. Judgement."""


class CrowdSettings(Strict):
    """`[crowd]`: when too many stand on one side, as shares of accounts or positions."""

    crowded_warn: float = Field(0.60, gt=0.5, le=1)
    """From this share on, entering with the crowd is warned: 55 % is called noise by those who publish a threshold."""
    crowded_fail: float = Field(0.70, gt=0.5, le=1)
    """From this share on, entering with the crowd fails: 80 % stood before the sell-offs of 2021, 70 % is rare."""
    extreme_percentile: float = Field(95.0, gt=50, le=100)
    """From this percentile of its own history on, the crowd is extreme whatever its share. Judgement."""
    defensive_put_call: float = Field(1.0, gt=0)
    """Above this many puts per call options are defensive: 0.44 to 0.65 are typical for bitcoin."""


class FlowSettings(Strict):
    """`[flow]`: when spot and futures flow (CVD) supports a direction. Judgement."""

    z_pass: float = Field(0.5, ge=0)
    """From this z-score of the spot flow on, it supports its direction."""
    z_fail: float = Field(1.0, ge=0)
    """From this z-score of the spot flow on, the direction against it fails."""
    share_pass: float = Field(0.5, ge=0, le=1)
    """Without z-scores: from this spot share of both flows' sizes on, spot decides."""


class ReachSettings(Strict):
    """`[reach]`: what of an estimated map is near enough to count."""

    daily_volatility: float = Field(0.025, gt=0)
    """Standard deviation of a day's return where none is measured: about that of bitcoin; coins move more."""
    entry_days: float = Field(1.0, gt=0)
    """The horizon of an entry, in days."""
    horizons_days: tuple[float, ...] = (1.0, 7.0, 30.0)
    """The horizons an asymmetry is shown for, in days: its sign may differ between them."""
    dominant: float = Field(0.3, gt=0, lt=1)
    """From this asymmetry on one side dominates. Judgement: about two to one."""
    extreme: float = Field(0.6, gt=0, lt=1)
    """From this asymmetry on it does so extremely. Judgement: four to one."""
    reached_least: float = Field(0.01, ge=0, lt=1)
    """Where a smaller share of the mass is expected to be touched, the map is out of reach. Judgement."""
    unplaced_distances: tuple[float, ...] = (0.04, 0.08)
    """Where a side's mass is told without its price, what would follow if it were this far away. Judgement."""


class LevelSettings(Strict):
    """`[levels]`: how a level of a ladder compares with the one before it, and with the book."""

    accelerates: float = Field(1.2, gt=1)
    """From this growth per width on, the liquidations accelerate. Judgement."""
    sustains: float = Field(0.8, gt=0, lt=1)
    """From this growth per width on they go on, below it they fade. Judgement."""
    moderate: float = Field(0.25, gt=0)
    """From this many times the depth within 1 % on, a level is moderate. Judgement."""
    strong: float = Field(1.0, gt=0)
    """From this many times the depth within 1 % on, a level is strong. Judgement."""
    book_sized: float = Field(3.0, gt=0)
    """From this many times the depth within 1 % on, a level is as large as the book. Judgement."""


class CvdSettings(Strict):
    """`[cvd]`: when a market's taker flow can be compared with its own day."""

    history_minutes: int = Field(240, gt=0)
    """So much of the day must have been seen before a z-score is told. Judgement."""
    history_windows: int = Field(6, gt=0)
    """And so many times the window itself. Judgement: a spread of fewer is no spread."""


class LargeTradeSettings(Strict):
    """`[large_trades]`: which trades are large. The floors stand in `[tape]`."""

    merge_ms: int = Field(250, ge=0)
    """Fills of one side this close together are one order. Judgement: 100 to 250 ms keep splits from hiding it."""
    share: float = Field(0.999, gt=0, lt=1)
    """A large order is larger than this share of the day's orders, or than the floor where that is higher."""
    sizes_least: int = Field(5_000, gt=0)
    """Before so many orders were seen the floor alone decides: the share needs some beyond it."""
    z_pass: float = Field(1.0, gt=0)
    """From this z-score of the balance on, it supports its direction. Judgement."""
    z_fail: float = Field(-2.0, lt=0)
    """Down to this z-score it speaks against a direction. Judgement."""
    quarters_least: int = Field(16, gt=1)
    """Before so many quarters of an hour had large orders no z-score is told. Judgement: four hours."""


class RestDataSettings(Strict):
    """`[rest_data]`: how old what is polled may be, and how far from an hour or a day ago a reading may lie."""

    interest_stale_seconds: float = Field(180.0, gt=0)
    """Open interest older than this is stale. Judgement: it is asked for at least every minute."""
    crowd_stale_seconds: float = Field(1_800.0, gt=0)
    """A long/short ratio older than this is stale: the exchanges publish one every five minutes."""
    depth_stale_seconds: float = Field(90.0, gt=0)
    """Depth older than this is stale. Judgement."""
    options_stale_seconds: float = Field(1_800.0, gt=0)
    """Put/call figures older than this are stale. Judgement."""
    candle_stale_seconds: float = Field(600.0, gt=0)
    """Candles not refreshed for this long are stale. Judgement: they are asked for every minute or two."""
    hour_tolerance_seconds: float = Field(420.0, gt=0)
    """How far from one hour ago a reading may lie to stand for it: the histories come in steps of five minutes."""
    day_tolerance_seconds: float = Field(2_100.0, gt=0)
    """How far from 24 hours ago a reading may lie to stand for it: some histories come in steps of an hour."""


class TrendSettings(Strict):
    """`[trend]`: the usual indicators on closed candles, as their authors set them (Wilder's ADX, Supertrend 10/3)."""

    fast: int = Field(20, gt=1)
    """Candles of the fast exponential average."""
    middle: int = Field(50, gt=1)
    """Candles of the middle exponential average."""
    slow: int = Field(200, gt=1)
    """Candles of the slow exponential average."""
    adx: int = Field(14, gt=1)
    """Candles of the average directional index."""
    adx_trend: float = Field(25.0, gt=0)
    """From this ADX on there is a trend."""
    supertrend: int = Field(10, gt=1)
    """Candles of the average true range in Supertrend."""
    supertrend_factor: float = Field(3.0, gt=0)
    """Average true ranges between price and Supertrend."""
    pass_score: int = Field(1, ge=0)
    """From this score on the trend supports a long; its negative a short."""
    follows_bitcoin: float = Field(0.6, gt=0, lt=1)
    """From this correlation with bitcoin on, bitcoin's trend may fail an entry; below it warns at most. Judgement."""
    half_life_candles: float = Field(96.0, gt=0)
    """After so many candles of 15 minutes a return weighs half in the correlation: a day."""
    fail_score: int = Field(-2, le=0)
    """Down to this score the trend speaks against a long; its negative against a short."""


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
    interest: InterestSettings = Field(default_factory=InterestSettings)
    crowd: CrowdSettings = Field(default_factory=CrowdSettings)
    flow: FlowSettings = Field(default_factory=FlowSettings)
    reach: ReachSettings = Field(default_factory=ReachSettings)
    levels: LevelSettings = Field(default_factory=LevelSettings)
    cvd: CvdSettings = Field(default_factory=CvdSettings)
    large_trades: LargeTradeSettings = Field(default_factory=LargeTradeSettings)
    rest_data: RestDataSettings = Field(default_factory=RestDataSettings)
    trend: TrendSettings = Field(default_factory=TrendSettings)
