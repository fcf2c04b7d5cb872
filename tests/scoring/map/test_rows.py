"""The map on the ladder's rows: no mass is lost in smoothing or splitting, and none crosses the price."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.map.grid import BUCKETS, Density, bucket_of
from scoring.map.rows import rows

PRICE = 100.0
FIRST = bucket_of(PRICE, 0.001) - BUCKETS // 2


def density(longs: dict[int, float], shorts: dict[int, float]) -> Density:
    """Longs so many buckets below the price's, shorts above it."""
    sides = np.zeros((2, BUCKETS))
    for side, sign, masses in ((0, -1, longs), (1, 1, shorts)):
        for away, usd in masses.items():
            sides[side, BUCKETS // 2 + sign * away] = usd
    return Density(FIRST, 0.001, sides[0], sides[1])


masses = st.dictionaries(st.integers(1, 300), st.floats(0, 1e9), max_size=20)


@given(masses, masses, st.sampled_from([0.1, 0.25, 1.0, 7.0]), st.sampled_from([0.0, 2.5]))
def test_sums_are_conserved(longs: dict[int, float], shorts: dict[int, float], step: float, smoothing: float) -> None:
    cells = rows(density(longs, shorts), step, PRICE, smoothing).values()
    assert sum(cell.long_usd for cell in cells) == pytest.approx(sum(longs.values()), abs=1e-3)
    assert sum(cell.short_usd for cell in cells) == pytest.approx(sum(shorts.values()), abs=1e-3)


@given(masses, masses)
def test_smoothing_moves_no_long_above_the_price_and_no_short_below(
    longs: dict[int, float], shorts: dict[int, float]
) -> None:
    for row, cell in rows(density(longs, shorts), 0.25, PRICE, 2.5).items():
        assert cell.long_usd == 0 or row * 0.25 <= PRICE * exp(0.001)
        assert cell.short_usd == 0 or (row + 1) * 0.25 >= PRICE * exp(-0.001)


def test_a_bucket_is_split_by_its_overlap_with_the_rows() -> None:
    cells = rows(density({}, {50: 100.0}), 0.02, PRICE, 0.0)
    low, high = exp((FIRST + 370) * 0.001), exp((FIRST + 371) * 0.001)
    for row, cell in cells.items():
        inside = log(min(high, (row + 1) * 0.02) / max(low, row * 0.02)) / 0.001
        assert cell.short_usd == pytest.approx(100.0 * inside, abs=1e-6)
    assert len(cells) == 6


def test_only_the_nearest_rows_are_made() -> None:
    cells = rows(density({300: 1.0, 5: 2.0}, {}), 0.001, PRICE, 2.5, most=2_000)
    assert cells
    assert all(abs(row - 100_000) <= 1_000 for row in cells)


def test_swept_rows_carry_the_time_of_their_last_sweep() -> None:
    swept = {bucket_of(98.01, 0.001): 5, bucket_of(98.2, 0.001): 9, bucket_of(97.4, 0.001): 2}
    cells = rows(density({}, {}), 1.0, PRICE, 2.5, swept)
    assert {row: cell.swept_at_ms for row, cell in cells.items()} == {98: 9, 97: 2}
