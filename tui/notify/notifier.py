"""Delivers alerts by every way that their rules name. The terminal at once; command and webhook in turn, aside."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from scoring.view.alerts import Delivery, Fired
from tui.notify import desktop, webhook
from tui.notify.settings import NotifySettings
from tui.notify.terminal import BELL, osc_9, osc_777
from tui.views.fired import sentence

Send = Callable[[Fired], Awaitable[str]]


class _Lane:
    """What waits for one slow way; beyond `most` the newest is left out."""

    def __init__(self, send: Send, most: int) -> None:
        self.send = send
        self.waiting: deque[Fired] = deque()
        self.left_out = 0
        self.wake = asyncio.Event()
        self._most = most

    def put(self, fired: Fired) -> None:
        if len(self.waiting) < self._most:
            self.waiting.append(fired)
            self.wake.set()
        else:
            self.left_out += 1

    async def next(self) -> Fired:
        while not self.waiting:
            self.wake.clear()
            await self.wake.wait()
        return self.waiting.popleft()


class Notifier:
    """Tells alerts. `write` takes terminal sequences, `report` one line for each delivery that failed.

    `put` never waits. `run` belongs to the task group of the loop that `put` is called in, and ends when cancelled.
    """

    def __init__(
        self,
        settings: NotifySettings,
        write: Callable[[str], None],
        report: Callable[[str], None],
        environment: Mapping[str, str],
    ) -> None:
        self._settings = settings
        self._write = write
        self._report = report
        self._environment = environment
        ways: dict[Delivery, Send] = {"desktop": self._desktop, "webhook": self._webhook}
        self._lanes = {name: _Lane(send, settings.waiting) for name, send in ways.items()}

    def put(self, fired: Sequence[Fired]) -> None:
        """Deliver these: one bell for all of them, the other ways one by one."""
        if any("bell" in one.deliver for one in fired):
            self._write(BELL)
        for one in fired:
            title, text = title_of(one), sentence(one)
            if "osc9" in one.deliver:
                self._write(osc_9("", text, self._environment))
            if "osc777" in one.deliver:
                self._write(osc_777(title, text, self._environment))
            for name, lane in self._lanes.items():
                if name in one.deliver:
                    lane.put(one)

    async def run(self) -> None:
        """Work off what waits, each way by itself, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for name, lane in self._lanes.items():
                tasks.create_task(self._work(name, lane), name=f"alerts by {name}")

    async def _work(self, name: str, lane: _Lane) -> None:
        while True:
            problem = await lane.send(await lane.next())
            if problem:
                self._report(problem)
            if lane.left_out and not lane.waiting:
                self._report(f"{name} alerts: {lane.left_out} left out, more came than it could take")
                lane.left_out = 0

    async def _desktop(self, fired: Fired) -> str:
        if not self._settings.desktop:
            return "desktop alert: no command in [notify] desktop"
        words = desktop.words_of(self._settings.desktop, title_of(fired), sentence(fired))
        return await desktop.run(words, self._settings.seconds)

    async def _webhook(self, fired: Fired) -> str:
        address = self._settings.webhook.get_secret_value()
        if not address:
            return "webhook alert: no address in [notify] webhook"
        if problem := webhook.address_problem(address, self._settings.webhook_plain_http):
            return f"webhook alert: {problem}"
        return await webhook.post(address, payload_of(fired), self._settings.seconds)


def title_of(fired: Fired) -> str:
    """The notification's title."""
    return f"liqtop {fired.severity}: {fired.rule}"


def payload_of(fired: Fired) -> dict[str, Any]:
    """The webhook's JSON: all of the card, and its sentence as `text`, which chat services show."""
    return {"text": f"{title_of(fired)}: {sentence(fired)}", "alert": as_json(fired)}


def as_json(fired: Fired) -> dict[str, Any]:
    """All of a card as plain values."""
    return {**asdict(fired), "subject": fired.subject}
