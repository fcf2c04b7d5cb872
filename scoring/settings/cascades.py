"""Settings of cascade detection: what is measured, when a state begins and ends, what is blind, what comes after."""

from pydantic import Field

from scoring.settings.base import Strict

_FLOORS = {"BTC": 1e6, "ETH": 500e3} | dict.fromkeys(
    ("SOL", "XRP", "DOGE", "BNB", "ADA", "AVAX", "LINK", "SUI", "HYPE", "LTC", "TRX", "BCH", "DOT", "TON", "UNI"), 150e3
)


class InputRules(Strict):
    """`[cascade.rules.inputs]`: how the inputs of a cascade are measured."""

    merge_ms: int = Field(250, ge=0)
    """Forced orders of one exchange, coin and side this close together count as one. Splits of one order otherwise look
    like feedback: pure Poisson orders split in three read a branching ratio of 0.55, merged 0."""
    impulse_seconds: int = Field(60, gt=0, le=600)
    """The impulse is what was liquidated over this span by the resting USD per basis point."""
    depth_minutes: float = Field(60.0, gt=0)
    """Resting orders are taken as their median over this span: a book that flees would inflate the impulse."""
    fast_seconds: float = Field(10.0, gt=0)
    """The fast rate of liquidated USD forgets at this time constant."""
    slow_seconds: float = Field(1800.0, gt=0)
    """The slow rate of liquidated USD forgets at this time constant."""
    slow_least_seconds: float = Field(600.0, gt=0)
    """The slow rate is unknown until so much was seen. Judgement."""
    kernel_seconds: float = Field(15.0, gt=0)
    """Mean time from a forced order to those it sets off (exponential), for the renewal number."""
    memory_seconds: float = Field(30.0, gt=0)
    """Half-life of what the renewal number remembers."""
    prior: tuple[float, float] = (2.0, 4.0)
    """The renewal number's prior (events, expected events): one half, worth four expected events."""
    bound_z: float = Field(1.2816, gt=0)
    """Normal quantile of the renewal number's bounds: one in ten lies beyond each."""
    day_share: float = Field(0.95, gt=0, lt=1)
    """A minute is large when it liquidates more than this share of the day's minutes."""
    day_least_minutes: int = Field(240, gt=0)
    """Before so many minutes of the day were seen the floor alone decides. Judgement."""
    floor_usd: dict[str, float] = Field(default_factory=lambda: dict(_FLOORS))
    """Less than this in a minute is no cascade of that coin. A guess; the day's own share replaces it where higher."""
    other_floor_usd: float = Field(50_000.0, ge=0)
    """The same for all other coins. A guess."""
    volatility_half_life_hours: float = Field(6.0, gt=0)
    """Half-life of the usual volatility of minutes, against which a move is measured."""
    volatility_least_minutes: int = Field(30, gt=1)
    """Without candles the usual volatility is unknown until so many minutes were seen. Judgement."""
    level: float = Field(0.002, gt=0)
    """Levels crossed are steps of 1-2-2.5-5 of at most this share of the price. Judgement: two make a move of 40 bp
    count."""
    interest_seconds: float = Field(300.0, gt=0)
    """Open interest is compared over this span: that of the event studies on its fall."""
    interest_settle_seconds: float = Field(20.0, ge=0)
    """And no reading sooner after an ignition counts: exchanges count late, so it refutes nothing. Judgement."""
    saturation_seconds: int = Field(10, gt=0, le=60)
    """The span in which the occupied seconds of a sampling feed are counted."""


