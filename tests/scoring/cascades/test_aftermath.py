"""Leverage is exhausted where four signs say so; what is not known stays unknown."""

from dataclasses import replace

import pytest

from scoring.cascades.aftermath import After, day_balance, exhaustion, rank
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import Extent

RULES = CascadeRules().aftermath
GONE = After(
    funding=0.0002, funding_before=0.0005, funding_share=0.8, interest=-0.06, spot_volume=1.1, rate=1.2,
)  # fmt: skip


def test_four_of_four_signs_are_complete() -> None:
    """Funding three quarters of the way from 0.05 % to 0.01 %, OI -6 %, volume and liquidations usual."""
    found = exhaustion(GONE, "BTC", RULES)
    assert (found.extent, found.met) == ("complete", 4)


@pytest.mark.parametrize(
    ("after", "coin", "extent", "met"),
    [
        (GONE, "WIF", "partial", 3),
        (replace(GONE, interest=-0.11), "WIF", "complete", 4),
        (replace(GONE, funding=0.0004), "BTC", "partial", 3),
        (replace(GONE, funding=0.0004, funding_share=0.5), "BTC", "complete", 4),
        (replace(GONE, spot_volume=3.0, rate=9.0), "BTC", "partial", 2),
        (replace(GONE, spot_volume=0.3, rate=9.0, interest=0.0), "BTC", "none", 1),
        (replace(GONE, rate=None), "BTC", "partial", 3),
        (replace(GONE, rate=None, spot_volume=None), "BTC", "partial", 2),
        (replace(GONE, rate=None, spot_volume=None, interest=None), "BTC", "unknown", 1),
        (replace(GONE, rate=9.0, spot_volume=9.0, interest=None), "BTC", "unknown", 1),
        (After(rate=9.0, spot_volume=9.0, interest=0.0), "BTC", "none", 0),
        (After(), "BTC", "unknown", 0),
    ],
)
def test_fewer_are_partial_none_or_unknown(after: After, coin: str, extent: Extent, met: int) -> None:
    """Unknown signs are never met, and the badge is unknown where they could still decide."""
    found = exhaustion(after, coin, RULES)
    assert (found.extent, found.met) == (extent, met)


def test_negative_funding_resets_upward() -> None:
    """From -0.05 % to -0.01 %: two thirds of the way to 0.01 %."""
    found = exhaustion(replace(GONE, funding_before=-0.0005, funding=-0.0001), "BTC", RULES)
    assert found.parts[0].met is True


def test_the_worked_day_is_a_one_sided_long_flush_and_a_lower_bound() -> None:
    """2.14 B and 466.66 M: 82.1 %, 4.59:1."""
    found = day_balance(2.14e9, 466.66e6, True, [], 0.7, RULES)
    assert found is not None
    assert found.long_share == pytest.approx(0.821, abs=5e-4)
    assert found.ratio == pytest.approx(4.59, abs=0.005)
    assert found.words == "one-sided long flush, a lower bound"
    assert found.rank is None


def test_a_day_of_nothing_has_no_balance() -> None:
    assert day_balance(0, 0, False, [], 0.7, RULES) is None


def test_a_rank_is_against_enough_days_of_ones_own() -> None:
    history = [float(day) for day in range(30)]
    assert rank(27.0, history, RULES) == pytest.approx(0.9)
    assert rank(27.0, history[:19], RULES) is None
