"""The demo's scenarios and the tape's time, driven from the keys: what to begin, where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import LiqtopApp


def next_scenario(app: LiqtopApp) -> None:
    """Begin the demo's next scenario."""
    app.say("not yet")


def scenario_names(app: LiqtopApp) -> tuple[str, ...]:
    """The scenarios that can be begun; none where this is no demo."""
    return ()


def choose_scenario(name: str, app: LiqtopApp) -> None:
    """Begin this scenario."""
    app.say("not yet")


def seek_at(app: LiqtopApp, x: int) -> None:
    """Go to where the seek bar was clicked."""
