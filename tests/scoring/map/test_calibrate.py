"""Factors: ratios of sums that fade, bounded, unknown until enough was seen."""

import pytest

from scoring.map.calibrate import Factor, pooled
from scoring.map.confidence import VenueState, confidence

DAY_MS = 86_400_000


def test_a_factor_is_the_ratio_of_the_sums() -> None:
    factor = Factor(7.0)
    for came, modelled in ((1.0, 100.0), (5.0, 50.0)):
        factor.take(came, modelled, 0)
    assert pooled([factor], 0, 1e-3, 2) == pytest.approx(6 / 150)


def test_a_half_life_later_old_moments_count_half() -> None:
    factor = Factor(7.0)
    factor.take(10.0, 100.0, 0)
    factor.take(0.0, 100.0, 7 * DAY_MS)
    assert pooled([factor], 7 * DAY_MS, 1e-3, 1) == pytest.approx(5 / 150)


def test_venues_are_pooled_by_their_sums() -> None:
    one, other = Factor(7.0), Factor(7.0)
    one.take(1.0, 10.0, 0)
    other.take(1.0, 90.0, 0)
    assert pooled([one, other], 0, 1e-3, 2) == pytest.approx(0.02)


@pytest.mark.parametrize(("came", "expected"), [(0.0, 1e-3), (500.0, 1.0)])
def test_it_is_bounded(came: float, expected: float) -> None:
    factor = Factor(7.0)
    factor.take(came, 100.0, 0)
    assert pooled([factor], 0, 1e-3, 1) == expected


def test_it_is_unknown_until_enough_was_seen_and_again_when_that_has_faded() -> None:
    factor = Factor(7.0)
    assert pooled([factor], 0, 1e-3, 1) is None
    factor.take(1.0, 10.0, 0, weight=1.5)
    assert pooled([factor], 0, 1e-3, 2) is None
    factor.take(1.0, 10.0, 0, weight=1.5)
    assert pooled([factor], 0, 1e-3, 2) == pytest.approx(0.1)
    assert pooled([factor], 14 * DAY_MS, 1e-3, 2) is None


def test_confidence_multiplies_its_parts() -> None:
    hour = 3_600_000
    fresh = VenueState("binance", since_ms=0, interest_ms=24 * hour, usd=3e9)
    young = VenueState("okx", since_ms=12 * hour, interest_ms=24 * hour, usd=1e9)
    # two of four venues; 3/4 know the whole day and 1/4 half of it; not calibrated
    score, words = confidence((fresh, young), 4, 24 * hour, False, 24 * hour)
    assert score == round(100 * 0.5 * (0.75 + 0.25 * 0.5) * 0.6)
    assert "88 % of the lens's 24 h known" in words
    assert confidence((fresh,), 1, 24 * hour, True, 24 * hour)[0] == 100
