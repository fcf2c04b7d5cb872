"""Running a source without a screen: how it ends."""

import asyncio
import os
import signal
from collections.abc import Sequence

import pytest

from feeds.events import AnyEvent, MarkPrice
from feeds.source import Emit, Mode
from tui.headless.run import run


def mark(at_ms: int) -> MarkPrice:
    return MarkPrice(
        venue="okx", market="perp", symbol="X", coin="X", at_ms=at_ms, received_ms=at_ms, mark=1.0, index=None
    )


class Scripted:
    """Emits batches of marks at these times, then waits for ever or ends."""

    def __init__(self, mode: Mode, batches: Sequence[Sequence[int]], *, endless: bool = False) -> None:
        self.mode = mode
        self._batches = batches
        self._endless = endless
        self.cancelled = False

    def now_ms(self) -> int:
        return self._batches[-1][-1]

    async def run(self, emit: Emit) -> None:
        try:
            for times in self._batches:
                emit([mark(at_ms) for at_ms in times])
                await asyncio.sleep(0)
            while self._endless:
                await asyncio.sleep(3600)
        except asyncio.CancelledError:
            self.cancelled = True
            raise


class Taken:
    """Keeps the times of what it takes."""

    def __init__(self) -> None:
        self.times: list[int] = []

    def __call__(self, events: Sequence[AnyEvent]) -> None:
        self.times += [event.at_ms for event in events]


def test_a_source_that_ends_ends_the_run() -> None:
    taken = Taken()
    run(Scripted("REPLAY", [[1, 2], [3]]), taken)
    assert taken.times == [1, 2, 3]


def test_seconds_of_a_live_source_are_the_walls() -> None:
    """Whatever time its events tell."""
    taken = Taken()
    run(Scripted("LIVE", [[0], [9_000_000]], endless=True), taken, seconds=0.01)
    assert taken.times == [0, 9_000_000]


def test_sigterm_is_an_ordinary_end() -> None:
    taken = Taken()

    def take(events: Sequence[AnyEvent]) -> None:
        taken(events)
        os.kill(os.getpid(), signal.SIGTERM)

    source = Scripted("LIVE", [[0]], endless=True)
    run(source, take)
    assert source.cancelled


@pytest.mark.parametrize("ordinary", [True, False])
def test_ctrl_c_is_an_end_only_where_it_is_asked_for(ordinary: bool) -> None:
    def take(events: Sequence[AnyEvent]) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    source = Scripted("LIVE", [[0]], endless=True)
    if ordinary:
        run(source, take, interrupt_ends=True)
    else:
        with pytest.raises(KeyboardInterrupt):
            run(source, take)
    assert source.cancelled


def test_a_closed_pipe_stops_the_source_and_is_raised_as_itself() -> None:
    """Even out of a source whose tasks would wrap it in a group."""

    def take(events: Sequence[AnyEvent]) -> None:
        raise BrokenPipeError

    source = Scripted("LIVE", [[0], [1]], endless=True)
    with pytest.raises(BrokenPipeError):
        run(source, take)
    assert source.cancelled
