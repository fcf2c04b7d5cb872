"""What the checklist of a coin grades, gathered from its state, its feeds and the moment."""

from dataclasses import replace

from scoring.around import Around, listing, map_venues
from scoring.candles import Bar
from scoring.coin import CoinState
from scoring.facts import Bitcoin, Facts
from scoring.reports import DAY_MS, HOUR_MS
from scoring.sanity.believed import believed
from scoring.settings import ScoringSettings
from scoring.view import FundingReading, TrendReading, WindowTotal


def facts_of(
    state: CoinState,
    price: float | None,
    fundings: tuple[FundingReading, ...],
    day: WindowTotal,
    around: Around,
    settings: ScoringSettings,
) -> Facts:
    """What the checklist grades. `price`: a fresh one, None where there is none."""
    now_ms, reports, telling = around.at_ms, state.reports, listing(state, around)
    state.settle(now_ms)
    trading = believed(
        around.unwatched.seen(state.name, filter(state.flows.trades_on, around.all_feeds)), "trades", state.name, now_ms
    )
    return Facts(
        now_ms=now_ms,
        blind=around.blind,
        fundings=fundings,
        day=day,
        interest=reports.interest(now_ms),
        price_1h=reports.price_change(price, HOUR_MS, now_ms),
        price_24h=reports.price_change(price, DAY_MS, now_ms),
        flow=state.flows.readings(trading, now_ms),
        large=state.large.view(trading, now_ms),
        crowd=reports.crowd(now_ms),
        options=reports.options(now_ms),
        cascades=state.watch.states(now_ms),
        hour=state.hours.place(state.venues, telling, now_ms),
        heard_ms=max((feed.last_ms for feed in telling if feed.last_ms is not None), default=None),
        map=None
        if state.estimate is None or price is None
        else state.estimate.brief(price, map_venues(state, around, settings), now_ms),
        trend=tuple(_trend(state, interval, now_ms, settings) for interval in ("1h", "15m")),
        bitcoin=_bitcoin(state, around, settings),
    )


def _bars(state: CoinState, interval: str, now_ms: int, settings: ScoringSettings) -> tuple[list[Bar], str]:
    return state.reports.bars(interval, settings.price.venues, settings.trend.slow, now_ms)


def _trend(state: CoinState, interval: str, now_ms: int, settings: ScoringSettings) -> TrendReading:
    bars, why_none = _bars(state, interval, now_ms, settings)
    if why_none:
        return TrendReading(interval, None, None, why_none)
    venue = state.reports.candles_of(interval, settings.price.venues, settings.trend.slow, now_ms)
    return replace(state.trends.of(interval, bars, settings.trend), venue=venue)


def _bitcoin(state: CoinState, around: Around, settings: ScoringSettings) -> Bitcoin | None:
    bitcoin = around.bitcoin
    if bitcoin is None:
        return None
    trend = _trend(bitcoin, "1h", around.at_ms, settings)
    if bitcoin is state:
        return Bitcoin(trend, None, None, True)
    own, _ = _bars(state, "15m", around.at_ms, settings)
    btc, _ = _bars(bitcoin, "15m", around.at_ms, settings)
    together = state.trends.with_bitcoin(own, btc, settings.trend.half_life_candles)
    rho, beta = together or (None, None)
    return Bitcoin(trend, rho, beta, False, bitcoin.watch.states(around.at_ms))
