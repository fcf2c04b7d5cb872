from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from feeds.events import AnyEvent, Connected, Disconnected, Gap, Trade, Traffic, to_json
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.replay import ReplaySource
from feeds.settings import FeedsSettings
from feeds.tape import TapeError, TapeReader, TapeWriter

pytestmark = pytest.mark.anyio

STREAM = "binance perp"
HOUR = 3_600_000
START = 1_700_000_000_000
SETTINGS = FeedsSettings()
LISTING = (
    b'{"symbols":[{"symbol":"BTCUSDT","pair":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING",'
    b'"baseAsset":"BTC","quoteAsset":"USDT","marginAsset":"USDT"}]}'
)


def trade(at_ms: int) -> Record:
    text = b'{"e":"aggTrade","E":%d,"s":"BTCUSDT","a":%d,"p":"100","q":"2","T":%d,"m":false}'
    return Record(at_ms, "frame", "binance", "perp", STREAM, text % (at_ms, at_ms, at_ms))


def head(at_ms: int = START) -> list[Record]:
    connected = Connected(
        venue="binance", market="perp", at_ms=at_ms, received_ms=at_ms, stream=STREAM, reason="first event"
    )
    return [
        Record(at_ms, "note", "", "perp", "", b"made by a test"),
        Record(at_ms, "listing", "binance", "perp", "https://fapi.binance.com/fapi/v1/exchangeInfo", LISTING),
        Record(at_ms, "status", "binance", "perp", STREAM, to_json(connected)),
    ]


def write(path: Path, *blocks: list[Record]) -> Path:
    with TapeWriter(path) as writer:
        for block in blocks:
            for record in block:
                writer.write(record)
            writer.flush()
    return path


@dataclass
class Clock:
    """A clock that only sleeping moves, and what is to be done at which of its moments."""

    now: float = 0.0
    plan: list[tuple[float, Callable[[], None]]] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        while self.plan and self.plan[0][0] <= self.now:
            self.plan.pop(0)[1]()


@dataclass
class Consumer:
    """Keeps what it is given, and when; but not how many bytes came, which is told at any record."""

    clock: Clock = field(default_factory=Clock)
    events: list[AnyEvent] = field(default_factory=list)
    given_at: list[float] = field(default_factory=list)

    def __call__(self, events: Sequence[AnyEvent]) -> bool:
        kept = [event for event in events if not isinstance(event, Traffic)]
        self.events += kept
        self.given_at += [self.clock.now] * len(kept)
        return True

    def times(self) -> list[int]:
        return [event.at_ms for event in self.events]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.tape.zst"


@pytest.fixture
def minute(path: Path) -> Path:
    """A tape with a trade each second for a minute."""
    return write(path, head(), *([trade(START + 1000 * n) for n in range(i, i + 10)] for i in range(0, 60, 10)))


def paced(path: Path, speed: float | None) -> tuple[ReplaySource, Consumer]:
    clock = Clock()
    return ReplaySource(path, SETTINGS, speed=speed, clock=clock, sleep=clock.sleep), Consumer(clock)


async def test_it_emits_what_the_decoders_make_of_the_records(minute: Path) -> None:
    straight = Pipeline(SETTINGS.intake)
    everything = [event for record in TapeReader(minute).records() for event in straight.feed(record)]
    expected = [event for event in everything if not isinstance(event, Traffic)]
    for _ in range(2):
        source, consumer = paced(minute, None)
        await source.run(consumer)
        assert consumer.events == expected
    assert len(expected) == 61
    assert source.now_ms() == source.last_ms == START + 59_000
    assert source.notes == ("made by a test",)


@pytest.mark.parametrize("speed", [1, 7, 100])
async def test_a_paced_replay_keeps_time_without_drift(minute: Path, speed: float) -> None:
    """Every trade of the minute comes within 2 ms of its moment: errors of single waits don't add up."""
    source, consumer = paced(minute, speed)
    await source.run(consumer)
    lateness = [
        given - (event.at_ms - START) / 1000 / speed
        for event, given in zip(consumer.events, consumer.given_at, strict=True)
    ]
    assert all(0 <= late <= 0.002 for late in lateness)


async def test_a_change_of_speed_counts_from_its_moment(minute: Path) -> None:
    """10 s at 1x, then 49 s at 100x: just over ten and a half seconds."""
    source, consumer = paced(minute, 1)
    consumer.clock.plan = [(10.0, lambda: setattr(source, "speed", 100))]
    await source.run(consumer)
    assert 10.49 <= consumer.clock.now <= 10.6