class EnterRules(Strict):
    """`[cascade.rules.enter]`: when a state begins. Thresholds come from a simulation; re-fit them on recordings."""

    hold_seconds: float = Field(3.0, ge=0)
    """A cascade ignites when its conditions held for so long."""
    ratio: float = Field(8.0, gt=1)
    """It ignites from this fast rate on, in slow rates."""
    ignition_bp: float = Field(0.5, gt=0)
    """It ignites from this impulse on."""
    orders: int = Field(4, ge=0)
    """It ignites from so many orders in 60 s on: one large order is no chain. Judgement, held against random walks."""
    ignition_renewal: float = Field(1.0, ge=0)
    """With a complete feed it ignites from this renewal number on. Judgement, held against random walks."""
    move_sigmas: float = Field(2.5, gt=0)
    """It ignites from this move of 60 s on, in usual deviations, in the forced direction."""
    cascade_bp: float = Field(10.0, gt=0)
    """It cascades from this impulse on, where a complete feed is up."""
    cascade_sampled_bp: float = Field(5.0, gt=0)
    """It cascades from this impulse on, where all feeds sample: they show half of it or less, and no renewal number."""
    renewal_low: float = Field(1.0, ge=0)
    """With a complete feed the renewal number's lower bound is at least this."""
    move: float = Field(0.004, gt=0)
    """It cascades from this move of 120 s on, as a fraction of the price."""
    move_120_sigmas: float = Field(4.0, gt=0)
    """And from this move of 120 s on in usual deviations."""
    levels: int = Field(2, ge=0)
    """And from so many levels crossed on."""
    interest: float = Field(-0.005, le=0)
    """And where open interest was read since ignition, from this fall of it in 5 min on: moves without one were noise
    in the event studies."""


class LeaveRules(Strict):
    """`[cascade.rules.leave]`: when a state ends."""

    share: float = Field(0.5, gt=0, le=1)
    """A state holds down to this share of its entry thresholds."""
    dwell_seconds: float = Field(10.0, ge=0)
    """No state is left downward earlier."""
    quiet_ignition_seconds: float = Field(60.0, gt=0)
    """An ignition is over after so long without a new extreme."""
    quiet_cascade_seconds: float = Field(90.0, gt=0)
    """A cascade is over after so long without a new extreme."""
    fast_share: float = Field(0.25, gt=0, lt=1)
    """And with a fast rate below this share of its peak."""
    renewal: float = Field(0.7, gt=0)
    """A cascade is exhausted below this renewal number."""
    interest: float = Field(-0.02, le=0)
    """A cascade is exhausted once open interest fell by this since it ignited."""
    retrace_ignition: float = Field(0.5, gt=0)
    """An ignition is rejected when this share of its run was taken back."""
    retrace_cascade: float = Field(0.618, gt=0)
    """A cascade is rejected when this share of its run was taken back. Custom among traders."""
    retrace_seconds: float = Field(300.0, gt=0)
    """Within this time after its extreme."""
    absorbed: float = Field(-0.005, le=0)
    """Rejected with a smaller fall of open interest than this, the orders were absorbed."""
    cool_seconds: float = Field(900.0, gt=0)
    """Exhausted and rejected last so long."""
    loading_seconds: float = Field(900.0, gt=0)
    """Loading ends when its conditions were false for so long."""


class LoadingRules(Strict):
    """`[cascade.rules.loading]`: when leverage stands ready. Judgement."""

    strength: float = Field(0.5, gt=0)
    """The nearest cluster is at least so many times the depth within 1 %."""
    touch: float = Field(0.25, gt=0, le=1)
    """And is touched within four hours with at least this chance."""
    interest: float = Field(0.05, gt=0)
    """And open interest in coins rose by this in 24 h,"""
    funding_share: float = Field(0.9, gt=0.5, lt=1)
    """or funding is more one-sided than this share of its own history,"""
    crowd: float = Field(0.65, gt=0.5, lt=1)
    """or this share of accounts stands on the side that would be liquidated."""


class BlindRules(Strict):
    """`[cascade.rules.blind]`: when nothing can be said."""

    trades_seconds: float = Field(5.0, gt=0)
    """Trades older than this are no price."""
    interest_seconds: float = Field(90.0, gt=0)
    """Open interest older than this confirms nothing."""
    saturated: float = Field(0.8, gt=0, le=1)
    """From this share of occupied seconds on a feed of one order a second hides how many there were."""
    back_seconds: float = Field(30.0, ge=0)
    """Data must be back for so long before a state is told again."""


