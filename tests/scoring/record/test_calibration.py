"""How good stated chances were, and what may be made of a measured lift."""

from math import log

import numpy as np
import pytest

from scoring.record.bootstrap import interval, ratio, resampled
from scoring.record.calibration import brier, log_loss, reliability, skill
from scoring.record.pool import figures, finest, scaled
from scoring.settings.record import RecordSettings
from tests.scoring.record.bands import fate

SETTINGS = RecordSettings()


def test_groups_hold_the_stated_mean_and_the_observed_share() -> None:
    stated = [(0.05, False), (0.25, True), (0.27, False), (0.29, False), (1.0, True)]
    bins = reliability(stated, (0.2, 0.5), 1.96)
    assert [(one.low, one.high, one.n) for one in bins] == [(0.0, 0.2, 1), (0.2, 0.5, 3), (0.5, 1.0, 1)]
    assert (bins[1].stated, bins[1].observed) == (pytest.approx(0.27), pytest.approx(1 / 3))
    assert bins[1].observed_low < 1 / 3 < bins[1].observed_high


def test_scores_of_a_coin_that_is_called_rightly() -> None:
    outcomes = [(0.5, True), (0.5, False)]
    assert brier(outcomes) == pytest.approx(0.25)
    assert log_loss(outcomes) == pytest.approx(log(2))
    assert skill(0.2, 0.25) == pytest.approx(0.2)
    assert skill(0.2, 0.0) is None


def test_an_impossible_hit_costs_much_but_not_everything() -> None:
    assert 10 < log_loss([(0.0, True)]) < 20


def test_a_measured_lift_is_used_only_for_chances_stated_after_it_was_known() -> None:
    """Ten a day, all touched at a chance of .4: known are those a day old, and 160 of them are enough."""
    fates = [fate(day, 0.4, True) for day in range(30) for _ in range(10)]
    chances = [chance for chance, _ in scaled(fates, SETTINGS, 1.5)]
    assert chances[:160] == [0.4] * 160
    assert chances[160:] == [pytest.approx(0.6)] * 140


def test_days_that_are_alike_leave_no_doubt_and_others_do() -> None:
    draws = np.random.default_rng(1).integers(0, 40, (500, 40))
    alike = resampled([(3, 2)] * 40, draws, ratio(0, 1))
    assert interval(alike) == (1.5, 1.5)
    scattered = interval(resampled([(6 * (day % 2), 2) for day in range(40)], draws, ratio(0, 1)))
    assert scattered is not None
    assert scattered[0] < 1.3 < 1.7 < scattered[1]


def test_a_resample_draws_whole_days() -> None:
    found = resampled([(1, 1), (0, 3)], np.array([[0, 0], [1, 1], [0, 1]]), ratio(0, 1))
    assert found.tolist() == [1.0, 0.0, 0.25]


def test_each_day_of_a_coin_counts_once_from_the_finest_recording() -> None:
    hourly = [fate(day, 0.3, True) for day in range(4)]
    fine = [fate(day, 0.3, False) for day in range(2, 3)]
    found = finest([("BTC", 3600, hourly), ("BTC", 60, fine), ("ETH", 3600, hourly)])
    assert len(found) == 8
    assert sum(one.hit for one in found) == 7


def test_figures_hold_a_map_against_the_primary_one() -> None:
    """Twice the hits of the primary map at the same chance, on the same days."""
    primary = [fate(day, 0.3, place < 3) for day in range(20) for place in range(10)]
    better = [fate(day, 0.3, place < 6) for day in range(20) for place in range(10)]

    def draw(days: int) -> np.ndarray:
        return np.random.default_rng(1).integers(0, days, (200, days))

    found = figures("better", better, SETTINGS, draw, primary)
    assert (found.n, found.day_count, found.hits) == (200, 20, 120)
    assert found.against == pytest.approx(2.0)
    assert found.against_days == pytest.approx((2.0, 2.0))
    assert figures("nothing", [], SETTINGS, draw).verdict == "unproven"
    assert figures("primary", primary, SETTINGS, draw).against is None
