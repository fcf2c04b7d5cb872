"""The stored past as a market is told it when the program starts: when what was watched, and what was seen then.

Where a stream was up says nothing of a coin that nobody watched at the time. So whoever stores notes that too, as
streams of a venue of their own (`watching`), and the past of an exchange's market is told as one stream: its
connections of then are not those of now.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from heapq import merge
from itertools import pairwise
from typing import Any

import msgspec

from feeds.events import Bar, Connected, Disconnected, Event, Gap, Liquidation, Market, Past, Stored, Watched
from feeds.store.batch import MINUTE_MS, InstrumentKey
from feeds.store.past import LIQUIDATIONS, NAMES, funding, interest, liquidation, ratio
from feeds.store.reader import Reader
from feeds.store.spans import STOPPED

WATCHER = "liqtop"
"""The venue of the streams that tell when a coin was watched; their names are those of the coins."""
_DAY_MINUTES = 1440
_KEPT_MS = 31 * 86_400_000
"""How far back readings are told: the estimated map and percentiles look back a month."""
_REST = " rest"
"""How the names of streams end that carry no liquidations."""
_RECENT_MS = 2 * 3_600_000

Spans = list[tuple[int, int]]

_STREAMS = (
    "SELECT venue, market, name, since_ms, coalesce(until_ms, (SELECT value FROM mark WHERE name = 'seen_ms'), 0) "
    "FROM span JOIN stream ON stream = id WHERE since_ms < ?1 ORDER BY since_ms"
)
_READINGS = (
    f"SELECT max(at_ms), {NAMES}, {{values}} FROM {{table}} JOIN series ON series = id "
    "WHERE minute >= ?1 / 60000 AND minute < ?2 / 60000 AND series IN (%s) GROUP BY minute / ?3, series{by} ORDER BY 1"
)
_INTEREST = _READINGS.format(values="coins, notional_usd", table="interest", by="")
_FUNDING = _READINGS.format(values="rate, interval_hours, next_at_ms", table="funding", by="")
_RATIO = _READINGS.format(values="basis, long_share", table="ratio", by=", basis")
_TRADED = (
    "SELECT venue, market, symbol, max(minute * 60000 + closed) FROM bar JOIN series ON series = id "
    "WHERE minute >= ?1 / 60000 AND series IN (%s) GROUP BY series"
)


def watching(coins: Collection[str], at_ms: int, begins: bool) -> list[Connected | Disconnected]:
    """What to store where coins begin or cease to be watched."""
    kind = Connected if begins else Disconnected
    reason = "watched" if begins else "not watched any more"
    return [
        kind(venue=WATCHER, market="perp", stream=coin, at_ms=at_ms, received_ms=at_ms, reason=reason)
        for coin in sorted(coins)
    ]


def traded_until(reader: Reader, since_ms: int, coins: Collection[str]) -> dict[InstrumentKey, int]:
    """Until when the trades of each instrument that was traded since are stored. Raises `StoreError`."""
    return {(venue, market, symbol): at_ms for venue, market, symbol, at_ms in reader.rows(_TRADED, coins, since_ms)}


def recall(
    reader: Reader, now_ms: int, coins: Collection[str], venues: Collection[str], streams: bool = True
) -> Iterator[Stored]:
    """All that is stored of these coins on these exchanges: the last day, a month's readings, and when it was seen.

    The last makes sums count as seen, and so comes when all of them are told. `streams`: whether the streams of the
    exchanges are told too, or the coins only. All is told at `now_ms`. Open interest is told by the minute for two
    hours, by 5 minutes for a day, and by the hour before; funding and ratios by the hour. Raises `StoreError`.
    """
    since_ms = (now_ms // MINUTE_MS - _DAY_MINUTES + 1) * MINUTE_MS
    forced = map(liquidation, reader.rows(LIQUIDATIONS, coins, since_ms))
    day = merge(_bars(reader, since_ms, coins), forced, key=lambda event: event.at_ms)
    for event in _of(venues, day):
        yield _told(event, now_ms)
    for event in _of(venues, _readings(reader, since_ms, now_ms, coins)):
        yield _told(event, now_ms)
    for past in _seen(reader, since_ms - MINUTE_MS, now_ms, coins, venues if streams else ()):
        yield _told(past, now_ms)


def _of(venues: Collection[str], events: Iterator[Any]) -> Iterator[Any]:
    return (event for event in events if event.venue in venues)


def _told(past: Past, now_ms: int) -> Stored:
    return Stored(venue=WATCHER, market="perp", stream="store", at_ms=now_ms, received_ms=now_ms, reason="", past=past)


def _bars(reader: Reader, since_ms: int, coins: Collection[str]) -> Iterator[Bar]:
    for bar in reader.bars(since_ms, coins):
        yield Bar(
            venue=bar.venue,
            market=bar.market,
            symbol=bar.symbol,
            coin=bar.coin,
            at_ms=bar.minute_ms,
            received_ms=bar.minute_ms,
            open=bar.open,
            high=bar.high,
            low=bar.low,
            close=bar.close,
            volume_usd=bar.volume_usd,
            net_taker_usd=bar.net_taker_usd,
        )


def _readings(reader: Reader, since_ms: int, now_ms: int, coins: Collection[str]) -> Iterator[Event]:
    """Readings of the past are told as a venue's own history is: received now. A running rate keeps its time."""
    recent_ms, oldest_ms, end_ms = now_ms - _RECENT_MS, now_ms - _KEPT_MS, now_ms + MINUTE_MS
    steps = ((oldest_ms, since_ms, 60), (since_ms, recent_ms, 5), (recent_ms, end_ms, 1))
    for sql, build, parts in (
        (_INTEREST, interest, steps),
        (_FUNDING, funding, ((oldest_ms, end_ms, 60),)),
        (_RATIO, ratio, ((oldest_ms, end_ms, 60),)),
    ):
        yield from _history(reader, sql, build, parts, now_ms, coins)


