"""A moment of a tape that is gone to: what is played before it, what is skipped, and what is told of it."""

from pathlib import Path

import pytest

from feeds.block import BlockInfo
from feeds.events import Gap, Trade
from feeds.lead_in import LONGEST_WINDOW_MS, NEAR_MS, is_near, lead_in
from feeds.playing import NOT_PLAYED
from feeds.replay import ReplaySource
from tests.feeds.test_replay import SETTINGS, START, STREAM, Clock, Consumer, head, trade, write

MINUTE = 60_000


def block(number: int, records: int = 100, kinds: int = 1) -> BlockInfo:
    """A block of the minute of that number."""
    first_ms = START + number * MINUTE
    return BlockInfo(number * 1000, 900, records, first_ms, first_ms + MINUTE - 1, kinds, False, 0)


def test_a_lead_in_is_a_day_where_the_day_is_small() -> None:
    found = lead_in([block(n) for n in range(60)], START + 30 * MINUTE, 10_000)
    assert (found.from_ms, found.cut) == (START + 30 * MINUTE - LONGEST_WINDOW_MS - 10_000, False)
    assert found.records == 31 * 100


def test_a_lead_in_of_a_busy_day_begins_at_the_block_from_which_it_has_few_enough_records() -> None:
    found = lead_in([block(n) for n in range(60)], START + 30 * MINUTE, 10_000, most_records=1_000)
    assert (found.from_ms, found.cut, found.records) == (START + 21 * MINUTE, True, 1_000)


def test_a_cut_lead_in_reads_how_streams_began_and_no_answers_of_long_ago() -> None:
    """Blocks with a status (4) and those behind them; those with answers (17) only of the last two hours."""
    index = [block(0, kinds=5), block(1), *(block(n, kinds=17) for n in range(2, 300))]
    found = lead_in(index, START + 299 * MINUTE, 0, most_records=1_000)
    assert found.begun == {0, 1000}
    assert 50_000 in found.passed
    assert 280_000 not in found.passed


@pytest.mark.parametrize(("by", "near"), [(-1, False), (0, True), (NEAR_MS, True), (NEAR_MS + 1, False)])
def test_only_what_lies_a_little_ahead_is_near(by: int, near: bool) -> None:
    assert is_near([block(n) for n in range(60)], START, START + by) is near


def test_what_lies_behind_many_records_is_not_near() -> None:
    assert not is_near([block(n, records=15_000) for n in range(60)], START, START + 2 * MINUTE)


@pytest.fixture
def hour(tmp_path: Path) -> Path:
    """A trade each second for an hour, a minute to a block."""
    times = range(START, START + 60 * MINUTE, 1000)
    return write(
        tmp_path / "a.tape.zst", head(), *([trade(at) for at in times[i : i + 60]] for i in range(0, 3600, 60))
    )


def replay(path: Path, clock: Clock, speed: float | None = 1, most_records: int = 600) -> ReplaySource:
    return ReplaySource(path, SETTINGS, speed=speed, most_records=most_records, clock=clock, sleep=clock.sleep)


@pytest.mark.anyio
async def test_what_a_cut_lead_in_leaves_out_is_a_gap_of_each_stream(hour: Path) -> None:
    """So that sums over the window are told as lower bounds: no trade of it is there, and nobody thinks it was."""
    consumer = Consumer()
    source = replay(hour, Clock(), None)
    source.seek(START + 30 * MINUTE)
    await source.run(consumer)
    gap = next(event for event in consumer.events if isinstance(event, Gap))
    assert (gap.stream, gap.since_ms, gap.reason) == (STREAM, START, NOT_PLAYED)
    assert gap.at_ms == source.since_ms == START + 21 * MINUTE
    first = next(event for event in consumer.events if isinstance(event, Trade))
    assert first.at_ms == gap.at_ms


@pytest.mark.anyio
async def test_the_whole_lead_in_comes_before_the_arrival_and_nothing_else(hour: Path) -> None:
    clock = Clock()
    consumer = Consumer(clock)
    source = replay(hour, clock, most_records=100_000)
    arrived: list[tuple[int, int]] = []
    source.on_arrival = lambda: arrived.append((len(consumer.events), source.now_ms()))
    source.seek(START + 30 * MINUTE + 500)
    assert (source.place_ms, source.lead_in) == (START + 30 * MINUTE + 500, 0.0)
    await source.run(consumer)
    assert arrived == [(1 + 1801, START + 30 * MINUTE + 500)]
    assert source.lead_in is None


@pytest.mark.anyio
async def test_a_moment_a_little_ahead_is_reached_by_playing_on(hour: Path) -> None:
    """Nothing begins anew, all that is between comes at once, and from there the pace goes on."""
    clock = Clock()
    consumer = Consumer(clock)
    source = replay(hour, clock, most_records=100_000)
    restarts: list[float] = []
    source.on_restart = lambda: restarts.append(clock.now)
    clock.plan = [(10.5, lambda: source.seek(START + 5 * MINUTE))]
    await source.run(consumer)
    assert restarts == []
    assert consumer.times() == [START, *range(START, START + 60 * MINUTE, 1000)]
    at = consumer.times().index(START + 5 * MINUTE - 1000)
    assert consumer.given_at[at] == pytest.approx(10.5, abs=0.1)
    assert consumer.given_at[at + 61] == pytest.approx(70.5, abs=0.2)


@pytest.mark.anyio
async def test_while_paused_a_moment_a_little_ahead_is_reached_and_held(hour: Path) -> None:
    clock = Clock()
    consumer = Consumer(clock)
    source = replay(hour, clock, most_records=100_000)
    seen: list[tuple[int, int]] = []
    clock.plan = [
        (2.5, lambda: setattr(source, "paused", True)),
        (3.0, lambda: source.seek(START + MINUTE)),
        (9.0, lambda: seen.append((source.now_ms(), len(consumer.events)))),
        (9.0, lambda: setattr(source, "paused", False)),
    ]
    await source.run(consumer)
    assert seen == [(START + MINUTE, 1 + 60)]