async def test_pausing_holds_and_stepping_gives_one_record(minute: Path) -> None:
    source, consumer = paced(minute, 1)
    seen: list[tuple[int, int]] = []

    def look() -> None:
        seen.append((len(consumer.events), source.now_ms() - START))

    consumer.clock.plan = [
        (5.5, lambda: setattr(source, "paused", True)),
        (20.0, look),
        (20.0, source.step),
        (21.0, look),
        (30.0, lambda: setattr(source, "paused", False)),
    ]
    await source.run(consumer)
    assert seen == [(7, pytest.approx(5500, abs=60)), (8, 6000)]
    assert consumer.clock.now == pytest.approx(30.0 + 53.0, abs=0.2)
    assert len(consumer.events) == 61


async def test_the_time_runs_on_between_records_and_waits_at_the_next(path: Path) -> None:
    """A consumer that can't take more holds the records back, and the tape's time with them."""
    write(path, [*head(), trade(START), trade(START + 10_000), trade(START + 20_000)])
    source, consumer = paced(path, 2)
    seen: list[int] = []
    consumer.clock.plan = [(second, lambda: seen.append(source.now_ms() - START)) for second in (2.0, 9.0, 12.0)]

    def emit(events: Sequence[AnyEvent]) -> bool:
        consumer(events)
        return consumer.times()[-1] < START + 10_000 or consumer.clock.now > 15.0

    await source.run(emit)
    assert seen == [pytest.approx(4000, abs=120), pytest.approx(18_000, abs=120), 20_000]
    assert consumer.times() == [START, START, START + 10_000, START + 20_000]


async def test_a_full_consumer_is_asked_again_before_more_is_sent(path: Path) -> None:
    """After a no only empty batches come, 5 ms apart, until it says yes; then the rest, each event once."""
    write(path, head(), [trade(START + n) for n in range(2000)])
    source, _ = paced(path, None)
    sizes: list[int] = []

    def emit(events: Sequence[AnyEvent]) -> bool:
        sizes.append(len(events))
        return len(sizes) % 3 == 0

    await source.run(emit)
    assert sum(sizes) == 2001
    assert sizes[:6] == [510, 0, 0, 512, 0, 0]


def day(at_ms: int, events: Sequence[AnyEvent]) -> list[AnyEvent]:
    """What a 24 h window that ends at `at_ms` holds."""
    return [event for event in events if at_ms - 24 * HOUR < event.at_ms <= at_ms]


