"""The path: the finest that is known of each time, cut where open interest was told."""

from array import array

from scoring.map.interest import InterestLog
from scoring.map.path import Bars, Piece, history, runs_of, with_readings

BUCKET = 0.001
QUARTER_MS, HOUR_MS, MINUTE_MS = 900_000, 3_600_000, 60_000


def bars(length_ms: int, *opens: int) -> Bars:
    found = Bars(length_ms)
    for number in opens:
        found.take(number * length_ms, 102.0, 98.0, 101.0, 1_000.0)
    return found


def minute(ended: int) -> Piece:
    return Piece(ended * MINUTE_MS, MINUTE_MS, 100.0, 101.0, 100.5, ((4605, 4615, 1.0),))


def test_finer_candles_and_minutes_stand_before_coarser_ones() -> None:
    known = {"1h": bars(HOUR_MS, 0, 1, 2, 3), "15m": bars(QUARTER_MS, 8, 9, 10, 11)}
    path = history(known, [minute(ended) for ended in (166, 167)], BUCKET)
    # hours 0 and 1; quarters from 2:00 to 2:45; the last quarter is live from 2:45 on
    assert [piece.at_ms // MINUTE_MS for piece in path] == [60, 120, 135, 150, 165, 166, 167]


def test_candles_arrive_in_any_order_and_replace_each_other() -> None:
    one, other = bars(HOUR_MS, 0, 1, 2), bars(HOUR_MS, 2, 0, 1)
    assert list(one.pieces(0, 10 * HOUR_MS, BUCKET)) == list(other.pieces(0, 10 * HOUR_MS, BUCKET))
    assert one.take(HOUR_MS, 105.0, 95.0, 99.0, 1.0) is False
    assert one.take(5 * HOUR_MS, 105.0, 95.0, 99.0, 1.0) is True
    assert [piece.high for piece in one.pieces(0, 10 * HOUR_MS, BUCKET)] == [102.0, 105.0, 102.0, 105.0]


def test_a_candle_is_cut_at_the_readings_within_it() -> None:
    path = list(bars(QUARTER_MS, 0, 1).pieces(0, HOUR_MS, BUCKET))
    told = [(QUARTER_MS, 10.0), (QUARTER_MS + 300_000, 11.0), (QUARTER_MS + 600_000, 12.0), (2 * QUARTER_MS, 13.0)]
    found = list(with_readings(path, told))
    assert [(piece.at_ms, piece.elapsed_ms, coins) for piece, coins in found] == [
        (QUARTER_MS, QUARTER_MS, 10.0),
        (QUARTER_MS + 300_000, 300_000, 11.0),
        (QUARTER_MS + 600_000, 300_000, 12.0),
        (2 * QUARTER_MS, 300_000, 13.0),
    ]


def test_the_path_before_the_first_reading_is_left_out_and_the_last_reading_of_a_piece_counts() -> None:
    path = [minute(ended) for ended in (1, 2, 3, 4)]
    told = [(2 * MINUTE_MS - 9, 1.0), (3 * MINUTE_MS - 9, 2.0), (3 * MINUTE_MS - 5, 3.0)]
    assert [(piece.at_ms // MINUTE_MS, coins) for piece, coins in with_readings(path, told)] == [
        (2, 1.0),
        (3, 3.0),
        (4, None),
    ]


def test_a_histogram_of_many_buckets_becomes_few_runs_of_the_same_sum() -> None:
    runs = runs_of(dict.fromkeys(range(100, 120), 2.0))
    assert len(runs) <= 8
    assert (runs[0][0], runs[-1][1], sum(run[2] for run in runs)) == (100, 119, 40.0)
    assert runs_of({}) == ()


def test_of_every_minute_the_last_reading_is_kept() -> None:
    log = InterestLog()
    for at_ms, coins in ((60_000, 1.0), (90_000, 2.0), (61_000, 3.0), (120_000, 4.0), (120_001, 5.0)):
        log.take(at_ms, coins)
    assert log.readings() == [(60_000, 1.0), (120_000, 4.0), (120_001, 5.0)]


def test_a_reading_tells_whether_it_fills_the_past() -> None:
    log = InterestLog()
    assert log.take(HOUR_MS, 1.0) is False  # nothing stands after it
    assert log.take(0, 1.0) is True
    assert log.take(HOUR_MS // 2, 1.0) is True
    assert log.take(HOUR_MS // 2 + MINUTE_MS, 1.0) is True
    assert log.take(HOUR_MS // 2 + 30_000, 1.0) is False  # the same minute
    assert log.take(2 * HOUR_MS, 1.0) is False


def test_old_readings_are_thinned_out() -> None:
    log = InterestLog()
    for number in range(4 * 1_440):
        log.take(number * MINUTE_MS, float(number))
    log.thin()
    ages = array("q", (log.times[-1] - at_ms for at_ms in log.times))
    assert sum(age <= 2 * HOUR_MS for age in ages) == 121
    assert sum(2 * HOUR_MS < age <= 48 * HOUR_MS for age in ages) in range(46 * 12 - 2, 46 * 12 + 3)
    assert sum(age > 48 * HOUR_MS for age in ages) in range(46, 51)
