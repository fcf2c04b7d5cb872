"""A market view as a JSON document. What is not known is `{"value": null, "reason": ...}`, never 0."""

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from scoring.view import Cluster, FeedHealth, MarketView, SideTotal, TapeRow, VenueTotal, WindowTotal
from tui.format import clean
from tui.views.funding import funding_median
from tui.views.seen import (
    SEVERITY,
    WHOLE,
    is_stale,
    waiting,
    watched,
    window_total,
)

Json = dict[str, Any]

_UNWATCHED = "no liquidation feed was seen in this window"
_LATER = "not collected by this version"


def snapshot_json(view: MarketView, mode: str) -> Json:
    """The whole view. `mode` is LIVE, REPLAY or DEMO; times UNIX ms, shares and rates fractions."""
    unknown = _unknown(_LATER)
    return {
        "coin": clean(view.coin),
        "at_ms": view.at_ms,
        "mode": mode,
        "price": _price(view),
        "ladder": _ladder(view),
        "totals": [_window(total) for total in view.totals] or _unknown("no liquidation feed is watched"),
        "clusters": {"above": _clusters(view, view.above), "below": _clusters(view, view.below)},
        "asymmetry": _asymmetry(view),
        "cascade": _cascade(view),
        "checklist": _checklist(view),
        "open_interest": unknown,
        "funding": _funding(view),
        "long_short": unknown,
        "cvd": {"spot": unknown, "futures": unknown},
        "large_trades": _large_trades(view),
        "depth": unknown,
        "options": unknown,
        "btc_context": unknown,
        "trend": unknown,
        "venues": _venues(view.feeds),
        "coverage": _coverage(view),
    }


def snapshot_schema() -> Json:
    """The JSON schema of `snapshot_json`'s document."""
    from tui.snapshot_schema import Snapshot  # pydantic is slow to import and only this needs it

    return Snapshot.model_json_schema()


def _unknown(reason: str) -> Json:
    return {"value": None, "reason": clean(reason)}


def _number(value: float | None, reason: str) -> float | Json:
    return value if value is not None and math.isfinite(value) else _unknown(reason)


def _price(view: MarketView) -> Json:
    reading, change = view.price, view.change
    if reading.value is None:
        return _unknown(waiting(view))
    return {
        "value": reading.value,
        "source": clean(reading.source),
        "at_ms": reading.at_ms,
        "age_ms": view.at_ms - reading.at_ms if reading.at_ms is not None else None,
        "stale": is_stale(reading, view.at_ms),
        "change": {"fraction": change.fraction, "span_ms": change.span_ms}
        if change is not None
        else _unknown("no earlier price seen"),
    }


def _ladder(view: MarketView) -> Json:
    ladder = view.ladder
    total = window_total(view, ladder.window_minutes)
    if not ladder.cells and not watched(total):
        return _unknown(_UNWATCHED)
    rows = [
        {"low": index * ladder.step, "high": (index + 1) * ladder.step, **asdict(cell)}
        for index, cell in sorted(ladder.cells.items())
    ]
    return {
        "basis": "realised",
        "window_minutes": ladder.window_minutes,
        "step": ladder.step,
        "coverage": total.coverage if total is not None else 0.0,
        "rows": rows,
    }


def _side(side: SideTotal, coverage: float, was_watched: bool) -> Json:
    if not was_watched and not side.count and not side.usd:
        return _unknown(_UNWATCHED)
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


def _clusters(view: MarketView, clusters: Sequence[Cluster]) -> list[Json] | Json:
    if not clusters and view.price.value is None:
        return _unknown(waiting(view))
    if not clusters and not watched(window_total(view, view.ladder.window_minutes)):
        return _unknown(_UNWATCHED)
    return [asdict(item) for item in clusters]


def _asymmetry(view: MarketView) -> Json:
    window = view.ladder.window_minutes
    total = window_total(view, window)
    both = total.long.usd + total.short.usd if total is not None else 0.0
    if total is None or both <= 0:
        return _unknown("nothing was liquidated in this window" if watched(total) else _UNWATCHED)
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
    return {
        "state": _unknown("states are not judged by this version"),
        "blind": clean(state.blind) if state.blind is not None else None,
        "long_60s": state.long_60s if known else _unknown(blind),
        "short_60s": state.short_60s if known else _unknown(blind),
        "sampled": state.sampled,
        "usual_minute": _number(state.usual_minute if known else None, soon),
        "ratio": _number(state.ratio if known else None, soon),
        "last_at_ms": state.last_at_ms,
        "day": _window(state.day) if state.day is not None else _unknown(_UNWATCHED),
        "long_share": _number(state.long_share, "nothing was liquidated" if known else blind),
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
            }
            for item in checked.items
        ]
        found[direction] = {
            "verdict": given.verdict,
            "score": _number(given.score, given.reason),
            "coverage": given.coverage,
            "reason": clean(given.reason),
            "items": items,
        }
    return found


def _funding(view: MarketView) -> Json:
    rate = funding_median(view)
    if not view.funding:
        return _unknown("no funding rate seen")
    rows = [asdict(item) | {"venue": clean(item.venue)} for item in view.funding]
    return {
        "median_per_8h": rate.per_8h if rate is not None else _unknown("no venue's funding interval is known"),
        "stale": rate.stale if rate is not None else all(item.stale for item in view.funding),
        "venues": rows,
    }


def _large_trades(view: MarketView) -> list[Json] | Json:
    return [_trade(row) for row in view.tape if row.taker is not None] or _unknown("no large trade seen")


def _trade(row: TapeRow) -> Json:
    return {
        "at_ms": row.at_ms,
        "venue": clean(row.venue),
        "market": row.market,
        "taker": row.taker,
        "usd": row.usd,
        "price": row.price,
    }


def _venues(feeds: Sequence[FeedHealth]) -> Json:
    if not feeds:
        return _unknown("no feed is configured or known yet")
    found: Json = {}
    for feed in feeds:
        entry = found.setdefault(clean(feed.venue), {"state": "off", "streams": []})
        entry["state"] = max(entry["state"], feed.state, key=SEVERITY.index)
        row = asdict(feed) | {"stream": clean(feed.stream), "evidence": clean(feed.evidence)}
        del row["venue"]
        entry["streams"].append(row)
    return found


def _coverage(view: MarketView) -> Json:
    total = window_total(view, view.ladder.window_minutes)
    counts = view.counts
    return {
        "window_minutes": view.ladder.window_minutes,
        "share": total.coverage if total is not None else _unknown(_UNWATCHED),
        "venues": {clean(venue.venue): venue.coverage for venue in total.venues} if total is not None else {},
        "events": counts.events,
        "liquidations": counts.liquidations,
        "dropped": counts.dropped,
        "left_out": {clean(kind): number for kind, number in counts.left_out.items()},
    }
