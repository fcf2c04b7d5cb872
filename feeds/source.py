"""What a source is: live exchanges, a tape and the demo market all look like this to the rest of the program."""

from collections.abc import Callable, Sequence
from typing import Literal, Protocol

from feeds.events import AnyEvent
from feeds.symbols import SymbolTable

Mode = Literal["LIVE", "REPLAY", "DEMO"]
Emit = Callable[[Sequence[AnyEvent]], bool]
"""Takes a batch of events; False asks the caller to pause, which a replay obeys and a live socket can't."""


class Source(Protocol):
    """Produces events until it ends or is cancelled. `now_ms` is its market's time, in UNIX milliseconds."""

    mode: Mode

    def now_ms(self) -> int:
        """The time in the market this source shows: the wall clock when live, the tape's when replaying."""
        ...

    @property
    def symbols(self) -> SymbolTable:
        """The instruments that are known so far, and their margin tiers."""
        ...

    async def run(self, emit: Emit) -> None:
        """Emit batches of events; returns at the end of a tape, never when live."""
        ...
