"""Crossed levels are judged by what they liquidated per basis point and by speed, never by raw sums."""

import math

import pytest

from scoring.cascades.run import Run
from scoring.settings import LevelSettings
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import CrossedLevel, LevelVerdict

NOW = 1_737_979_440_000
RULES = CascadeRules().levels


def run_from(price: float, sign: int = -1, level: float = 0.0045) -> Run:
    return Run(sign, NOW, math.log(price), NOW, RULES, LevelSettings(), level)


def crossed(
    run: Run, second: float, price: float, usd: float, renewal: tuple[float, float] | None = None
) -> LevelVerdict | None:
    """The verdict of the level that a price crosses at a second after USD were forced."""
    run.add(usd)
    run.follow(NOW + round(second * 1000), math.log(price), 0.0)
    (level,) = run.cross(NOW + round(second * 1000), math.log(price), renewal)
    return level.verdict


def test_levels_are_rows_of_a_round_height_and_the_first_is_cut() -> None:
    """From 90,130 with rows of 250: the first is 130 wide, so its 13 M are as dense as the next one's 25 M."""
    run = run_from(90_130.0, level=0.003)
    assert run.step == 250
    assert crossed(run, 13, 90_000.0, 13e6) is None
    crossed(run, 38, 89_750.0, 25e6)
    first, second = run.levels
    assert (first.near, first.far, second.near, second.far) == pytest.approx((90_130, 90_000, 90_000, 89_750))
    assert second.growth == pytest.approx((25 / 250) / (13 / 130), rel=0.005)
    assert second.verdict == "sustains"


@pytest.mark.parametrize(
    ("usd", "seconds", "renewal", "verdict"),
    [
        (15e6, 10, (1.2, 1.6), "accelerates"),
        (15e6, 10, None, "accelerates"),
        (15e6, 10, (0.9, 1.2), "sustains"),
        (15e6, 12, (1.2, 1.6), "sustains"),
        (10e6, 10, (1.2, 1.6), "sustains"),
        (7e6, 10, (1.2, 1.6), "fades"),
        (15e6, 18, (1.2, 1.6), "fades"),
        (15e6, 10, (0.5, 0.9), "fades"),
    ],
)
def test_a_verdict_weighs_growth_speed_and_renewal(
    usd: float, seconds: int, renewal: tuple[float, float] | None, verdict: LevelVerdict
) -> None:
    """Against a level of 10 M in 10 s: from 1.2 times on it accelerates, unless slower or not renewing."""
    run = run_from(100.0)
    assert run.step == 0.25
    crossed(run, 10, 99.75, 10e6)
    assert crossed(run, 10 + seconds, 99.50, usd, renewal) == verdict


def test_levels_crossed_in_one_second_share_what_it_forced() -> None:
    """Three at once: a third each, at one speed."""
    run = run_from(100.0)
    run.add(9e6)
    levels = run.cross(NOW + 3_000, math.log(99.25), None)
    assert [level.far for level in levels] == [99.75, 99.5, 99.25]
    assert [level.usd for level in levels] == [pytest.approx(3e6)] * 3
    assert levels[2].bp_per_second == pytest.approx(25.1, abs=0.2)


def test_a_squeeze_crosses_upward() -> None:
    run = run_from(100.1, sign=+1)
    assert [level.far for level in run.cross(NOW + 1_000, math.log(100.6), None)] == [100.25, 100.5]
    assert run.crossed == 2


def test_a_price_that_returns_crosses_no_level_twice() -> None:
    run = run_from(100.1)
    run.cross(NOW, math.log(99.9), None)
    assert run.cross(NOW, math.log(100.4), None) == []
    assert run.cross(NOW, math.log(99.9), None) == []


def rejected(second: float, price: float, taker_usd: float | None) -> CrossedLevel | None:
    run = run_from(100.0)
    crossed(run, 10, 99.70, 1e6)
    return run.reject(NOW + round(second * 1000), math.log(price), taker_usd)


def test_a_level_is_rejected_where_half_its_run_was_taken_back_with_the_takers_turned() -> None:
    """From 100 to 99.70 and back to 99.86, within a minute."""
    found = rejected(60, 99.86, 5e5)
    assert found is not None
    assert (found.verdict, found.far) == ("rejected", 99.75)


@pytest.mark.parametrize(
    ("second", "price", "taker_usd"), [(60, 99.84, 5e5), (75, 99.86, 5e5), (60, 99.86, -5e5), (60, 99.86, None)]
)
def test_too_little_too_late_or_without_takers_it_is_not(second: float, price: float, taker_usd: float | None) -> None:
    """Takers that were not seen have not turned."""
    assert rejected(second, price, taker_usd) is None


def test_a_retrace_is_the_share_of_the_run() -> None:
    run = run_from(100.0)
    run.follow(NOW, math.log(98.0), 5.0)
    run.follow(NOW + 1, math.log(99.0), 9.0)
    assert run.retraced(math.log(99.0)) == pytest.approx(math.log(99 / 98) / math.log(100 / 98))
    assert run.length == pytest.approx(0.02)
    assert (run.extreme_ms, run.peak_rate) == (NOW, 9.0)
