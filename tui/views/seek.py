"""The seek bar of a replay: where in the tape it is, how fast it plays, where cascades were."""

from scoring.view import MarketView
from tui.controls import Controls
from tui.views.layout import finish
from tui.views.row import Row


def seek(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One row from the tape's start to its end."""
    return finish([], width, height, controls)
