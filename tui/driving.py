"""Driving the time of a tape: what a source has to be able to, and the speeds to choose from."""

from collections.abc import Callable
from typing import Protocol, runtime_checkable

SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
"""How fast a tape can be played."""


@runtime_checkable
class Tape(Protocol):
    """A source whose time can be driven: a replay. `speed` None: as fast as it is taken."""

    speed: float | None
    paused: bool
    on_restart: Callable[[], None] | None

    def seek(self, to_ms: int) -> None:
        """Go on from this time of the tape; after its end, once it runs again."""
        ...

    def step(self) -> None:
        """Play one record more, and stay paused behind it."""
        ...


def next_speed(speed: float | None, by: int) -> float:
    """The speed so many steps faster or slower than the one that is nearest."""
    now = speed or SPEEDS[-1]
    at = min(range(len(SPEEDS)), key=lambda index: abs(SPEEDS[index] - now))
    return SPEEDS[min(max(at + by, 0), len(SPEEDS) - 1)]
