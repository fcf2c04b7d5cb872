"""The chart: the price as a line, liquidations on it, and below it open interest, funding and flow."""

from scoring.view import MarketView
from tui.controls import Controls
from tui.views.layout import finish, title
from tui.views.row import Row


def chart(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The course of the ladder's window."""
    return finish([title("chart", "CHART", controls)], width, height, controls)
