"""What is far away counts little for an entry, and the sign of an asymmetry depends on the horizon."""

from math import log, sqrt
from statistics import NormalDist

import pytest

from scoring.reach import (
    Mass,
    describe,
    edge_touch,
    grade_map,
    magnets,
    mean_touch,
    reached_asymmetry,
    read_asymmetry,
    touch_probability,
)
from scoring.settings import ReachSettings
from scoring.view import Grade

SETTINGS = ReachSettings()
PRICE, SIGMA = 71_450.0, 0.025
SHORTS = Mass(84_000.0, 100_000.0, 14e9)


@pytest.mark.parametrize(
    ("level", "days", "chance"),
    [(84_000.0, 7, 0.014), (84_000.0, 30, 0.24), (89_300.0, 7, 0.0007), (89_300.0, 30, 0.10), (84_000.0, 1, 0.0)],
)
def test_the_worked_chances_of_touch(level: float, days: float, chance: float) -> None:
    """Two normal tails beyond the distance in deviations of the horizon."""
    found = touch_probability(level, PRICE, SIGMA, days)
    assert found == pytest.approx(2 * NormalDist().cdf(-log(level / PRICE) / (SIGMA * sqrt(days))), rel=1e-9)
    assert found == pytest.approx(chance, abs=0.5 * 10 ** -(4 if chance < 0.001 else 3 if chance < 0.1 else 2) * 1.1)


def test_a_level_at_the_price_is_touched_for_certain() -> None:
    assert touch_probability(PRICE, PRICE, SIGMA, 1) == 1.0


def test_looking_in_steps_makes_a_touch_rarer() -> None:
    stepped = touch_probability(72_000, PRICE, SIGMA, 1, step_sigma=SIGMA / sqrt(288))
    assert 0 < stepped < touch_probability(72_000, PRICE, SIGMA, 1)


@pytest.mark.parametrize(
    "wrong", [(0, 1, 0.1, 1), (1, -1, 0.1, 1), (1, 1, 0, 1), (1, 1, 0.1, 0), (float("nan"), 1, 1, 1)]
)
def test_what_is_no_price_or_horizon_is_refused(wrong: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="expected positive"):
        touch_probability(*wrong)


@pytest.mark.parametrize(("days", "billions"), [(7, 0.023), (30, 1.19)])
def test_the_expected_mass_of_an_even_band(days: float, billions: float) -> None:
    """14 B from 84k to 100k, seen from 71.45k."""
    assert SHORTS.usd * mean_touch(SHORTS, PRICE, SIGMA, days) / 1e9 == pytest.approx(billions, rel=0.02)


@pytest.mark.parametrize(
    ("away", "days", "value"), [(0.08, 7, -0.80), (0.08, 30, 0.37), (0.04, 7, -0.92), (0.04, 30, 0.22), (0.08, 1, -1.0)]
)
def test_the_sign_flips_with_the_horizon(away: float, days: float, value: float) -> None:
    """1 B of longs that far below against the 14 B far above."""
    level = PRICE * (1 - away)
    found = reached_asymmetry([Mass(level, level, 1e9)], [SHORTS], PRICE, SIGMA, days)
    assert found.value == pytest.approx(value, abs=0.005)


def test_the_worked_magnets() -> None:
    """0.6 B at +1.2 %, 2 B at +3.5 %, 14 B at +25 %: 53, 47 and 0 of a day's pull."""
    masses = [
        Mass(PRICE * (1 + away), PRICE * (1 + away), usd) for away, usd in ((0.012, 0.6e9), (0.035, 2e9), (0.25, 14e9))
    ]
    found = magnets(masses, PRICE, SIGMA, 1)
    assert [round(100 * magnet.share) for magnet in found] == [53, 47, 0]
    assert [round(magnet.touch, 2) for magnet in found] == [0.63, 0.17, 0.0]


def test_without_mass_there_is_no_asymmetry_and_no_magnet() -> None:
    assert reached_asymmetry([], [], PRICE, SIGMA, 1).value is None
    assert magnets([], PRICE, SIGMA, 1) == ()


