"""The hit record of one coin."""

import pytest

from scoring.record.hits import HitRecord
from scoring.record.prediction import DAY_MS, HOUR_MS
from scoring.settings.record import RecordSettings
from tests.scoring.record.bands import NOON_MS, Drawn, fate, forecast

ABOVE, BELOW = Drawn(1, "above", 102.0, 103.0), Drawn(2, "below", 97.0, 98.0)
STEP_MS = 600_000


def walked(record: HitRecord, prices: dict[int, tuple[float, float]], until_ms: int = DAY_MS) -> int:
    """Follow a price of 100 from noon on, with other ranges after so many steps; how many fates were sealed."""
    steps = range(1, until_ms // STEP_MS + 1)
    return sum(len(record.follow(*prices.get(step, (100.0, 100.0)), NOON_MS + step * STEP_MS)) for step in steps)


def test_a_touch_is_counted_when_its_time_is_over_and_not_before() -> None:
    record = HitRecord(RecordSettings())
    record.predict(forecast(), [ABOVE, BELOW])
    assert walked(record, {3: (100.0, 102.5)}, DAY_MS - STEP_MS) == 0
    assert record.reading().n == 0
    assert len(record.follow(100.0, 100.0, NOON_MS + DAY_MS)) == 2
    assert (record.reading().n, record.reading().hits) == (2, 1)
    hit = next(one for one in record.fates() if one.hit)
    assert (hit.prediction.side, hit.touched_ms) == ("above", NOON_MS + 3 * STEP_MS)


def test_a_touch_at_the_last_moment_counts_and_one_after_it_does_not() -> None:
    record = HitRecord(RecordSettings())
    record.predict(forecast(), [ABOVE])
    walked(record, {144: (100.0, 102.0)})
    assert record.reading().hits == 1
    late = HitRecord(RecordSettings())
    late.predict(forecast(), [ABOVE])
    walked(late, {}, DAY_MS - STEP_MS)
    late.follow(100.0, 102.0, NOON_MS + DAY_MS + 1)
    assert (late.reading().n, late.reading().hits) == (1, 0)


def test_a_price_that_jumps_over_a_level_has_touched_it() -> None:
    record = HitRecord(RecordSettings())
    record.predict(forecast(), [ABOVE])
    walked(record, {5: (104.0, 105.0)})
    assert record.reading().hits == 1


def test_mirror_and_shifted_level_are_followed_as_well() -> None:
    """The mirror of 102 is 98.04; 90 is beyond every control below, and nothing above is touched."""
    record = HitRecord(RecordSettings())
    record.predict(forecast(), [ABOVE, BELOW])
    walked(record, {5: (90.0, 100.0)})
    touched = {one.prediction.side: (one.hit, one.mirror_hit, one.shifted_hit) for one in record.fates()}
    assert touched == {"above": (False, True, False), "below": (True, False, True)}


def test_a_gap_voids_what_runs_touched_or_not() -> None:
    """To count only what was touched before it would prefer hits."""
    record = HitRecord(RecordSettings())
    record.predict(forecast(), [ABOVE, BELOW])
    walked(record, {3: (100.0, 102.5)}, HOUR_MS)
    record.follow(100.0, 100.0, NOON_MS + HOUR_MS + 16 * 60_000)
    assert (record.voided, record.running) == (2, ())
    record.follow(100.0, 100.0, NOON_MS + DAY_MS)
    assert record.reading().n == 0


def test_a_cluster_is_predicted_at_birth_and_again_each_horizon_while_it_lives() -> None:
    record = HitRecord(RecordSettings(gap_minutes=10_000))
    made = [len(record.predict(forecast(NOON_MS + hour * HOUR_MS), [ABOVE])) for hour in range(60)]
    assert [hour for hour, count in enumerate(made) if count] == [0, 24, 48]
    assert len(record.predict(forecast(NOON_MS + 60 * HOUR_MS), [ABOVE, BELOW])) == 1


def test_one_that_chance_nearly_decides_is_looked_at_again_a_horizon_later() -> None:
    """Not once the price has moved, or the move would choose what is predicted."""
    record = HitRecord(RecordSettings(gap_minutes=10_000))
    assert record.predict(forecast(price=101.95), [ABOVE]) == ()
    assert record.predict(forecast(NOON_MS + HOUR_MS), [ABOVE]) == ()
    assert len(record.predict(forecast(NOON_MS + DAY_MS), [ABOVE])) == 1


def test_no_more_than_the_bounds_run_or_are_kept() -> None:
    record = HitRecord(RecordSettings(most_open=5, most_kept=3))
    bands = [Drawn(identity, "above", 102.0, 103.0) for identity in range(9)]
    assert len(record.predict(forecast(), bands)) == 5
    assert walked(record, {}) == 5
    assert len(record.fates()) == 3


def test_readings_are_told_apart_by_side_and_distance() -> None:
    record = HitRecord(RecordSettings())
    near = Drawn(3, "above", 100.5, 100.6)
    record.predict(forecast(), [ABOVE, BELOW, near])
    walked(record, {3: (100.0, 100.7)})
    assert [record.reading(side).n for side in ("above", "below", None)] == [2, 1, 3]
    assert (record.reading("above", 0.005).n, record.reading("above", 0.005).hits) == (1, 1)
    assert (record.reading("above", 0.03).n, record.reading("above", 0.03).hits) == (1, 0)
    assert record.reading("below", 0.30).n == 0


def test_a_restored_record_reads_as_the_one_that_was_kept() -> None:
    first, second = HitRecord(RecordSettings(most_kept=5)), HitRecord(RecordSettings(most_kept=5))
    first.restore([fate(day, 0.3, day % 2 == 0) for day in range(8)])
    second.restore(first.fates())
    assert first.reading() == second.reading()
    assert [one.prediction.identity for one in second.fates()] == [3, 4, 5, 6, 7]


def test_what_is_expected_is_the_sum_of_the_chances() -> None:
    record = HitRecord(RecordSettings())
    made = record.predict(forecast(), [ABOVE, BELOW])
    walked(record, {})
    assert record.reading().expected == pytest.approx(sum(one.chance for one in made))
    assert record.reading().lift == 0.0
