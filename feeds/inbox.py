"""Where the feeds' thread leaves events for the screen's: bounded, counting what it drops, keeping liquidations."""

from collections import deque
from collections.abc import Sequence

from feeds.events import AnyEvent, Trade


class Inbox:
    """A queue between two threads. Appending and draining a deque are atomic, so no lock is held while events flow.

    Beyond `limit` trades are dropped and counted in `dropped`; everything else (liquidations, prices, status) is kept.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._events: deque[AnyEvent] = deque()
        self.dropped = 0

    def put(self, events: Sequence[AnyEvent]) -> bool:
        """Take a batch; False asks a producer that can wait (a replay) to do so until the next drain."""
        if len(self._events) < self._limit:
            self._events.extend(events)
        else:
            kept = [event for event in events if not isinstance(event, Trade)]
            self.dropped += len(events) - len(kept)
            self._events.extend(kept)
        return len(self._events) < self._limit // 2

    def drain(self) -> list[AnyEvent]:
        """All events that wait, oldest first."""
        events = self._events
        return [events.popleft() for _ in range(len(events))]

    def __len__(self) -> int:
        return len(self._events)
