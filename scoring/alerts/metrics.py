"""The table of what an alert can watch: name, meaning, unit, and how it is read off a view."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import get_args

from scoring.alerts import forced, readers, states
from scoring.alerts.readers import Moment
from scoring.view import Health, Verdict
from scoring.view.alerts import Observed, Unit
from scoring.view.cascades import StateName

Read = Callable[[Moment], Iterable[Observed]]

CASCADE_STATES: tuple[str, ...] = get_args(StateName)
_VERDICTS: tuple[str, ...] = get_args(Verdict)
_HEALTH: tuple[str, ...] = get_args(Health)


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing to watch. `relative`: its changes are told as a fraction of what it was, else as a difference.

    `states`: what it can be, where it is no number. `blind`: the state that says nothing of the others. `of_coin`: it
    is about a coin, else about an exchange's streams.
    """

    name: str
    meaning: str
    unit: Unit
    read: Read
    relative: bool = False
    states: tuple[str, ...] = ()
    blind: str = ""
    of_coin: bool = True


def _usd(name: str, meaning: str, read: Read) -> Metric:
    return Metric(name, meaning, "USD", read, relative=True)


_ALL = (
    _usd("price", "the price", readers.price),
    Metric("change_24h", "the price's change over 24 h", "fraction", readers.change_24h),
    Metric("funding_8h", "median funding rate per 8 h", "fraction", readers.funding_median),
    Metric("funding_8h_highest", "the highest exchange's funding rate per 8 h", "fraction", readers.funding_highest),
    Metric("funding_8h_lowest", "the lowest exchange's funding rate per 8 h", "fraction", readers.funding_lowest),
    Metric("interest_1h", "open interest in coins, change over 1 h", "fraction", readers.interest_1h),
    Metric("interest_24h", "open interest in coins, change over 24 h", "fraction", readers.interest_24h),
    _usd("liquidations_long_60s", "longs liquidated in the last minute", forced.liquidated_longs),
    _usd("liquidations_short_60s", "shorts liquidated in the last minute", forced.liquidated_shorts),
    _usd("liquidation_60s", "the largest single liquidation of the last minute", forced.largest_liquidation),
    Metric("liquidations_ratio", "the last minute's liquidations against the usual minute's", "times", forced.ratio),
    Metric(
        "imbalance_1h", "(short - long) / (short + long) of an hour's liquidations", "fraction", readers.imbalance_1h
    ),
    Metric(
        "imbalance_24h", "(short - long) / (short + long) of a day's liquidations", "fraction", readers.imbalance_24h
    ),
    Metric("cvd_spot_z", "taker flow on spot over 1 h against its own day", "z", readers.cvd_spot),
    Metric("cvd_futures_z", "taker flow on perpetuals over 1 h against its own day", "z", readers.cvd_futures),
    _usd("large_trade_60s", "the largest large trade of the last minute", forced.largest_trade),
    Metric("large_trades_z", "large buys less sells of 15 min against their own day", "z", readers.large_trades),
    Metric("long_share", "share of accounts that are long, median of exchanges", "fraction", readers.long_share),
    Metric("trend_1h", "trend of 1 h candles, -3 to +3", "score", readers.trend),
    Metric("cluster_above", "distance to the nearest estimated cluster above", "fraction", readers.cluster_above),
    Metric("cluster_below", "distance to the nearest estimated cluster below", "fraction", readers.cluster_below),
    Metric("score_long", "the checklist's score for a long, 0 to 1", "score", states.score_long),
    Metric("score_short", "the checklist's score for a short, 0 to 1", "score", states.score_short),
    Metric("verdict_long", "the checklist's verdict on a long", "state", states.verdict_long, states=_VERDICTS[:3]),
    Metric("verdict_short", "the checklist's verdict on a short", "state", states.verdict_short, states=_VERDICTS[:3]),
    Metric("cascade_down", "the cascade of longs", "state", states.cascade_down, states=CASCADE_STATES, blind="blind"),
    Metric("cascade_up", "the cascade of shorts", "state", states.cascade_up, states=CASCADE_STATES, blind="blind"),
    Metric("liquidation_feeds", "whether any liquidation can be seen", "state", states.sight, states=("seen", "blind")),
    Metric("feed", "the state of an exchange's streams", "state", states.feeds, states=_HEALTH, of_coin=False),
)

METRICS = {metric.name: metric for metric in _ALL}
"""Every metric by its name, in the order in which `liqtop alerts metrics` lists them."""
