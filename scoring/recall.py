"""Folds what an earlier run stored: counted where it belongs in time, and nothing else than counted.

No feed lives by it, no order of trades is made of it, no cascade begins with it, and no map is measured by it.
"""

from collections.abc import Mapping

from feeds.events import Bar, Connected, Disconnected, Funding, Gap, Liquidation, Past, Watched
from scoring.coin import CoinState
from scoring.feed import Feed, Feeds
from scoring.ladder import MICRO
from scoring.unwatched import Unwatched
from scoring.window import MINUTE_MS


def recall(past: Past, coins: Mapping[str, CoinState], feeds: Feeds, unwatched: Unwatched, now_ms: int) -> None:
    """Take one thing of the past. Of what is older than the longest window nothing is left to count."""
    if isinstance(past, Connected | Disconnected | Gap):
        feeds.note(past)
        return
    if isinstance(past, Watched):
        unwatched.recall(past.coin, past.spans, now_ms)
        return
    coin = coins.get(past.coin)
    if coin is None:
        return
    if isinstance(past, Liquidation):
        _liquidation(past, coin, feeds.of(past.venue, past.market), now_ms)
    elif isinstance(past, Bar):
        _bar(past, coin, feeds.of(past.venue, past.market), now_ms)
    elif isinstance(past, Funding):
        coin.take_funding(past)
        coin.timeline.recall_rate(past)
    else:
        coin.take_report(past, now_ms)


def _liquidation(past: Liquidation, coin: CoinState, feed: Feed, now_ms: int) -> None:
    if coin.count_liquidation(past, feed.number, now_ms) is None:
        feed.liquidations += 1
        feed.sampling = feed.sampling or past.sampled


def _bar(past: Bar, coin: CoinState, feed: Feed, now_ms: int) -> None:
    """A minute's taker flow, and its last price on a perpetual."""
    if past.market == "perp":
        coin.prices.recall(past.venue, min(past.at_ms + MINUTE_MS - 1, now_ms), past.close)
    amount = round(past.net_taker_usd * MICRO)
    coin.flows.recall(past.at_ms // MINUTE_MS, feed.number, amount)
    coin.timeline.recall_bar(past, amount)
