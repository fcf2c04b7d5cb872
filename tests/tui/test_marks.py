"""Where the keys go on a tape."""

from tui.controls import TapeSpan
from tui.marks import HEAVIEST, heaviest_minute, mark_from

MINUTE = 60_000
TAPE = TapeSpan(
    0,
    60 * MINUTE,
    ((10 * MINUTE, "BTC down cascading"), (10 * MINUTE + 2000, "ETH down igniting"), (40 * MINUTE, "WIF up igniting")),
)


def test_cascades_of_several_coins_at_once_are_one_place_named_after_the_coin_that_is_shown() -> None:
    assert mark_from(TAPE, 0, 1, "ETH") == (10 * MINUTE, "ETH down igniting", 1)
    assert mark_from(TAPE, 0, 1, "SOL") == (10 * MINUTE, "BTC down cascading", 1)


def test_it_goes_on_from_where_it_is_both_ways() -> None:
    assert mark_from(TAPE, 10 * MINUTE, 1, "BTC") == (40 * MINUTE, "WIF up igniting", 0)
    assert mark_from(TAPE, 40 * MINUTE, -1, "BTC") == (10 * MINUTE, "BTC down cascading", 1)
    assert mark_from(TAPE, 41 * MINUTE, 1, "BTC") is None
    assert mark_from(TAPE, 10 * MINUTE, -1, "BTC") is None


def test_the_heaviest_minute_is_the_one_with_the_largest_sum_ahead_or_behind() -> None:
    busy = [0.0] * 480
    busy[80:88], busy[160:168], busy[240] = [3.0] * 8, [1.0] * 8, 20.0
    tape = TapeSpan(0, 60 * MINUTE, busy=tuple(busy))
    assert heaviest_minute(tape, 0, 1) == (10 * MINUTE, HEAVIEST, 0)
    assert heaviest_minute(tape, 10 * MINUTE, 1) == (30 * MINUTE, HEAVIEST, 0)
    assert heaviest_minute(tape, 30 * MINUTE, 1) is None
    assert heaviest_minute(tape, 30 * MINUTE, -1) == (10 * MINUTE, HEAVIEST, 0)


def test_without_sums_there_is_no_heaviest_minute() -> None:
    assert heaviest_minute(TAPE, 0, 1) is None
    assert heaviest_minute(TapeSpan(0, MINUTE, busy=(None, 0.0)), -1, 1) is None