@pytest.mark.parametrize(
    ("long_usd", "short_usd", "long", "short", "word"),
    [
        (1e9, 2e9, "pass", "warn", "dominant, shorts above"),
        (1e9, 4.5e9, "pass", "fail", "extreme, shorts above"),
        (1e9, 1e9, "warn", "warn", "balanced"),
        (5e9, 1e9, "fail", "pass", "extreme, longs below"),
    ],
)
def test_a_map_in_reach_pulls(long_usd: float, short_usd: float, long: Grade, short: Grade, word: str) -> None:
    """The same log distance on both sides, so the masses alone decide."""
    longs, shorts = Mass(PRICE / 1.01, PRICE / 1.01, long_usd), Mass(PRICE * 1.01, PRICE * 1.01, short_usd)
    found = reached_asymmetry([longs], [shorts], PRICE, SIGMA, 1)
    assert grade_map(found, SETTINGS) == (long, short, word)
    assert found.value is not None
    assert describe(found.value, SETTINGS) == word


def test_a_map_out_of_reach_only_warns() -> None:
    """14 B far above: a day's chance is nothing."""
    long, short, reason = grade_map(reached_asymmetry([], [SHORTS], PRICE, SIGMA, 1), SETTINGS)
    assert (long, short) == ("warn", "warn")
    assert reason.startswith("out of reach")


def test_a_band_is_touched_at_its_nearest_edge() -> None:
    """Below by its upper edge, above by its lower one, from inside for certain."""
    assert edge_touch(60_000, 70_000, PRICE, SIGMA, 1) == touch_probability(70_000, PRICE, SIGMA, 1)
    assert edge_touch(73_000, 99_000, PRICE, SIGMA, 1) == touch_probability(73_000, PRICE, SIGMA, 1)
    assert edge_touch(71_000, 72_000, PRICE, SIGMA, 1) == 1.0


def test_the_discrete_shift_is_0_5826_steps() -> None:
    """A price looked at every five minutes: the level seems 0.5826 of such a step further away."""
    step = SIGMA / sqrt(288)
    expected = 2 * NormalDist().cdf(-(log(73_000 / PRICE) + 0.5826 * step) / SIGMA)
    assert touch_probability(73_000, PRICE, SIGMA, 1, step) == pytest.approx(expected, rel=1e-9)
    band = Mass(73_000, 73_000, 1e9)
    assert magnets([band], PRICE, SIGMA, 1, step)[0].touch == pytest.approx(expected, rel=1e-9)
    assert reached_asymmetry([], [band], PRICE, SIGMA, 1, step).short_usd == pytest.approx(1e9 * expected, rel=1e-9)


@pytest.mark.parametrize("width", [0.001, 0.03, 0.3])
def test_a_bands_mean_chance_is_that_of_many_slices(width: float) -> None:
    """Narrow bands are cut in fewer slices without losing the third digit."""
    low = PRICE * 1.01
    places = [low + (place + 0.5) / 5_000 * width * PRICE for place in range(5_000)]
    mean = sum(touch_probability(place, PRICE, SIGMA, 1) for place in places) / 5_000
    assert mean_touch(Mass(low, low + width * PRICE, 1), PRICE, SIGMA, 1) == pytest.approx(mean, rel=1e-3)


def test_distances_of_the_worked_map() -> None:
    """84k is +17.6 %, 89.3k +25 %, 100k +40 % from 71.45k: none of it in reach of a day."""
    assert [round(100 * (level / PRICE - 1), 1) for level in (84_000, 89_300, 100_000)] == [17.6, 25.0, 40.0]
    found = read_asymmetry(reached_asymmetry([], [SHORTS], PRICE, SIGMA, 1), SETTINGS)
    assert (found.hours, found.words) == (24, "out of reach")


def test_an_asymmetry_is_told_in_words() -> None:
    longs, shorts = Mass(PRICE / 1.01, PRICE / 1.01, 1e9), Mass(PRICE * 1.01, PRICE * 1.01, 2e9)
    found = read_asymmetry(reached_asymmetry([longs], [shorts], PRICE, SIGMA, 7), SETTINGS)
    assert (found.hours, found.words) == (168, "dominant, shorts above")
    assert found.reached == pytest.approx(1 / 3)
    assert read_asymmetry(reached_asymmetry([], [], PRICE, SIGMA, 7), SETTINGS).reached is None
