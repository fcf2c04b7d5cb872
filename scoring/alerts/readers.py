"""Numbers read off a view for the alerts. What is stale, blind or not known has a reason instead of a value."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from feeds.events import Market
from scoring.alerts.connects import Connects
from scoring.interest import aggregate_change
from scoring.view import FundingReading, MarketView
from scoring.view.alerts import Observed

_DAY_LEAST_MS = 23 * 3_600_000
"""A change over less than this is none over 24 h. Judgement."""
_FLOW_MINUTES = 60
_COVERAGE_LEAST = 0.5
"""A window's balance is told from this share of it on, as the checklist does."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A coin's view at one moment, and when its streams came up."""

    view: MarketView
    now_ms: int
    connects: Connects


def price(moment: Moment) -> Iterable[Observed]:
    """The price, where it is fresh."""
    reading, coin = moment.view.price, moment.view.coin
    if reading.value is None or reading.reason:
        return [Observed(coin, reason=reading.reason or "no price")]
    if reading.stale_at_ms is not None and moment.now_ms > reading.stale_at_ms:
        return [Observed(coin, reason="the price is stale")]
    return [Observed(coin, reading.value, source=reading.source, at_ms=reading.at_ms)]


def change_24h(moment: Moment) -> Iterable[Observed]:
    """The price's change, where a whole day was seen."""
    change, coin = moment.view.change, moment.view.coin
    (now,) = price(moment)
    if not now.known:
        return [now]
    if change is None or change.span_ms < _DAY_LEAST_MS:
        return [Observed(coin, reason="not a day of prices yet")]
    return [Observed(coin, change.fraction, source=now.source, at_ms=now.at_ms)]


def funding_median(moment: Moment) -> Iterable[Observed]:
    """The median of the fresh rates whose interval is known."""
    return [_funding(moment, median, "median of")]


def funding_highest(moment: Moment) -> Iterable[Observed]:
    """The highest of them."""
    return [_funding(moment, max, "highest of")]


def funding_lowest(moment: Moment) -> Iterable[Observed]:
    """The lowest of them."""
    return [_funding(moment, min, "lowest of")]


def _funding(moment: Moment, choose: Callable[[Sequence[float]], float], word: str) -> Observed:
    rows: list[FundingReading] = [row for row in moment.view.funding if row.per_8h is not None and not row.stale]
    rates = [row.per_8h for row in rows if row.per_8h is not None]
    if not rates:
        stale = "funding is stale" if moment.view.funding else "no funding rate yet"
        return Observed(moment.view.coin, reason=stale)
    venues = ", ".join(row.venue for row in rows)
    return Observed(moment.view.coin, choose(rates), source=f"{word} {venues}", at_ms=max(row.at_ms for row in rows))


def interest_1h(moment: Moment) -> Iterable[Observed]:
    """The change of the exchanges' sum over an hour."""
    rows = [(row.coins, row.coins_1h, row.venue, row.at_ms) for row in moment.view.interest if not row.stale]
    return [_interest(moment.view, rows)]


def interest_24h(moment: Moment) -> Iterable[Observed]:
    """The change of the exchanges' sum over a day."""
    rows = [(row.coins, row.coins_24h, row.venue, row.at_ms) for row in moment.view.interest if not row.stale]
    return [_interest(moment.view, rows)]


def _interest(view: MarketView, rows: Sequence[tuple[float | None, float | None, str, int]]) -> Observed:
    known = [(coins, by, venue, at) for coins, by, venue, at in rows if coins is not None and by is not None]
    change = aggregate_change([(coins, by) for coins, by, _, _ in known])
    if change is None:
        return Observed(view.coin, reason="no such history of open interest" if rows else "no fresh open interest")
    venues = ", ".join(venue for _, _, venue, _ in known)
    return Observed(view.coin, change, source=f"sum of {venues}", at_ms=max(at for *_, at in known))


