"""What was seen is the union of the up-spans without the gaps."""

from hypothesis import given
from hypothesis import strategies as st

from scoring.coverage import Uptime


def test_nothing_is_covered_before_the_first_connect() -> None:
    """Unknown, not zero: the share starts where the feed does."""
    uptime = Uptime(10_000)
    assert uptime.share(0, 100) == 0.0
    uptime.up(80)
    assert uptime.share(0, 100) == 0.2


def test_a_gap_uncovers_its_span_even_where_the_break_was_noticed_later() -> None:
    """Silence from 50 on, noticed at 70, back at 90."""
    uptime = Uptime(10_000)
    uptime.up(0)
    uptime.down(70)
    uptime.cut(50, 90)
    uptime.up(90)
    assert uptime.share(0, 100) == 0.6
    uptime.cut(95, 98)
    assert uptime.is_up
    assert uptime.covered_ms(0, 100) == 57


STEP = st.tuples(st.sampled_from(["up", "down", "cut"]), st.integers(1, 9), st.integers(1, 30))


@given(st.lists(STEP, max_size=25))
def test_coverage_equals_a_count_of_every_millisecond(steps: list[tuple[str, int, int]]) -> None:
    """Any order of connects, breaks and gaps, against a list of single moments."""
    uptime, now, is_up = Uptime(10_000), 0, False
    seen: list[bool] = []
    for what, wait, length in steps:
        seen += [is_up] * wait
        now += wait
        if what == "cut":
            first = max(0, now - length)
            uptime.cut(first, now)
            seen[first:now] = [False] * (now - first)
        else:
            is_up = what == "up"
            (uptime.up if is_up else uptime.down)(now)
    for first in (0, now // 2):
        assert uptime.covered_ms(first, now) == sum(seen[first:now])


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 50)), max_size=30), st.lists(st.integers(0, 2_000), min_size=1))
def test_running_lengths_equal_what_each_stretch_was_covered(turns: list[tuple[bool, int]], ends: list[int]) -> None:
    """One pass over all spans against one question for each time."""
    uptime, at_ms = Uptime(10_000), 0
    for is_up, passed_ms in turns:
        at_ms += passed_ms
        (uptime.up if is_up else uptime.down)(at_ms)
    times = sorted(ends)
    assert uptime.until(times) == [uptime.covered_ms(times[0], end_ms) for end_ms in times]
