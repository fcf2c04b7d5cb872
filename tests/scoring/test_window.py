"""Running totals equal a recount, whatever came when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.window import WINDOWS, MinuteSlots

START = 28_966_324
ADD = st.tuples(st.just("add"), st.integers(-1500, 3), st.integers(0, 3), st.integers(1, 10**15))
JUMP = st.tuples(st.just("advance"), st.one_of(st.integers(-5, 20), st.integers(0, 1500)), st.just(0), st.just(0))


def recount(added: list[tuple[int, int, int]], now: int, window: int) -> dict[int, int]:
    sums: dict[int, int] = {}
    for minute, key, amount in added:
        if now - window < minute:
            sums[key] = sums.get(key, 0) + amount
    return sums


@given(st.lists(st.one_of(ADD, JUMP), max_size=60))
def test_every_window_equals_a_recount(steps: list[tuple[str, int, int, int]]) -> None:
    """Late, early and current amounts, minutes that pass one by one and clocks that jump over days."""
    slots, added, now = MinuteSlots(), [], START
    slots.advance(START)
    for what, offset, key, amount in steps:
        minute = now + offset
        if what == "advance":
            slots.advance(minute)
        elif slots.add(minute, key, amount):
            added.append((minute, key, amount))
        else:
            assert minute <= now - 1440
        now = max(now, minute)
        assert slots.minute == now
    for window in WINDOWS:
        assert slots.sums(window) == recount(added, now, window)


@pytest.mark.parametrize("window", WINDOWS)
def test_an_amount_leaves_each_window_with_its_minute(window: int) -> None:
    """It counts in its own minute and the W - 1 after it, and not in the next."""
    slots = MinuteSlots()
    slots.add(START, 1, 5)
    slots.advance(START + window - 1)
    assert slots.sums(window) == {1: 5}
    slots.advance(START + window)
    assert slots.sums(window) == {}


@pytest.mark.parametrize("window", WINDOWS)
def test_a_late_amount_enters_only_the_windows_that_hold_its_minute(window: int) -> None:
    """W - 1 minutes late is inside of W minutes, W minutes late is outside."""
    slots = MinuteSlots()
    slots.advance(START)
    slots.add(START - window + 1, 1, 5)
    slots.add(START - window, 1, 7)
    assert slots.sums(window) == {1: 5}


def test_slots_that_have_left_the_longest_window_are_forgotten() -> None:
    """One a minute for two days keeps a day of them, the present minute apart."""
    slots = MinuteSlots()
    for minute in range(START, START + 2 * 1440):
        slots.add(minute, 1, 5)
    kept = list(slots.between(START, START + 2 * 1440))
    assert len(kept) == 1439


def test_a_late_amount_changes_the_closed_minutes_and_a_current_one_does_not() -> None:
    """What is cached for the closed minutes may be kept while only the current one grows."""
    slots = MinuteSlots()
    slots.advance(START)
    before = slots.closed_version
    slots.add(START, 1, 5)
    assert slots.closed_version == before
    slots.add(START - 3, 1, 5)
    assert slots.closed_version > before


def test_changed_keys_still_leave_exactly() -> None:
    """Sums whose keys were merged are subtracted under the merged key."""
    slots = MinuteSlots()
    slots.add(START, 10, 5)
    slots.add(START + 1, 11, 7)
    slots.advance(START + 2)
    slots.rekey(lambda key: key // 10)
    assert slots.sums(15) == {1: 12}
    slots.advance(START + 15)
    assert slots.sums(15) == {1: 7}
    slots.advance(START + 16)
    assert slots.sums(15) == {}


def test_an_unknown_window_is_refused() -> None:
    """The message says what is possible."""
    with pytest.raises(ValueError, match=r"expected one of .*240.*found 30"):
        MinuteSlots().closed(30)
