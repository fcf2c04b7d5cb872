"""The market of a moment that a tape goes to, folded in the source's thread as fast as it comes until it is reached."""

from collections.abc import Callable, Sequence

from feeds.events import AnyEvent
from scoring.market import Market


class Leading:
    """One market at a time. All is called in the source's thread but `market`, `reached` and `is_going`.

    Whoever calls `arrive` and `reached` holds one and the same lock. `make`: a market that has seen nothing.
    """

    def __init__(self, make: Callable[[], Market]) -> None:
        self._make = make
        self._going: Market | None = None
        self._reached: Market | None = None

    @property
    def is_going(self) -> bool:
        """Whether a moment is being led in to, so that what is shown is of another one."""
        return self._going is not None or self._reached is not None

    def begin(self) -> None:
        """Begin to lead in to another moment."""
        self._going, self._reached = self._make(), None

    def take(self, events: Sequence[AnyEvent]) -> bool:
        """Fold events of a lead-in; False where there is none, and they are for the market that is shown."""
        if self._going is None:
            return False
        self._going.apply(events)
        return True

    def arrive(self) -> None:
        """The moment is reached: what comes next is for the screen's thread."""
        if self._going is not None:
            self._going, self._reached = None, self._going

    def reached(self) -> Market | None:
        """The market of a moment that was reached since this was asked last."""
        reached, self._reached = self._reached, None
        return reached
