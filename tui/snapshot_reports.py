"""The snapshot's JSON of what exchanges report: open interest, ratios, flow, depth, options, trend."""

from collections.abc import Sequence
from typing import Any

from feeds.events import Market
from scoring.view import CrowdReading, DepthReading, FlowReading, InterestReading, MarketView, OptionsReading, TapeRow
from tui.format import clean
from tui.unknown import Json, number, unknown
from tui.views.missing import missing

_HISTORY = "no history that far back"
_NO_ANSWER = "no answer yet"


def open_interest(view: MarketView) -> Json:
    """Every exchange's open interest, one side, and who is missing."""
    there = [row.venue for row in view.interest]
    return _table(view, "open interest", there, [_interest(row) for row in view.interest])


def _table(view: MarketView, what: str, there: Sequence[str], rows: list[Json], nothing: str = _NO_ANSWER) -> Json:
    absent = {clean(venue): unknown(why) for venue, why in missing(view, what, there, nothing)}
    if not rows and not absent:
        return unknown("no exchange that tells it is watched")
    return {"venues": rows, "missing": absent}


def _interest(row: InterestReading) -> Json:
    changes = {name: number(getattr(row, name), _HISTORY) for name in ("coins_1h", "coins_24h", "usd_1h", "usd_24h")}
    amounts = {"coins": number(row.coins, "not told"), "usd": number(row.usd, "no price to reckon it at")}
    return {"venue": clean(row.venue), **amounts, **changes, "at_ms": row.at_ms, "stale": row.stale}


def long_short(view: MarketView) -> Json:
    """Every exchange's long share by its basis."""
    rows = [_crowd(row) for row in view.crowd]
    return _table(view, "long/short", [row.venue for row in view.crowd], rows)


def _crowd(row: CrowdReading) -> Json:
    return {
        "venue": clean(row.venue),
        "basis": row.basis,
        "long_share": row.long_share,
        "change_24h": number(row.change_24h, _HISTORY),
        "at_ms": row.at_ms,
        "stale": row.stale,
    }


def cvd(view: MarketView) -> Json:
    """Taker buys less sells on spot and on perpetuals, by exchange (`all`: together) and window."""
    return {"spot": _flows(view, "spot", "spot CVD"), "futures": _flows(view, "perp", "futures CVD")}


def _flows(view: MarketView, market: Market, what: str) -> Json:
    rows = [row for row in view.flow if row.market == market]
    return _table(view, what, [row.venue for row in rows], [_flow(row) for row in rows], "no trade yet")


def _flow(row: FlowReading) -> Json:
    return {
        "venue": clean(row.venue) or "all",
        "window_minutes": row.window_minutes,
        "usd": number(row.usd if row.coverage > 0 else None, "its trades were not seen in this window"),
        "coverage": row.coverage,
        "z": number(row.z, "too little of the day was seen"),
    }


def large_trades(view: MarketView) -> Json:
    """Sums of the last minutes, and the latest large trades, newest first."""
    known = view.large
    latest = [_trade(row) for row in view.tape if row.taker is not None]
    seen = known.coverage > 0 or known.count > 0
    if not seen and not latest:
        return unknown("no trade seen")
    why = "its trades were not seen in this window"
    return {
        "window_minutes": known.window_minutes,
        "threshold_usd": number(known.threshold_usd, "no threshold yet"),
        "buy_usd": number(known.buy_usd if seen else None, why),
        "sell_usd": number(known.sell_usd if seen else None, why),
        "count": number(known.count if seen else None, why),
        "z": number(known.z, "too little of the day was seen"),
        "coverage": known.coverage,
        "latest": latest,
    }


def _trade(row: TapeRow) -> Json:
    return {
        "at_ms": row.at_ms,
        "venue": clean(row.venue),
        "market": row.market,
        "taker": row.taker,
        "usd": row.usd,
        "price": row.price,
    }


def depth(view: MarketView) -> Json:
    """Resting orders near the middle."""
    rows = [_depth(row) for row in view.depth]
    return _table(view, "depth", [row.venue for row in view.depth], rows)


def _depth(row: DepthReading) -> Json:
    return {
        "venue": clean(row.venue),
        "market": row.market,
        "band_percent": row.band_percent,
        "bid_usd": row.bid_usd,
        "ask_usd": row.ask_usd,
        "at_ms": row.at_ms,
        "stale": row.stale,
    }


def options(view: MarketView) -> Json:
    """Puts per call."""
    return _table(view, "options", [row.venue for row in view.options], [_options(row) for row in view.options])


def _options(row: OptionsReading) -> Json:
    return {
        "venue": clean(row.venue),
        "family": clean(row.family),
        "open_interest": number(row.open_interest, "not told"),
        "volume": number(row.volume, "not told"),
        "at_ms": row.at_ms,
        "stale": row.stale,
    }


def trend(view: MarketView) -> list[Json] | Json:
    """The trend by candle length."""
    rows: list[Json] = [
        {
            "interval": clean(row.interval),
            "score": number(row.score, row.reason),
            "adx": number(row.adx, row.reason if row.score is None else "too few candles"),
            "reason": clean(row.reason),
            "at_ms": row.at_ms,
        }
        for row in view.trend
    ]
    return rows or unknown("no candle seen")


def btc_context(view: MarketView) -> Json:
    """What bitcoin's trend means for the coin, as the checklist grades it."""
    for item in view.checklist.items:
        if item.name == "BTC context" and "unknown" not in (item.long, item.short):
            found: dict[str, Any] = {"long": item.long, "short": item.short, "value": clean(item.value)}
            return found | {"reason": clean(item.reason)}
        if item.name == "BTC context":
            return unknown(item.reason)
    return unknown("not graded yet")
