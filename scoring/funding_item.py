"""The checklist's item of funding: the median rate of the exchanges, in itself and against the coin's own history."""

from collections.abc import Sequence

from scoring.facts import Facts
from scoring.funding import comparable, funding_median, grade_long, grade_short
from scoring.moment import span
from scoring.places import deciding, place_of, placed, venues
from scoring.settings import ScoringSettings
from scoring.view import CheckItem, FundingReading

_NAME = "funding"


def funding(facts: Facts, settings: ScoringSettings) -> CheckItem:
    """Grade the median of the comparable rates; unknown, with the reason, where there is none."""
    weight, now_ms = settings.checklist.weights.funding, facts.now_ms
    rows = comparable(facts.fundings)
    middle = funding_median(rows, now_ms)
    if middle is None:
        return CheckItem(_NAME, "unknown", "unknown", "", _why_none(facts.fundings, now_ms), weight)
    rates = [row.per_8h for row in rows if row.per_8h is not None]
    decides = deciding(place_of(rows), settings)
    long, long_why = grade_long(middle.per_8h, max(rates), settings.funding, decides)
    short, short_why = grade_short(middle.per_8h, min(rates), settings.funding, decides)
    item = CheckItem(
        name=_NAME,
        long=long,
        short=short,
        value=f"{100 * middle.per_8h:+.4f} % per 8 h",
        reason=f"{_of_venues(middle.venues)}; long: {long_why}; short: {short_why}",
        weight=weight,
        age_ms=max(0, now_ms - min(row.at_ms for row in rows)),
        source=venues(rows),
    )
    return placed(item, rows)


def _why_none(fundings: Sequence[FundingReading], now_ms: int) -> str:
    if not fundings:
        return "no funding rate seen yet"
    fresh = [row.venue for row in fundings if not row.stale]
    if fresh:
        return f"interval not told by {', '.join(fresh)}"
    return f"stale: the last rate is {span(now_ms - max(row.at_ms for row in fundings))} old"


def _of_venues(count: int) -> str:
    return "one venue" if count == 1 else f"median of {count}"
