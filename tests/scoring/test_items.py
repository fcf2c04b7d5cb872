"""Each item is graded from fresh readings, and says in a few words why it isn't where they are missing."""

from dataclasses import replace

import pytest

from scoring import items
from scoring.checklist import checklist
from scoring.facts import Bitcoin, Facts
from scoring.settings import ScoringSettings
from scoring.view import (
    CheckItem,
    CrowdReading,
    FlowReading,
    InterestReading,
    LargeTradesView,
    OptionsReading,
    SideTotal,
    TrendReading,
    WindowTotal,
)
from tests.scoring.events_fixture import NOW

SETTINGS = ScoringSettings()
INTEREST = InterestReading("binance", 100.0, 10_000.0, 0.03, 0.06, None, None, NOW - 5_000, False)
SPOT = FlowReading("", "spot", 60, 3e6, 1.0, 1.2)
PERP = FlowReading("", "perp", 60, 1e6, 1.0, 0.4)
LARGE = LargeTradesView(15, 200_000.0, 9e6, 1e6, 7, 2.5, 1.0)
CROWD = CrowdReading("binance", "accounts", 0.62, 0.07, NOW - 60_000, False)
PUTS = OptionsReading("okx", "BTC-USD", 1.2, None, NOW - 60_000, False)
TREND = TrendReading("1h", 2, 31.0, "averages up, swings up, Supertrend mixed", NOW - 3_700_000)
FACTS = Facts(
    now_ms=NOW,
    blind=None,
    fundings=(),
    day=WindowTotal(1440, SideTotal(), SideTotal(), (), 0.0),
    interest=(INTEREST,),
    price_1h=0.01,
    price_24h=0.03,
    flow=(SPOT, PERP),
    large=LARGE,
    crowd=(CROWD,),
    options=(PUTS,),
    trend=(TREND,),
    bitcoin=Bitcoin(TREND, 0.8, 1.1, False),
)


def short(item: CheckItem) -> tuple[str, str, str, str]:
    return item.long, item.short, item.value, item.reason


def test_known_readings_are_graded_with_value_reason_and_age() -> None:
    """New longs, spot that leads, large buyers, a long crowd, many puts, and two trends up."""
    assert short(items.open_interest(FACTS, SETTINGS)) == ("pass", "fail", "+6.0 % coins 24h", "new longs")
    assert short(items.cvd(FACTS, SETTINGS)) == ("pass", "fail", "spot +1.2σ perp +0.4σ", "spot leads")
    assert short(items.large_trades(FACTS, SETTINGS)) == ("pass", "fail", "+2.5σ 15m", "7 large")
    assert short(items.long_short_ratio(FACTS, SETTINGS)) == ("warn", "pass", "62/38 +7 24h", "the crowd is long")
    assert short(items.options(FACTS, SETTINGS))[:3] == ("warn", "pass", "put/call 1.20")
    assert short(items.local_trend(FACTS, SETTINGS)) == ("pass", "fail", "+2 ADX 31", TREND.reason)
    assert short(items.btc_context(FACTS, SETTINGS)) == ("pass", "fail", "trend +2 ρ 0.80", "follows bitcoin")
    ages = [item.age_ms for item in checklist(FACTS, SETTINGS).items if item.age_ms is not None]
    assert ages == [5_000, 100_000, 100_000, 60_000, 60_000]


STALE = TrendReading("1h", None, None, "candles are stale")


