"""Driving the time of a tape: what a source has to be able to, the speeds, and where on the tape it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from tui.controls import Scanning, TapeSpan

SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
"""How fast a tape can be played."""


@runtime_checkable
class Tape(Protocol):
    """A source whose time can be driven: a replay. `speed` None: as fast as it is taken."""

    speed: float | None
    paused: bool
    on_restart: Callable[[], None] | None

    def now_ms(self) -> int:
        """The tape's time, UNIX ms."""
        ...

    def seek(self, to_ms: int) -> None:
        """Go on from this time of the tape; after its end, once it runs again."""
        ...

    def step(self) -> None:
        """Play one record more, and stay paused behind it."""
        ...


@runtime_checkable
class Timeline(Protocol):
    """A tape that knows its length and tells how far the lead-in of a moment gone to has come. UNIX ms."""

    first_ms: int
    on_arrival: Callable[[], None] | None

    @property
    def end_ms(self) -> int:
        """Where the replay ends."""
        ...

    @property
    def place_ms(self) -> int:
        """Where the replay is, or is going to."""
        ...

    @property
    def since_ms(self) -> int:
        """From when on the tape was played without a break."""
        ...

    @property
    def lead_in(self) -> float | None:
        """The share of the lead-in that is played; None without one."""
        ...

    def begin_again(self) -> None:
        """Go to where it is, for a consumer that starts afresh there; after its end, once it runs again."""
        ...


@dataclass(frozen=True, slots=True)
class Seen:
    """What a scan found of a tape so far, as in `TapeSpan`: the share it is of, cascades, USD in equal slots."""

    state: Scanning = "none"
    share: float = 0.0
    marks: tuple[tuple[int, str], ...] = ()
    busy: tuple[float | None, ...] = ()


class Scanner(Protocol):
    """Looks through a tape ahead of its play."""

    @property
    def seen(self) -> Seen:
        """What was found so far."""
        ...

    def start(self) -> None:
        """Begin to look."""
        ...

    def go_on(self) -> None:
        """Look further where it rests."""
        ...

    def again(self, coins: tuple[str, ...]) -> None:
        """Look from the start, for these coins."""
        ...

    def close(self) -> None:
        """End at once."""
        ...


def next_speed(speed: float | None, by: int) -> float:
    """The speed so many steps faster or slower than the one that is nearest."""
    now = speed or SPEEDS[-1]
    at = min(range(len(SPEEDS)), key=lambda index: abs(SPEEDS[index] - now))
    return SPEEDS[min(max(at + by, 0), len(SPEEDS) - 1)]


def span_of(timeline: Timeline, seen: Seen, ended: bool) -> TapeSpan:
    """The tape as the seek bar shows it."""
    seeking = timeline.lead_in
    return TapeSpan(
        start_ms=timeline.first_ms,
        end_ms=timeline.end_ms,
        marks=seen.marks,
        busy=seen.busy,
        scanned=seen.share,
        scan=seen.state,
        at_ms=timeline.place_ms,
        since_ms=timeline.since_ms,
        seeking=seeking,
        ended=ended and seeking is None,
    )
