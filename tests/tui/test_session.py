"""The session: events from the source's thread reach the screen's, and its end, its errors and its restarts do too."""

from collections.abc import Callable, Iterator, Mapping

import pytest

from feeds.settings import FeedsSettings
from feeds.source import Mode
from scoring.settings import ScoringSettings
from tests.tui.scripted import COINS, START_MS, ScriptedSource, ScriptedTape, liquidation, mark, session_of, trade
from tui.controls import Controls
from tui.driving import SPEEDS
from tui.runner import SourceCrashed
from tui.session import Session

CONTROLS = Controls()


@pytest.fixture
def started() -> Iterator[Callable[[ScriptedSource], Session]]:
    """Starts a session on a source; it is stopped after the test."""
    sessions: list[Session] = []

    def start(source: ScriptedSource) -> Session:
        sessions.append(session_of(source))
        sessions[-1].start()
        return sessions[-1]

    yield start
    for session in sessions:
        assert session.stop()


Start = Callable[[ScriptedSource], Session]


def test_events_of_the_sources_thread_are_in_the_next_frame(started: Start) -> None:
    source = ScriptedSource()
    session = started(source)
    source.send(mark(71_452.3), liquidation("long", 250_000, 71_000.0))
    view = session.frame(CONTROLS)
    assert view.price.value == 71_452.3
    assert [row.usd for row in view.tape] == [250_000]
    assert [summary.coin for summary in view.coins] == list(COINS)


def test_stopping_cancels_the_source_and_joins_its_thread(started: Start) -> None:
    source = ScriptedSource()
    session = started(source)
    source.send()
    assert session.stop()
    assert source.stopped


def test_an_error_in_the_source_is_raised_where_frames_are_taken(started: Start) -> None:
    session = started(ScriptedSource(error=ZeroDivisionError("a slip")))
    session.join(5)
    with pytest.raises(SourceCrashed, match="the demo source stopped: ZeroDivisionError: a slip") as caught:
        session.frame(CONTROLS)
    assert "ScriptedSource" not in str(caught.value)
    assert "scripted.py" in str(caught.value.__rich__()), "our own error prints its traceback"


def test_an_unreadable_tape_is_told_in_one_line(started: Start) -> None:
    session = started(ScriptedSource(error=OSError(5, "Input/output error")))
    session.join(5)
    with pytest.raises(SourceCrashed) as caught:
        session.frame(CONTROLS)
    assert str(caught.value.__rich__()) == "liqtop: the demo source stopped: OSError: [Errno 5] Input/output error"


def test_the_end_of_the_data_is_known(started: Start) -> None:
    source = ScriptedSource()
    session = started(source)
    source.send(mark(100.0))
    assert not session.ended
    source.end()
    session.join(5)
    assert session.ended
    assert session.frame(CONTROLS).price.value == 100.0


def test_trades_that_the_inbox_merged_are_counted_in_the_picture(started: Start) -> None:
    source = ScriptedSource()
    session = started(source)
    limit = FeedsSettings().intake.inbox_events
    source.send(*[trade(0)] * limit)
    source.send(trade(0), trade(0), mark(100.0))
    counts = session.frame(CONTROLS).counts
    assert (counts.merged, counts.dropped) == (1, 0)


def test_a_paused_picture_is_held_ages_included_while_data_flows(started: Start) -> None:
    source = ScriptedSource()
    session = started(source)
    source.send(mark(100.0))
    session.frame(CONTROLS)
    paused = Controls(paused_at_ms=START_MS)
    source.at_ms += 12_000
    source.send(mark(200.0, source.at_ms))
    held = session.frame(paused)
    assert (held.price.value, held.at_ms) == (100.0, START_MS)
    assert session.frame(CONTROLS).price.value == 200.0


def test_another_coin_while_paused_is_a_new_picture(started: Start) -> None:
    source = ScriptedSource()
    session = started(source)
    source.send(mark(100.0), mark(4_000.0, coin="ETH"))
    session.frame(CONTROLS)
    assert session.frame(Controls(coin="ETH", paused_at_ms=START_MS)).price.value == 4_000.0


def test_a_frame_folds_for_a_limited_time_and_the_next_goes_on() -> None:
    """With a clock that jumps 30 ms a look, a frame takes two batches in and loses none of the rest."""
    ticks = iter(range(0, 10_000_000, 30))
    source = ScriptedSource()
    session = Session(source, FeedsSettings(), ScoringSettings(), COINS, clock=lambda: next(ticks) / 1000)
    session.start()
    try:
        source.send(*(trade(number) for number in range(2_000)))
        first = session.frame(CONTROLS).counts.events
        assert first == 2 * 256
        for _ in range(10):
            last = session.frame(CONTROLS).counts.events
        assert last == 2_000
    finally:
        session.stop()


