"""One coin's view put together from its state, its feeds and the moment."""

from collections.abc import Sequence
from dataclasses import replace

from scoring.around import Around, Shown, listing, map_venues
from scoring.cascade import cascade_view
from scoring.checklist import checklist
from scoring.coin import CoinState
from scoring.course_picture import course_of
from scoring.feed import Feed
from scoring.funding import funding_median, readings
from scoring.gathered import facts_of
from scoring.reports import DAY_MS
from scoring.settings import ScoringSettings
from scoring.totals import window_total
from scoring.venues import venue_states
from scoring.view import (
    CascadeView,
    Change,
    ChecklistView,
    Cluster,
    LadderView,
    LargeTradesView,
    MapView,
    MarketView,
    Reading,
    WindowTotal,
)
from scoring.window import MINUTE_MS, WINDOWS


def picture(state: CoinState, shown: Shown, around: Around, settings: ScoringSettings) -> MarketView:
    """The view of one coin. A venue that doesn't list the coin says nothing about it."""
    around = replace(around, liquidation_feeds=listing(state, around), blind=around.all_feeds.blind(state.name))
    now_ms = around.at_ms
    price = state.prices.reading(now_ms)
    totals = _totals(state, around)
    fundings = readings(state.fundings.values(), now_ms, settings.funding, state.reports.place_of_funding)
    middle = funding_median(fundings, now_ms)
    ladder, above, below = _realised(state, shown, price, now_ms)
    rates = _rates(state, totals[-1], around)
    cascades = state.watch.view(now_ms, totals[-1], None if middle is None else middle.per_8h, rates.ratio)
    fresh = None if price.reason else price.value
    facts = replace(facts_of(state, fresh, fundings, totals[-1], around, settings), cascades=cascades)
    return MarketView(
        at_ms=now_ms,
        coin=state.name,
        price=price,
        change=_change(state, price, facts.price_24h),
        ladder=ladder,
        above=above,
        below=below,
        map=_estimated(state, shown, price, ladder.step, around, settings),
        cascade=rates,
        cascades=cascades,
        checklist=checklist(facts, settings),
        tape=state.tape.rows(),
        funding=fundings,
        funding_median=middle,
        totals=totals,
        feeds=around.feeds,
        coins=around.coins,
        interest=facts.interest,
        crowd=facts.crowd,
        flow=facts.flow,
        large=facts.large or LargeTradesView(),
        depth=state.reports.depth(now_ms),
        options=facts.options,
        trend=facts.trend,
        venues=venue_states(state.name, around.all_feeds),
        course=course_of(state, shown.window, around, fresh, middle, settings),
        counts=around.counts,
    )


def refreshed(
    last: MarketView, state: CoinState, shown: Shown, around: Around, settings: ScoringSettings
) -> MarketView:
    """`last` with what moves within a second as it is now: price, change, ladder, clusters, map and tape."""
    now_ms = around.at_ms
    price = state.prices.reading(now_ms)
    ladder, above, below = _realised(state, shown, price, now_ms)
    over_24h = state.reports.price_change(None if price.reason else price.value, DAY_MS, now_ms)
    return replace(
        last,
        at_ms=now_ms,
        price=price,
        change=_change(state, price, over_24h),
        ladder=ladder,
        above=above,
        below=below,
        map=_estimated(state, shown, price, ladder.step, around, settings),
        tape=state.tape.rows(),
        counts=around.counts,
    )


def _realised(
    state: CoinState, shown: Shown, price: Reading, now_ms: int
) -> tuple[LadderView, tuple[Cluster, ...], tuple[Cluster, ...]]:
    """What was liquidated around the price, and in which bands above and below it; without a price there is none."""
    if price.value is None:
        return LadderView(window_minutes=shown.window), (), ()
    ladder = state.ladder.view(shown.window, price.value, shown.zoom)
    return ladder, *state.clusters.find(state.ladder, shown.window, price.value, now_ms)


def _rates(state: CoinState, day: WindowTotal, around: Around) -> CascadeView:
    """How fast positions are closed by force, against the usual minute of the feeds that tell of the coin."""
    telling = [feed for feed in around.liquidation_feeds if not feed.refusals.reason(state.name)]
    usual = state.usual_minute.value(state.venues, telling, around.at_ms)
    return cascade_view(state.last_minute, usual, day, around.blind, around.at_ms)


def _estimated(
    state: CoinState, shown: Shown, price: Reading, step: float, around: Around, settings: ScoringSettings
) -> MapView:
    """The estimated map as it is looked at, on the ladder's rows; why there is none where there is none."""
    lens, preset = shown.lens or settings.map.lens, shown.preset or settings.map.preset
    if state.estimate is None:
        return MapView(lens, preset, "no exchange has told its open interest yet")
    if price.value is None:
        return MapView(lens, preset, "there is no price yet")
    wanted = map_venues(state, around, settings)
    return state.estimate.view(lens, preset, price.value, step, wanted, around.at_ms)


def _change(state: CoinState, price: Reading, over_24h: float | None) -> Change | None:
    """The price's change over 24 h: by the candles where they reach back that far, else over what was seen."""
    if over_24h is not None and price.reason == "":
        return Change(over_24h, DAY_MS)
    return state.prices.change(price)


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
        venues=venue_states(coin, around.all_feeds),
        counts=around.counts,
    )


def day_total(state: CoinState, around: Around) -> WindowTotal:
    """The coin's liquidations of 24 h, by the venues that list it."""
    return _total(state, WINDOWS[-1], listing(state, around), around.at_ms)


def _totals(state: CoinState, around: Around) -> tuple[WindowTotal, ...]:
    return tuple(_total(state, window, around.liquidation_feeds, around.at_ms) for window in WINDOWS)


def _total(state: CoinState, window: int, feeds: Sequence[Feed], now_ms: int) -> WindowTotal:
    first_ms = (now_ms // MINUTE_MS - window + 1) * MINUTE_MS
    return window_total(window, state.venues.sums(window), feeds, first_ms, now_ms, state.name)
