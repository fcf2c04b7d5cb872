"""A full market view made by hand, and how to read rows as a person does."""

from collections.abc import Sequence
from dataclasses import replace

from scoring.view import (
    CascadeView,
    Change,
    CheckItem,
    ChecklistView,
    Cluster,
    CoinSummary,
    Counts,
    DirectionVerdict,
    FeedHealth,
    FundingMedian,
    FundingReading,
    Health,
    LadderCell,
    LadderView,
    MarketView,
    Reading,
    SideTotal,
    TapeRow,
    VenueTotal,
    WindowTotal,
)
from tui.views.row import Row

AT_MS = 1_737_979_424_000
"""2025-01-27 12:03:44 UTC."""

FOUR_HOURS = WindowTotal(
    240,
    SideTotal(29_100_000, 41),
    SideTotal(14_500_000, 17, True),
    (
        VenueTotal("binance", SideTotal(9_000_000, 11, True), SideTotal(6_000_000, 7, True), 1.0),
        VenueTotal("bybit", SideTotal(20_100_000, 30), SideTotal(8_500_000, 10), 1.0),
        VenueTotal("okx", SideTotal(), SideTotal(), 1.0),
    ),
    1.0,
)
DAY = WindowTotal(
    1440,
    SideTotal(214_000_000, 310, True),
    SideTotal(46_000_000, 77, True),
    (
        VenueTotal("binance", SideTotal(90_000_000, 120, True), SideTotal(26_000_000, 40, True), 1.0),
        VenueTotal("bybit", SideTotal(124_000_000, 190), SideTotal(20_000_000, 37), 1.0),
        VenueTotal("okx", SideTotal(), SideTotal(), 0.0),
    ),
    0.0,
)
LADDER = LadderView(
    240,
    250.0,
    {
        288: LadderCell(0, 400_000, False, True),
        287: LadderCell(0, 3_100_000, False, True),
        286: LadderCell(0, 8_700_000, False, True),
        285: LadderCell(600_000, 2_200_000, False, True),
        284: LadderCell(1_900_000),
        283: LadderCell(5_400_000),
        282: LadderCell(12_800_000, 100_000, False, True),
        281: LadderCell(7_300_000),
        280: LadderCell(1_100_000),
    },
)
ABOVE = (Cluster("above", 71_900, 72_600, 71_600, 0.011, 0, 8_700_000, True, AT_MS - 200_000),)
BELOW = (
    Cluster("below", 70_400, 70_800, 70_600, -0.012, 20_100_000, 100_000, True, AT_MS - 3_900_000),
    Cluster("below", 69_990, 70_120, 70_050, -0.02, 1_100_000, 0, False, AT_MS - 7_000_000),
)
CHECKLIST = ChecklistView(
    (
        CheckItem("realised 24h", "pass", "fail", "82 % long", "a one-sided long flush", 1.0, 4_000),
        CheckItem("funding", "pass", "pass", "+0.0102 % 8h", "cool", 1.5, 61_000),
        CheckItem("open interest", "unknown", "unknown", "", "not watched yet", 1.5),
        CheckItem("large trades", "warn", "pass", "+1.3M in 15m", "some buying", 1.0, 9_000),
    ),
    DirectionVerdict("OK", 0.79, 0.94, "3 pass"),
    DirectionVerdict("NO ENTRY", 0.38, 0.94, "realised 24h fails"),
)
TAPE = (
    TapeRow(AT_MS - 1_000, "bybit", "perp", "short", None, 182_000, 71_440.5, False),
    TapeRow(AT_MS - 1_000, "binance", "perp", "short", None, 96_000, 71_441.2, True),
    TapeRow(AT_MS - 3_000, "okx", "spot", None, "buy", 1_900_000, 71_438.0, False),
    TapeRow(AT_MS - 22_000, "binance", "perp", "long", None, 61_000, 71_380.0, True),
    TapeRow(AT_MS - 35_000, "okx", "perp", None, "sell", 2_400_000, 71_377.5, False),
)


def feed(venue: str, state: Health = "live", lag_ms: int | None = 84) -> FeedHealth:
    return FeedHealth(venue, "perp", f"{venue} perp", state, "12.0 events/s", AT_MS - 500, lag_ms, events=120)


def funding(venue: str, per_8h: float) -> FundingReading:
    return FundingReading(venue, per_8h, 8.0, per_8h, per_8h * 3 * 365, AT_MS + 11_520_000, AT_MS - 900, False)


FULL = MarketView(
    at_ms=AT_MS,
    coin="BTC",
    price=Reading(71_452.3, "binance mark price", AT_MS - 400, "", AT_MS + 9_600),
    change=Change(0.0124, 86_400_000),
    ladder=LADDER,
    above=ABOVE,
    below=BELOW,
    cascade=CascadeView(1_200_000, 46_000, 120_000, 10.4, True, AT_MS - 1_000, DAY, 0.823),
    checklist=CHECKLIST,
    tape=TAPE,
    funding=(funding("binance", 0.000102), funding("bybit", 0.00012), funding("okx", 0.0001)),
    funding_median=FundingMedian(0.000102, 0.11169, AT_MS + 11_520_000, 3, False),
    totals=(FOUR_HOURS, DAY),
    feeds=(feed("binance"), feed("bybit"), feed("okx", "quiet", None)),
    coins=(
        CoinSummary("BTC", 71_452.3, -0.33),
        CoinSummary("ETH", 3_245.67, 0.1),
        CoinSummary("SOL", None, None),
        CoinSummary("POPCAT", 0.4512, 0.9, "cascade"),
        CoinSummary("WIF", 1.2345, None),
    ),
    counts=Counts(12_000, 58, 0, {}),
)
"""All that a view of this stage can hold."""


def partly_seen(view: MarketView, coverage: float) -> MarketView:
    """The same market when every venue was watched for only this share of each window."""

    def cut(total: WindowTotal) -> WindowTotal:
        return replace(
            total,
            venues=tuple(replace(venue, coverage=coverage) for venue in total.venues),
            coverage=coverage,
        )

    day = view.cascade.day
    return replace(
        view,
        totals=tuple(map(cut, view.totals)),
        cascade=replace(view.cascade, day=cut(day) if day else None),
    )


def lines(rows: Sequence[Row]) -> list[str]:
    """The rows as text, without the blanks at their ends."""
    return ["".join(text for text, _ in row).rstrip() for row in rows]


def screen(rows: Sequence[Row]) -> str:
    """All rows as one text."""
    return "\n".join(lines(rows))