def _history(
    reader: Reader,
    sql: str,
    build: Callable[[tuple[Any, ...]], Event],
    parts: Sequence[tuple[int, int, int]],
    now_ms: int,
    coins: Collection[str],
) -> Iterator[Event]:
    for first_ms, last_ms, minutes in parts:
        for row in reader.rows(sql, coins, first_ms, last_ms, minutes):
            event = build(row)
            running = getattr(event, "next_at_ms", None) is not None
            yield event if running else msgspec.structs.replace(event, received_ms=now_ms)


def _seen(
    reader: Reader, since_ms: int, now_ms: int, coins: Collection[str], venues: Collection[str]
) -> Iterator[Past]:
    """When each feed was connected and each coin watched, from `since_ms` on."""
    feeds: dict[tuple[str, Market], dict[str, Spans]] = defaultdict(lambda: defaultdict(list))
    watched: dict[str, Spans] = defaultdict(list)
    for venue, market, name, first_ms, last_ms in reader.rows(_STREAMS, (), now_ms):
        span = max(first_ms, since_ms), min(last_ms, now_ms)
        if span[0] >= span[1]:
            continue
        if venue == WATCHER:
            watched[name].append(span)
        elif venue in venues and not name.endswith(_REST):
            feeds[venue, market][name].append(span)
    runs = _runs(watched.values())
    for (venue, market), streams in feeds.items():
        yield from _statuses(venue, market, _whole(streams, runs), now_ms)
    for coin in coins:
        yield Watched(coin=coin, spans=tuple(watched.get(coin, ())))


def _runs(watched: Collection[Spans]) -> Spans:
    """The times of one list of coins, and so of one set of connections: cut wherever a coin came or went."""
    edges = sorted({edge for spans in watched for span in spans for edge in span})
    return [
        (first, last)
        for first, last in pairwise(edges)
        if any(start <= first and last <= end for spans in watched for start, end in spans)
    ]


def _whole(streams: dict[str, Spans], runs: Spans) -> Spans:
    """When all connections that a feed had in a run were up."""
    found: Spans = []
    for run in runs:
        parts = [clipped for spans in streams.values() if (clipped := _within(spans, [run]))]
        together = parts[0] if parts else []
        for part in parts[1:]:
            together = _within(together, part)
        found += together
    return found


def _within(spans: Spans, others: Spans) -> Spans:
    """The time that lies in both."""
    both = [(max(first, start), min(last, end)) for first, last in spans for start, end in others]
    return sorted(span for span in both if span[0] < span[1])


def _statuses(venue: str, market: Market, spans: Spans, now_ms: int) -> Iterator[Connected | Disconnected | Gap]:
    """One stream up in these spans, under the name of the market's first connection, and the gaps behind them."""
    name: dict[str, Any] = {"venue": venue, "market": market, "stream": f"{venue} {market}"}
    for place, (first_ms, last_ms) in enumerate(spans):
        next_ms = spans[place + 1][0] if place + 1 < len(spans) else now_ms
        yield Connected(**name, at_ms=first_ms, received_ms=first_ms, reason="as stored")
        yield Disconnected(**name, at_ms=last_ms, received_ms=last_ms, reason=STOPPED)
        if last_ms < next_ms:
            yield Gap(**name, at_ms=next_ms, received_ms=next_ms, since_ms=last_ms, reason=STOPPED)


def liquidations_since(reader: Reader, since_ms: int, coins: Collection[str]) -> list[Liquidation]:
    """The liquidations since, in order of time. Raises `StoreError`."""
    return [liquidation(row) for row in reader.rows(LIQUIDATIONS, coins, since_ms)]
