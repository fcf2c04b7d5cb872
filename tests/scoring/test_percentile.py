"""A value stands among its own past readings, once there are enough of them over long enough a time."""

import pytest

from scoring.percentile import Past, Place, percentile, typical
from scoring.settings import PercentileSettings
from tests.scoring.events_fixture import NOW

HOUR = 3_600_000
DAY = 24 * HOUR
SETTINGS = PercentileSettings()


def past(values: list[float], step_ms: int = HOUR, settings: PercentileSettings = SETTINGS) -> Past:
    """Readings that end now, and the newest of them is not history yet."""
    found = Past(settings)
    for back, value in enumerate(reversed(values)):
        found.add(NOW - back * step_ms, value)
    return found


@pytest.mark.parametrize(("value", "place"), [(0.0, 0.0), (10.0, 5.0), (50.0, 45.0), (55.0, 50.0), (200.0, 100.0)])
def test_the_place_is_the_share_below_and_half_of_the_same(value: float, place: float) -> None:
    assert percentile(value, [10.0 * number for number in range(1, 11)]) == pytest.approx(place)


def test_a_value_that_never_moves_is_in_the_middle() -> None:
    assert past([0.0001] * 60).place(0.0001) == Place(50.0, 58 * HOUR)


def test_the_newest_hour_is_what_is_compared() -> None:
    """However often it is told; the hour before is history."""
    found = past([*[1.0] * 30, 9.0])
    found.add(NOW + 60_000, 9.5)
    assert found.place(9.0) == Place(100.0, 29 * HOUR)
    found.add(NOW + HOUR, 9.0)
    later = found.place(9.0)
    assert later is not None
    assert (later.percentile, later.history_ms) == (pytest.approx(100 * 30 / 31), 30 * HOUR + 60_000)


@pytest.mark.parametrize(
    ("count", "step_ms", "known"), [(21, HOUR, False), (22, HOUR, True), (20, 8 * HOUR, False), (21, 8 * HOUR, True)]
)
def test_too_few_readings_or_too_short_a_time_have_no_place(count: int, step_ms: int, known: bool) -> None:
    """20 h between the first and the last of at least 20 readings, without the newest."""
    assert (past([1.0] * count, step_ms).place(1.0) is not None) is known


def test_history_that_comes_after_the_newest_reading_counts() -> None:
    """As where a socket is faster than the REST answer with the past."""
    found = Past(SETTINGS)
    found.add(NOW, 5.0)
    assert found.place(5.0) is None
    for back in range(30, 0, -1):
        found.add(NOW - back * 8 * HOUR, float(back))
    assert found.place(15.5) == Place(50.0, 29 * 8 * HOUR)


def test_what_is_older_than_a_month_is_forgotten() -> None:
    found = past([1000.0, *[1.0] * 31], DAY)
    found.add(NOW + DAY, 1.0)
    assert found.place(2.0) == Place(100.0, 30 * DAY)


def test_a_change_stands_among_the_changes_over_the_same_span() -> None:
    """Rising 1 % an hour is 27 % a day: never less, never more."""
    values = [1.01**hour for hour in range(60)]
    place = past(values).place_of_change(0.0, DAY)
    assert place == Place(0.0, (60 - 1 - 24 - 1) * HOUR)
    assert past(values).place_of_change(0.3, DAY) == Place(100.0, 34 * HOUR)


def test_several_exchanges_have_their_median_over_the_shortest_history() -> None:
    assert typical([Place(90.0, 31 * DAY), None, Place(50.0, 8 * DAY), Place(60.0, 20 * DAY)]) == Place(60.0, 8 * DAY)
    assert typical([None]) is None
