"""The screen and the tables as files: a screenshot, and the tables of the coin."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import LiqtopApp


def screenshot(app: LiqtopApp) -> None:
    """Write the screen to an SVG file and say where it is."""
    app.say("not yet")


def export(app: LiqtopApp) -> None:
    """Write all tables of the coin to files and say where they are."""
    app.say("not yet")
