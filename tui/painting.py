"""When a frame is painted, and what of it goes to the terminal: only what changed, no more than the line bears."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from rich.color import ColorSystem
from rich.style import Style

from tui.controls import Controls
from tui.governor import Governor
from tui.panes.ink import Brush

RATE_SECONDS = 2.0
"""Over how long the bytes to the terminal are counted."""
FEWER_COLOURS = 3
"""From this thrift on no more than 256 colours are written."""


class Painting:
    """The painting of one app. `budget`: bytes a second, None for no limit; `clock`: seconds."""

    def __init__(self, palette: Mapping[str, Style], budget: float | None, clock: Callable[[], float]) -> None:
        self.brush = Brush(palette)
        self._clock = clock
        self._governor = Governor(budget, clock())
        self._written = 0
        self._counted = (clock(), 0)
        self._painted: Controls | None = None
        self._owed = False

    @property
    def budget(self) -> float | None:
        """Bytes a second that the terminal may be sent, None for any number."""
        return self._governor.budget

    @budget.setter
    def budget(self, budget: float | None) -> None:
        if budget != self._governor.budget:
            self._governor = Governor(budget, self._clock(), self._written)

    def measured(self, controls: Controls, written: int | None) -> Controls:
        """The controls with what the terminal has been sent; `written`: all its bytes so far, None where nobody counts.

        A held picture sends nothing, and what it says of the line is held too.
        """
        if written is None:
            return controls
        now = self._clock()
        self._written = written
        self._governor.account(written, now)
        since, count = self._counted
        rate = controls.bytes_per_second
        if now - since >= RATE_SECONDS:
            rate = (written - count) / (now - since)
            self._counted = (now, written)
        if controls.paused_at_ms is not None:
            return replace(controls, bytes_per_second=0.0)
        return replace(controls, bytes_per_second=rate, thrift=self._governor.thrift, bandwidth=self.budget)

    def is_due(self, controls: Controls, held: bool) -> bool:
        """Whether a frame that no key asked for is to be painted: of a held picture, only what is new beside it."""
        if self._owed:
            return True
        if held:
            return _lasting(controls) != self._painted
        return self._governor.may_paint()

    def skipped(self) -> None:
        """The terminal was too far behind for a frame that was asked for."""
        self._owed = True

    def done(self, controls: Controls) -> None:
        """A frame was painted under these controls."""
        self._painted, self._owed = _lasting(controls), False

    @contextmanager
    def direct(self, colours: ColorSystem | None, write: Callable[[str], None]) -> Iterator[None]:
        """Within it panes write what changed in one go, in at most these colours, instead of refreshing."""
        full = colours or ColorSystem.TRUECOLOR
        thrifty = self._governor.thrift >= FEWER_COLOURS and full == ColorSystem.TRUECOLOR
        self.brush.colours = ColorSystem.EIGHT_BIT if thrifty else full
        self.brush.wet = True
        try:
            yield
        finally:
            self.brush.wet = False
            if text := self.brush.taken():
                write(text)


def _lasting(controls: Controls) -> Controls:
    """The controls without what changes by itself."""
    return replace(controls, bytes_per_second=None, hint="")
