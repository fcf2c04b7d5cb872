"""A live source run against the local exchanges, with what it emitted."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Sequence

from feeds.events import AnyEvent, Status
from feeds.live import LiveSource
from feeds.narrator import Recorder
from feeds.settings import ConnectionSettings, FeedsSettings, IntakeSettings, NetworkSettings

QUICK = ConnectionSettings(first_event_seconds=0.5, backoff_first_seconds=0.1, backoff_most_seconds=1.0)
PATIENT = QUICK.model_copy(update={"first_event_seconds": 10.0})
"""For events that are sent once: no socket is given up while a busy machine brings them."""


def now_ms() -> int:
    return time.time_ns() // 1_000_000


class Watched:
    """The events of a running source, and waiting for some."""

    def __init__(self) -> None:
        self.events: list[AnyEvent] = []
        self._news = asyncio.Event()

    def emit(self, events: Sequence[AnyEvent]) -> bool:
        self.events.extend(events)
        self._news.set()
        return True

    def of(self, kind: type, /, **wanted: object) -> list[AnyEvent]:
        """The events of a kind with these fields."""
        return [
            event
            for event in self.events
            if isinstance(event, kind) and all(getattr(event, name) == value for name, value in wanted.items())
        ]

    @property
    def market(self) -> list[AnyEvent]:
        return [event for event in self.events if not isinstance(event, Status)]

    @contextlib.asynccontextmanager
    async def running(self, source: LiveSource) -> AsyncIterator[None]:
        """Run a source, which is stopped at the end; its own errors come out."""
        task = asyncio.create_task(source.run(self.emit))
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def until(self, condition: Callable[[], object], seconds: float = 5.0) -> None:
        """Return once the condition holds, looked at after each batch."""
        async with asyncio.timeout(seconds):
            while not condition():
                self._news.clear()
                await self._news.wait()


@contextlib.asynccontextmanager
async def watching(
    gateway: str,
    *coins: str,
    venues: tuple[str, ...] = ("binance",),
    connection: ConnectionSettings = QUICK,
    recorder: Recorder | None = None,
) -> AsyncIterator[Watched]:
    """A live source on these venues, stopped at the end; its own errors come out."""
    settings = FeedsSettings(
        network=NetworkSettings(gateway=gateway, venues=venues), connection=connection, intake=IntakeSettings()
    )
    watched = Watched()
    source = LiveSource(settings, coins or ("BTC",), recorder=recorder)
    async with watched.running(source):
        yield watched