class LevelRules(Strict):
    """`[cascade.rules.levels]`: how a crossed level is judged beside its growth, whose steps stand in `[levels]`."""

    faster: float = Field(0.9, gt=0)
    """It accelerates only where its speed is at least this share of the level's before."""
    slower: float = Field(0.6, gt=0)
    """It fades below this share of that speed."""
    retrace: float = Field(0.5, gt=0)
    """It is rejected where this share of its run was taken back,"""
    retrace_seconds: float = Field(60.0, gt=0)
    """within this time, with the taker flow turned."""
    kept: int = Field(60, gt=1)
    """So many crossed levels are kept per cascade."""
    log_rows: int = Field(200, gt=1)
    """So many rows of the log are kept per coin."""


class AftermathRules(Strict):
    """`[cascade.rules.aftermath]`: when the leverage of a side is exhausted, and how its day ranks."""

    funding_neutral: float = 0.0001
    """The funding rate per 8 h that a cascade resets towards: the interest part of Binance's formula."""
    funding_way: float = Field(0.5, gt=0, le=1)
    """It has reset when it went this share of the way,"""
    funding_middle: tuple[float, float] = (0.25, 0.75)
    """or stands between these shares of its own history."""
    interest_bitcoin: float = Field(-0.05, lt=0)
    """Open interest in coins was flushed from this change since before the event on, for bitcoin."""
    interest_other: float = Field(-0.10, lt=0)
    """The same for other coins."""
    spot_volume: tuple[float, float] = (0.6, 1.5)
    """Spot volume of 15 min is usual between these multiples of its median of 24 h."""
    rate: float = Field(2.0, gt=0)
    """Liquidations are usual again below this multiple of their usual rate."""
    complete: int = Field(4, gt=0)
    """Exhaustion is complete with so many of the four."""
    partial: int = Field(2, gt=0)
    """And partial with so many."""
    shown_hours: float = Field(4.0, gt=0)
    """The badge is shown for so long after an ignition. Judgement."""
    history_least: int = Field(20, gt=0)
    """A rank against fewer days of one's own history is none. Judgement."""


class CorrectionRules(Strict):
    """`[cascade.rules.correction]`: what a feed of one order a second leaves out."""

    largest: tuple[str, ...] = ("binance",)
    """The exchanges whose feed shows the largest order of each second, by their documents; OKX does not say which."""
    sigma: float = Field(1.8, gt=0)
    """Spread of the logarithm of order sizes where no complete feed tells it."""
    sizes_least: int = Field(200, gt=0)
    """A law of sizes is learned from no fewer orders of a complete feed. Judgement."""
    sizes_kept: int = Field(2_000, gt=0)
    """And from no more than the latest so many."""
    spread: tuple[float, float] = (0.87, 1.15)
    """The estimate's own tenth and ninetieth percentile over the truth, simulated at 0.3 to 170 orders a second."""


class CascadeRules(Strict):
    """`[cascade.rules]`: the state of a cascade."""

    inputs: InputRules = Field(default_factory=InputRules)
    """What is measured."""
    enter: EnterRules = Field(default_factory=EnterRules)
    """When a state begins."""
    leave: LeaveRules = Field(default_factory=LeaveRules)
    """When a state ends."""
    loading: LoadingRules = Field(default_factory=LoadingRules)
    """When leverage stands ready."""
    blind: BlindRules = Field(default_factory=BlindRules)
    """When nothing can be said."""
    levels: LevelRules = Field(default_factory=LevelRules)
    """How a crossed level is judged."""
    aftermath: AftermathRules = Field(default_factory=AftermathRules)
    """What is left after a cascade."""
    correction: CorrectionRules = Field(default_factory=CorrectionRules)
    """What sampling feeds leave out."""
