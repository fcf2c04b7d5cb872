"""What a source's thread hands to the screen's: events, or the market of a moment that a tape goes to.

Events up to that moment are folded in the source's thread, as fast as they come, until it is reached.
"""

import threading
from collections.abc import Callable, Sequence

from feeds.events import AnyEvent
from feeds.inbox import Inbox
from scoring.market import Market


class Leading:
    """One moment at a time. All is called in the source's thread but `hand_over` and `is_going`.

    `make`: a market that has seen nothing.
    """

    def __init__(self, make: Callable[[], Market], inbox: Inbox) -> None:
        self._make = make
        self._inbox = inbox
        self._lock = threading.Lock()
        self._going: Market | None = None
        self._reached: Market | None = None

    @property
    def is_going(self) -> bool:
        """Whether a moment is being led in to, so that what is shown is of another one."""
        return self._going is not None or self._reached is not None

    def begin(self) -> None:
        """Begin to lead in to another moment: what comes next doesn't continue what came before."""
        with self._lock:
            self._inbox.drain()
            self._going, self._reached = self._make(), None

    def begin_at_once(self) -> None:
        """Begin anew without a lead-in: what comes next is for a market that has seen nothing."""
        with self._lock:
            self._inbox.drain()
            self._reached = self._make()

    def arrive(self) -> None:
        """The moment is reached: what comes next is for the screen's thread."""
        with self._lock:
            if self._going is not None:
                self._reached = self._going  # first, for whoever looks at both from another thread without the lock
                self._going = None

    def put(self, events: Sequence[AnyEvent]) -> bool:
        """Fold events of a lead-in; all others wait. False asks a source that can wait to do so."""
        if self._going is None:
            return self._inbox.put(events)
        self._going.apply(events)
        return True

    def hand_over(self, *, waiting: bool) -> tuple[Market | None, list[AnyEvent]]:
        """The market of a moment that was reached since this was asked last, and the events that follow.

        No events while a moment is led in to, nor while there are others `waiting` that still belong to the market.
        """
        with self._lock:
            reached, self._reached = self._reached, None
            if self._going is not None or (waiting and reached is None):
                return reached, []
            return reached, self._inbox.drain()
