"""Simpler maps from the same open interest."""

from math import exp

import numpy as np
import pytest

from scoring.record.baselines import BaselineMap, Placement, naive_lines

BUCKET = 0.001
HOUR_MS = 3_600_000


def opened(placement: Placement, path: list[float], coins: list[float], kappa_open: float = 0.0) -> BaselineMap:
    """A map after steps of an hour that end at these prices with this open interest; half fades in a million hours."""
    found = BaselineMap(placement, BUCKET, 1e6 * HOUR_MS, kappa_open)
    for hour, (price, held) in enumerate(zip(path, coins, strict=True)):
        found.take_interest("binance", hour * HOUR_MS, held)
        found.turn_minute(hour * HOUR_MS, price)
    return found


def test_naive_lines_stand_at_one_over_the_leverage() -> None:
    """At 90 and 110 for 10 times, to a bucket; each side gets the whole of what opened."""
    density = opened(naive_lines([10], BUCKET), [100, 100], [50, 60]).density()
    for side, price in ((density.longs, 90), (density.shorts, 110)):
        place = int(side.argmax())
        assert side[place] == pytest.approx(1000, rel=1e-4)
        assert density.price(place) == pytest.approx(price, rel=1.5 * BUCKET)
        assert side.sum() == pytest.approx(1000, rel=1e-4)


@pytest.mark.parametrize(("path", "side"), [([100, 100.5], "longs"), ([100, 99.5], "shorts")])
def test_candle_colour_puts_all_on_one_side(path: list[float], side: str) -> None:
    lines = naive_lines([10], BUCKET)
    density = opened(Placement(lines.longs, lines.shorts, one_sided=True), path, [50, 60]).density()
    assert {name for name in ("longs", "shorts") if getattr(density, name).any()} == {side}


def test_what_the_price_reached_is_gone() -> None:
    found = opened(naive_lines([10], BUCKET), [100, 100], [50, 60])
    found.take_mark(111)
    found.turn_minute(2 * HOUR_MS, 100)
    assert not found.density().shorts.any()
    assert found.density().longs.sum() == pytest.approx(1000, rel=1e-4)


def test_a_fall_of_open_interest_shrinks_both_sides_alike() -> None:
    """From 60 to 45 coins: a quarter of what is open then."""
    density = opened(naive_lines([10, 20], BUCKET), [100, 100, 100], [50, 60, 45]).density()
    assert density.longs.sum() == pytest.approx(1000 * (1 - 15 / 45), rel=1e-3)
    assert density.shorts.sum() == pytest.approx(density.longs.sum())


def test_half_is_left_after_the_half_life() -> None:
    found = BaselineMap(naive_lines([10], BUCKET), BUCKET, HOUR_MS, 0.0)
    for hour, held in enumerate((50, 60, 60)):
        found.take_interest("binance", 0, held)
        found.turn_minute(hour * HOUR_MS, 100)
    assert found.density().longs.sum() == pytest.approx(500, rel=1e-3)


def test_the_window_follows_a_price_that_drifts_away() -> None:
    """After 30 % upwards the longs of the start are still where they were."""
    path = [100.0, *(100 * exp(0.01 * step) for step in range(30))]
    density = opened(naive_lines([10], BUCKET), path, [50.0, *[60.0] * 30]).density()
    assert 0 < density.place(90) < len(density.longs)
    assert density.longs[density.place(90) - 2 : density.place(90) + 3].sum() == pytest.approx(1000, rel=1e-3)
    assert np.isfinite(density.longs).all()
    assert density.place(path[-1] * 1.1) < len(density.shorts)
