"""The market of the other fixture in every state of a cascade."""

from dataclasses import replace

from scoring.view import EMPTY, MarketView
from scoring.view.cascades import (
    CascadeInputs,
    CascadeState,
    CascadesView,
    Corrected,
    CrossedLevel,
    DayBalance,
    Exhaustion,
    ExhaustionPart,
    LogRow,
)
from tests.tui.views_fixture import AT_MS, FULL

QUIET = CascadeInputs(
    usd_60s=46_000, orders_60s=2, least_usd=1e6, impulse_bp=0.1, ratio=0.3, fast_rate=700.0, renewal=0.4,
    renewal_low=0.1, renewal_high=0.8, move_60=-0.0001, move_120=0.0003, sigmas=-0.2, needed_move=0.004, complete=True,
)  # fmt: skip
FORCED = CascadeInputs(
    usd_60s=6.2e6, orders_60s=21, least_usd=1e6, impulse_bp=14.2, ratio=14.0, fast_rate=210_000.0, renewal=1.54,
    renewal_low=1.12, renewal_high=2.01, move_60=0.0061, move_120=0.0092, sigmas=4.1, needed_move=0.004, levels=3,
    interest_5m=-0.011, interest_since=-0.014, complete=True,
)  # fmt: skip
LEVELS = (
    CrossedLevel(AT_MS - 130_000, 71_600, 71_500, 1.5e6, 107_000, 0.9),
    CrossedLevel(AT_MS - 90_000, 71_500, 71_400, 1.6e6, 114_000, 0.9, 1.07, 1.0, "sustains"),
    CrossedLevel(AT_MS - 10_000, 71_400, 71_300, 3.1e6, 221_000, 1.6, 1.94, 1.8, "accelerates"),
)
LOG = (
    LogRow(AT_MS - 130_000, "down", "71500 first level: 107,000 USD/bp, 0.9 bp/s"),
    LogRow(AT_MS - 120_000, "down", "igniting: impulse 2.1 bp, R 1.2 (at least 1.0), OI pending"),
    LogRow(AT_MS - 90_000, "down", "71400 sustains: 114,000 USD/bp, x1.07 a bp, 0.9 bp/s"),
    LogRow(AT_MS - 60_000, "down", "cascading: impulse 10.4 bp, R 1.5 (at least 1.1)"),
    LogRow(AT_MS - 10_000, "down", "71300 accelerates: 221,000 USD/bp, x1.94 a bp, 1.6 bp/s"),
)
DAY = DayBalance(214e6, 46e6, 0.823, 4.652, True, "one-sided long flush, a lower bound", 82 / 90, 90)
"""82 of 90 earlier days liquidated less: the ninth largest of 91."""
BADGE = Exhaustion(
    "partial",
    (
        ExhaustionPart("funding", True, "0.0300% to 0.0100%, 100% of the way to neutral"),
        ExhaustionPart("open interest", False, "-3.0% in coins, -5% is a flush"),
        ExhaustionPart("spot volume", None, "not known for 24 h"),
        ExhaustionPart("liquidations", True, "x0.4 of the usual rate"),
    ),
)
CORRECTED = (
    ("binance", Corrected(1.2e6, 3.4e6, 2.9e6, 4.1e6, 1.3, False, "largest of each second, 2 laws of sizes")),
    ("okx", Corrected(800_000, None, 800_000, None, None, True, "latest of each second, saturated: a lower bound")),
)
CALM_DOWN = CascadeState("down", "calm", AT_MS - 10_260_000, "cooled", "full", inputs=QUIET)
CALM_UP = replace(CALM_DOWN, direction="up", why="no chain of forced orders")
FALLING = CascadeState(
    "down", "cascading", AT_MS - 60_000, "impulse 14.2 bp, R 1.5 (at least 1.1)", "full", inputs=FORCED, run=0.0092,
    retraced=0.12, levels=LEVELS,
)  # fmt: skip
SAMPLED_INPUTS = replace(
    FORCED, complete=False, sampled=True, saturated=True, renewal=None, renewal_low=None, renewal_high=None,
    interest_5m=None, interest_since=None,
)  # fmt: skip

SAMPLED_QUIET = replace(QUIET, complete=False, sampled=True, renewal=None, renewal_low=None, renewal_high=None)


def market(down: CascadeState = CALM_DOWN, up: CascadeState = CALM_UP, **given: object) -> MarketView:
    """The full market with these states; `given` are the other fields of the cascades' view."""
    return replace(FULL, cascades=replace(CascadesView(down, up, balance=DAY), **given))  # type: ignore[arg-type]


CALM = market()
LOADING = market(
    up=CascadeState(
        "up", "loading", AT_MS - 840_000, "a cluster of 6.1 depths, touched in 4 h with 41%; OI +6.2% in 24 h", "full",
        inputs=QUIET,
    )
)  # fmt: skip
IGNITING = market(
    replace(
        FALLING, state="igniting", since_ms=AT_MS - 12_000, levels=LEVELS[:1],
        inputs=replace(FORCED, impulse_bp=2.1, levels=1, interest_5m=None, interest_since=None),
    ),
    log=LOG[:2],
)  # fmt: skip
CASCADING = market(FALLING, log=LOG)
EXHAUSTED = market(
    replace(FALLING, state="exhausted", why="no new extreme, OI -3.0% since ignition", retraced=0.3),
    log=LOG,
    exhaustion=BADGE,
    exhaustion_of="down",
)
REJECTED = market(
    up=replace(
        FALLING, direction="up", state="rejected", why="66% of its run was taken back; absorbed: OI hardly fell",
        retraced=0.66, levels=(*LEVELS[:2], replace(LEVELS[2], verdict="rejected")),
    )
)  # fmt: skip
STALE = "open interest is 2 m old"
BLIND_UP = market(FALLING, CascadeState("up", "blind", AT_MS - 30_000, STALE, "full", inputs=QUIET))
"""A fall that is told, and a rise of which nothing can be told."""
NO_TRADES = market(
    CascadeState("down", "blind", AT_MS - 30_000, "trades are 31 s old"),
    CascadeState("up", "blind", AT_MS - 30_000, "trades are 31 s old"),
)
DOWN = replace(CALM, cascade=replace(CALM.cascade, blind="bybit perp: dead"))
"""No liquidation feed is up; the states are those of before."""
SAMPLED = market(
    replace(FALLING, rule="sampled", at_least=True, inputs=SAMPLED_INPUTS),
    replace(CALM_UP, rule="sampled", inputs=SAMPLED_QUIET),
    corrected=CORRECTED,
)
ALL = {
    "calm": CALM, "loading": LOADING, "igniting": IGNITING, "cascading": CASCADING, "exhausted": EXHAUSTED,
    "rejected": REJECTED, "blind up": BLIND_UP, "no trades": NO_TRADES, "down": DOWN, "sampled": SAMPLED,
    "empty": EMPTY,
}  # fmt: skip
