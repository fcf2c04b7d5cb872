"""Facts of what the exchanges report: funding, open interest, long/short, taker flow, depth, options, trend.

As in `tui.topics.facts`, `of` is which one: an exchange's name ("binance"), "" for all of them together, and where a
function says so more parts joined by "/".
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import UNKNOWN, duration, percent, span, venue_code
from tui.format import usd as usd_text
from tui.topics.facts import age, fact, measured, not_known, source, told
from tui.topics.topic import Fact
from tui.views.missing import trouble
from tui.views.seen import WHOLE, seen_span


class _Report(Protocol):
    @property
    def venue(self) -> str: ...
    @property
    def at_ms(self) -> int: ...
    @property
    def stale(self) -> bool: ...


def _reported(rows: Iterable[_Report], of: str, view: MarketView, controls: Controls) -> Sequence[Fact]:
    """Source and age; of all together those that are fresh, with the age of the oldest and who is left out as stale."""
    chosen = [row for row in rows if not of or row.venue == of]
    if not chosen:
        return not_known(controls, trouble(view, of) if of else "")
    fresh = [row for row in chosen if not row.stale]
    counted = fresh or chosen
    facts = [source((row.venue for row in counted), controls)]
    facts.append(age(min(row.at_ms for row in counted), view, controls, stale=not fresh))
    stale = [venue_code(row.venue) for row in chosen if row.stale]
    if fresh and stale:
        facts.append(fact("left out", "{venues}: stale", controls, venues=" ".join(dict.fromkeys(stale))))
    return facts


def _history(percentile: float | None, history_ms: int | None, controls: Controls) -> Sequence[Fact]:
    if percentile is None or history_ms is None:
        return (fact("history", "too short to compare with", controls),)
    text = "higher than {share} of its own last {history}"
    share = percent(percentile / 100, 0, signed=False)
    return (fact("history", text, controls, share=share, history=duration(history_ms)),)


def funding_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of funding rates; with an exchange also the interval, the next payment and the rate's place in its history."""
    facts = _reported(view.funding, of, view, controls)
    row = next((one for one in view.funding if one.venue == of), None)
    if row is None:
        return facts
    every = f"{row.interval_hours:g} h" if row.interval_hours is not None else UNKNOWN
    return (*facts, told("paid every", every, controls), *_history(row.percentile, row.history_ms, controls))


def interest_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of open interest: one side only, never both added up."""
    facts = _reported(
        (one for one in view.interest if one.usd is not None or one.coins is not None), of, view, controls
    )
    row = next((one for one in view.interest if one.venue == of), None)
    counted = fact("counted", "one side: a contract counts once, not for its buyer and its seller", controls)
    if row is None:
        return (*facts, counted)
    return (*facts, counted, *_history(row.percentile, row.history_ms, controls))


def crowd_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of long/short ratios. `of`: "binance" or "binance/top_accounts"; "" is all exchanges' accounts."""
    venue, _, basis = of.partition("/")
    rows = [one for one in view.crowd if basis in ("", one.basis) and (venue or one.basis == "accounts")]
    facts = _reported(rows, venue, view, controls)
    row = next((one for one in rows if venue and one.venue == venue), None)
    return facts if row is None else (*facts, *_history(row.percentile, row.history_ms, controls))


def depth_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of resting orders. `of`: "binance" or "binance/spot"."""
    venue, _, market = of.partition("/")
    rows = [one for one in view.depth if market in ("", one.market)]
    return (*_reported(rows, venue, view, controls), measured(controls))


def options_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of puts per call."""
    return _reported(view.options, of, view, controls)


def flow_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of taker buys less sells (CVD). `of`: "perp", "perp/60" (minutes; an hour without them), "perp/60/binance"."""
    market, _, rest = of.partition("/")
    minutes, _, venue = rest.partition("/")
    window = int(minutes) if minutes.isdigit() else 60
    rows = [one for one in view.flow if one.market == (market or "perp") and one.window_minutes == window]
    row = next((one for one in rows if one.venue == venue), None)
    if row is None:
        return not_known(controls, trouble(view, venue) if venue else "")
    named = [venue] if venue else [one.venue for one in rows if one.venue]
    facts = [measured(controls), source(named, controls)]
    if row.at_ms is not None:
        facts.append(age(row.at_ms, view, controls))
    if row.coverage >= WHOLE:
        facts.append(fact("complete", "all of {window} was seen", controls, window=span(window)))
    else:
        seen = seen_span(row.coverage, window)
        facts.append(fact("complete", "{seen} of {window} was seen", controls, seen=seen, window=span(window)))
    return (*facts, *_history(row.percentile, row.history_ms, controls))


def large_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of large trades: from which size on, how many, how much of the window was seen."""
    large = view.large
    if large.threshold_usd is None:
        return (*not_known(controls), fact("large from", "not known before enough trades were seen", controls))
    window = span(large.window_minutes)
    return (
        measured(controls),
        told("large from", f"{usd_text(large.threshold_usd)} USD", controls),
        fact("count", "{count} in {window}", controls, count=large.count, window=window),
        fact(
            "complete",
            "{seen} of {window} was seen",
            controls,
            seen=seen_span(large.coverage, large.window_minutes),
            window=window,
        ),
    )


def trend_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of the trend on one candle interval ("1h"), or the first there is."""
    row = next((one for one in view.trend if not of or one.interval == of), None)
    if row is None or row.score is None:
        return not_known(controls, row.reason if row else "")
    facts = [source([row.venue] if row.venue else [], controls), told("because", row.reason, controls)]
    return (*facts, age(row.at_ms, view, controls))
