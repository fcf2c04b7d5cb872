"""Keeping one planned connection alive: reconnect with growing waits, replace the socket before the venue closes it.

The wait is reset by a market event only: not by a handshake, an acknowledgement or a pong, all of which a broken route
gives freely. While a successor comes up both sockets are read, and the intake recognises what both deliver.
"""

import asyncio
import random
from collections.abc import Iterator

from feeds.events import Status, Undecodable
from feeds.narrator import Narrator, Recorder, now_ms
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.retry import Failure, judge, waits
from feeds.settings import FeedsSettings
from feeds.socket import Socket
from feeds.source import Emit
from feeds.venue import Closing, Connection, Control, Rejected

_RENEW_AT = 0.98  # of the lifetime: half an hour before a day is over
_SUCCESSOR_SECONDS = 60.0  # how long a successor may take to bring its first event, and the wait after one that did not
_TOO_BIG = 1009


class Link:
    """One connection for as long as the program runs."""

    def __init__(
        self,
        plan: Connection,
        settings: FeedsSettings,
        pipeline: Pipeline,
        emit: Emit,
        recorder: Recorder | None = None,
    ) -> None:
        self._plan = plan
        self._settings = settings
        self._pipeline = pipeline
        self._emit = emit
        self._recorder = recorder
        self._narrator = Narrator(plan.venue, plan.market, plan.name, emit, recorder)
        self._up = False
        self._last_event_ms: int | None = None
        self._announced = asyncio.Event()
        self._waits = self._fresh_waits()

    async def run(self) -> None:
        """Connect, and connect again, until cancelled or refused for good."""
        async with asyncio.TaskGroup() as group:
            while True:
                failure = await self._hold(group)
                if not await self._pause(failure):
                    return

    async def _hold(self, group: asyncio.TaskGroup) -> Failure:
        """Hold the line with one socket after the other; returns how the last one ended."""
        _, task = self._start(group)
        due = self._plan.lifetime_seconds * _RENEW_AT
        while not await self._wait_for_renewal(task, due):
            successor, next_task = self._start(group)
            live = group.create_task(successor.live.wait(), name=f"{self._plan.name} successor")
            await asyncio.wait([task, next_task, live], timeout=_SUCCESSOR_SECONDS, return_when="FIRST_COMPLETED")
            live.cancel()
            if successor.live.is_set():
                await _stop(task)
            elif task.done():  # the old socket went first: the new one is all there is
                self._say_down(task.result().reason, None)
            else:
                await _stop(next_task)
                due = _SUCCESSOR_SECONDS
                continue
            task = next_task
            due = self._plan.lifetime_seconds * _RENEW_AT
        return task.result()

    def _start(self, group: asyncio.TaskGroup) -> tuple[Socket, asyncio.Task[Failure]]:
        self._announced.clear()
        socket = Socket(self._plan, self._settings, lambda frame: self._frame(frame, socket))
        return socket, group.create_task(socket.run(), name=self._plan.name)

    async def _wait_for_renewal(self, task: asyncio.Task[Failure], due: float) -> bool:
        """Wait until the socket ended (True) or a successor is due: its life nears the end, or the venue said so."""
        announced = asyncio.create_task(self._announced.wait(), name=f"{self._plan.name} announcement")
        try:
            await asyncio.wait([task, announced], timeout=due, return_when="FIRST_COMPLETED")
        finally:
            announced.cancel()
        return task.done()

    async def _pause(self, failure: Failure) -> bool:
        """Say what happened and wait; False where no further attempt makes sense."""
        if failure.code == _TOO_BIG:
            self._narrator.left_out("oversized", failure.reason)
        verdict = judge(failure, self._settings.connection.refused_seconds)
        wait = verdict.wait_seconds if verdict.wait_seconds is not None else next(self._waits)
        retry_at_ms = None if verdict.outcome == "fatal" else now_ms() + round(wait * 1000)
        if verdict.outcome == "retry":
            self._say_down(verdict.reason, retry_at_ms)
        else:
            self._forget()
            self._narrator.refused(verdict.reason, retry_at_ms)
        if retry_at_ms is not None:
            await asyncio.sleep(wait)
        return retry_at_ms is not None

    def _frame(self, frame: bytes, socket: Socket) -> bool:
        """Decode a frame and pass its events on; True where it brought a market event."""
        plan, received_ms = self._plan, now_ms()
        record = Record(received_ms, "frame", plan.venue, plan.market, plan.name, frame)
        controls: list[Control] = []
        events = self._pipeline.split(record, controls)
        for control in controls:
            if isinstance(control, Rejected):
                socket.doubt = control.reason
                self._narrator.left_out("subscription refused", control.reason)
            elif isinstance(control, Closing):
                self._announced.set()
        proved = False
        for event in events:
            if not isinstance(event, Status):
                proved = True
            elif isinstance(event, Undecodable) and event.kind in ("late", "future"):
                socket.doubt = f"only {event.kind} events: is this machine's clock right? ({event.reason})"
        if proved and not self._up:
            self._say_up(received_ms)
        if proved:
            self._last_event_ms = received_ms
        if self._recorder is not None:
            self._recorder(record)
        if events:
            self._emit(events)
        return proved

    def _say_up(self, at_ms: int) -> None:
        self._up = True
        self._waits = self._fresh_waits()
        if self._last_event_ms is not None:
            self._narrator.gap(self._last_event_ms, at_ms)
        self._narrator.connected("first market event", at_ms)

    def _say_down(self, reason: str, retry_at_ms: int | None) -> None:
        self._forget()
        self._narrator.disconnected(reason, retry_at_ms)

    def _forget(self) -> None:
        self._up = False
        self._pipeline.forget(self._plan.venue, self._plan.name)

    def _fresh_waits(self) -> Iterator[float]:
        patience = self._settings.connection
        return waits(patience.backoff_first_seconds, patience.backoff_most_seconds, random.random)


async def _stop(task: asyncio.Task[Failure]) -> None:
    task.cancel()
    await asyncio.wait([task])
