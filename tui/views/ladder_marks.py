"""What the ladder marks rows with: the peaks of clusters, and what was liquidated in the last seconds."""

import math

from feeds.events import Position
from scoring.view import Cluster, EstimatedCluster, MarketView
from tui.controls import Controls
from tui.views.row import Row, about

RECENT_MS = 5_000
"""A liquidation stands out for so long."""


def cluster_marks(view: MarketView) -> dict[int, Row]:
    """Which rows hold the peak of which cluster: of the map's where there is one, else of the realised bands."""
    found: dict[int, Row] = {}
    shown: tuple[tuple[Cluster | EstimatedCluster, ...], ...] = (
        (view.above, view.below) if view.map.reason else (view.map.above, view.map.below)
    )
    for side, clusters in zip(("above", "below"), shown, strict=True):
        for number, cluster in enumerate(clusters, 1):
            mark = about("ladder.cluster", ((f"◆{number}", "accent"),), f"{side}/{number}")
            found.setdefault(row_of(cluster.peak, view.ladder.step), mark)
    return found


def changed(view: MarketView, controls: Controls) -> set[tuple[int, Position]]:
    """The rows and sides in which something was liquidated in the last seconds; none where the line is thin."""
    if controls.thrift:
        return set()
    return {
        (row_of(row.price, view.ladder.step), row.position)
        for row in view.tape
        if row.position is not None and 0 <= view.at_ms - row.at_ms < RECENT_MS
    }


def row_of(price: float, step: float) -> int:
    """The row of a price; -1 where it is in none."""
    place = price / step
    return math.floor(place) if math.isfinite(place) else -1
