"""The pre-entry checklist: eleven graded items, and the verdict they add up to for each direction."""

from collections.abc import Sequence

from scoring import items
from scoring.facts import Facts
from scoring.funding import comparable, funding_median, grade_long, grade_short
from scoring.items import unknown
from scoring.map_item import liquidation_map
from scoring.moment import span
from scoring.settings import ChecklistSettings, ChecklistWeights, FundingSettings, ScoringSettings
from scoring.totals import long_share
from scoring.verdict import verdict
from scoring.view import (
    CheckItem,
    ChecklistView,
    FundingReading,
    Grade,
    WindowTotal,
)
from scoring.window import MINUTE_MS


def checklist(facts: Facts, settings: ScoringSettings) -> ChecklistView:
    """All items in the order of their importance, and both verdicts."""
    weights = settings.checklist.weights
    rows = (
        _cascade(facts.blind, weights),
        _funding(facts.fundings, facts.now_ms, weights, settings.funding),
        liquidation_map(facts.map, facts.now_ms, settings),
        items.open_interest(facts, settings),
        items.cvd(facts, settings),
        items.btc_context(facts, settings),
        items.local_trend(facts, settings),
        items.large_trades(facts, settings),
        items.long_short_ratio(facts, settings),
        _realised(facts.day, settings.checklist),
        items.options(facts, settings),
    )
    return ChecklistView(
        items=rows,
        long=verdict(rows, "long", facts.blind, settings.checklist),
        short=verdict(rows, "short", facts.blind, settings.checklist),
    )


def _cascade(blind: str | None, weights: ChecklistWeights) -> CheckItem:
    return unknown("cascade", blind or "not judged yet", weights.cascade, "blind" if blind else "")


def _funding(
    fundings: Sequence[FundingReading], now_ms: int, weights: ChecklistWeights, settings: FundingSettings
) -> CheckItem:
    rows = comparable(fundings)
    middle = funding_median(rows, now_ms)
    if middle is None:
        return unknown("funding", _why_no_funding(fundings, now_ms), weights.funding)
    rates = [row.per_8h for row in rows if row.per_8h is not None]
    long, long_why = grade_long(middle.per_8h, max(rates), settings)
    short, short_why = grade_short(middle.per_8h, min(rates), settings)
    return CheckItem(
        name="funding",
        long=long,
        short=short,
        value=f"{100 * middle.per_8h:+.4f} % per 8 h",
        reason=f"{_of_venues(middle.venues)}; long: {long_why}; short: {short_why}",
        weight=weights.funding,
        age_ms=max(0, now_ms - max(row.at_ms for row in rows)),
    )


def _why_no_funding(fundings: Sequence[FundingReading], now_ms: int) -> str:
    if not fundings:
        return "no funding rate seen yet"
    fresh = [row.venue for row in fundings if not row.stale]
    if fresh:
        return f"interval not told by {', '.join(fresh)}"
    return f"stale: the last rate is {span(now_ms - max(row.at_ms for row in fundings))} old"


def _of_venues(count: int) -> str:
    return "one venue" if count == 1 else f"median of {count}"


def _realised(day: WindowTotal, settings: ChecklistSettings) -> CheckItem:
    name, weight = "realised 24 h", settings.weights.realised
    seen = [venue for venue in day.venues if venue.coverage > 0]
    if not seen:
        return unknown(name, "no feed seen in 24 h", weight)
    worst = min(seen, key=lambda venue: venue.coverage)
    if worst.coverage < settings.realised_coverage_least:
        length = span(worst.coverage * day.window_minutes * MINUTE_MS)
        return unknown(name, f"seen {length} of 24 h ({worst.venue})", weight)
    share = long_share(day)
    if share is None:
        return unknown(name, "nothing was liquidated", weight)
    grade: Grade = "pass"
    reason = "balanced"
    if share >= settings.one_sided:
        grade, reason = "warn", "long flush: no long before it is exhausted, late for a short"
    elif share <= 1 - settings.one_sided:
        grade, reason = "warn", "short squeeze: no short before it is exhausted, late for a long"
    unseen = [venue.venue for venue in day.venues if venue.coverage <= 0]
    if unseen:
        reason += f"; without {', '.join(unseen)}"
    return CheckItem(name, grade, grade, f"{100 * share:.0f} % long", reason, weight)
