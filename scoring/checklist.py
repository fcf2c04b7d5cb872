"""The pre-entry checklist: eleven graded items, and the verdict they add up to for each direction."""

from collections.abc import Iterable, Sequence
from typing import Literal

from scoring.funding import comparable, grade_long, grade_short, median_per_8h
from scoring.moment import span
from scoring.settings import ChecklistSettings, ChecklistWeights, FundingSettings
from scoring.totals import long_share
from scoring.view import (
    CheckItem,
    ChecklistView,
    DirectionVerdict,
    FundingReading,
    Grade,
    Verdict,
    WindowTotal,
)
from scoring.window import MINUTE_MS

_VALUES: dict[Grade, float] = {"pass": 1.0, "warn": 0.5, "fail": 0.0}
_MISSING: dict[str, str] = {
    "open interest": "needs open interest history",
    "CVD": "needs the taker flow of 24 h",
    "large trades": "needs the balance of large trades over 24 h",
    "BTC context": "needs bitcoin's trend and correlation",
    "local trend": "needs candles",
    "long/short ratio": "needs the exchanges' account ratios",
    "options": "needs option open interest",
}


def checklist(
    fundings: Sequence[FundingReading],
    day: WindowTotal,
    blind: str | None,
    now_ms: int,
    settings: ChecklistSettings,
    funding_settings: FundingSettings,
) -> ChecklistView:
    """All items in the order of their importance, and both verdicts."""
    weights = settings.weights
    items = (
        _cascade(blind, weights),
        _funding(fundings, now_ms, weights, funding_settings),
        _unknown(
            "liquidation map",
            "needs the estimated map, not computed by this version",
            weights.liquidation_map,
        ),
        _missing("open interest", weights.open_interest),
        _missing("CVD", weights.cvd),
        _missing("BTC context", weights.btc_context),
        _missing("local trend", weights.local_trend),
        _missing("large trades", weights.large_trades),
        _missing("long/short ratio", weights.long_short_ratio),
        _realised(day, settings),
        _missing("options", weights.options),
    )
    return ChecklistView(
        items=items,
        long=_verdict(items, "long", blind, settings),
        short=_verdict(items, "short", blind, settings),
    )


def _unknown(name: str, reason: str, weight: float, value: str = "") -> CheckItem:
    return CheckItem(name, "unknown", "unknown", value, reason, weight)


def _missing(name: str, weight: float) -> CheckItem:
    return _unknown(name, f"{_MISSING[name]}, not collected by this version", weight)


def _cascade(blind: str | None, weights: ChecklistWeights) -> CheckItem:
    reason = blind or "needs depth and open interest, not collected by this version"
    return _unknown("cascade", reason, weights.cascade, "blind" if blind else "")


def _funding(
    fundings: Sequence[FundingReading], now_ms: int, weights: ChecklistWeights, settings: FundingSettings
) -> CheckItem:
    rows = comparable(fundings)
    middle = median_per_8h(rows)
    if middle is None:
        return _unknown("funding", _why_no_funding(fundings, now_ms), weights.funding)
    rates = [row.per_8h for row in rows if row.per_8h is not None]
    long, long_why = grade_long(middle, max(rates), settings)
    short, short_why = grade_short(middle, min(rates), settings)
    return CheckItem(
        name="funding",
        long=long,
        short=short,
        value=f"{100 * middle:+.4f} % per 8 h, {_of_venues(len(rates))}",
        reason=f"long: {long_why}; short: {short_why}",
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
        return _unknown(name, "no liquidation feed was seen in 24 h", weight)
    worst = min(seen, key=lambda venue: venue.coverage)
    if worst.coverage < settings.realised_coverage_least:
        length = span(worst.coverage * day.window_minutes * MINUTE_MS)
        return _unknown(name, f"seen {length} of 24 h on {worst.venue}", weight)
    share = long_share(day)
    if share is None:
        return _unknown(name, "nothing was liquidated, so no side prevails", weight)
    grade: Grade = "pass"
    reason = "balanced"
    if share >= settings.one_sided:
        grade, reason = "warn", "one-sided long flush: no long before it is exhausted, late for a short"
    elif share <= 1 - settings.one_sided:
        grade, reason = "warn", "one-sided short squeeze: no short before it is exhausted, late for a long"
    unseen = [venue.venue for venue in day.venues if venue.coverage <= 0]
    if unseen:
        reason += f"; without {', '.join(unseen)}"
    return CheckItem(name, grade, grade, f"{100 * share:.0f} % long", reason, weight)


def _verdict(
    items: Iterable[CheckItem],
    direction: Literal["long", "short"],
    blind: str | None,
    settings: ChecklistSettings,
) -> DirectionVerdict:
    graded = [(item, item.long if direction == "long" else item.short) for item in items]
    known = [(item, grade) for item, grade in graded if grade != "unknown"]
    available = sum(item.weight for item, _ in known)
    total = sum(item.weight for item, _ in graded)
    score = sum(item.weight * _VALUES[grade] for item, grade in known) / available if available else None
    coverage = available / total if total else 0.0
    failed = [item.name for item, grade in known if grade == "fail"]
    verdict, reason = _decide(score, coverage, failed, blind, settings)
    return DirectionVerdict(verdict, score, coverage, reason)


def _decide(
    score: float | None,
    coverage: float,
    failed: Sequence[str],
    blind: str | None,
    settings: ChecklistSettings,
) -> tuple[Verdict, str]:
    if blind:
        return "NO ENTRY", f"blind: {blind}"
    if "funding" in failed:
        return "NO ENTRY", "funding is overheated in this direction"
    if score is not None and score < settings.wait_least:
        return (
            "NO ENTRY",
            f"score {score:.2f} is below {settings.wait_least:.2f}, failed: {', '.join(failed) or 'none'}",
        )
    if score is None or coverage < settings.coverage_least:
        return (
            "INSUFFICIENT DATA",
            f"{100 * coverage:.0f} % of the checklist is known, {100 * settings.coverage_least:.0f} % are needed",
        )
    if len(failed) > settings.ok_most_fails:
        return "WAIT", f"failed: {', '.join(failed)}"
    if score < settings.ok_least:
        return "WAIT", f"score {score:.2f} is below {settings.ok_least:.2f}"
    return "OK", f"score {score:.2f}"
