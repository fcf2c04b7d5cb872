"""Quantiles from logarithmic buckets are within one percent of the true ones."""

from collections import Counter
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from scoring.sketch import DaySizes, bucket, middle, quantile

SIZES = st.floats(1e-3, 1e12)


def true_quantile(sizes: list[float], share: float) -> float:
    """The size at that rank of the sorted ones, the lower of two."""
    return sorted(sizes)[floor(share * (len(sizes) - 1))]


@given(SIZES)
def test_a_bucket_stands_for_a_size_within_one_percent(size: float) -> None:
    """Ten digits more are the rounding of the logarithm."""
    assert abs(middle(bucket(size)) - size) <= 0.01 * size * (1 + 1e-9)


@given(st.lists(SIZES, min_size=1, max_size=200), st.floats(0.0, 1.0))
def test_a_quantile_is_within_one_percent(sizes: list[float], share: float) -> None:
    """Against the sorted list."""
    found, true = quantile(Counter(map(bucket, sizes)), share), true_quantile(sizes, share)
    assert found is not None
    assert abs(found - true) <= 0.01 * true * (1 + 1e-9)


def test_nothing_counted_has_no_quantile() -> None:
    """Not zero."""
    assert quantile({}, 0.5) is None
    assert DaySizes(10.0).quantile(0.5) is None


ROWS = st.lists(st.tuples(st.integers(0, 60), st.floats(1.0, 1e9)), min_size=1, max_size=100)


@given(ROWS, st.floats(0.0, 1.0))
def test_a_days_quantile_counts_the_last_24_hours_only(rows: list[tuple[int, float]], share: float) -> None:
    """In any order of arrival, and small ones counted apart or together: a quantile among those is none."""
    sizes, hour = DaySizes(50.0), 0
    for at_hour, size in rows:
        hour = max(hour, at_hour)
        sizes.advance(hour)
        sizes.add(at_hour, size)
    inside = [size for at_hour, size in rows if at_hour >= hour - 24]
    true, found = true_quantile(inside, share), sizes.quantile(share)
    assert sizes.count == len(inside)
    if true < 50.0:
        assert found is None or found < 51.0
    else:
        assert found is not None
        assert abs(found - true) <= 0.01 * true * (1 + 1e-9)


def test_small_sizes_counted_in_bulk_leave_with_their_hour() -> None:
    """A thousand small ones make the median small, until their 24 hours are over."""
    sizes = DaySizes(50.0)
    sizes.add_small(1000)
    sizes.advance(1)
    sizes.add(1, 500.0)
    assert (sizes.count, sizes.quantile(0.5)) == (1001, None)
    sizes.advance(25)
    median = sizes.quantile(0.5)
    assert sizes.count == 1
    assert median is not None
    assert abs(median - 500.0) <= 5.0
