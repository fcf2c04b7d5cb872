"""A value's own past."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.alerts.history import History

MINUTE = 60_000


def filled(values: list[float], keep: int = 1440, least: int = 1) -> History:
    history = History(keep, least)
    for minute, value in enumerate(values):
        history.note(minute * MINUTE, value)
    return history


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=60), st.integers(-4, 4), st.integers(1, 20))
def test_a_percentile_is_the_share_below_with_ties_halved(values: list[int], value: int, keep: int) -> None:
    """Against a plain count over the minutes that are kept."""
    kept = values[-keep:]
    below, equal = sum(one < value for one in kept), kept.count(value)
    expected = 100 * (below + equal / 2) / len(kept)
    assert abs((filled([*map(float, values)], keep).percentile(value) or 0.0) - expected) < 1e-9


def test_too_few_minutes_have_no_percentile() -> None:
    assert filled([1.0] * 239, least=240).percentile(2.0) is None
    assert filled([1.0] * 240, least=240).percentile(2.0) == 100.0


def test_a_minute_counts_once() -> None:
    history = History(1440, 1)
    history.note(0, 1.0)
    history.note(59_999, 100.0)
    assert history.percentile(50.0) == 100.0


def test_the_value_before_is_the_nearest_sample() -> None:
    history = filled([float(minute) for minute in range(61)])
    assert history.before(15, 60 * MINUTE) == 45.0
    assert history.before(60, 60 * MINUTE) == 0.0


def test_no_value_is_invented_where_nothing_was_seen() -> None:
    """An hour's hole: no sample within a minute and a half of five minutes ago."""
    history = filled([1.0, 2.0])
    assert history.before(5, 61 * MINUTE) is None
