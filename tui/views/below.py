"""The clusters below the price."""

from scoring.view import MarketView
from tui.controls import Controls
from tui.views.clusters import cluster_rows
from tui.views.row import Row


def below(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The bands of realised liquidations below the price, nearest first."""
    return cluster_rows("below", view, controls, width, height)