def imbalance_1h(moment: Moment) -> Iterable[Observed]:
    """The balance of an hour's liquidations."""
    return [_imbalance(moment, 60)]


def imbalance_24h(moment: Moment) -> Iterable[Observed]:
    """The balance of a day's liquidations."""
    return [_imbalance(moment, 1440)]


def _imbalance(moment: Moment, minutes: int) -> Observed:
    view = moment.view
    total = next((total for total in view.totals if total.window_minutes == minutes), None)
    seen = [venue for venue in total.venues if venue.coverage > 0] if total else []
    if total is None or not seen or min(venue.coverage for venue in seen) < _COVERAGE_LEAST:
        return Observed(view.coin, reason="too little of the window was seen")
    both = total.long.usd + total.short.usd
    if both <= 0:
        return Observed(view.coin, reason="nothing was liquidated")
    value = (total.short.usd - total.long.usd) / both
    return Observed(view.coin, value, source=", ".join(venue.venue for venue in seen), at_ms=moment.now_ms)


def cvd_spot(moment: Moment) -> Iterable[Observed]:
    """The z-score of spot's flow over an hour."""
    return [_flow(moment, "spot")]


def cvd_futures(moment: Moment) -> Iterable[Observed]:
    """The z-score of the perpetuals' flow over an hour."""
    return [_flow(moment, "perp")]


def _flow(moment: Moment, market: Market) -> Observed:
    key = ("", market, _FLOW_MINUTES)
    row = next((row for row in moment.view.flow if (row.venue, row.market, row.window_minutes) == key), None)
    if row is None or row.z is None:
        return Observed(moment.view.coin, reason="not enough of the day's flow seen yet")
    return Observed(moment.view.coin, row.z, source=f"all {market} trades", at_ms=moment.now_ms)


def large_trades(moment: Moment) -> Iterable[Observed]:
    """The z-score of the large trades' balance."""
    z = moment.view.large.z
    if z is None:
        return [Observed(moment.view.coin, reason="not enough of the day's large trades seen yet")]
    return [Observed(moment.view.coin, z, source="large trades", at_ms=moment.now_ms)]


def long_share(moment: Moment) -> Iterable[Observed]:
    """The median long share of accounts."""
    rows = [row for row in moment.view.crowd if row.basis == "accounts" and not row.stale]
    if not rows:
        return [Observed(moment.view.coin, reason="no fresh long/short ratio")]
    venues = ", ".join(row.venue for row in rows)
    value = median(row.long_share for row in rows)
    return [Observed(moment.view.coin, value, source=f"median of {venues}", at_ms=max(row.at_ms for row in rows))]


def trend(moment: Moment) -> Iterable[Observed]:
    """The trend of 1 h candles."""
    row = next((row for row in moment.view.trend if row.interval == "1h"), None)
    if row is None or row.score is None:
        return [Observed(moment.view.coin, reason=row.reason if row is not None else "no candles yet")]
    return [Observed(moment.view.coin, float(row.score), source="1h candles", at_ms=row.at_ms)]


def cluster_above(moment: Moment) -> Iterable[Observed]:
    """How far the nearest estimated cluster of shorts is."""
    return [_cluster(moment, [cluster.distance for cluster in moment.view.map.above])]


def cluster_below(moment: Moment) -> Iterable[Observed]:
    """How far the nearest estimated cluster of longs is."""
    return [_cluster(moment, [cluster.distance for cluster in moment.view.map.below])]


def _cluster(moment: Moment, distances: Sequence[float]) -> Observed:
    view = moment.view
    (now,) = price(moment)
    if not now.known or view.map.reason or not distances:
        return Observed(view.coin, reason=now.reason or view.map.reason or "no cluster in reach")
    nearest = min(abs(distance) for distance in distances)
    return Observed(view.coin, nearest, source="estimated map", at_ms=view.map.at_ms, modelled=True)
