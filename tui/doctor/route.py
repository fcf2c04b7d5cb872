"""One planned connection from its handshake to its first real market events, by the socket that live data uses."""

import asyncio
import time
from collections.abc import Sequence

from feeds.events import AnyEvent, MarkPrice, Status, Trade, Undecodable, type_name
from feeds.narrator import now_ms
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.retry import Failure, judge
from feeds.settings import FeedsSettings
from feeds.socket import Socket
from feeds.turns import Turns
from feeds.venue import Acknowledged, Connection, Control, Rejected, Reply
from tui.doctor.advice import advice_for
from tui.doctor.check import Check
from tui.doctor.check import Status as Outcome

_MORE_SECONDS = 3.0
"""How long a proven route is listened to for events of other types, and a silent one for any."""
_MORE_SHARE = 0.25
"""That is at most so much of the whole time."""
_LOOK_SECONDS = 0.05
_PROMPT = (Trade, MarkPrice)
"""What is told at once, so that it shows what the time is at the exchange."""
_UNREADABLE = ("malformed", "wrong type", "invalid number", "unknown message", "oversized", "decoder")
"""Frames of these kinds aren't as documented; what else is left out is left out rightly."""


class Route:
    """Holds the connection until it is proven, has failed, or the time is over; then `check` tells which.

    `lags_ms`: how long after the exchange's own time prompt events came, by our clock.
    """

    def __init__(self, plan: Connection, settings: FeedsSettings, pipeline: Pipeline, turns: Turns) -> None:
        self.plan = plan
        self.lags_ms: list[int] = []
        self._settings = settings
        self._pipeline = pipeline
        self._turns = turns
        self._socket = Socket(plan, settings, self._frame)
        self._begun = 0.0
        self._opened: float | None = None
        self._acknowledged: float | None = None
        self._first: dict[str, float] = {}
        self._rejected: list[Rejected] = []
        self._left_out: dict[str, str] = {}
        self._failure: Failure | None = None

    async def watch(self, seconds: float) -> None:
        """Connect once and listen, for at most so long."""
        begun = time.monotonic()
        await self._turns.take()
        self._begun = time.monotonic()
        until, more = begun + seconds, min(_MORE_SECONDS, seconds * _MORE_SHARE)
        task = asyncio.create_task(self._socket.run(), name=f"{self.plan.name} doctor")
        try:
            while not self._settled(until, more):
                await asyncio.wait([task], timeout=_LOOK_SECONDS)
                if task.done():
                    self._failure = task.result()
                    return
                if self._socket.said and self._opened is None:
                    self._opened = self._age()
        finally:
            task.cancel()
            await asyncio.wait([task])

    def _settled(self, until: float, more: float) -> bool:
        now = time.monotonic()
        since = self._acknowledged if self.plan.silence_seconds is None else None
        proven = min(self._first.values(), default=since)
        return now >= until or (proven is not None and now - self._begun - proven >= more)

    def _frame(self, frame: bytes) -> bool:
        received_ms = now_ms()
        controls: list[Control] = []
        record = Record(received_ms, "frame", self.plan.venue, self.plan.market, self.plan.name, frame)
        events = self._pipeline.split(record, controls)
        for control in controls:
            self._heed(control)
        return self._note(events)

    def _heed(self, control: Control) -> None:
        if isinstance(control, Acknowledged) and self._acknowledged is None:
            self._acknowledged = self._age()
        elif isinstance(control, Rejected):
            self._rejected.append(control)
            self._socket.refusal = control.reason if control.ends else self._socket.refusal
        elif isinstance(control, Reply):
            self._socket.reply(control.text)

    def _note(self, events: Sequence[AnyEvent]) -> bool:
        proved = False
        for event in events:
            if isinstance(event, Undecodable):
                self._left_out.setdefault(event.kind, event.reason)
            elif not isinstance(event, Status):
                proved = True
                self._first.setdefault(type_name(event), self._age())
                if isinstance(event, _PROMPT):
                    self.lags_ms.append(event.received_ms - event.at_ms)
        return proved

    def _age(self) -> float:
        return time.monotonic() - self._begun

    # What came of it.

    def checks(self) -> list[Check]:
        """The route in one line, and one more for each subscription that was refused and frame that can't be read."""
        return [self._route(), *self._refused(), *self._unread()]

    def _route(self) -> Check:
        where = self.plan.url.partition("//")[2]
        first = min(self._first.values(), default=None)
        if self._failure is not None:
            reason = judge(self._failure, self._settings.connection.refused_seconds).reason
            lived = "real data came, then it was " if self._first else ""
            advice = advice_for(f"{reason} {self._failure.reason}")
            return self._check("warning" if lived else "failed", f"{where}: {lived}{reason}", advice)
        if first is not None:
            return self._check("ok", f"{where}: {self._steps()}", seconds=first)
        if self._opened is None:
            reason = f"no handshake within {self._age():.0f} s"
        elif self.plan.silence_seconds is None and self._acknowledged is not None:
            return self._check("ok", f"{where}: {self._steps()}", seconds=self._acknowledged)
        elif self._acknowledged is None:
            reason = f"subscribed, but no answer for {self._age() - self._opened:.0f} s"
        else:
            reason = f"acknowledged, but no market event for {self._age() - self._acknowledged:.0f} s: wrong route, "
            reason += "or blocked without saying so"
        return self._check("failed", f"{where}: {reason}", advice_for(reason))

    def _check(self, outcome: Outcome, found: str, advice: str = "", *, seconds: float | None = None) -> Check:
        expected = "a real market event" if outcome != "ok" else ""
        return Check(self.plan.venue, _name(self.plan), outcome, found, expected, advice, seconds)

    def _steps(self) -> str:
        """What happened when, and what is quiet without being wrong."""
        steps = [] if self._acknowledged is None else [f"acknowledged after {self._acknowledged:.1f} s"]
        steps += [f"{name} after {age:.1f} s" for name, age in sorted(self._first.items(), key=lambda one: one[1])]
        if not self._first:
            steps.append("no event yet, silence is normal here")
        elif self.plan.liquidations and "liquidation" not in self._first:
            steps.append("no liquidation yet, silence is normal")
        return ", ".join(steps)

    def _refused(self) -> list[Check]:
        return [
            Check(
                self.plan.venue,
                f"{_name(self.plan)} subscription",
                "failed" if one.ends or one.unseen else "warning",
                f"refused: {one.reason}" + (f" (liquidations of {one.unseen})" if one.unseen else ""),
                "an acknowledgement",
                "a newer liqtop, where the exchange has changed its channels",
            )
            for one in self._rejected
        ]

    def _unread(self) -> list[Check]:
        return [
            Check(
                self.plan.venue,
                f"{_name(self.plan)} frames",
                "warning",
                f"{kind}: {reason}",
                "frames that can be read",
                "a newer liqtop, where the exchange has changed its frames; liqtop record keeps them for a report",
            )
            for kind, reason in self._left_out.items()
            if kind in _UNREADABLE
        ]


def _name(plan: Connection) -> str:
    """The stream without its exchange, which is the group."""
    return plan.name.removeprefix(f"{plan.venue} ")
