"""Settings of the plan for an entry."""

from pydantic import Field

from scoring.settings.base import Strict


class PlanSettings(Strict):
    """`[plan]`: where stops and targets are put beside clusters. Judgement."""

    clearance: float = Field(0.001, ge=0)
    """A stop outside of a cluster keeps this share of the price from its edge: one bucket of the map."""
    target_clearance: float = Field(0.0005, ge=0)
    """A target stands this share of the price before the edge of the cluster that pulls: orders rest in front of it."""
    pull_least: float = Field(0.05, ge=0, le=1)
    """A cluster with a smaller part of all pull is no target."""
    stop_reach: float = Field(0.03, gt=0)
    """Without a stop of yours: clusters within this share of the entry count as in the way of one."""
    thinning: float = Field(3.4, ge=1)
    """How many times thinner the book is in a liquidation event: the median measured over cascades; its p90 is 17."""
