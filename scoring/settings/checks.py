"""Settings of the checklist and of the figures that it grades."""

from pydantic import Field

from scoring.settings.base import Strict


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
    long_percentile: float = Field(95.0, gt=50, le=100)
    """From this percentile of the coin's own history on, a rate that warns a long fails it. Judgement."""
    short_percentile: float = Field(5.0, ge=0, lt=50)
    """Down to this percentile a rate of at most `short_unusual` fails a short. Judgement."""
    short_unusual: float = -0.0001
    """A rate above this fails no short by its percentile: a coin that is always near zero pays nothing to speak of."""


class PercentileSettings(Strict):
    """`[percentiles]`: a value against its own history, by the hour."""

    kept_days: float = Field(31.0, gt=0)
    """So much history is kept: a month, so that a percentile is of the market as it is now."""
    hours_least: float = Field(20.0, gt=0)
    """A percentile is told once its history is so long. Judgement: as good as a day."""
    readings_least: int = Field(20, gt=1)
    """And once it has so many readings: of fewer the fifth and the last are all that is extreme. Judgement."""
    decides_days: float = Field(7.0, gt=0)
    """It decides, beside the fixed thresholds, once its history is so long. Judgement: a week has every weekday."""


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
    map_confidence_least: int = Field(25, ge=0, le=100)
    """An estimated map of less confidence is not graded. Judgement: a venue of four, or a quarter of the lens known."""
    map_stale_seconds: float = Field(180.0, gt=0)
    """An estimated map that was not moved on for so long is not graded: three of its steps of a minute."""


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