@pytest.mark.parametrize(
    ("name", "facts", "reason"),
    [
        ("open interest", replace(FACTS, interest=(replace(INTEREST, stale=True),)), "stale"),
        ("open interest", replace(FACTS, interest=()), "none seen yet"),
        ("open interest", replace(FACTS, price_24h=None, price_1h=None), "no price history yet"),
        (
            "open interest",
            replace(FACTS, interest=(replace(INTEREST, coins_1h=None, coins_24h=None),)),
            "no history yet: binance",
        ),
        ("CVD", replace(FACTS, flow=(PERP,)), "no spot trades seen"),
        ("CVD", replace(FACTS, flow=(SPOT, replace(PERP, coverage=0.85))), "futures seen 85 % of 1 h"),
        ("large trades", replace(FACTS, large=replace(LARGE, coverage=0.85)), "not seen for 15 m yet"),
        ("large trades", replace(FACTS, large=replace(LARGE, z=None)), "7 in 15 m, no day to compare with"),
        ("long/short ratio", replace(FACTS, crowd=(replace(CROWD, stale=True),)), "stale"),
        ("long/short ratio", replace(FACTS, crowd=(replace(CROWD, basis="top_positions"),)), "none seen yet"),
        ("options", replace(FACTS, options=(replace(PUTS, stale=True),)), "stale"),
        ("options", replace(FACTS, options=(replace(PUTS, open_interest=None, volume=0.8),)), "none listed or seen"),
        ("local trend", replace(FACTS, trend=(STALE,)), "candles are stale"),
        ("local trend", replace(FACTS, trend=()), "no candles yet"),
        ("BTC context", replace(FACTS, bitcoin=None), "BTC is not watched"),
        ("BTC context", replace(FACTS, bitcoin=Bitcoin(STALE, 0.8, 1.1, False)), "candles are stale"),
        ("BTC context", replace(FACTS, bitcoin=Bitcoin(TREND, None, None, False)), "too few common candles"),
    ],
)
def test_what_is_stale_or_missing_is_unknown_with_the_reason(name: str, facts: Facts, reason: str) -> None:
    """Never a pass; and the reason fits forty columns."""
    (item,) = [item for item in checklist(facts, SETTINGS).items if item.name == name]
    assert (item.long, item.short, item.reason) == ("unknown", "unknown", reason)
    assert len(reason) <= 40


def test_open_interest_of_an_hour_serves_where_the_day_is_not_known() -> None:
    """In coins or in price."""
    for facts in (
        replace(FACTS, price_24h=None),
        replace(FACTS, interest=(replace(INTEREST, coins_24h=None),)),
    ):
        assert items.open_interest(facts, SETTINGS).value == "+3.0 % coins 1h"


def test_a_change_is_that_of_the_venues_that_hold_most_of_the_coins() -> None:
    """Gate's 99 have no history and are named; with 101 of 201 coins they leave the change unknown."""
    gate = replace(INTEREST, venue="gate", coins=99.0, coins_1h=None, coins_24h=None)
    item = items.open_interest(replace(FACTS, interest=(INTEREST, gate)), SETTINGS)
    assert (item.value, item.reason) == ("+6.0 % coins 24h", "new longs; without gate")
    most = replace(gate, coins=101.0)
    item = items.open_interest(replace(FACTS, interest=(INTEREST, most)), SETTINGS)
    assert (item.long, item.reason) == ("unknown", "no history yet: gate")


def test_changes_are_weighed_by_what_the_venues_hold() -> None:
    """110 from 100 and 90 from 100 are no change at all."""
    rows = (replace(INTEREST, coins=110.0, coins_24h=0.1), replace(INTEREST, venue="okx", coins=90.0, coins_24h=-0.1))
    assert items.open_interest(replace(FACTS, interest=rows), SETTINGS).value in (
        "+0.0 % coins 24h",
        "-0.0 % coins 24h",
    )


def test_large_trades_warn_between_the_thresholds() -> None:
    """Pass from +1 on, fail down to -2, each in its direction."""
    grades = [
        (item.long, item.short)
        for z in (0.9, -1.9, -2.0, 1.0)
        for item in [items.large_trades(replace(FACTS, large=replace(LARGE, z=z)), SETTINGS)]
    ]
    assert grades == [("warn", "warn"), ("warn", "pass"), ("fail", "pass"), ("pass", "warn")]


def test_bitcoin_fails_an_entry_only_where_the_coin_follows_it() -> None:
    """And for bitcoin itself its own trend is the context."""
    down = replace(TREND, score=-3)
    rows = [
        items.btc_context(replace(FACTS, bitcoin=Bitcoin(down, correlation, 1.0, itself)), SETTINGS)
        for correlation, itself in ((0.6, False), (0.59, False), (None, True))
    ]
    assert [row.long for row in rows] == ["fail", "warn", "fail"]
    assert rows[2].reason == "it is bitcoin"


def test_options_warn_at_most() -> None:
    """However many puts."""
    item = items.options(replace(FACTS, options=(replace(PUTS, open_interest=50.0),)), SETTINGS)
    assert (item.long, item.short) == ("warn", "pass")
