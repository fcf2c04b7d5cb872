"""A monitor without a terminal: opened at a size, pressed, read, and painted when a test says so."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from textual.pilot import Pilot

from feeds.events import AnyEvent
from tests.tui.scripted import START_MS, ScriptedSource, liquidation, mark, session_of
from tui.app import LiqtopApp

PRINTS = [liquidation("long", 10_000 * (n + 1), 71_000 + 10 * n, START_MS + n) for n in range(40)]


class Screen:
    """A running monitor: its keys, its text, its source."""

    def __init__(self, app: LiqtopApp, pilot: Pilot[None], source: ScriptedSource) -> None:
        self.app = app
        self.pilot = pilot
        self.source = source

    async def press(self, *keys: str) -> str:
        await self.pilot.press(*keys)
        await self.pilot.pause()
        return self.text

    async def send(self, *events: AnyEvent) -> str:
        self.source.send(*events)
        self.app.tick()
        await self.pilot.pause()
        return self.text

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def pane(self, name: str) -> str:
        return self.app.main.pane(name).text

    def focused(self) -> str:
        focused = self.app.focused
        assert focused is not None
        assert focused.id == self.app.controls.focus
        return self.app.controls.focus


@asynccontextmanager
async def opened(
    size: tuple[int, int] = (120, 40), source: ScriptedSource | None = None, clock: Callable[[], float] = lambda: 0.0
) -> AsyncIterator[Screen]:
    """A monitor of this size that paints when told to, with a price and forty liquidations."""
    source = source or ScriptedSource()
    session = session_of(source)
    session.start()
    app = LiqtopApp(session, frames_per_second=0, clock=clock)
    try:
        async with app.run_test(size=size) as pilot:
            screen = Screen(app, pilot, source)
            await screen.send(mark(71_452.3), mark(4_000.0, coin="ETH"), *PRINTS)
            yield screen
    finally:
        session.stop()