@pytest.fixture
def days(path: Path) -> Path:
    """Three days of a trade every twenty minutes, six hours to a block, listed and connected once at the start."""
    times = range(START, START + 72 * HOUR, HOUR // 3)
    return write(path, head(), *([trade(at) for at in times[i : i + 18]] for i in range(0, len(times), 18)))


@pytest.mark.parametrize("hours", [0, 1, 23, 24.4, 30, 59.99, 71])
async def test_a_seek_leaves_the_day_before_as_playing_from_the_start_does(days: Path, hours: float) -> None:
    """The listing and the state of the stream are known too, however long ago they were recorded."""
    target = START + int(hours * HOUR)
    source, consumer = paced(days, None)
    await source.run(consumer)
    sought, later = paced(days, None)
    sought.seek(target)
    await sought.run(later)
    assert day(target, later.events) == day(target, consumer.events)
    assert [e for e in later.events if e.at_ms > target] == [e for e in consumer.events if e.at_ms > target]
    assert isinstance(later.events[0], Connected)
    early = [event for event in later.events if event.at_ms < target - 25 * HOUR]
    assert all(isinstance(event, Connected) for event in early)


async def test_a_seek_is_announced_and_then_paced(days: Path) -> None:
    """What comes before the target comes at once, what comes after it at the tape's pace."""
    source, consumer = paced(days, 100)
    restarts: list[int] = []
    source.on_restart = lambda: restarts.append(len(consumer.events))
    consumer.clock.plan = [(20.0, lambda: source.seek(START + 48 * HOUR + 1000))]
    await source.run(consumer)
    before = restarts[0]
    assert restarts == [before]
    assert consumer.times()[:before] == [START, *range(START, START + 2_000_001, HOUR // 3)]
    jumped = consumer.times().index(START + 48 * HOUR)
    assert consumer.given_at[jumped] - consumer.given_at[before] < 0.001
    assert consumer.given_at[jumped + 1] - consumer.given_at[jumped] == pytest.approx(11.99, abs=0.01)


@pytest.mark.parametrize(("start_ms", "first_s"), [(None, 0), (START + 20_000, 20)])
async def test_so_many_seconds_are_counted_from_where_it_begins_and_end_there(
    minute: Path, start_ms: int | None, first_s: int
) -> None:
    """10.5 s hold the trades up to the tenth, and the time at the end is that of the last half second."""
    source, consumer = ReplaySource(minute, SETTINGS, start_ms=start_ms, seconds=10.5), Consumer()
    await source.run(consumer)
    assert consumer.times()[-1] == START + (first_s + 10) * 1000
    assert source.now_ms() == START + first_s * 1000 + 10_500


async def test_a_seek_while_paused_stays_paused_there(days: Path) -> None:
    source, consumer = paced(days, None)
    source.paused = True
    positions: list[int] = []
    consumer.clock.plan = [
        (1.0, lambda: source.seek(START + 30 * HOUR + 7)),
        (9.0, lambda: positions.append(source.now_ms())),
        (9.0, lambda: setattr(source, "paused", False)),
    ]
    await source.run(consumer)
    assert positions == [START + 30 * HOUR + 7]
    assert consumer.times()[-1] == START + 72 * HOUR - HOUR // 3


async def test_it_can_start_late_and_be_run_again_after_its_end(minute: Path) -> None:
    clock = Clock()
    source = ReplaySource(minute, SETTINGS, speed=1, start_ms=START + 50_000, clock=clock, sleep=clock.sleep)
    restarts: list[float] = []
    source.on_restart = lambda: restarts.append(clock.now)
    await source.run(Consumer(clock))
    assert clock.now == pytest.approx(9.0, abs=0.1)
    assert restarts == []
    source.seek(START + 58_000)
    await source.run(Consumer(clock))
    assert clock.now == pytest.approx(10.0, abs=0.1)
    assert restarts == [pytest.approx(9.0, abs=0.1)]


async def test_a_loop_starts_afresh_at_the_end(minute: Path) -> None:
    clock = Clock()
    source = ReplaySource(minute, SETTINGS, loop=True, clock=clock, sleep=clock.sleep)
    consumer = Consumer(clock)
    restarts: list[int] = []

    def restart() -> None:
        restarts.append(len(consumer.events))
        source.loop = len(restarts) < 2

    source.on_restart = restart
    await source.run(consumer)
    assert restarts == [61, 122]
    assert len(consumer.events) == 183


async def test_a_damaged_block_is_a_gap_of_each_stream(path: Path) -> None:
    """It lasts from the last record before to the first one after, and says how much is missing."""
    write(path, head(), [trade(START + 1000)], [trade(START + 2000), trade(START + 3000)], [trade(START + 4000)])
    data = bytearray(path.read_bytes())
    data[TapeReader(path).index[2].end - 1] ^= 1
    path.write_bytes(data)
    source, consumer = paced(path, None)
    await source.run(consumer)
    gap = consumer.events[2]
    assert isinstance(gap, Gap)
    assert (gap.venue, gap.market, gap.stream) == ("binance", "perp", STREAM)
    assert (gap.since_ms, gap.at_ms) == (START + 1000, START + 4000)
    assert "does not match its checksum, 2 records of 1.0 s are lost" in gap.reason
    assert [type(event) for event in consumer.events] == [Connected, Trade, Gap, Trade]
    assert source.damage == [gap.reason.removeprefix("the recording is damaged: ")]


async def test_a_recording_that_stopped_leaves_its_streams_down(path: Path) -> None:
    """A recorder that was killed wrote no farewell: until the next session's first event nothing is live."""
    write(path, [*head(), trade(START + 1000)])
    write(path, head(START + 5 * HOUR))
    source, consumer = paced(path, 100)
    await source.run(consumer)
    down = consumer.events[2]
    assert isinstance(down, Disconnected)
    assert (down.at_ms, down.stream) == (START + 1000, STREAM)
    assert consumer.given_at[2] < 0.1
    assert [type(event) for event in consumer.events] == [Connected, Trade, Disconnected, Connected]


def test_an_empty_tape_and_an_impossible_speed_are_refused(minute: Path, tmp_path: Path) -> None:
    empty = write(tmp_path / "empty.tape.zst")
    with pytest.raises(TapeError, match="expected at least one recorded block"):
        ReplaySource(empty, SETTINGS)
    source = ReplaySource(minute, SETTINGS)
    for speed in (0, 0.5, 101, float("nan")):
        with pytest.raises(ValueError, match="expected a speed from 1 to 100"):
            source.speed = speed
