"""What is out of date is unknown and can't leave a green verdict, whichever inputs they are."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from scoring.checklist import checklist
from scoring.facts import Bitcoin, Facts
from scoring.funding import readings
from scoring.reports import Reports
from scoring.settings import ScoringSettings
from scoring.view import (
    Asymmetry,
    FlowReading,
    LargeTradesView,
    MapView,
    SideTotal,
    TrendReading,
    VenueTotal,
    WindowTotal,
)
from scoring.view.cascades import CascadeState, CascadesView
from tests.scoring.events_fixture import NOW, funding, long_short, open_interest, put_call

SETTINGS = ScoringSettings()
REST = SETTINGS.rest_data
LIMITS_MS = {
    "funding": SETTINGS.funding.stale_seconds * 1000,
    "liquidation map": SETTINGS.checklist.map_stale_seconds * 1000,
    "open interest": REST.interest_stale_seconds * 1000,
    "long/short ratio": REST.crowd_stale_seconds * 1000,
    "options": REST.options_stale_seconds * 1000,
}
"""How old an input may be."""
LEAST_SEEN = {"CVD": 0.9, "large trades": 0.9, "realised 24 h": SETTINGS.checklist.realised_coverage_least}
"""How much of its window must have been seen."""
CANDLES = ("local trend", "BTC context")
DAY_MS = 86_400_000


def facts(ages: dict[str, int], seen: dict[str, float], gone: set[str]) -> Facts:
    """Everything speaks for a long; inputs are so old, so much of them was seen, and these are not known any more."""
    trend = TrendReading("1h", 3, 30.0, "up", NOW - 3_600_000)
    none = TrendReading("1h", None, None, "candles are stale")
    at_ms = {name: NOW - age for name, age in ages.items()}
    reports = Reports(REST, SETTINGS.percentiles)
    for ago, coins in ((DAY_MS, 100.0), (0, 110.0)):
        reports.take(open_interest(at_ms["open interest"] - ago, coins), None)
    reports.take(long_short(at_ms["long/short ratio"], 0.5), None)
    reports.take(put_call(at_ms["options"], 0.5), None)
    side = SideTotal(5e6, 10)
    day = seen["realised 24 h"]
    flow = [
        FlowReading("", market, 60, usd, seen["CVD"], z) for market, usd, z in (("spot", 9e6, 2.0), ("perp", 1e6, 0.5))
    ]  # type: ignore[arg-type]
    return Facts(
        now_ms=NOW,
        blind="no liquidation feed is up" if "cascade" in gone else None,
        fundings=readings([funding(at_ms["funding"], 0.0001)], NOW, SETTINGS.funding),
        day=WindowTotal(1440, side, side, (VenueTotal("bybit", side, side, day),), day),
        interest=reports.interest(NOW),
        price_1h=0.01,
        price_24h=0.05,
        flow=tuple(flow),
        large=LargeTradesView(15, 2e5, 9e6, 1e6, 7, 2.0, seen["large trades"]),
        crowd=reports.crowd(NOW),
        options=reports.options(NOW),
        trend=(none if "local trend" in gone else trend,),
        bitcoin=Bitcoin(none if "BTC context" in gone else trend, 0.9, 1.0, False),
        map=MapView(
            reason="", at_ms=at_ms["liquidation map"], confidence=80, raw=0.5,
            asymmetry=(Asymmetry(24.0, 0.5, 0.3, "dominant, shorts above"),),
        ),
        cascades=CascadesView(down=CascadeState("down", "calm"), up=CascadeState("up", "calm")),
    )  # fmt: skip


FRESH_AGES, WHOLLY_SEEN = dict.fromkeys(LIMITS_MS, 0), dict.fromkeys(LEAST_SEEN, 1.0)


def test_with_all_inputs_fresh_all_items_are_known_and_a_long_is_ok() -> None:
    view = checklist(facts(FRESH_AGES, WHOLLY_SEEN, set()), SETTINGS)
    assert [item.name for item in view.items if item.long == "unknown"] == []
    assert (view.long.verdict, view.long.coverage) == ("OK", 1.0)


@given(
    ages=st.fixed_dictionaries({name: st.integers(0, round(3 * limit)) for name, limit in LIMITS_MS.items()}),
    seen=st.fixed_dictionaries({name: st.floats(0, 1) for name in LEAST_SEEN}),
    gone=st.sets(st.sampled_from([*CANDLES, "cascade"])),
)
def test_what_is_out_of_date_is_unknown_and_no_verdict_is_green_without_it(
    ages: dict[str, int], seen: dict[str, float], gone: set[str]
) -> None:
    """An item is known where its input is within its limit, and only there; OK needs 70 % of the weights."""
    view = checklist(facts(ages, seen, gone), SETTINGS)
    stale = {name for name, age in ages.items() if age > LIMITS_MS[name]}
    stale |= {name for name, share in seen.items() if share < LEAST_SEEN[name]} | gone
    assert {item.name for item in view.items if item.long == "unknown"} == stale
    assert {item.name for item in view.items if item.short == "unknown"} == stale
    weights = {item.name: item.weight for item in view.items}
    known = 1 - sum(weights[name] for name in stale) / sum(weights.values())
    for verdict in (view.long, view.short):
        assert abs(verdict.coverage - known) < 1e-9
        if known < SETTINGS.checklist.coverage_least - 1e-9 or "cascade" in stale:
            assert verdict.verdict != "OK"


def test_each_input_alone_takes_its_item_with_it() -> None:
    """A millisecond beyond its limit, or a little less than what must be seen of it."""
    for name, limit in LIMITS_MS.items():
        for age, known in ((round(limit), True), (round(limit) + 1, False)):
            view = checklist(facts(FRESH_AGES | {name: age}, WHOLLY_SEEN, set()), SETTINGS)
            item = next(item for item in view.items if item.name == name)
            assert (item.long != "unknown") is known, (name, age)
            assert known or item.percentile is None
    for name, least in LEAST_SEEN.items():
        view = checklist(facts(FRESH_AGES, WHOLLY_SEEN | {name: least - 0.01}, set()), SETTINGS)
        assert next(item for item in view.items if item.name == name).long == "unknown"


def test_a_percentile_of_a_stale_rate_is_not_told() -> None:
    """The last rate stays on the venues' table, but its place decides nothing."""
    old = facts(FRESH_AGES | {"funding": round(LIMITS_MS["funding"]) + 1}, WHOLLY_SEEN, set())
    placed = replace(old, fundings=tuple(replace(row, percentile=99.0, history_ms=30 * DAY_MS) for row in old.fundings))
    item = next(item for item in checklist(placed, SETTINGS).items if item.name == "funding")
    assert (item.long, item.percentile) == ("unknown", None)
