"""A market view as a JSON document. What is not known is `{"value": null, "reason": ...}`, never 0."""

from collections.abc import Sequence
from dataclasses import asdict

from scoring.view import Cluster, FeedHealth, MarketView, SideTotal, VenueTotal, WindowTotal
from tui import snapshot_reports as reports
from tui.format import clean
from tui.snapshot_cascade import cascade_states
from tui.snapshot_map import estimated_asymmetry, estimated_clusters, estimated_ladder
from tui.unknown import Json, number, unknown
from tui.views.seen import (
    SEVERITY,
    WHOLE,
    is_stale,
    waiting,
    watched,
    window_total,
)

_UNWATCHED = "no liquidation feed was seen in this window"


def snapshot_json(view: MarketView, mode: str) -> Json:
    """The whole view. `mode` is LIVE, REPLAY or DEMO; times UNIX ms, shares and rates fractions."""
    return {
        "coin": clean(view.coin),
        "at_ms": view.at_ms,
        "mode": mode,
        "price": _price(view),
        "ladder": _ladder(view),
        "totals": [_window(total) for total in view.totals] or unknown("no liquidation feed is watched"),
        "clusters": _all_clusters(view),
        "asymmetry": _asymmetry(view),
        "cascade": _cascade(view),
        "checklist": _checklist(view),
        "open_interest": reports.open_interest(view),
        "funding": _funding(view),
        "long_short": reports.long_short(view),
        "cvd": reports.cvd(view),
        "large_trades": reports.large_trades(view),
        "depth": reports.depth(view),
        "options": reports.options(view),
        "btc_context": reports.btc_context(view),
        "trend": reports.trend(view),
        "venues": _venues(view.feeds),
        "coverage": _coverage(view),
    }


def snapshot_schema() -> Json:
    """The JSON schema of `snapshot_json`'s document."""
    from tui.snapshot_schema import Snapshot  # pydantic is slow to import and only this needs it

    return Snapshot.model_json_schema()


def _price(view: MarketView) -> Json:
    reading, change = view.price, view.change
    if reading.value is None:
        return unknown(waiting(view))
    return {
        "value": reading.value,
        "source": clean(reading.source),
        "at_ms": reading.at_ms,
        "age_ms": view.at_ms - reading.at_ms if reading.at_ms is not None else None,
        "stale": is_stale(reading, view.at_ms),
        "change": {"fraction": change.fraction, "span_ms": change.span_ms}
        if change is not None
        else unknown("no earlier price seen"),
    }


def _ladder(view: MarketView) -> Json:
    ladder = view.ladder
    total = window_total(view, ladder.window_minutes)
    unseen = not ladder.cells and not watched(total)
    if unseen and view.map.reason:
        return unknown(_UNWATCHED)
    rows = [
        {"low": index * ladder.step, "high": (index + 1) * ladder.step, **asdict(cell)}
        for index, cell in sorted(ladder.cells.items())
    ]
    return {
        "basis": "realised",
        "window_minutes": ladder.window_minutes,
        "step": ladder.step,
        "coverage": total.coverage if total is not None else 0.0,
        "rows": rows if not unseen else unknown(_UNWATCHED),
        "estimated": estimated_ladder(view.map, view.price.value),
    }


def _side(side: SideTotal, coverage: float, was_watched: bool) -> Json:
    if not was_watched and not side.count and not side.usd:
        return unknown(_UNWATCHED)
    return {"usd": side.usd, "count": side.count, "lower_bound": side.sampled or coverage < WHOLE}


def _window(total: WindowTotal) -> Json:
    known = watched(total)
    return {
        "window_minutes": total.window_minutes,
        "long": _side(total.long, total.coverage, known),
        "short": _side(total.short, total.coverage, known),
        "coverage": total.coverage,
        "venues": [_venue_total(venue) for venue in total.venues],
    }


def _venue_total(venue: VenueTotal) -> Json:
    return {
        "venue": clean(venue.venue),
        "long": _side(venue.long, venue.coverage, venue.coverage > 0),
        "short": _side(venue.short, venue.coverage, venue.coverage > 0),
        "coverage": venue.coverage,
    }


def _all_clusters(view: MarketView) -> Json:
    realised = {"above": _clusters(view, view.above), "below": _clusters(view, view.below)}
    if view.map.reason:
        return realised | {"swept": unknown(view.map.reason), "realised": realised}
    return estimated_clusters(view.map) | {"realised": realised}


