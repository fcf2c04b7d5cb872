"""What the exchanges report of a coin, made by hand: some fresh, some stale, some missing, one blocked."""

from dataclasses import replace

from feeds.events import Market
from scoring.view import (
    CoinSummary,
    CrowdReading,
    DepthReading,
    FlowReading,
    InterestReading,
    LargeTradesView,
    OptionsReading,
    TrendReading,
    VenueState,
)
from tests.tui.views_fixture import AT_MS, FULL

INTEREST = (
    InterestReading("binance", 17_200.0, 1_230_000_000.0, 0.003, -0.021, 0.001, 0.042, AT_MS - 12_000, False),
    InterestReading("okx", 11_600.0, 830_000_000.0, None, None, None, None, AT_MS - 400_000, True),
    InterestReading("bybit", 8_000.0, 570_000_000.0, 0.01, 0.05, None, 0.1, AT_MS - 3_000, False),
)
CROWD = (
    CrowdReading("binance", "accounts", 0.62, 0.07, AT_MS - 60_000, False),
    CrowdReading("binance", "top_positions", 0.55, None, AT_MS - 60_000, False),
    CrowdReading("htx", "accounts", 0.5, -0.01, AT_MS - 4_000_000, True),
)
_FLOWS: tuple[tuple[str, Market, float, float, float | None], ...] = (
    ("binance", "spot", -33_000.0, 1.0, -0.2),
    ("coinbase", "spot", 1_000.0, 0.5, None),
    ("", "spot", -32_000.0, 0.5, -0.1),
    ("bybit", "perp", 300_000.0, 1.0, 1.1),
    ("okx", "perp", 0.0, 1.0, None),
    ("hyperliquid", "perp", 0.0, 0.0, None),
)
FLOW = tuple(
    FlowReading(venue, market, window, usd * window, coverage, z if window == 60 else None)
    for venue, market, usd, coverage, z in _FLOWS
    for window in (15, 60, 240, 1440)
)
LARGE = LargeTradesView(15, 1_000_000.0, 4_300_000.0, 1_100_000.0, 3, 1.3, 1.0)
DEPTH = (
    DepthReading("binance", "perp", 1.0, 61_000_000.0, 52_000_000.0, AT_MS - 7_000, False),
    DepthReading("bybit", "spot", 1.0, 8_000_000.0, 0.0, AT_MS - 900_000, True),
)
OPTIONS = (OptionsReading("deribit", "BTC", 0.61, None, AT_MS - 94_000, False),)
TREND = (
    TrendReading("1h", 2, 27.0, "above its mean, rising", AT_MS - 30_000),
    TrendReading("15m", None, None, "12 of 60 candles seen"),
)
VENUES = (
    VenueState("binance"),
    VenueState("bybit"),
    VenueState("coinbase"),
    VenueState("deribit"),
    VenueState("htx", "not listed"),
    VenueState("hyperliquid", "down: no answer in 10 s", AT_MS + 42_000),
    VenueState("okx", "blocked: HTTP 451, service not available in your region", AT_MS + 600_000),
)
COINS = (
    CoinSummary("BTC", 71_452.3, -0.33, "", 0.0124, 0.0001, 0.02, 1_200_000.0, 46_000.0, True, "OK", "NO ENTRY"),
    CoinSummary("ETH", 3_245.67, 0.1, "", -0.03, 0.0003, -0.04, 0.0, 0.0, False, "WAIT", "INSUFFICIENT DATA"),
    CoinSummary("SOL", None, None),
    CoinSummary("POPCAT", 0.4512, 0.9, "cascade up", 0.2, -0.0002, None, 5_000.0, 90_000.0, False, "NO ENTRY", "OK"),
)

REPORTED = replace(
    FULL,
    interest=INTEREST,
    crowd=CROWD,
    flow=FLOW,
    large=LARGE,
    depth=DEPTH,
    options=OPTIONS,
    trend=TREND,
    venues=VENUES,
    coins=COINS,
    counts=replace(
        FULL.counts,
        left_out={"not listed": 1, "late": 12},
        reasons={"late": "[red]11 s late", "not listed": "BTC is not listed on htx perp"},
        dropped=3,
    ),
)
"""The full market with everything that exchanges report."""
