"""Explaining numbers: a cursor that goes through those of a pane, and a box that says what each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.app import LiqtopApp


def inspect(app: LiqtopApp) -> None:
    """Explain the numbers of the focused pane, beginning with its first."""
    app.say("not yet")


def explain_at(app: LiqtopApp, pane: str, x: int, y: int) -> bool:
    """Explain the number at a pane's cell, which was clicked; False where there is none."""
    return False
