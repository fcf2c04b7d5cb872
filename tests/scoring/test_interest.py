"""Open interest is graded in coins, against the price."""

import pytest

from scoring.interest import Quadrant, Span, aggregate_change, coins_change, grade_interest, usd_change
from scoring.settings import InterestSettings
from scoring.view import Grade

SETTINGS = InterestSettings()


def test_a_rise_in_usd_below_the_rise_of_the_price_is_a_fall_in_coins() -> None:
    """OI +8 %, price +11 %: 1.08 / 1.11 - 1 = -2.7 %; were +8 % coins, the USD would be up 19.9 %."""
    assert coins_change(0.08, 0.11) == pytest.approx(-0.0270, abs=5e-5)
    assert usd_change(0.08, 0.11) == pytest.approx(0.1988, abs=5e-5)


def test_the_sum_of_venues_changes_by_what_its_parts_were_before() -> None:
    """1.23 B +4.2 % and 0.83 B -2.1 % were 1.1804 B and 0.8478 B: +1.57 %; over 1 h -0.02 %."""
    day = aggregate_change([(1.23e9, 0.042), (0.83e9, -0.021)])
    hour = aggregate_change([(1.23e9, 0.001), (0.83e9, -0.002)])
    assert day == pytest.approx(0.0157, abs=5e-5)
    assert hour == pytest.approx(-0.0002, abs=5e-5)


def test_nothing_known_has_no_change() -> None:
    assert aggregate_change([]) is None
    assert aggregate_change([(0.0, 0.5), (1e9, -1.0)]) is None


def test_the_pasted_day_is_short_covering() -> None:
    """+1.57 % in USD with price +7 % is -5.1 % in coins: neither direction passes."""
    coins = coins_change(0.0157, 0.07)
    found = grade_interest(coins, 0.07, "24h", SETTINGS)
    assert coins == pytest.approx(-0.051, abs=5e-4)
    assert (found.quadrant, found.long, found.short) == ("short covering", "warn", "warn")


@pytest.mark.parametrize(
    ("coins", "price", "quadrant", "long", "short"),
    [
        (0.03, 0.02, "new longs", "pass", "warn"),
        (0.05, 0.02, "new longs", "pass", "fail"),
        (-0.03, 0.02, "short covering", "warn", "warn"),
        (0.03, -0.02, "new shorts", "warn", "pass"),
        (0.06, -0.02, "new shorts", "fail", "pass"),
        (-0.03, -0.02, "longs closing", "warn", "warn"),
        (0.03, 0.009, "loading", "warn", "warn"),
        (-0.03, -0.009, "de-leveraging", "warn", "warn"),
        (0.019, 0.05, "unchanged", "pass", "pass"),
    ],
)
def test_quadrants_of_a_day(coins: float, price: float, quadrant: Quadrant, long: Grade, short: Grade) -> None:
    found = grade_interest(coins, price, "24h", SETTINGS)
    assert (found.quadrant, found.long, found.short) == (quadrant, long, short)


@pytest.mark.parametrize(("span", "quadrant"), [("1h", "new longs"), ("24h", "unchanged")])
def test_an_hour_has_narrower_dead_bands_than_a_day(span: Span, quadrant: Quadrant) -> None:
    assert grade_interest(0.01, 0.005, span, SETTINGS).quadrant == quadrant


def test_without_a_price_only_the_dead_band_is_told() -> None:
    assert grade_interest(0.01, None, "24h", SETTINGS).quadrant == "unchanged"
    unclear = grade_interest(0.06, None, "24h", SETTINGS)
    assert (unclear.quadrant, unclear.long, unclear.short, unclear.strong) == ("unclear", "unknown", "unknown", True)


def test_closing_longs_speak_for_a_long_once_the_flush_is_exhausted() -> None:
    found = grade_interest(-0.12, -0.08, "24h", SETTINGS, exhausted=True)
    assert (found.long, found.short, found.flush) == ("pass", "warn", True)
