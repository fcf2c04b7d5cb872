"""The time of a session's tape, driven: paused, slowed, stepped, gone to; and where on the tape it is."""

from collections.abc import Callable, Sequence

from tui.controls import TapeSpan
from tui.driving import Scanner, Seen, Tape, Timeline, next_speed, span_of


class Drive:
    """Drives a tape. `scan` looks through it ahead; `run_again` runs a tape that has ended, `has_ended` tells of it."""

    def __init__(
        self, tape: Tape, scan: Scanner | None, run_again: Callable[[], None], has_ended: Callable[[], bool]
    ) -> None:
        self.scan = scan
        self._tape = tape
        self._timeline = tape if isinstance(tape, Timeline) else None
        self._run_again = run_again
        self._has_ended = has_ended

    @property
    def speed(self) -> float | None:
        """How many times faster than life it plays; None: as fast as it can."""
        return self._tape.speed

    @property
    def place_ms(self) -> int:
        """Where on the tape the replay is, or is going to."""
        return self._tape.now_ms() if self._timeline is None else self._timeline.place_ms

    @property
    def span(self) -> TapeSpan | None:
        """The time of the tape, and where on it the replay is; None where the tape doesn't tell its length."""
        if self._timeline is None:
            return None
        return span_of(self._timeline, self.scan.seen if self.scan is not None else Seen(), self._has_ended())

    def pause(self, paused: bool) -> None:
        """Let it wait, or go on."""
        self._tape.paused = paused

    def change_speed(self, by: int) -> None:
        """Play it so many steps faster or slower."""
        self._tape.speed = next_speed(self._tape.speed, by)

    def step(self) -> None:
        """Play one record, and wait behind it."""
        self._tape.step()

    def seek(self, to_ms: int) -> None:
        """Go to another time, with a market that has seen nothing yet."""
        self._tape.seek(to_ms)
        self._run_again()

    def begin_again(self, coins: Sequence[str]) -> None:
        """Go to where it is, for a market of these coins that starts afresh there."""
        if self._timeline is None:
            self._tape.seek(self._tape.now_ms())
        else:
            self._timeline.begin_again()
        self._run_again()
        if self.scan is not None:
            self.scan.again(tuple(coins))
