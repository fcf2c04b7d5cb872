"""The estimated map is graded by what an entry's horizon may touch, where it is there, fresh and believable."""

from dataclasses import replace

import pytest

from scoring.checklist import checklist
from scoring.facts import Facts
from scoring.map_item import liquidation_map
from scoring.settings import ScoringSettings
from scoring.view import Asymmetry, Grade, MapView, SideTotal, Volatility, WindowTotal
from tests.scoring.events_fixture import NOW

SETTINGS = ScoringSettings()
MEASURED = Volatility(0.025, "5 min returns of binance", True)
THERE = MapView(
    reason="",
    raw=0.75,
    asymmetry=(Asymmetry(4.0, -1.0, 0.1), Asymmetry(24.0, 0.62, 0.3), Asymmetry(168.0, -0.81, 0.6)),
    volatility=MEASURED,
    confidence=64,
    confidence_why="3 of 5 venues",
    at_ms=NOW - 30_000,
)


def within_a_day(reached: float | None, share: float = 0.3) -> MapView:
    return replace(THERE, asymmetry=(Asymmetry(24.0, reached, share),))


@pytest.mark.parametrize(
    ("reached", "long", "short"),
    [
        (0.62, "pass", "fail"),
        (0.6, "pass", "fail"),
        (0.59, "pass", "warn"),
        (0.3, "pass", "warn"),
        (0.29, "warn", "warn"),
        (-0.29, "warn", "warn"),
        (-0.3, "warn", "pass"),
        (-0.59, "warn", "pass"),
        (-0.6, "fail", "pass"),
    ],
)
def test_shorts_above_pass_a_long_and_extremely_many_longs_below_fail_it(
    reached: float, long: Grade, short: Grade
) -> None:
    """From +0.3 a long passes, down to -0.6 it fails; the short is its mirror."""
    row = liquidation_map(within_a_day(reached), NOW, SETTINGS)
    assert (row.name, row.long, row.short, row.weight) == ("liquidation map", long, short, 1.5)


def test_the_horizon_of_an_entry_decides() -> None:
    """The same map has -1.0 within 4 h and -0.81 within 7 d."""
    row = liquidation_map(THERE, NOW, SETTINGS)
    assert row.value == "A +0.75, within 24 h +0.62"
    assert row.reason == "extreme, shorts above; modelled, confidence 64"
    assert row.age_ms == 30_000


@pytest.mark.parametrize(("reached", "share"), [(0.9, 0.0099), (None, 0.0)])
def test_a_map_out_of_reach_only_warns(reached: float | None, share: float) -> None:
    """Less than a hundredth of the mass is likely to be touched."""
    row = liquidation_map(within_a_day(reached, share), NOW, SETTINGS)
    assert (row.long, row.short) == ("warn", "warn")
    assert row.reason.startswith("out of reach")
    assert row.value == "A +0.75, within 24 h nothing in reach"


def test_an_assumed_volatility_is_named() -> None:
    row = liquidation_map(replace(THERE, volatility=replace(MEASURED, measured=False)), NOW, SETTINGS)
    assert row.reason.endswith("confidence 64, volatility assumed")


@pytest.mark.parametrize(
    ("estimate", "reason"),
    [
        (None, "not estimated yet"),
        (MapView(), "not estimated yet"),
        (MapView(reason="no venue tells its open interest"), "no venue tells its open interest"),
        (replace(THERE, at_ms=None), "not estimated yet"),
        (replace(THERE, at_ms=NOW - 180_001), "stale: estimated 3 m ago"),
        (replace(THERE, confidence=24), "confidence 24, at least 25 needed: 3 of 5 venues"),
        (replace(THERE, asymmetry=()), "no volatility is known, so nothing says what is in reach"),
        (replace(THERE, asymmetry=(Asymmetry(4.0, 0.5, 0.1),)), "its asymmetry is not told for 24 h"),
        (replace(within_a_day(None, 0.0), raw=None), "the map holds nothing near the price"),
    ],
)
def test_a_map_that_says_nothing_is_unknown_with_its_reason(estimate: MapView | None, reason: str) -> None:
    row = liquidation_map(estimate, NOW, SETTINGS)
    assert (row.long, row.short, row.reason) == ("unknown", "unknown", reason)


def test_three_steps_are_not_stale_and_25_is_enough() -> None:
    edge = replace(THERE, at_ms=NOW - 180_000, confidence=25)
    assert liquidation_map(edge, NOW, SETTINGS).long == "pass"


def test_the_checklist_grades_the_map_among_its_facts() -> None:
    day = WindowTotal(1440, SideTotal(), SideTotal(), (), 0.0)
    rows = {row.name: row for row in checklist(Facts(NOW, None, (), day, map=THERE), SETTINGS).items}
    assert (rows["liquidation map"].long, rows["liquidation map"].short) == ("pass", "fail")
