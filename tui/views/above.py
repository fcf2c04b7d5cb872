"""The clusters above the price: the map's where there is one, else bands of realised liquidations."""

from scoring.view import MarketView
from tui.controls import Controls
from tui.views.clusters import cluster_rows
from tui.views.estimated_clusters import estimated_rows
from tui.views.row import Row


def above(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The pane of this side's clusters."""
    rows = cluster_rows if view.map.reason else estimated_rows
    return rows("above", view, controls, width, height)
