"""Funding rates made comparable: per 8 h and per year, fresh or stale, and what they say about an entry."""

from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from statistics import median

from feeds.events import Funding
from scoring.percentile import Place
from scoring.settings import FundingSettings
from scoring.view import FundingMedian, FundingReading, Grade

_PERIODS_A_YEAR = 3 * 365
_SETTLED_MS = 600_000
"""What is this old on arrival is a settlement: sockets' rates are left out when they come so late."""
_TOLERANCE = 1e-12
"""A rate this close to a threshold is at it, whatever binary fractions make of 0.05 %."""


def is_settled(event: Funding) -> bool:
    """Whether it tells of a settlement of the past, and not the running rate: that is never so old on arrival."""
    return event.next_at_ms is None and event.received_ms - event.at_ms > _SETTLED_MS


PlaceOf = Callable[[Funding, float], Place | None]
"""Tells where a rate per 8 h stands in its own history."""


def readings(
    fundings: Iterable[Funding], now_ms: int, settings: FundingSettings, place_of: PlaceOf | None = None
) -> tuple[FundingReading, ...]:
    """Every venue's running rate, by venue."""
    rows = [_reading(event, now_ms, settings, place_of) for event in fundings if isfinite(event.rate)]
    return tuple(sorted(rows, key=lambda row: row.venue))


def _reading(event: Funding, now_ms: int, settings: FundingSettings, place_of: PlaceOf | None) -> FundingReading:
    hours = event.interval_hours
    per_8h = event.rate * 8.0 / hours if hours is not None and hours > 0 else None
    place = None if per_8h is None or place_of is None else place_of(event, per_8h)
    return FundingReading(
        venue=event.venue,
        rate=event.rate,
        interval_hours=hours,
        per_8h=per_8h,
        per_year=None if per_8h is None else per_8h * _PERIODS_A_YEAR,
        next_at_ms=event.next_at_ms,
        at_ms=event.at_ms,
        stale=now_ms - event.received_ms > settings.stale_seconds * 1000,
        percentile=None if place is None else place.percentile,
        history_ms=None if place is None else place.history_ms,
    )


def comparable(rows: Iterable[FundingReading]) -> list[FundingReading]:
    """The fresh rates whose interval is known: those that may be graded."""
    return [row for row in rows if row.per_8h is not None and not row.stale]


def funding_median(rows: Sequence[FundingReading], now_ms: int) -> FundingMedian | None:
    """The median of the comparable rates, or of the last known ones where none is fresh; None without an interval."""
    fresh = comparable(rows)
    counted = fresh or [row for row in rows if row.per_8h is not None]
    if not counted:
        return None
    per_8h = median(row.per_8h for row in counted if row.per_8h is not None)
    ahead = [row.next_at_ms for row in counted if row.next_at_ms is not None and row.next_at_ms >= now_ms]
    return FundingMedian(per_8h, per_8h * _PERIODS_A_YEAR, min(ahead, default=None), len(counted), not fresh)


def grade_long(
    median_rate: float, highest: float, settings: FundingSettings, percentile: float | None = None
) -> tuple[Grade, str]:
    """What a median per 8 h means for a long entry; one overheated venue costs a step.

    `percentile`: its place in the coin's own history, 0 to 100, where that is long enough to decide.
    """
    grade: Grade = "pass"
    if _at_least(median_rate, settings.long_fail):
        grade, why = "fail", "overheated: longs pay too much"
    elif _at_least(median_rate, settings.long_warn):
        grade, why = "warn", "longs pay more than usual"
        if percentile is not None and percentile >= settings.long_percentile:
            grade, why = "fail", "overheated: longs have rarely paid so much"
    elif _at_least(median_rate, settings.warm):
        why = "warm"
    elif median_rate > settings.short_warn + _TOLERANCE:
        why = "neutral"
    else:
        why = "shorts pay"
    if grade != "fail" and _at_least(highest, settings.long_fail):
        return _worse(grade), f"{why}, but overheated on one venue"
    return grade, why


def grade_short(
    median_rate: float, lowest: float, settings: FundingSettings, percentile: float | None = None
) -> tuple[Grade, str]:
    """What a median per 8 h means for a short entry; one overcrowded venue costs a step. `percentile`: as there."""
    rarely = percentile is not None and percentile <= settings.short_percentile
    grade: Grade = "pass"
    if median_rate <= settings.short_fail + _TOLERANCE:
        grade, why = "fail", "overcrowded: shorts pay too much"
    elif rarely and median_rate <= settings.short_unusual + _TOLERANCE:
        grade, why = "fail", "overcrowded: shorts have rarely paid so much"
    elif median_rate <= settings.short_warn + _TOLERANCE:
        grade, why = "warn", "shorts pay"
    elif _at_least(median_rate, settings.long_fail):
        why = "longs pay well"
    else:
        why = "neutral"
    if grade != "fail" and lowest <= settings.short_fail + _TOLERANCE:
        return _worse(grade), f"{why}, but overcrowded on one venue"
    return grade, why


def _at_least(rate: float, threshold: float) -> bool:
    return rate >= threshold - _TOLERANCE


def _worse(grade: Grade) -> Grade:
    return "warn" if grade == "pass" else "fail"
