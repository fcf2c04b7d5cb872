"""All venues' prices side by side: which is frozen, and what a coin costs at the moment."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from feeds.events import MarkPrice, Trade
from scoring.feed import Feed
from scoring.sanity.book import FeedBook
from scoring.sanity.doubts import Doubt, Subject
from scoring.sanity.frozen import Frozen

_FRESH_MS = 10_000
"""Prices and lags older than this are left to the verdict on the stream."""
_FAULT = "frozen price"

_Told = tuple[float, int]
"""A price, and a number that differs where it was told again."""


def is_fresh(event: Trade | MarkPrice, now_ms: int) -> bool:
    """Whether an event is recent enough to be compared with others."""
    return now_ms - event.received_ms <= _FRESH_MS


def judge_prices(feeds: Sequence[Feed], book: Callable[[Feed], FeedBook], now_ms: int) -> None:
    """Doubt the prices of each feed that are frozen."""
    marks = {feed.number: _marks(feed, now_ms) for feed in feeds}
    trades = {feed.number: _trades(feed, now_ms) for feed in feeds}
    for feed in feeds:
        checks = book(feed)
        _judge(feed, feeds, marks, lambda coin: checks.frozen(checks.marks, coin), "mark prices", now_ms)  # noqa: B023
        _judge(feed, feeds, trades, lambda coin: checks.frozen(checks.prices, coin), "trades", now_ms)  # noqa: B023


def _marks(feed: Feed, now_ms: int) -> dict[str, _Told]:
    return {coin: (one.mark, one.received_ms) for coin, one in feed.marks.items() if is_fresh(one, now_ms)}


def _trades(feed: Feed, now_ms: int) -> dict[str, _Told]:
    return {coin: (one.last.price, one.count) for coin, one in feed.probes.items() if is_fresh(one.last, now_ms)}


def _judge(
    feed: Feed,
    feeds: Sequence[Feed],
    told: dict[int, dict[str, _Told]],
    check_of: Callable[[str], Frozen],
    subject: Subject,
    now_ms: int,
) -> None:
    for coin, (price, counted) in told[feed.number].items():
        others = {
            other.venue: told[other.number][coin][0]
            for other in feeds
            if other.venue != feed.venue and other.market == feed.market and coin in told[other.number]
        }
        check = check_of(coin)
        check.judge(price, counted, others, now_ms)
        known = feed.doubts.open.get((_FAULT, subject, coin))
        if check.held and known is None:
            text = f"{coin} price is frozen at {price:,.6g} while the other venues' moves"
            feed.doubts.hold(Doubt(_FAULT, subject, coin, check.since_ms, now_ms, text))
        elif known is not None and not check.held:
            feed.doubts.lift(_FAULT, subject, coin, now_ms)


def coin_prices(feeds: Iterable[Feed], now_ms: int) -> dict[str, float]:
    """Each coin's price: the median of the fresh marks, else of the last trades."""
    marks: dict[str, list[float]] = {}
    trades: dict[str, list[float]] = {}
    for feed in feeds:
        for told, found in ((_marks(feed, now_ms), marks), (_trades(feed, now_ms), trades)):
            for coin, (price, _) in told.items():
                found.setdefault(coin, []).append(price)
    return {coin: median(prices) for coin, prices in (trades | marks).items()}
