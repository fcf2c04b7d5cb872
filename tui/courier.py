"""Takes alerts to where they are told beside the screen, in a thread and loop of its own: no key waits for it."""

import asyncio
import threading
from collections.abc import Mapping, Sequence
from queue import Empty, SimpleQueue

from scoring.view.alerts import Fired
from tui.notify.notifier import Notifier
from tui.notify.settings import NotifySettings

STOP_SECONDS = 1.0
"""How long an alert that is on its way may take to be called back."""


class Courier:
    """Delivers by a `Notifier`. Its thread begins with the first alert.

    What the terminal is to be sent, and what went wrong, waits in `sequences` and `problems` until it is taken.
    """

    def __init__(self, settings: NotifySettings, environment: Mapping[str, str]) -> None:
        self._sequences: SimpleQueue[str] = SimpleQueue()
        self._problems: SimpleQueue[str] = SimpleQueue()
        self._notifier = Notifier(settings, self._sequences.put, self._problems.put, environment)
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()
        self._error: BaseException | None = None
        self._loop: asyncio.AbstractEventLoop
        self._task: asyncio.Task[None]

    def put(self, fired: Sequence[Fired]) -> None:
        """Deliver these, each by the ways that it names. Never waits for a delivery."""
        if not any(one.deliver for one in fired):
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run_thread, name="alerts", daemon=True)
            self._thread.start()
            self._ready.wait()
        self._in_loop(lambda: self._notifier.put(fired))

    def sequences(self) -> list[str]:
        """What the terminal is to be sent, in the order in which it came."""
        if self._error is not None:
            raise RuntimeError("the delivery of alerts stopped") from self._error
        return _drained(self._sequences)

    def problems(self) -> list[str]:
        """One line for each delivery that failed."""
        return _drained(self._problems)

    def close(self, seconds: float = STOP_SECONDS) -> None:
        """Call back what is on its way, and wait so long for it; with 0 not at all."""
        if self._thread is None:
            return
        self._in_loop(lambda: self._task.cancel())
        if seconds:
            self._thread.join(seconds)

    def _in_loop(self, call: object) -> None:
        try:
            self._loop.call_soon_threadsafe(call)  # type: ignore[arg-type]
        except RuntimeError:  # the loop has ended
            return

    def _run_thread(self) -> None:
        try:
            asyncio.run(self._run())
        except BaseException as error:  # the thread's boundary: the screen's thread raises it
            self._error = error
        finally:
            self._ready.set()

    async def _run(self) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()  # type: ignore[assignment]
        self._ready.set()
        try:
            await self._notifier.run()
        except asyncio.CancelledError:
            return


def _drained(queue: SimpleQueue[str]) -> list[str]:
    taken: list[str] = []
    while True:
        try:
            taken.append(queue.get_nowait())
        except Empty:
            return taken
