"""The funding of all venues in one reading: the median of those that are fresh."""

from dataclasses import dataclass
from statistics import median

from scoring.view import FundingReading, MarketView


@dataclass(frozen=True, slots=True)
class FundingMedian:
    """Median funding per 8 hours and per year (fractions) and the time to the next payment.

    `stale`: no venue's rate is fresh, these are the last known. `venues`: how many count.
    """

    per_8h: float
    per_year: float | None
    next_in_ms: int | None
    venues: int
    stale: bool


def funding_median(view: MarketView) -> FundingMedian | None:
    """The median over venues whose interval is known; None where there is none."""
    known = [reading for reading in view.funding if reading.per_8h is not None]
    fresh = [reading for reading in known if not reading.stale]
    counted = fresh or known
    if not counted:
        return None
    yearly = [reading.per_year for reading in counted if reading.per_year is not None]
    return FundingMedian(
        per_8h=median(reading.per_8h for reading in counted if reading.per_8h is not None),
        per_year=median(yearly) if yearly else None,
        next_in_ms=_next(counted, view.at_ms),
        venues=len(counted),
        stale=not fresh,
    )


def _next(readings: list[FundingReading], at_ms: int) -> int | None:
    ahead = [item.next_at_ms - at_ms for item in readings if item.next_at_ms and item.next_at_ms >= at_ms]
    return min(ahead, default=None)
