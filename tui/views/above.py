"""The clusters above the price."""

from scoring.view import MarketView
from tui.controls import Controls
from tui.views.clusters import cluster_rows
from tui.views.row import Row


def above(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The bands of realised liquidations above the price, nearest first."""
    return cluster_rows("above", view, controls, width, height)
