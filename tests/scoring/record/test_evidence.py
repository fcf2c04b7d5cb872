"""How much a number of fates proves."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.record.evidence import by_day, judge, mirror_ratio, wilson
from scoring.record.prediction import Fate
from scoring.settings.record import RecordSettings
from scoring.view.estimated import Record
from tests.scoring.record.bands import fate

SETTINGS = RecordSettings()


def judged(fates: list[Fate]) -> Record:
    return judge(tuple(by_day(fates).values()), SETTINGS)


def spread(days: int, each: int, hits: int, mirrors: int, chance: float = 0.3) -> list[Fate]:
    """On each day so many predictions, of which so many were touched and so many mirrors too."""
    return [fate(day, chance, place < hits, place < mirrors) for day, place in product(range(days), range(each))]


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(10, 100, 0.0552, 0.1744), (0, 20, 0.0, 0.1611), (20, 20, 0.8389, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_wilsons_interval_has_its_published_values(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n, 1.96) == pytest.approx((low, high), abs=5e-4)


def test_nothing_known_is_a_record_without_a_lift() -> None:
    assert judged([]) == Record()


def test_lift_is_hits_over_expected() -> None:
    found = judged(spread(20, 10, 6, 3))
    assert (found.n, found.hits, found.lift) == (200, 120, pytest.approx(2.0))
    assert found.expected == pytest.approx(60.0)


def test_many_hits_above_chance_and_above_the_mirror_are_a_lift() -> None:
    assert judged(spread(20, 10, 6, 3)).significance == "lift"


def test_hits_above_chance_are_none_where_the_mirrored_levels_were_hit_as_often() -> None:
    """Then the price moved more than its deviation said, towards clusters and away from them."""
    assert judged(spread(20, 10, 6, 6)).significance == "no lift"


def test_hits_below_chance_are_no_lift() -> None:
    assert judged(spread(20, 10, 1, 6)).significance == "no lift"


@pytest.mark.parametrize(("days", "each"), [(15, 10), (9, 100)])
def test_too_few_predictions_or_days_prove_nothing(days: int, each: int) -> None:
    """150 of them, or 900 in nine days, twice as many hits as by chance."""
    assert judged(spread(days, each, each * 6 // 10, each * 3 // 10)).significance == "unproven"


def test_days_in_which_all_or_nothing_was_touched_prove_less() -> None:
    """As many hits of as many predictions, but they came together."""
    even = judged(spread(20, 10, 5, 3))
    together = judged([fate(day, 0.3, day % 2 == 0) for day in range(20) for _ in range(10)])
    assert (even.hits, even.lift) == (together.hits, together.lift)
    assert even.low is not None
    assert even.low > 1
    assert together.low is not None
    assert together.low < 1


def test_the_ratio_to_the_mirror_counts_its_own_noise() -> None:
    """60 against 30 is twice as many, and 6 against 3 is too, but proves nothing."""
    many = mirror_ratio(tuple(by_day(spread(20, 10, 6, 3)).values()), 1.96)
    few = mirror_ratio(tuple(by_day(spread(2, 10, 6, 3)).values()), 1.96)
    assert many[0] == pytest.approx(2, rel=0.02)
    assert many[1] > 1
    assert few[1] < 1


@given(st.lists(st.tuples(st.integers(0, 30), st.floats(0.05, 0.95), st.booleans(), st.booleans()), min_size=1))
def test_the_lift_lies_in_its_interval(rows: list[tuple[int, float, bool, bool]]) -> None:
    found = judged([fate(*row) for row in rows])
    assert found.lift is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low - 1e-9 <= found.lift <= found.high + 1e-9
