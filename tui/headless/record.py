"""`liqtop record`: raw frames as they come, to a tape."""

from collections.abc import Sequence
from contextlib import suppress

from feeds.events import AnyEvent, Status
from feeds.source import Source
from tui.exits import FINE, NO, NO_DATA
from tui.headless.output import narrate
from tui.headless.run import run
from tui.recording import Recording


class _Ended(OSError):
    """The recording can't go on."""


def print_record(source: Source, recording: Recording, seconds: float | None, coins: Sequence[str]) -> int:
    """Record until the source ends, the seconds are over or Ctrl+C; the exit code tells whether there is anything."""
    market_events = 0

    def take(events: Sequence[AnyEvent]) -> None:
        nonlocal market_events
        market_events += sum(not isinstance(event, Status) for event in events)
        if recording.failed:
            raise _Ended

    narrate(f"liqtop: recording to {recording.path}, Ctrl+C ends it")
    with recording, suppress(_Ended):
        run(source, take, seconds=seconds, interrupt_ends=True, coins=coins)
    if recording.failed:
        narrate(f"liqtop: the recording stopped after {recording.records:,} records: {recording.failed}")
        return NO
    narrate(f"liqtop: {recording.records:,} records with {market_events:,} market events in {recording.path}")
    return FINE if market_events else NO_DATA
