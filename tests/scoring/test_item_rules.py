"""What the items say beside their grades: places in history, open interest with funding, crowds apart, bitcoin."""

from dataclasses import replace

import pytest

from scoring import items
from scoring.checklist import checklist
from scoring.facts import Bitcoin, Facts
from scoring.funding import readings
from scoring.funding_item import funding as funding_item
from scoring.percentile import Place
from scoring.settings import FundingSettings, ScoringSettings
from scoring.view import CrowdReading, FundingReading, Grade, VenueTotal
from scoring.view.cascades import CascadeState, CascadesView, StateName
from tests.scoring.events_fixture import NOW, funding
from tests.scoring.test_items import CROWD, FACTS, INTEREST, PERP, PUTS, SETTINGS, SPOT, TREND

DAY = 86_400_000


def rates(*per_8h: float, percentile: float | None = None, days: float = 30) -> tuple[FundingReading, ...]:
    events = [funding(NOW, rate, venue=f"venue {number}") for number, rate in enumerate(per_8h)]
    history = None if percentile is None else round(days * DAY)
    return tuple(
        replace(row, percentile=percentile, history_ms=history) for row in readings(events, NOW, FundingSettings())
    )


@pytest.mark.parametrize(
    ("change", "price", "rate", "note"),
    [
        (0.06, 0.03, 0.0003, "new longs; longs pay for more leverage: crowded top"),
        (0.06, 0.03, 0.0001, "new longs"),
        (-0.06, -0.03, 0.0003, "longs closing; leverage leaves the longs that pay"),
        (0.06, -0.03, -0.0001, "new shorts; shorts pay for more leverage: crowded bottom"),
        (-0.06, 0.03, -0.0001, "short covering; leverage leaves the shorts that pay"),
        (0.01, 0.03, 0.0009, "unchanged"),
    ],
)
def test_open_interest_and_funding_tell_a_crowded_top_from_a_bottom(
    change: float, price: float, rate: float, note: str
) -> None:
    row = replace(INTEREST, coins_24h=change)
    facts = replace(FACTS, interest=(row,), price_24h=price, fundings=rates(rate))
    assert items.open_interest(facts, SETTINGS).reason == note


def test_stale_funding_says_nothing_of_a_top() -> None:
    stale = tuple(replace(row, stale=True) for row in rates(0.0009))
    assert items.open_interest(replace(FACTS, fundings=stale), SETTINGS).reason == "new longs"


def test_large_positions_are_told_against_all_accounts() -> None:
    """The median of the exchanges that tell both: 48 - 62 and 52 - 60 points."""
    rows = (
        CROWD,
        replace(CROWD, basis="top_positions", long_share=0.48),
        CrowdReading("okx", "accounts", 0.60, None, NOW, False),
        CrowdReading("okx", "top_positions", 0.52, None, NOW, False),
        CrowdReading("htx", "top_positions", 0.90, None, NOW, False),
        CrowdReading("bybit", "top_positions", 0.10, None, NOW, True),
    )
    item = items.long_short_ratio(replace(FACTS, crowd=rows), SETTINGS)
    assert item.reason == "the crowd is long; top positions -11 points"


@pytest.mark.parametrize(
    ("share", "put_call", "apart"), [(0.62, 1.2, True), (0.62, 0.9, False), (0.55, 1.2, False), (None, 1.2, False)]
)
def test_a_long_crowd_with_defensive_options_is_a_divergence(share: float | None, put_call: float, apart: bool) -> None:
    crowd = () if share is None else (replace(CROWD, long_share=share),)
    item = items.options(replace(FACTS, crowd=crowd, options=(replace(PUTS, open_interest=put_call),)), SETTINGS)
    assert ("divergence: the crowd is long" in item.reason) is apart
    assert item.long in ("pass", "warn")


@pytest.mark.parametrize(
    ("spot", "perp", "z", "long", "short", "reason"),
    [
        (12e6, -8e6, None, "pass", "warn", "spot absorption, by spot's share 0.60"),
        (-2e6, 9e6, None, "warn", "warn", "perp-led rally, by spot's share 0.18"),
        (-2e6, 9e6, (-0.4, 1.2), "warn", "warn", "perp-led rally"),
        (2e6, -9e6, (0.4, -1.2), "warn", "warn", "perp-led fall"),
        (3e6, 1e6, (0.5, 0.5), "pass", "warn", "spot leads"),
        (-3e6, -1e6, (-1.0, -0.2), "fail", "pass", "spot sells"),
    ],
)
def test_spot_against_futures_flow(
    spot: float, perp: float, z: tuple[float, float] | None, long: Grade, short: Grade, reason: str
) -> None:
    """By the z-scores of the day; without them by spot's share of both, and then nothing fails."""
    spot_z, perp_z = z or (None, None)
    flow = replace(SPOT, usd=spot, z=spot_z), replace(PERP, usd=perp, z=perp_z)
    item = items.cvd(replace(FACTS, flow=flow), SETTINGS)
    assert (item.long, item.short, item.reason) == (long, short, reason)


