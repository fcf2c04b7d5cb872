"""The plan of an entry: what is in the way of a stop, where one is outside of it, and what pulls."""

from dataclasses import replace

import pytest

from feeds.events import Position
from scoring.plan import plan
from scoring.settings.plan import PlanSettings
from scoring.view import EMPTY, DepthReading, EstimatedCluster, MapView, MarketView, Reading, Side
from scoring.view.plan import Order, OwnLiquidation, Plan

SETTINGS = PlanSettings(clearance=0.001, target_clearance=0.0005, pull_least=0.05, stop_reach=0.03, thinning=3.4)


def cluster(side: Side, low: float, high: float, pull: float | None = 0.5) -> EstimatedCluster:
    middle = (low + high) / 2
    return EstimatedCluster(1, side, low, high, middle, middle / 100 - 1, 1e6, None, 0.5, 0, pull=pull)


ABOVE = (cluster("above", 102.0, 103.0), cluster("above", 106.0, 107.0, 0.3), cluster("above", 112.0, 113.0, 0.01))
BELOW = (cluster("below", 98.0, 99.0), cluster("below", 95.0, 96.0, 0.2))
VIEW = replace(
    EMPTY,
    price=Reading(100.0, "binance mark price", 0, ""),
    map=MapView(reason="", above=ABOVE, below=BELOW),
    depth=(DepthReading("binance", "perp", 1.0, 10e6, 20e6, 0, False),),
)


def planned(
    direction: Position = "long",
    stop: float | None = None,
    view: MarketView = VIEW,
    liquidations: tuple[OwnLiquidation, ...] = (),
    size: float | None = None,
) -> Plan:
    return plan(view, Order(direction, None, stop, None, size), liquidations, SETTINGS)


def test_the_entry_is_the_price_of_now_unless_one_was_given() -> None:
    assert planned().entry == 100.0
    assert plan(VIEW, Order("long", 101.0), (), SETTINGS).entry == 101.0


def test_without_a_fresh_price_there_is_no_plan() -> None:
    stale = replace(VIEW, price=Reading(100.0, "x", 0, "stale since 12:00"))
    assert planned(view=stale).reason == "no entry: none was given and there is no fresh price (stale since 12:00)"


@pytest.mark.parametrize(("direction", "stop"), [("long", 101.0), ("short", 99.0), ("long", 100.0)])
def test_a_stop_on_the_wrong_side_is_named(direction: Position, stop: float) -> None:
    assert "stop lies" in planned(direction, stop).reason


@pytest.mark.parametrize(
    ("direction", "stop", "between", "inside", "outside"),
    [
        ("long", 97.0, 1, False, 97.0),
        ("long", 98.5, 1, True, 98.0 - 0.1),
        ("long", 99.5, 0, False, 99.5),
        ("long", 95.5, 2, True, 95.0 - 0.1),
        ("short", 102.5, 1, True, 103.0 + 0.1),
        ("short", 104.0, 1, False, 104.0),
    ],
)
def test_a_stop_is_held_against_the_clusters_in_its_way(
    direction: Position, stop: float, between: int, inside: bool, outside: float
) -> None:
    found = planned(direction, stop)
    assert (len(found.between), found.around_stop is not None) == (between, inside)
    assert found.stop_outside == pytest.approx(outside)


@pytest.mark.parametrize(("direction", "outside"), [("long", 98.0 - 0.1), ("short", 103.0 + 0.1)])
def test_without_a_stop_one_is_proposed_beyond_what_is_near(direction: Position, outside: float) -> None:
    found = planned(direction)
    assert found.stop_outside == pytest.approx(outside)
    assert found.stop_why == "beyond the last cluster in the way"


def test_without_a_cluster_near_no_stop_is_invented() -> None:
    empty = replace(VIEW, map=MapView(reason=""))
    assert (planned(view=empty).stop_outside, planned(view=empty).stop_why) == (None, "no cluster is in the way")


def test_a_band_that_touches_the_one_before_moves_the_stop_on() -> None:
    joined = replace(VIEW.map, below=(cluster("below", 98.0, 99.0), cluster("below", 96.0, 98.2)))
    assert planned(view=replace(VIEW, map=joined)).stop_outside == pytest.approx(95.9)


def test_targets_stand_before_the_clusters_that_pull_and_tell_reward_over_risk() -> None:
    targets = planned(stop=97.0).targets
    assert [target.price for target in targets] == pytest.approx([101.95, 105.95])
    assert [target.reward for target in targets] == pytest.approx([0.65, 1.98333], rel=1e-4)


def test_a_short_has_its_targets_below() -> None:
    assert [target.price for target in planned("short").targets] == pytest.approx([99.05, 96.05])
    assert all(target.fraction < 0 for target in planned("short").targets)


def test_a_position_that_is_liquidated_before_its_stop_is_warned_of() -> None:
    early = (OwnLiquidation("bybit", 98.0, -0.02), OwnLiquidation("okx", 90.0, -0.1), OwnLiquidation("x", None, None))
    assert planned(stop=97.0, liquidations=early).warnings[-1] == (
        "On bybit the position is liquidated before its stop."
    )


@pytest.mark.parametrize(
    ("direction", "size", "bp", "stressed"),
    [
        ("long", 2e6, 5.0, 17.0),  # a tenth of 20M over 100 bp: 10 bp at the end, half of it on average
        ("short", 2e6, 10.0, 34.0),
        ("long", 15e6, 37.5, None),
        ("long", 30e6, None, None),
    ],
)
def test_slippage_is_that_of_an_evenly_filled_book(
    direction: Position, size: float, bp: float | None, stressed: float | None
) -> None:
    row = planned(direction, size=size).slippage[0]
    assert (row.bp, row.stressed_bp) == (pytest.approx(bp), pytest.approx(stressed))
    assert (row.reason == "") == (bp is not None)


def test_slippage_on_a_stale_book_is_unknown() -> None:
    stale = replace(VIEW, depth=(replace(VIEW.depth[0], stale=True),))
    assert planned(view=stale, size=1e6).slippage[0].reason == "the depth is stale"


def test_without_a_map_the_rest_is_still_told() -> None:
    found = planned(stop=97.0, view=replace(VIEW, map=MapView(reason="no open interest")), size=1e6)
    assert found.stop_why == "no clusters to plan with: no open interest"
    assert found.slippage[0].bp == pytest.approx(2.5)
    assert found.risk == pytest.approx(0.03)
