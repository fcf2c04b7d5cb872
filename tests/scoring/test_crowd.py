"""Entering with a crowd is warned or failed, against it passes; puts only warn."""

import pytest

from scoring.crowd import grade_crowd, grade_options, long_short_ratio, typical_share
from scoring.settings import CrowdSettings
from scoring.view import Grade

SETTINGS = CrowdSettings()


@pytest.mark.parametrize(("share", "ratio"), [(0.62, 1.63), (0.6063, 1.54), (0.5, 1.0)])
def test_the_ratio_is_longs_per_short(share: float, ratio: float) -> None:
    assert long_short_ratio(share) == pytest.approx(ratio, abs=0.005)


def test_there_is_no_ratio_without_shorts() -> None:
    assert long_short_ratio(1.0) is None


@pytest.mark.parametrize(
    ("share", "long", "short"),
    [
        (0.50, "pass", "pass"),
        (0.59, "pass", "pass"),
        (0.60, "warn", "pass"),
        (0.6063, "warn", "pass"),
        (0.62, "warn", "pass"),
        (0.70, "fail", "pass"),
        (0.40, "pass", "warn"),
        (0.30, "pass", "fail"),
    ],
)
def test_the_crowded_side_is_warned_then_failed(share: float, long: Grade, short: Grade) -> None:
    found = grade_crowd(share, SETTINGS)
    assert (found.long, found.short) == (long, short)


def test_a_share_rare_in_its_own_history_fails_whatever_it_is() -> None:
    assert grade_crowd(0.55, SETTINGS, percentile=96).long == "fail"
    assert grade_crowd(0.52, SETTINGS, percentile=4).short == "fail"


def test_several_venues_speak_with_their_median() -> None:
    assert typical_share([0.55, 0.62, 0.7]) == 0.62
    assert typical_share([]) is None


@pytest.mark.parametrize(
    ("put_call", "rising", "long", "short"),
    [
        (0.6, None, "pass", "pass"),
        (1.2, None, "warn", "pass"),
        (None, True, "warn", "pass"),
        (0.5, True, "warn", "pass"),
        (None, None, "unknown", "unknown"),
    ],
)
def test_options_warn_at_most(put_call: float | None, rising: bool | None, long: Grade, short: Grade) -> None:
    found = grade_options(put_call, rising, SETTINGS)
    assert (found.long, found.short) == (long, short)
