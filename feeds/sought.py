"""Where a replay is asked to go: asked for from any thread, obeyed in the source's."""

import threading


class Sought:
    """The moment of the tape that was asked for last (`to_ms`, UNIX ms), None where none is.

    `anew`: the consumer starts afresh there, so that it can't be reached by playing on.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.to_ms: int | None = None
        self.anew = False

    def ask(self, to_ms: int, *, anew: bool = False) -> None:
        """Ask for a moment, in place of one that was asked for before."""
        with self._lock:
            self.anew = self.anew or anew
            self.to_ms = to_ms

    def take(self) -> int | None:
        """The moment that is asked for, to go to from where its consumer starts afresh; then none is."""
        with self._lock:
            to_ms, self.to_ms, self.anew = self.to_ms, None, False
            return to_ms

    def met(self, to_ms: int) -> bool:
        """This moment is reached by playing on; False where another one, or a fresh start, was asked for meanwhile."""
        with self._lock:
            if self.to_ms != to_ms or self.anew:
                return False
            self.to_ms = None
            return True
