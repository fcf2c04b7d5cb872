"""The real monitor on a market that stands, after real keys: what pictures and kept texts are taken of."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from tui.app import LiqtopApp
from tui.controls import Controls
from tui.session import Session


@asynccontextmanager
async def posed(
    session: Session, size: tuple[int, int], keys: Iterable[str], controls: Controls, theme: str
) -> AsyncIterator[LiqtopApp]:
    """A monitor of this size that was painted, had these keys pressed, and was painted again."""
    app = LiqtopApp(session, theme=theme, frames_per_second=0, controls=controls, clock=lambda: 0.0)
    async with app.run_test(size=size) as pilot:
        app.tick()
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        app.tick()
        await pilot.pause()
        yield app
