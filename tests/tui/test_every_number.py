"""No number of the screen is without an explanation: every pane, screen and layout, in every state of the market."""

import anyio
import pytest

from tests.text_screens.states import STATES, session_in
from tests.tui.topic_check import unexplained, wrongly_told
from tui.app import LiqtopApp
from tui.controls import Controls
from tui.screens.arranging.presets import LAYOUTS
from tui.session import Session
from tui.views.row import Row, topic_of

pytestmark = pytest.mark.slow
SCREENS = ("o", "v", "f", "a", "J")
SIZES = [(80, 24), (200, 60)]
HELP_KEY = ("?", "text")
"""The key that shows the help looks like an unknown value."""


def rows_of(app: LiqtopApp) -> dict[str, list[Row]]:
    """The rows of every pane that is on the screen, by its name."""
    visible = [child.id or "" for child in app.main.children if child.region.area]
    return {
        name: [tuple(span for span in row if span != HELP_KEY) for row in app.main.pane(name).rows] for name in visible
    }


async def walk(session: Session, size: tuple[int, int]) -> tuple[dict[str, list[str]], set[str]]:
    """What lacks an explanation, by place, after every layout and screen was shown; and the topics that were met."""
    lacking: dict[str, list[str]] = {}
    met: set[str] = set()
    app = LiqtopApp(session, frames_per_second=0, controls=Controls(), clock=lambda: 0.0)
    async with app.run_test(size=size) as pilot:
        for keys in [("w",)] * len(LAYOUTS) + [(key, "escape") for key in SCREENS]:
            await pilot.press(keys[0])
            await pilot.pause()
            for pane, rows in rows_of(app).items():
                if found := unexplained(rows) + wrongly_told(rows, app.view, app.controls):
                    lacking[f"{size} {keys[0]} {app.controls.layout} {pane}"] = found
                met |= {topic_of(mark)[0] for row in rows for _, mark in row}
            for key in keys[1:]:
                await pilot.press(key)
                await pilot.pause()
    return lacking, met


@pytest.mark.parametrize("state", STATES)
def test_every_number_of_the_screen_is_explained(state: str) -> None:
    lacking: dict[str, list[str]] = {}
    met: set[str] = set()
    with session_in(state) as session:
        for size in SIZES:
            found, topics = anyio.run(walk, session, size)
            lacking |= found
            met |= topics
    assert lacking == {}
    assert len(met) > (20 if state == "empty" else 60), "hardly anything was looked at"
