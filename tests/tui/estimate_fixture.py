"""The market of the other fixture with an estimated map beside it."""

from dataclasses import replace

from scoring.view import Asymmetry, EstimatedCell, EstimatedCluster, MapView, Record, Volatility
from tests.tui.views_fixture import AT_MS, FULL

MAP = MapView(
    reason="",
    step=250.0,
    cells={
        288: EstimatedCell(0, 220e6),
        287: EstimatedCell(0, 70e6),
        286: EstimatedCell(0, 0, AT_MS - 240_000),
        284: EstimatedCell(9e6),
        283: EstimatedCell(14e6),
        282: EstimatedCell(38e6),
        281: EstimatedCell(61e6),
    },
    densest_usd=220e6,
    above=(
        EstimatedCluster(
            7, "above", 71_900, 72_600, 72_100, 0.0063, 530e6, 5.3e6, 0.62, AT_MS - 3_900_000,
            touch=0.41, pull=0.49, stars=4, depth_ratio=6.1, strength="book-sized", push_bp=(12.0, 40.0),
            record=Record(212, 90, 70.0, 1.3, 1.1, 1.5, "lift"),
        ),
    ),
    below=(
        EstimatedCluster(
            3, "below", 70_200, 70_600, 70_300, -0.0119, 123e6, None, 0.8, AT_MS - 200_000, record=Record(44, 20, 18.0)
        ),
    ),
    swept=(
        EstimatedCluster(
            2, "above", 71_500, 71_600, 71_550, 0.001, 9e6, None, 0.0, AT_MS - 9_000_000, swept_at_ms=AT_MS - 240_000
        ),
    ),
    long_usd=214e6,
    short_usd=1.48e9,
    raw=0.7473,
    asymmetry=(
        Asymmetry(4.0, 0.5, 0.1), Asymmetry(24.0, 0.62, 0.3), Asymmetry(168.0, -0.81, 0.6), Asymmetry(720.0, None, 0.0),
    ),
    volatility=Volatility(0.025, "5 min returns of binance", True),
    record=Record(44, 20, 18.0, 1.1, 0.7, 1.6),
    confidence=64,
    confidence_why="3 of 5 venues, seeded from 41 h",
    seeded="seeded from 41 h of open interest, live for 12m",
    venues=("binance", "bybit", "okx"),
    missing=("hyperliquid", "htx"),
    at_ms=AT_MS,
)  # fmt: skip
ESTIMATED = replace(FULL, map=MAP)
