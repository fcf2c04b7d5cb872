"""The stored past as events: what a warm restart feeds the market, and the gaps between what was seen."""

import sqlite3
from collections.abc import Callable, Collection, Iterator
from heapq import merge
from typing import Any

from feeds.events import (
    Connected,
    Disconnected,
    Funding,
    Gap,
    Liquidation,
    LongShort,
    Market,
    MarketEvent,
    OpenInterest,
    StatusEvent,
)

StreamKey = tuple[str, Market, str]
"""Venue, market, name."""

NAMES = "series.venue, series.market, series.symbol, series.coin"
LIQUIDATIONS = (
    f"SELECT at_ms, {NAMES}, short, price, quantity, notional_usd, sampled, identity "
    "FROM liquidation JOIN series ON series = id WHERE at_ms >= ?1 AND series IN (%s) ORDER BY at_ms, series, number"
)
_READINGS = (
    f"SELECT at_ms, {NAMES}, {{values}} FROM {{table}} JOIN series ON series = id "
    "WHERE minute >= ?1 / 60000 - 4 AND at_ms >= ?1 AND series IN (%s) ORDER BY at_ms, series"
)
_SPANS = (
    "SELECT venue, market, name, since_ms, until_ms, ended FROM span JOIN stream ON stream = id "
    "WHERE until_ms IS NULL OR until_ms >= ? ORDER BY stream, since_ms"
)


def events(
    connection: sqlite3.Connection, since_ms: int, coins: Collection[str]
) -> Iterator[MarketEvent | StatusEvent]:
    """What happened since, in order of time, market events of `coins` only (none named: of all)."""
    chosen = series(connection, coins)
    parts: list[Iterator[MarketEvent | StatusEvent]] = [iter(_statuses(connection, since_ms))]
    for sql, build in _TABLES:
        parts.append(map(build, connection.execute(sql % chosen, (since_ms,))))
    return merge(*parts, key=lambda event: event.at_ms)


def series(connection: sqlite3.Connection, coins: Collection[str]) -> str:
    """The numbers of the coins' series, as SQL's `IN` wants them; of all where no coin is named."""
    found = connection.execute("SELECT id, coin FROM series").fetchall()
    return ", ".join(str(int(number)) for number, coin in found if not coins or coin in coins)


def gaps(connection: sqlite3.Connection, since_ms: int, until_ms: int) -> list[Gap]:
    """When each stream was not connected between two times. A span that is open reaches to `until_ms`."""
    found: list[Gap] = []
    before: dict[StreamKey, tuple[int, str]] = {}
    for venue, market, name, start, until, ended in connection.execute(_SPANS, (0,)):
        key: StreamKey = (venue, market, name)
        if key in before:
            found.append(_gap(key, before[key][0], min(start, until_ms), before[key][1]))
        before[key] = (max(until_ms if until is None else until, since_ms), ended)
    found += [_gap(key, end, until_ms, why) for key, (end, why) in before.items()]
    return sorted((gap for gap in found if gap.since_ms < gap.at_ms), key=lambda gap: (gap.since_ms, gap.stream))


def _statuses(connection: sqlite3.Connection, since_ms: int) -> list[StatusEvent]:
    """The streams' lives since, in order of time. What is open is known up to when the market was last seen."""
    seen = connection.execute("SELECT value FROM mark WHERE name = 'seen_ms'").fetchone()
    told: list[StatusEvent] = []
    before: dict[StreamKey, tuple[int, str]] = {}
    for venue, market, name, start, until, ended in connection.execute(_SPANS, (since_ms,)):
        key: StreamKey = (venue, market, name)
        begin = max(start, since_ms)
        end, why = (max(seen[0] if seen else begin, begin), "not known since") if until is None else (until, ended)
        if key in before and before[key][0] < begin:
            told.append(_gap(key, before[key][0], begin, before[key][1]))
        told.append(_status(Connected, key, begin, "as stored"))
        told.append(_status(Disconnected, key, end, why))
        before[key] = end, why
    return sorted(told, key=lambda event: event.at_ms)


def _status(kind: type[Connected | Disconnected], key: StreamKey, at_ms: int, why: str) -> StatusEvent:
    venue, market, stream = key
    return kind(venue=venue, market=market, stream=stream, at_ms=at_ms, received_ms=at_ms, reason=why)


def _gap(key: StreamKey, since_ms: int, at_ms: int, why: str) -> Gap:
    venue, market, stream = key
    return Gap(venue=venue, market=market, stream=stream, since_ms=since_ms, at_ms=at_ms, received_ms=at_ms, reason=why)


def _instrument(row: tuple[Any, ...]) -> dict[str, Any]:
    """What all market events carry; history arrived when it happened."""
    at_ms, venue, market, symbol, coin = row[:5]
    return {"venue": venue, "market": market, "symbol": symbol, "coin": coin, "at_ms": at_ms, "received_ms": at_ms}


def liquidation(row: tuple[Any, ...]) -> Liquidation:
    """A liquidation of `LIQUIDATIONS`."""
    short, price, quantity, usd, sampled, identity = row[5:]
    return Liquidation(
        **_instrument(row),
        position="short" if short else "long",
        price=price,
        quantity=quantity,
        notional_usd=usd,
        sampled=bool(sampled),
        identity=identity,
    )


def interest(row: tuple[Any, ...]) -> OpenInterest:
    """Open interest: at_ms, names, coins, notional_usd."""
    return OpenInterest(**_instrument(row), coins=row[5], notional_usd=row[6])


def funding(row: tuple[Any, ...]) -> Funding:
    """Funding: at_ms, names, rate, interval_hours, next_at_ms."""
    return Funding(**_instrument(row), rate=row[5], interval_hours=row[6], next_at_ms=row[7])


def ratio(row: tuple[Any, ...]) -> LongShort:
    """A long/short ratio: at_ms, names, basis, long_share."""
    return LongShort(**_instrument(row), basis=row[5], long_share=row[6])


_TABLES: tuple[tuple[str, Callable[[tuple[Any, ...]], MarketEvent]], ...] = (
    (LIQUIDATIONS, liquidation),
    (_READINGS.format(values="coins, notional_usd", table="interest"), interest),
    (_READINGS.format(values="rate, interval_hours, next_at_ms", table="funding"), funding),
    (_READINGS.format(values="basis, long_share", table="ratio"), ratio),
)