def _clusters(view: MarketView, clusters: Sequence[Cluster]) -> list[Json] | Json:
    if not clusters and view.price.value is None:
        return unknown(waiting(view))
    if not clusters and not watched(window_total(view, view.ladder.window_minutes)):
        return unknown(_UNWATCHED)
    return [asdict(item) for item in clusters]


def _asymmetry(view: MarketView) -> Json:
    realised = _realised_asymmetry(view)
    return realised if view.map.reason else estimated_asymmetry(view.map, realised)


def _realised_asymmetry(view: MarketView) -> Json:
    window = view.ladder.window_minutes
    total = window_total(view, window)
    both = total.long.usd + total.short.usd if total is not None else 0.0
    if total is None or both <= 0:
        return unknown("nothing was liquidated in this window" if watched(total) else _UNWATCHED)
    return {
        "basis": "realised",
        "window_minutes": window,
        "value": (total.short.usd - total.long.usd) / both,
        "lower_bounds": total.long.sampled or total.short.sampled or total.coverage < WHOLE,
    }


def _cascade(view: MarketView) -> Json:
    state = view.cascade
    known = state.blind is None and watched(state.day)
    blind = state.blind or _UNWATCHED
    soon = blind if not known else "not watched long enough yet"
    return cascade_states(view) | {
        "blind": clean(state.blind) if state.blind is not None else None,
        "long_60s": state.long_60s if known else unknown(blind),
        "short_60s": state.short_60s if known else unknown(blind),
        "sampled": state.sampled,
        "usual_minute": number(state.usual_minute if known else None, soon),
        "ratio": number(state.ratio if known else None, soon),
        "last_at_ms": state.last_at_ms,
        "day": _window(state.day) if state.day is not None else unknown(_UNWATCHED),
        "long_share": number(state.long_share, "nothing was liquidated" if known else blind),
    }


def _checklist(view: MarketView) -> Json:
    checked = view.checklist
    found: Json = {}
    for direction, given in (("long", checked.long), ("short", checked.short)):
        items = [
            {
                "name": clean(item.name),
                "grade": item.long if direction == "long" else item.short,
                "value": clean(item.value) or None,
                "reason": clean(item.reason),
                "weight": item.weight,
                "age_ms": item.age_ms,
                "threshold": clean(item.threshold),
                "percentile": item.percentile,
                "history_ms": item.history_ms,
                "source": clean(item.source),
            }
            for item in checked.items
        ]
        found[direction] = {
            "verdict": given.verdict,
            "score": number(given.score, given.reason),
            "coverage": given.coverage,
            "reason": clean(given.reason),
            "items": items,
        }
    return found


def _funding(view: MarketView) -> Json:
    rate = view.funding_median
    if not view.funding:
        return unknown("no funding rate seen")
    rows = [asdict(item) | {"venue": clean(item.venue)} for item in view.funding]
    return {
        "median_per_8h": rate.per_8h if rate is not None else unknown("no venue's funding interval is known"),
        "stale": rate.stale if rate is not None else all(item.stale for item in view.funding),
        "venues": rows,
    }


def _venues(feeds: Sequence[FeedHealth]) -> Json:
    if not feeds:
        return unknown("no feed is configured or known yet")
    found: Json = {}
    for feed in feeds:
        entry = found.setdefault(clean(feed.venue), {"state": "off", "streams": []})
        entry["state"] = max(entry["state"], feed.state, key=SEVERITY.index)
        row = asdict(feed) | {"stream": clean(feed.stream), "evidence": clean(feed.evidence)}
        row["doubts"] = [clean(doubt) for doubt in feed.doubts]
        del row["venue"]
        entry["streams"].append(row)
    return found


def _coverage(view: MarketView) -> Json:
    total = window_total(view, view.ladder.window_minutes)
    counts = view.counts
    return {
        "window_minutes": view.ladder.window_minutes,
        "share": total.coverage if total is not None else unknown(_UNWATCHED),
        "venues": {clean(venue.venue): venue.coverage for venue in total.venues} if total is not None else {},
        "events": counts.events,
        "liquidations": counts.liquidations,
        "not_watched": counts.not_watched,
        "dropped": counts.dropped,
        "merged": counts.merged,
        "left_out": {clean(kind): many for kind, many in counts.left_out.items()},
        "reasons": {clean(kind): clean(reason) for kind, reason in counts.reasons.items()},
    }
