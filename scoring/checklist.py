"""The pre-entry checklist: eleven graded items, and the verdict they add up to for each direction."""

from dataclasses import replace

from scoring import items
from scoring.cascade_item import cascade_item, exhausted
from scoring.facts import Facts
from scoring.funding_item import funding
from scoring.items import unknown
from scoring.levels import grade_realised
from scoring.map_item import liquidation_map
from scoring.moment import span
from scoring.settings import ChecklistSettings, ScoringSettings
from scoring.thresholds import thresholds
from scoring.totals import long_share
from scoring.verdict import verdict
from scoring.view import (
    CheckItem,
    ChecklistView,
    WindowTotal,
)
from scoring.view.cascades import CascadesView
from scoring.window import MINUTE_MS


def checklist(facts: Facts, settings: ScoringSettings) -> ChecklistView:
    """All items in the order of their importance, and both verdicts."""
    weights = settings.checklist.weights
    rows: tuple[CheckItem, ...] = (
        _of_forced_orders(cascade_item(facts.cascades, facts.blind, facts.now_ms, weights.cascade), facts),
        funding(facts, settings),
        _of_the_map(liquidation_map(facts.map, facts.now_ms, settings), facts, settings),
        items.open_interest(facts, settings),
        items.cvd(facts, settings),
        items.btc_context(facts, settings),
        items.local_trend(facts, settings),
        items.large_trades(facts, settings),
        items.long_short_ratio(facts, settings),
        _of_forced_orders(_with_hour(_realised(facts.day, facts.cascades, settings.checklist), facts), facts),
        items.options(facts, settings),
    )
    words = thresholds(settings)
    rows = tuple(replace(row, threshold=words.get(row.name, "")) for row in rows)
    return ChecklistView(
        items=rows,
        long=verdict(rows, "long", facts.blind, settings.checklist),
        short=verdict(rows, "short", facts.blind, settings.checklist),
    )


def _with_hour(item: CheckItem, facts: Facts) -> CheckItem:
    """The item of 24 h with where the last hour stands among the day's."""
    if facts.hour is None:
        return item
    return replace(item, percentile=facts.hour.percentile, history_ms=facts.hour.history_ms)


def _of_forced_orders(item: CheckItem, facts: Facts) -> CheckItem:
    """The item with the exchanges that tell liquidations, and how long ago one was heard of."""
    age = None if facts.heard_ms is None else max(0, facts.now_ms - facts.heard_ms)
    return replace(item, age_ms=age, source=", ".join(row.venue for row in facts.day.venues if row.coverage > 0))


def _of_the_map(item: CheckItem, facts: Facts, settings: ScoringSettings) -> CheckItem:
    """The item with the exchanges whose open interest the map is made from."""
    told = (row.venue for row in facts.interest if not row.stale and row.venue in settings.map.venues)
    return item if item.long == "unknown" else replace(item, source=", ".join(told))


def _realised(day: WindowTotal, states: CascadesView | None, settings: ChecklistSettings) -> CheckItem:
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
    over = exhausted(states)
    flushed = over == ("down" if share >= settings.one_sided else "up")
    long, short, reason = grade_realised(share, settings.one_sided, flushed)
    unseen = [venue.venue for venue in day.venues if venue.coverage <= 0]
    if unseen:
        reason += f"; without {', '.join(unseen)}"
    return CheckItem(name, long, short, f"{100 * share:.0f} % long", reason, weight)
