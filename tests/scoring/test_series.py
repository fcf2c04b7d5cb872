"""Readings find their place whatever order they come in."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.series import Series

KEPT, STEP = 1_000, 10
READINGS = st.lists(st.tuples(st.integers(0, 3_000), st.floats(0.1, 9.0)), min_size=1, max_size=60)


def filled(readings: list[tuple[int, float]], step: int = STEP) -> Series:
    series = Series(KEPT, step)
    for at_ms, value in readings:
        series.add(at_ms, value)
    return series


def kept(readings: list[tuple[int, float]], step: int = STEP) -> dict[int, float]:
    """The last reading of each step, sorted once at the end; of one time the one that came last."""
    steps: dict[int, tuple[int, float]] = {}
    for at_ms, value in readings:
        if at_ms // step not in steps or at_ms >= steps[at_ms // step][0]:
            steps[at_ms // step] = (at_ms, value)
    newest = max(at_ms for at_ms, _ in steps.values())
    return {at_ms: value for at_ms, value in sorted(steps.values()) if at_ms >= newest - KEPT}


@given(READINGS)
def test_the_last_reading_is_the_newest_by_its_own_time(readings: list[tuple[int, float]]) -> None:
    """Not the one that came last."""
    assert filled(readings).last == max(kept(readings).items())


@given(READINGS, st.integers(-100, 3_100), st.integers(0, 500))
def test_a_look_up_finds_the_closest_of_all_readings(
    readings: list[tuple[int, float]], at_ms: int, tolerance: int
) -> None:
    """With a step of 1 ms every reading is kept, so a look through all of them must agree; of two the earlier."""
    known = kept(readings, 1)
    distance, best = min((abs(at_ms - time), time) for time in known)
    expected = known[best] if distance <= tolerance else None
    assert filled(readings, 1).near(at_ms, tolerance) == expected


@given(READINGS)
def test_a_series_holds_one_reading_a_step_and_none_that_is_too_old(readings: list[tuple[int, float]]) -> None:
    """Its size does not depend on how often a socket repeats itself."""
    assert len(filled(readings)) == len(kept(readings)) <= KEPT // STEP + 1


def test_changes_are_against_the_reading_a_span_before_the_newest() -> None:
    """From 80 to 100 is a quarter more, and 20 more."""
    series = filled([(500, 100.0), (100, 80.0), (300, 90.0)])
    assert (series.change(400, 0), series.difference(400, 0)) == (0.25, 20.0)


def test_without_history_there_is_no_change() -> None:
    """Neither against a reading too far off, nor against itself, nor against nothing."""
    series = filled([(500, 100.0), (100, 80.0)])
    assert (series.change(300, 99), series.difference(300, 99)) == (None, None)
    assert (filled([(500, 1.0)]).change(400, 50), Series(KEPT, STEP).difference(400, 50)) == (None, None)
    assert filled([(500, 1.0), (100, 0.0)]).change(400, 0) is None
