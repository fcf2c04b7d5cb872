"""A coin's cascades in the snapshot's JSON: states with their inputs, levels, log, what came after. What is not known
is null with its reason; a direction of which nothing can be told has no numbers at all."""

from dataclasses import asdict

from scoring.view import MarketView
from scoring.view.cascades import CascadeInputs, CascadeState, Corrected, CrossedLevel
from tui.format import clean
from tui.unknown import Json, number, unknown
from tui.views.cascade import blind_reason
from tui.views.cascade_state import by_urgency
from tui.views.cascade_sums import now_known

_NO_RUN = "no run of the price under forced orders"
_UNREAD = "not read since an ignition"
_INCOMPLETE = "no complete feed is up"


def cascade_states(view: MarketView) -> Json:
    """Both directions and what belongs to them; `state` is the one that matters more."""
    found = view.cascades
    blind = view.cascade.blind
    return {
        "state": "blind" if blind_reason(view) is not None else by_urgency(view)[0].state,
        "down": _direction(found.down, view),
        "up": _direction(found.up, view),
        "log": [asdict(row) | {"text": clean(row.text)} for row in found.log],
        "exhaustion": _exhaustion(view),
        "balance": _balance(view),
        "corrected": unknown(blind or "not watched")
        if not now_known(view)
        else [_corrected(venue, one) for venue, one in found.corrected],
    }


def _direction(state: CascadeState, view: MarketView) -> Json:
    blind = view.cascade.blind
    if blind is not None:
        state = CascadeState(state.direction, "blind", 0, blind, state.rule)
    why = clean(state.why)
    return {
        "state": state.state,
        "since_ms": state.since_ms if state.since_ms > 0 else unknown(why),
        "why": why,
        "rule": state.rule,
        "at_least": state.at_least,
        "run": number(state.run, _NO_RUN),
        "retraced": number(state.retraced, _NO_RUN),
        "inputs": unknown(why) if state.state == "blind" or not now_known(view) else _inputs(state.inputs),
        "levels": [_level(level) for level in state.levels],
    }


def _inputs(found: CascadeInputs) -> Json:
    renewal = _INCOMPLETE if not found.complete else "no forced order to tell it by"
    return {
        "usd_60s": found.usd_60s,
        "orders_60s": found.orders_60s,
        "least_usd": found.least_usd,
        "impulse_bp": number(found.impulse_bp, "no resting orders are known"),
        "ratio": number(found.ratio, "the usual rate is not known yet"),
        "fast_rate": found.fast_rate,
        "renewal": number(found.renewal, renewal),
        "renewal_low": number(found.renewal_low, renewal),
        "renewal_high": number(found.renewal_high, renewal),
        "move_60": number(found.move_60, "no price a minute ago"),
        "move_120": number(found.move_120, "no price two minutes ago"),
        "sigmas": number(found.sigmas, "the usual volatility is not known yet"),
        "needed_move": number(found.needed_move, "the usual volatility is not known yet"),
        "levels": found.levels,
        "interest_5m": number(found.interest_5m, _UNREAD),
        "interest_since": number(found.interest_since, _UNREAD),
        "complete": found.complete,
        "sampled": found.sampled,
        "saturated": found.saturated,
    }


def _level(level: CrossedLevel) -> Json:
    first = "the first level of its run"
    return asdict(level) | {
        "growth": number(level.growth, first),
        "pace": number(level.pace, first),
        "verdict": level.verdict if level.verdict is not None else unknown(first),
    }


def _exhaustion(view: MarketView) -> Json:
    badge = view.cascades.exhaustion
    if badge is None:
        return unknown("no cascade in the last hours")
    return {
        "of": view.cascades.exhaustion_of,
        "extent": badge.extent,
        "met": badge.met,
        "parts": [asdict(part) | {"name": clean(part.name), "reason": clean(part.reason)} for part in badge.parts],
    }


def _balance(view: MarketView) -> Json:
    balance = view.cascades.balance
    if balance is None:
        return unknown("nothing was liquidated" if now_known(view) else view.cascade.blind or "not watched")
    few = "no earlier day is known" if not balance.days else f"{balance.days} earlier days are too few"
    return asdict(balance) | {
        "words": clean(balance.words),
        "ratio": number(balance.ratio, "one side alone was liquidated"),
        "rank": number(balance.rank, few),
    }


def _corrected(venue: str, found: Corrected) -> Json:
    reason = clean(found.reason)
    return {
        "venue": clean(venue),
        "raw_usd": found.raw_usd,
        "usd": number(found.usd, reason),
        "low": found.low,
        "high": number(found.high, reason),
        "per_second": number(found.per_second, reason),
        "saturated": found.saturated,
        "reason": reason,
    }