def test_a_sought_tape_begins_with_a_market_that_has_seen_nothing(started: Start) -> None:
    source = ScriptedTape()
    session = started(source)
    source.send(mark(100.0), liquidation("long", 250_000, 99.0))
    assert session.frame(CONTROLS).tape
    assert session.drive is not None
    session.drive.seek(START_MS - 60_000)
    source.send(mark(90.0, source.at_ms))
    view = session.frame(CONTROLS)
    assert (view.price.value, view.tape) == (90.0, ())


class ScriptedLive(ScriptedSource):
    """The same as live exchanges, which know what they list."""

    mode: Mode = "LIVE"
    on_unlisted: Callable[[Mapping[str, str]], None] | None = None


def test_another_source_takes_the_place_of_one_that_ends_first(started: Start) -> None:
    """What the first brought before is counted, what it says afterwards is not, and a coin that stays keeps it all."""
    first, second = ScriptedLive(), ScriptedLive()
    session = started(first)
    first.send(mark(100.0), liquidation("long", 250_000, 99.0))
    session.watch(("WIF", "BTC"), second, ("binance", "bybit"))
    first.send(mark(90.0))
    second.send(mark(4.0, coin="WIF"))
    assert first.stopped
    view = session.frame(CONTROLS)
    assert (view.price.value, [row.usd for row in view.tape]) == (100.0, [250_000])
    assert [item.coin for item in view.coins] == list(session.coins) == ["WIF", "BTC"]
    assert session.frame(Controls(coin="WIF")).price.value == 4.0


def test_the_demos_next_market_begins_anew(started: Start) -> None:
    first, second = ScriptedSource(), ScriptedSource()
    session = started(first)
    first.send(mark(100.0))
    session.watch(("BTC",), second)
    second.send(mark(90.0, START_MS - 60_000))
    assert session.frame(CONTROLS).price.value == 90.0


def test_leafing_through_lists_runs_only_the_last_source(started: Start) -> None:
    first, passed, last = ScriptedLive(), ScriptedLive(), ScriptedLive()
    session = started(first)
    first.send()
    session.watch(("ETH",), passed)
    session.watch(("WIF",), last)
    last.send(mark(4.0, coin="WIF"))
    assert session.frame(Controls(coin="WIF")).price.value == 4.0
    assert not passed.stopped


def test_a_tape_shows_other_coins_from_the_same_moment(started: Start) -> None:
    source = ScriptedTape()
    session = started(source)
    source.send(mark(100.0))
    session.watch(("ETH",))
    assert source.sought == [START_MS]
    source.send(mark(100.0), mark(4_000.0, coin="ETH"))
    assert [item.coin for item in session.frame(Controls(coin="ETH")).coins] == ["ETH"]


def test_a_coin_that_nobody_lists_is_told_in_place_of_its_price(started: Start) -> None:
    source = ScriptedLive()
    session = started(source)
    source.send(mark(4_000.0, coin="ETH"))
    assert source.on_unlisted is not None
    source.on_unlisted({"WIF": "WIF is listed on none of the exchanges"})
    view = session.frame(Controls(coin="WIF"))
    assert view.price.reason == "WIF is listed on none of the exchanges"
    assert {item.coin: item.alert for item in view.coins} == {"BTC": "", "ETH": "", "WIF": "not listed"}


def test_only_a_tape_changes_its_speed_within_the_steps(started: Start) -> None:
    assert started(ScriptedSource()).drive is None
    drive = started(ScriptedTape()).drive
    assert drive is not None
    speeds = []
    for by in (1, 1, 1, *[-1] * 9):
        drive.change_speed(by)
        speeds.append(drive.speed)
    assert speeds[:3] == [2.0, 5.0, 10.0]
    assert speeds[-1] == SPEEDS[0]


def test_a_tape_that_was_played_to_its_end_is_played_again_from_where_it_is_sought(started: Start) -> None:
    source = ScriptedTape()
    session = started(source)
    source.send(mark(100.0))
    source.end()
    assert source.runs_done.wait(5)
    assert session.drive is not None
    session.drive.seek(START_MS - 60_000)
    assert source.began_again.wait(5)
    assert not session.ended
