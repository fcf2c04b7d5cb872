"""One source in a thread and a loop of its own, from its start to its end, its error or its cancelling."""

import asyncio
import threading
import traceback
from collections.abc import Callable, Sequence

from rich.text import Text

from feeds.events import AnyEvent
from feeds.source import Emit, Mode, Source
from feeds.tape import TapeError

STOP_SECONDS = 2.0
"""How long a source may take to end when asked to."""
SETTLE_SECONDS = 0.3
"""How long the successor of a source waits to be replaced itself, so that leafing through lists asks no exchange."""


class SourceCrashed(Exception):
    """The source's thread ended with an error: prints as one line that names it, behind its traceback if it is ours."""

    def __init__(self, mode: Mode, error: BaseException) -> None:
        super().__init__(f"the {mode.lower()} source stopped: {type(error).__name__}: {error}")
        self.__cause__ = error

    def __rich__(self) -> Text:
        outside = isinstance(self.__cause__, OSError | TapeError)
        trace = "" if outside else "".join(traceback.format_exception(self.__cause__)) + "\n"
        return Text(f"{trace}liqtop: {self}")


class Runner:
    """Runs a source. `replaced`: the runner whose source has to end before this one starts.

    `again`: a source that has ended may be run once more (a tape). `error`: what ended the source, where it was no
    ordinary end. After `cancel` nothing is emitted any more.
    """

    def __init__(self, source: Source, emit: Emit, *, again: bool = False, replaced: "Runner | None" = None) -> None:
        self.source = source
        self.error: BaseException | None = None
        self.ended = False
        self._emit = emit
        self._may_run_again = again
        self._replaced = replaced
        self._ready = threading.Event()
        self._cancelled = threading.Event()
        self._thread = threading.Thread(target=self._run_thread, name="feeds", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self, *, wait: bool = True) -> None:
        """Start the thread; `wait` until the source runs."""
        self._thread.start()
        if wait:
            self._ready.wait()

    def cancel(self) -> None:
        """Ask the source to end, without waiting for it."""
        self._cancelled.set()
        self._in_loop(self._cancel_task)

    def join(self, seconds: float) -> bool:
        """Wait for the source to end; False where it goes on."""
        if self._thread.ident is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def run_again(self) -> None:
        """Run a source that has ended once more, or the next time it ends."""
        self._in_loop(self._set_again)

    def _in_loop(self, call: Callable[[], object]) -> None:
        """Run a call in the source's thread, between two of its steps; a source that has ended needs none."""
        if self._loop is not None and self._thread.is_alive():
            try:
                self._loop.call_soon_threadsafe(call)
            except RuntimeError:  # the loop closed in between
                return

    def _set_again(self) -> None:
        self._again.set()

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _run_thread(self) -> None:
        try:
            if self._has_turn():
                asyncio.run(self._run())
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # the thread's boundary: the screen's thread raises it again
            self.error = _first(error)
        finally:
            self._ready.set()

    def _has_turn(self) -> bool:
        """Wait for the source before this one to end; False where this one was cancelled meanwhile."""
        replaced, self._replaced = self._replaced, None
        if replaced is not None and not self._cancelled.wait(SETTLE_SECONDS):
            replaced.join(STOP_SECONDS)
        return not self._cancelled.is_set()

    async def _run(self) -> None:
        self._again = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as tasks:
            self._task = tasks.create_task(self._produce(), name=f"{self.source.mode.lower()} source")
            if self._cancelled.is_set():
                self._task.cancel()
            self._ready.set()

    async def _produce(self) -> None:
        while True:
            await self.source.run(self._put)
            self._again.clear()
            self.ended = True
            if not self._may_run_again:
                return
            await self._again.wait()
            self.ended = False

    def _put(self, events: Sequence[AnyEvent]) -> bool:
        return False if self._cancelled.is_set() else self._emit(events)


def _first(error: BaseException) -> BaseException:
    """The error itself, out of the groups that task groups wrap it in."""
    while isinstance(error, BaseExceptionGroup) and len(error.exceptions) == 1:
        error = error.exceptions[0]
    return error
