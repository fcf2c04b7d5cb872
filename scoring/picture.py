"""One coin's view put together from its state, its feeds and the moment."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.cascade import cascade_view
from scoring.checklist import checklist
from scoring.coin import CoinState
from scoring.feed import Feed
from scoring.funding import readings
from scoring.settings import ScoringSettings
from scoring.totals import window_total
from scoring.view import (
    ChecklistView,
    Cluster,
    CoinSummary,
    Counts,
    FeedHealth,
    LadderView,
    MarketView,
    Reading,
    WindowTotal,
)
from scoring.window import MINUTE_MS, WINDOWS


@dataclass(frozen=True, slots=True)
class Around:
    """What the view of every coin shares at one moment."""

    at_ms: int
    liquidation_feeds: Sequence[Feed]
    blind: str | None
    feeds: tuple[FeedHealth, ...]
    coins: tuple[CoinSummary, ...]
    counts: Counts


def picture(state: CoinState, window: int, zoom: int, around: Around, settings: ScoringSettings) -> MarketView:
    """The view of one coin."""
    now_ms = around.at_ms
    price = state.prices.reading(now_ms)
    totals = _totals(state, around)
    usual = state.usual_minute.value(state.venues, around.liquidation_feeds, now_ms)
    fundings = readings(state.fundings.values(), now_ms, settings.funding)
    ladder = LadderView(window_minutes=window)
    above: tuple[Cluster, ...] = ()
    below: tuple[Cluster, ...] = ()
    if price.value is not None:
        ladder = state.ladder.view(window, price.value, zoom)
        above, below = state.clusters.find(state.ladder, window, price.value, now_ms)
    return MarketView(
        at_ms=now_ms,
        coin=state.name,
        price=price,
        change=state.prices.change(price),
        ladder=ladder,
        above=above,
        below=below,
        cascade=cascade_view(state.last_minute, usual, totals[-1], around.blind, now_ms),
        checklist=checklist(fundings, totals[-1], around.blind, now_ms, settings.checklist, settings.funding),
        tape=state.tape.rows(),
        funding=fundings,
        totals=totals,
        feeds=around.feeds,
        coins=around.coins,
        counts=around.counts,
    )


def unseen(coin: str, window: int, around: Around) -> MarketView:
    """The view of a coin of which nothing has been seen."""
    return MarketView(
        at_ms=around.at_ms,
        coin=coin,
        price=Reading(reason=f"nothing of {coin} was seen yet"),
        ladder=LadderView(window_minutes=window),
        checklist=ChecklistView(),
        feeds=around.feeds,
        coins=around.coins,
        counts=around.counts,
    )


def _totals(state: CoinState, around: Around) -> tuple[WindowTotal, ...]:
    minute = around.at_ms // MINUTE_MS
    return tuple(
        window_total(
            window,
            state.venues.sums(window),
            around.liquidation_feeds,
            (minute - window + 1) * MINUTE_MS,
            around.at_ms,
        )
        for window in WINDOWS
    )
