"""What the mouse does: a turn of the wheel scrolls, a click chooses, goes there, or asks what a number is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.inspecting import explain_at
from tui.scenes import seek_at
from tui.steering import focus, scroll, show_coin

if TYPE_CHECKING:
    from tui.app import LiqtopApp
    from tui.panes.lines import LinePane

TAB_MARKS = "▸>!…~"
"""What may stand beside a coin in its tab."""


def turned(app: LiqtopApp, message: LinePane.Wheel) -> None:
    """The wheel scrolls the pane under it, which takes the focus."""
    if message.pane.focusable:
        app.steer(focus(message.pane.id or "", app.controls))
        app.steer(scroll(message.rows)(app.controls, app.session.coins))
        app.tick()


def clicked(app: LiqtopApp, message: LinePane.Clicked) -> None:
    """A click on a coin's tab shows the coin, one on the seek bar goes there, one on a number explains it."""
    name = message.pane.id or ""
    if name == "seek":
        seek_at(app, message.x)
        return
    coin = message.word.strip(TAB_MARKS)
    if name in ("header", "overview") and coin in app.session.coins:
        home = app.controls.home if name == "overview" else app.controls.focus
        app.steer(show_coin(coin, focus(home, app.controls)))
        app.tick()
    else:
        explain_at(app, name, message.x, message.y)
