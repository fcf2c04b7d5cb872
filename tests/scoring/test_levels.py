"""A ladder is compared per width, in the order in which a flush takes it."""

import pytest

from scoring.levels import Level, Strength, balance, grade_realised, path, strength
from scoring.settings import LevelSettings
from scoring.view import Grade

SETTINGS = LevelSettings()
LADDER = [Level(89_500, 560e6, 12e6), Level(90_400, 230e6, 15e6), Level(90_000, 410e6, 22e6)]


def test_the_worked_ladder_sustains_where_raw_sums_would_accelerate() -> None:
    """560 / 500 against 410 / 400 is 1.09; the raw sums grow by 1.78 and 1.37."""
    steps = path(LADDER, SETTINGS)
    assert [step.level.price for step in steps] == [90_400, 90_000, 89_500]
    assert [step.width for step in steps] == [None, 400, 500]
    assert [step.growth for step in steps[:2]] == [None, None]
    assert steps[2].growth == pytest.approx((560 / 500) / (410 / 400))
    assert steps[2].growth == pytest.approx(1.09, abs=0.005)
    assert steps[2].pace == "sustains"


def test_the_worked_ladder_is_one_sided() -> None:
    found = balance(230e6 + 410e6 + 560e6, 15e6 + 22e6 + 12e6)
    assert found is not None
    assert (found.long_usd, found.short_usd) == (1.2e9, 49e6)
    assert found.ratio == pytest.approx(24.5, abs=0.05)
    assert found.asymmetry == pytest.approx(-0.92, abs=0.005)


def test_a_squeeze_is_read_upward() -> None:
    steps = path([Level(110, 0, 9.0, 10), Level(100, 1, 10.0, 10), Level(120, 0, 18.0, 10)], SETTINGS)
    assert [step.level.price for step in steps] == [100, 110, 120]
    assert [step.pace for step in steps] == [None, "sustains", "accelerates"]


def test_a_fading_flush_is_called_that() -> None:
    assert path([Level(90, 7, 0, 10), Level(100, 10, 0, 10)], SETTINGS)[1].pace == "fades"


def test_rows_at_one_price_have_no_width() -> None:
    assert [step.growth for step in path([Level(100, 1, 0), Level(100, 2, 0)], SETTINGS)] == [None, None]


def test_the_worked_day_is_a_long_flush() -> None:
    """2.14 B long, 466.66 M short: 2.607 B, 82.1 % long, 4.59:1."""
    found = balance(2.14e9, 466.66e6)
    assert found is not None
    assert found.long_share == pytest.approx(0.821, abs=5e-4)
    assert found.ratio == pytest.approx(4.59, abs=0.005)
    assert grade_realised(found.long_share, 0.7)[:2] == ("warn", "warn")


def test_nothing_has_no_balance_and_one_side_alone_no_ratio() -> None:
    assert balance(0, 0) is None
    alone = balance(1e6, 0)
    assert alone is not None
    assert (alone.ratio, alone.asymmetry) == (None, -1.0)


@pytest.mark.parametrize(
    ("share", "exhausted", "long", "short"),
    [
        (0.5, False, "pass", "pass"),
        (0.7, False, "warn", "warn"),
        (0.82, True, "pass", "warn"),
        (0.2, True, "warn", "pass"),
    ],
)
def test_an_exhausted_flush_opens_the_other_direction(share: float, exhausted: bool, long: Grade, short: Grade) -> None:
    assert grade_realised(share, 0.7, exhausted)[:2] == (long, short)


@pytest.mark.parametrize(
    ("depth", "k", "name"),
    [
        (80e6, 15.0, "book-sized"),
        (244e6, 4.92, "book-sized"),
        (600e6, 2.0, "strong"),
        (2.4e9, 0.5, "moderate"),
        (1e10, 0.12, "minor"),
    ],
)
def test_strength_is_the_mass_by_the_depth(depth: float, k: float, name: Strength) -> None:
    found, label = strength(1.2e9, depth, SETTINGS)
    assert (round(found, 2), label) == (k, name)
