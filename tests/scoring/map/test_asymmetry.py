"""The map's two sides are weighed by the chance that the price gets there; the sign depends on the horizon."""

from math import erfc, exp, log, sqrt

import numpy as np
import pytest

from scoring.map.asymmetry import map_asymmetries, raw_asymmetry, side_masses, touch_chances
from scoring.map.grid import Density
from scoring.reach import touch_probability
from scoring.settings import ReachSettings

BUCKET = 0.001
PRICE, SIGMA = 71_450.0, 0.025
SETTINGS = ReachSettings()


def fourteen_to_one(away: float) -> Density:
    """14 B of shorts evenly by price from 84k to 100k, 1 B of longs so far below 71 450."""
    first, size = int(log(50_000) / BUCKET), 800
    edges = np.exp((first + np.arange(size + 1)) * BUCKET)
    overlap = np.clip(np.minimum(edges[1:], 100_000) - np.maximum(edges[:-1], 84_000), 0, None)
    longs = np.zeros(size)
    longs[int(log(PRICE * (1 - away)) / BUCKET) - first] = 1e9
    return Density(first, BUCKET, longs, 14e9 * overlap / 16_000)


def test_the_raw_asymmetry_of_fourteen_to_one() -> None:
    """(14 - 1) / 15; within 25 % of the price only the shorts from 84k to 89.3k count: 4.65 B."""
    assert raw_asymmetry(*side_masses(fourteen_to_one(0.08), PRICE, 0.6)) == pytest.approx(0.867, abs=0.0005)
    longs, shorts = side_masses(fourteen_to_one(0.08), PRICE, 0.25)
    assert longs == pytest.approx(1e9)
    assert shorts == pytest.approx(14e9 * (89_312.5 - 84_000) / 16_000, rel=0.02)
    assert raw_asymmetry(0, 0) is None


@pytest.mark.parametrize(("away", "week", "month"), [(0.08, -0.80, 0.37), (0.04, -0.92, 0.22)])
def test_the_sign_of_the_reach_weighted_asymmetry_per_horizon(away: float, week: float, month: float) -> None:
    """The worked map: longs within a week, shorts within a month."""
    found = {one.hours: one for one in map_asymmetries(fourteen_to_one(away), PRICE, SIGMA, SETTINGS)}
    assert list(found) == [4, 24, 168, 720]
    assert found[168].reached == pytest.approx(week, abs=0.01)
    assert found[720].reached == pytest.approx(month, abs=0.01)
    assert found[168].words == "extreme, longs below"
    assert found[720].words == ("dominant, shorts above" if away == 0.08 else "balanced")
    assert found[24].reached == pytest.approx(-1, abs=1e-6)
    assert found[24].words == "out of reach"
    assert found[4].words == "out of reach"


def test_the_expected_touched_mass_of_the_worked_map() -> None:
    """0.023 B of the shorts within a week, 1.19 B within a month."""
    density = fourteen_to_one(0.08)
    week, month = touch_chances(density, PRICE, SIGMA, [7, 30]) @ density.shorts / 1e9
    assert week == pytest.approx(0.023, abs=0.0005)
    assert month == pytest.approx(1.19, abs=0.005)


def test_the_reached_share_is_of_the_whole_mass() -> None:
    """1.19 B and 0.543 B of 15 B within a month: the longs' chance at -8 % is 54 %."""
    month = map_asymmetries(fourteen_to_one(0.08), PRICE, SIGMA, SETTINGS)[3]
    longs = erfc(-log(0.92) / (SIGMA * sqrt(30)) / sqrt(2))
    assert month.reached_share == pytest.approx((1.19 + longs) / 15, abs=0.0015)


@pytest.mark.parametrize("step_sigma", [0.0, SIGMA / sqrt(288)])
def test_the_chances_are_those_of_single_levels(step_sigma: float) -> None:
    """Bucket by bucket to a millionth of their value, also where they are 1e-100."""
    density = Density(int(log(PRICE) / BUCKET) - 300, BUCKET, np.zeros(600), np.zeros(600))
    found = touch_chances(density, PRICE, SIGMA, [1 / 6, 30], step_sigma)
    for place in range(0, 600, 7):
        level = exp((density.first + place + 0.5) * BUCKET)
        for row, days in zip(found, (1 / 6, 30), strict=True):
            assert row[place] == pytest.approx(
                touch_probability(level, PRICE, SIGMA, days, step_sigma), rel=1e-6, abs=0
            )


def test_equal_sides_are_balanced_at_every_horizon() -> None:
    """The same mass as many buckets above as below."""
    first = int(log(PRICE) / BUCKET)
    side = np.zeros(401)
    side[[50, 120]] = 3e6, 5e6
    density = Density(first - 200, BUCKET, side, side[::-1].copy())
    middle = exp((first + 0.5) * BUCKET)
    for one in map_asymmetries(density, middle, SIGMA, SETTINGS):
        assert one.reached == pytest.approx(0, abs=1e-9)


def test_an_empty_map_has_no_asymmetry() -> None:
    for one in map_asymmetries(Density(0, BUCKET, np.zeros(9), np.zeros(9)), PRICE, SIGMA, SETTINGS):
        assert (one.reached, one.reached_share, one.words) == (None, 0.0, "out of reach")