def cascades(down: StateName, up: StateName = "calm") -> CascadesView:
    return CascadesView(down=CascadeState("down", down), up=CascadeState("up", up))


@pytest.mark.parametrize(
    ("rho", "down", "up", "long", "short"),
    [
        (0.8, "calm", "calm", "pass", "fail"),
        (0.8, "igniting", "calm", "fail", "fail"),
        (0.8, "cascading", "calm", "fail", "fail"),
        (0.8, "exhausted", "calm", "pass", "fail"),
        (0.3, "cascading", "calm", "warn", "warn"),
    ],
)
def test_a_cascade_of_bitcoin_fails_a_coin_that_follows_it(
    rho: float, down: StateName, up: StateName, long: Grade, short: Grade
) -> None:
    facts = replace(FACTS, bitcoin=Bitcoin(TREND, rho, 1.1, False, cascades(down, up)))
    item = items.btc_context(facts, SETTINGS)
    assert (item.long, item.short) == (long, short)
    assert ("bitcoin is" in item.reason) is (down in ("igniting", "cascading"))


@pytest.mark.parametrize(("days", "long"), [(7.0, "fail"), (6.9, "pass")])
def test_a_crowd_rare_in_a_week_of_its_own_history_fails(days: float, long: Grade) -> None:
    """55 % alone is no crowd; below a week the percentile is only shown."""
    row = replace(CROWD, long_share=0.55, percentile=96.0, history_ms=round(days * DAY))
    item = items.long_short_ratio(replace(FACTS, crowd=(row,)), SETTINGS)
    assert (item.long, item.percentile, item.history_ms) == (long, 96.0, round(days * DAY))


@pytest.mark.parametrize(("days", "long"), [(7.0, "fail"), (6.9, "warn")])
def test_funding_rare_in_a_week_of_its_own_history_fails(days: float, long: Grade) -> None:
    item = funding_item(replace(FACTS, fundings=rates(0.0004, percentile=97.0, days=days)), SETTINGS)
    assert (item.long, item.percentile) == (long, 97.0)


def test_items_tell_the_median_place_over_the_shortest_history() -> None:
    rows = tuple(
        replace(INTEREST, venue=venue, percentile=place, history_ms=days * DAY)
        for venue, place, days in (("binance", 90.0, 19), ("bybit", 70.0, 7), ("okx", None, 0))
    )
    item = items.open_interest(replace(FACTS, interest=rows), SETTINGS)
    assert (item.percentile, item.history_ms, item.source) == (80.0, 7 * DAY, "binance, bybit, okx")


def test_an_hours_change_has_no_place_among_those_of_days() -> None:
    row = replace(INTEREST, coins_24h=None, percentile=90.0, history_ms=19 * DAY)
    item = items.open_interest(replace(FACTS, interest=(row,)), SETTINGS)
    assert (item.value, item.percentile) == ("+3.0 % coins 1h", None)


def test_the_flow_has_the_place_of_spot_in_its_day() -> None:
    flow = replace(SPOT, percentile=88.0, history_ms=DAY), replace(PERP, percentile=12.0, history_ms=DAY)
    item = items.cvd(replace(FACTS, flow=flow), SETTINGS)
    assert (item.percentile, item.history_ms) == (88.0, DAY)


def test_the_day_tells_where_its_last_hour_stands() -> None:
    seen = VenueTotal("bybit", FACTS.day.long, FACTS.day.short, 1.0)
    facts = replace(FACTS, hour=Place(93.0, 23 * 3_600_000), day=replace(FACTS.day, venues=(seen,)))
    item = next(item for item in checklist(facts, SETTINGS).items if item.name == "realised 24 h")
    assert (item.percentile, item.history_ms, item.source) == (93.0, 23 * 3_600_000, "bybit")


def test_every_item_says_what_decides_known_or_not() -> None:
    """Eleven of them, by the settings."""
    nothing = Facts(NOW, None, (), FACTS.day)
    for facts in (FACTS, nothing):
        found = checklist(facts, SETTINGS).items
        assert len(found) == 11
        assert all(item.threshold for item in found)
    settings = ScoringSettings(funding=FundingSettings(long_fail=0.0008))
    item = next(item for item in checklist(nothing, settings).items if item.name == "funding")
    assert item.threshold.startswith("long fails from +0.08 %, short from -0.05 %")
