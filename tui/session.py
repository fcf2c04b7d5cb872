"""The composition root: one source in a thread of its own, the inbox between the two threads, and the market."""

import asyncio
import threading
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Protocol, runtime_checkable

from rich.text import Text

from feeds.events import AnyEvent
from feeds.inbox import Inbox
from feeds.settings import FeedsSettings
from feeds.source import Mode, Source
from feeds.tape import TapeError
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import EMPTY, MarketView
from tui.controls import Controls

FOLD_SECONDS = 0.05
"""How long one frame may take events in, so that a key never waits longer than this; the rest is for the next frame."""
STOP_SECONDS = 2.0
"""How long the source may take to end when asked to."""
SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
"""How fast a tape can be played."""

_FOLD_EVENTS = 256


class SourceCrashed(Exception):
    """The source's thread ended with an error: prints as one line that names it, behind its traceback if it is ours."""

    def __init__(self, mode: Mode, error: BaseException) -> None:
        super().__init__(f"the {mode.lower()} source stopped: {type(error).__name__}: {error}")
        self.__cause__ = error

    def __rich__(self) -> Text:
        outside = isinstance(self.__cause__, OSError | TapeError)
        trace = "" if outside else "".join(traceback.format_exception(self.__cause__)) + "\n"
        return Text(f"{trace}liqtop: {self}")


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


class Session:
    """Runs a source and folds its events into one market. All but `start` and `stop` belong to the screen's thread."""

    def __init__(
        self,
        source: Source,
        settings_feeds: FeedsSettings,
        settings_scoring: ScoringSettings,
        coins: Sequence[str],
        *,
        clock: Callable[[], float] = perf_counter,
    ) -> None:
        self.source = source
        self.coins = tuple(coins)
        self.inbox = Inbox(settings_feeds.intake.inbox_events)
        self.ended = False
        self._scoring = settings_scoring
        self._clock = clock
        self._market = Market(settings_scoring, self.coins)
        self._waiting: list[AnyEvent] = []
        self._view = EMPTY
        self._shown: tuple[str, int, int] | None = None
        self._error: BaseException | None = None
        self._handing_over = threading.Lock()
        self._restarted = False
        self._thread = threading.Thread(target=self._run_thread, name="feeds", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._ready = threading.Event()
        self._again: asyncio.Event
        self._tape = source if isinstance(source, Tape) else None
        if self._tape is not None:
            self._tape.on_restart = self._restart

    @property
    def mode(self) -> Mode:
        """Where the data comes from."""
        return self.source.mode

    @property
    def scoring(self) -> ScoringSettings:
        """The settings that views are judged by."""
        return self._scoring

    @property
    def is_tape(self) -> bool:
        """Whether time can be driven: sought, slowed, stepped."""
        return self._tape is not None

    @property
    def speed(self) -> float | None:
        """How many times faster than life the market runs; None: as fast as it can."""
        return 1.0 if self._tape is None else self._tape.speed

    def start(self) -> None:
        """Start the source in its own thread and loop."""
        self._thread.start()
        self._ready.wait()

    def stop(self) -> bool:
        """Cancel the source and wait for its thread; False where it did not end in `STOP_SECONDS`."""
        if not self._thread.ident:
            return True
        self._in_source(self._cancel)
        return self.join(STOP_SECONDS)

    def join(self, seconds: float) -> bool:
        """Wait for the source to end by itself; False where it goes on."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def frame(self, controls: Controls) -> MarketView:
        """Take in what arrived and return the picture for these controls.

        While paused the picture is held: only its clock goes on, so that every age in it grows. It is taken anew where
        the reader asks for another coin, window or zoom. A paused tape waits itself. Raises `SourceCrashed`.
        """
        if self._error is not None:
            raise SourceCrashed(self.mode, self._error)
        self._fold()
        now_ms = self.source.now_ms()
        self._market.advance(now_ms)
        asked = (controls.coin, controls.window_minutes, controls.zoom)
        held = controls.paused_at_ms is not None and self._tape is None
        if not held or asked != self._shown:
            view = self._market.view(*asked)
            self._view = replace(view, counts=replace(view.counts, dropped=self.inbox.dropped))
            self._shown = asked
            return self._view
        return replace(self._view, at_ms=max(now_ms, self._view.at_ms))

    def pause(self, paused: bool) -> None:
        """Let a tape wait or go on; a live market doesn't ask."""
        if self._tape is not None:
            self._tape.paused = paused

    def change_speed(self, by: int) -> float | None:
        """Play a tape so many steps faster or slower; returns the new speed, None where this is no tape."""
        if self._tape is None:
            return None
        now = self._tape.speed or SPEEDS[-1]
        at = min(range(len(SPEEDS)), key=lambda index: abs(SPEEDS[index] - now))
        self._tape.speed = SPEEDS[min(max(at + by, 0), len(SPEEDS) - 1)]
        return self._tape.speed

    def step(self) -> bool:
        """Play one record of a paused tape; False where this is no tape."""
        if self._tape is None:
            return False
        self._tape.step()
        return True

    def seek(self, to_ms: int) -> bool:
        """Go to another time of a tape, with a market that has seen nothing yet; False where this is no tape."""
        if self._tape is None:
            return False
        self._tape.seek(to_ms)
        self._in_source(self._again.set)
        return True

    def _restart(self) -> None:
        """In the source's thread: what comes next doesn't continue what came before."""
        with self._handing_over:
            self.inbox.drain()
            self._restarted = True

    def _fold(self) -> None:
        until = self._clock() + FOLD_SECONDS
        with self._handing_over:
            if self._restarted:
                self._restarted, self._waiting, self._shown = False, [], None
                self._market = Market(self._scoring, self.coins)
            if not self._waiting:
                self._waiting = self.inbox.drain()
        done = 0
        while done < len(self._waiting):
            self._market.apply(self._waiting[done : done + _FOLD_EVENTS])
            done += _FOLD_EVENTS
            if self._clock() >= until:
                break
        del self._waiting[:done]

    def _in_source(self, call: Callable[[], object]) -> None:
        """Run a call in the source's thread, between two of its steps; a source that has ended needs none."""
        if self._loop is not None and self._thread.is_alive():
            try:
                self._loop.call_soon_threadsafe(call)
            except RuntimeError:  # the loop closed in between
                return

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _run_thread(self) -> None:
        try:
            asyncio.run(self._run())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # the thread's boundary: the screen's thread raises it again
            self._error = _first(error)
        finally:
            self._ready.set()

    async def _run(self) -> None:
        self._again = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as tasks:
            self._task = tasks.create_task(self._produce(), name=f"{self.mode.lower()} source")
            self._ready.set()

    async def _produce(self) -> None:
        while True:
            await self.source.run(self.inbox.put)
            self._again.clear()
            self.ended = True
            if self._tape is None:
                return
            await self._again.wait()
            self.ended = False


def _first(error: BaseException) -> BaseException:
    """The error itself, out of the groups that task groups wrap it in."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error
