"""Keeping one planned connection alive: reconnect with growing waits, replace the socket before the venue closes it.

The wait is reset by a line that brought market events for a while: not by a handshake, an acknowledgement or a pong,
all of which a broken route gives freely, nor by the first push of one that closes at once. While a successor comes up
both sockets are read, and the intake recognises what both deliver.
"""

import asyncio
import random
import time
from collections.abc import Iterator

from feeds.events import LIQUIDATIONS_REFUSED, Status, Undecodable
from feeds.narrator import Narrator, Recorder, now_ms
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.retry import Failure, judge, waits
from feeds.settings import FeedsSettings
from feeds.socket import Socket
from feeds.source import Emit
from feeds.turns import Turns
from feeds.venue import Closing, Connection, Control, Rejected, Reply

_RENEW_AT = 0.98  # of the lifetime: half an hour before a day is over
_SUCCESSOR_SECONDS = 60.0  # how long a successor may take to bring its first event, and the wait after one that did not
_STEADY_SECONDS = 10.0  # a line that held for less is no reason to come back sooner
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
        turns: Turns | None = None,
    ) -> None:
        self._plan = plan
        self._settings = settings
        self._pipeline = pipeline
        self._emit = emit
        self._recorder = recorder
        self._narrator = Narrator(plan.venue, plan.market, plan.name, emit, recorder)
        self._turns = turns if turns is not None else Turns()
        self._up = False
        self._up_at = 0.0
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
            due = self._plan.lifetime_seconds * _RENEW_AT
            if await self._takes_over(successor, next_task, task):
                await _stop(task)
            elif not task.done():
                await _stop(next_task)
                due = _SUCCESSOR_SECONDS
                continue
            elif successor.live.is_set():  # the old socket went first: what the new one lacks as yet is a gap
                self._up = False
            else:
                self._say_down(task.result().reason, None)
            task = next_task
        return task.result()

    async def _takes_over(
        self, successor: Socket, next_task: asyncio.Task[Failure], task: asyncio.Task[Failure]
    ) -> bool:
        """Wait until the successor carries all that was asked for (True), or one of the two ended, or for long enough.

        Where silence is normal it need not have brought an event: an open socket with every subscription said is as
        good as the old one.
        """
        whole = asyncio.create_task(successor.whole.wait(), name=f"{self._plan.name} successor")
        patience = _SUCCESSOR_SECONDS + len(self._plan.subscribe) / self._plan.messages_per_second
        try:
            await asyncio.wait([task, next_task, whole], timeout=patience, return_when="FIRST_COMPLETED")
        finally:
            whole.cancel()
        quiet = self._plan.silence_seconds is None and successor.said and not task.done()
        return not next_task.done() and (successor.whole.is_set() or quiet)

    def _start(self, group: asyncio.TaskGroup) -> tuple[Socket, asyncio.Task[Failure]]:
        self._announced.clear()
        socket = Socket(self._plan, self._settings, lambda frame: self._frame(frame, socket))
        return socket, group.create_task(self._open(socket), name=self._plan.name)

    async def _open(self, socket: Socket) -> Failure:
        await self._turns.take()
        return await socket.run()

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
        if self._up and time.monotonic() - self._up_at >= _STEADY_SECONDS:
            self._waits = self._fresh_waits()
        verdict = judge(failure, self._settings.connection.refused_seconds)
        wait = max(verdict.wait_seconds or 0.0, next(self._waits))
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
            self._heed(control, socket)
        proved = False
        for event in events:
            if not isinstance(event, Status):
                proved = True
            elif isinstance(event, Undecodable) and event.kind == "duplicate":
                proved = proved or self._up  # the other socket of a roll-over was faster
            elif isinstance(event, Undecodable) and event.kind in ("late", "future"):
                socket.doubt = f"only {event.kind} events: is this machine's clock right? ({event.reason})"
        if socket.said and not self._up and (proved or socket.live.is_set()):
            self._say_up(received_ms)
        if proved and self._up:
            self._last_event_ms = received_ms
        if self._recorder is not None:
            self._recorder(record)
        if events:
            self._emit(events)
        return proved

    def _heed(self, control: Control, socket: Socket) -> None:
        """Do what follows from what the protocol itself says."""
        if isinstance(control, Rejected):
            socket.doubt = control.reason
            socket.refusal = control.reason if control.ends else socket.refusal
            if control.unseen:
                self._narrator.left_out(LIQUIDATIONS_REFUSED, f"{control.unseen}: {control.reason}")
            else:
                self._narrator.left_out("subscription refused", control.reason)
        elif isinstance(control, Closing):
            self._announced.set()
        elif isinstance(control, Reply):
            socket.reply(control.text)

    def _say_up(self, at_ms: int) -> None:
        self._up = True
        self._up_at = time.monotonic()
        if self._last_event_ms is not None:
            self._narrator.gap(self._last_event_ms, at_ms)
        self._last_event_ms = at_ms
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
