"""Forced orders and large trades read off a view for the alerts, without what was told late."""

from collections.abc import Iterable
from typing import Literal

from scoring.alerts.connects import LAST_MINUTE_MS
from scoring.alerts.readers import Moment
from scoring.view import MarketView, TapeRow, WindowTotal
from scoring.view.alerts import Observed

Side = Literal["long", "short"]


def liquidated_longs(moment: Moment) -> Iterable[Observed]:
    """Longs liquidated in the last minute, without backlogs."""
    return [_liquidated(moment, "long", moment.view.cascade.long_60s)]


def liquidated_shorts(moment: Moment) -> Iterable[Observed]:
    """Shorts liquidated in the last minute, without backlogs."""
    return [_liquidated(moment, "short", moment.view.cascade.short_60s)]


def _liquidated(moment: Moment, side: Side, usd: float) -> Observed:
    view = moment.view
    if blind := view.cascade.blind or _unseen(view):
        return Observed(view.coin, reason=f"blind: {blind}")
    old = moment.connects.backlog(view.coin, side)
    return Observed(
        view.coin,
        max(0.0, usd - old),
        source=_liquidation_feeds(view),
        at_ms=moment.now_ms,
        at_least=view.cascade.sampled or old > 0 or _partly_seen(view),
    )


def ratio(moment: Moment) -> Iterable[Observed]:
    """The last minute against the usual one, without backlogs."""
    view = moment.view
    usual = view.cascade.usual_minute
    (longs,), (shorts,) = liquidated_longs(moment), liquidated_shorts(moment)
    if longs.value is None or shorts.value is None:
        return [longs]
    if not usual:
        return [Observed(view.coin, reason="the usual minute is not known yet")]
    return [
        Observed(
            view.coin,
            (longs.value + shorts.value) / usual,
            source=longs.source,
            at_ms=moment.now_ms,
            at_least=longs.at_least,
        )
    ]


def largest_liquidation(moment: Moment) -> Iterable[Observed]:
    """The largest liquidation on the tape in the last minute; nothing that large is 0."""
    if blind := moment.view.cascade.blind or _unseen(moment.view):
        return [Observed(moment.view.coin, reason=f"blind: {blind}")]
    return [_largest(moment, [row for row in moment.view.tape if row.position is not None], _partly_seen(moment.view))]


def largest_trade(moment: Moment) -> Iterable[Observed]:
    """The largest large trade on the tape in the last minute; nothing that large is 0."""
    if moment.view.large.coverage <= 0:
        return [Observed(moment.view.coin, reason="no trades seen yet")]
    return [_largest(moment, [row for row in moment.view.tape if row.taker is not None], False)]


def _largest(moment: Moment, rows: Iterable[TapeRow], partly: bool) -> Observed:
    oldest_ms = moment.now_ms - LAST_MINUTE_MS
    news = [row for row in rows if row.at_ms > oldest_ms and not moment.connects.is_backlog(row)]
    if not news:
        return Observed(moment.view.coin, 0.0, source="the tape", at_ms=moment.now_ms, at_least=partly)
    best = max(news, key=lambda row: row.usd)
    what = best.position or best.taker
    return Observed(
        moment.view.coin, best.usd, source=f"{best.venue} {what}", at_ms=best.at_ms, at_least=best.sampled or partly
    )


def _shortest(view: MarketView) -> WindowTotal | None:
    return min(view.totals, key=lambda total: total.window_minutes, default=None)


def _unseen(view: MarketView) -> str:
    total = _shortest(view)
    return "" if total is not None and any(venue.coverage > 0 for venue in total.venues) else "no feed was seen lately"


def _partly_seen(view: MarketView) -> bool:
    total = _shortest(view)
    return total is None or any(venue.coverage < 1 for venue in total.venues)


def _liquidation_feeds(view: MarketView) -> str:
    total = _shortest(view)
    return ", ".join(venue.venue for venue in total.venues if venue.coverage > 0) if total is not None else ""
