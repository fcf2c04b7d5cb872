"""Explaining numbers: a cursor that goes through those of a pane, and a box that says what each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui import copying
from tui.format import to_ascii
from tui.language import label
from tui.screens.explain import ExplainScreen
from tui.screens.numbers import Number, first_of, number_at, numbers_of
from tui.screens.over import placed

if TYPE_CHECKING:
    from tui.app import LiqtopApp


def inspect(app: LiqtopApp) -> None:
    """Explain the numbers on the screen, beginning with the focused pane's first below its title."""
    number = first_of(numbers_of(placed(app.main)), app.controls.focus)
    if number is None:
        app.say(label("there is no number to explain here", app.controls))
    else:
        _explain(number, app)


def explain_at(app: LiqtopApp, pane: str, x: int, y: int) -> bool:
    """Explain the number at a pane's cell, which was clicked; False where there is none."""
    panes = [one for one in placed(app.main) if one.name == pane]
    if not panes or app.screen is not app.main:
        return False
    number = number_at(numbers_of(panes), panes[0].region.x + x, panes[0].region.y + y)
    if number is not None:
        app.hints.followed("inspect")
        _explain(number, app)
    return number is not None


def _explain(number: Number, app: LiqtopApp) -> None:
    def copy(text: str) -> str:
        return copying.copy(to_ascii(text) if app.controls.ascii else text, app.write).sentence(app.controls)

    app.push_screen(ExplainScreen(app, number, copy), lambda _: app.tick())
