"""Reads the store: events for a warm restart, gaps, bars, history for percentiles. Never writes.

Each call reads the file as it was when it began, in a connection of its own, so any thread may call.
"""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feeds.events import Gap, Market, MarketEvent, StatusEvent
from feeds.store import past
from feeds.store.batch import MINUTE_MS, Document, Kind
from feeds.store.metrics import METRICS, Metric
from feeds.store.place import reading_connection


class StoreError(Exception):
    """The store can't be read: one line, with the file."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One minute of one instrument's trades, USD; `net_taker_usd` is what takers bought less what they sold."""

    venue: str
    market: Market
    symbol: str
    coin: str
    minute_ms: int
    open: float
    high: float
    low: float
    close: float
    volume_usd: float
    net_taker_usd: float


@dataclass(frozen=True, slots=True)
class Point:
    """One instrument's value of a metric in an hour: the last known and its time, or the sum and the hour's start."""

    at_ms: int
    venue: str
    market: Market
    value: float


class Reader:
    """A store for reading, also while another program writes it. Every method may raise `StoreError`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, since_ms: int, coins: Collection[str] = ()) -> Iterator[MarketEvent | StatusEvent]:
        """What happened since, in order of the venues' time: market events of `coins` (none: of all), and streams.

        Every event carries its own time as its receive time: it is history. Streams that are up at the end of what is
        stored are told to be down from when the market was last seen, so read before the live market is.
        """
        with self._connection() as connection:
            yield from past.events(connection, since_ms, coins)

    def gaps(self, since_ms: int, until_ms: int) -> list[Gap]:
        """When each stream that was ever connected was not, between two times; before its first connect it is no gap.

        A stream that is connected now is taken to be so up to `until_ms`.
        """
        with self._connection() as connection:
            return past.gaps(connection, since_ms, until_ms)

    def bars(self, since_ms: int, coins: Collection[str] = ()) -> Iterator[Bar]:
        """The minute bars since, in order of time. A minute without a bar had no trade, or was not seen."""
        sql = (
            f"SELECT {past.NAMES}, minute * {MINUTE_MS}, open, high, low, close, volume_usd, net_taker_usd "
            "FROM bar JOIN series ON series = id WHERE minute >= ? AND series IN (%s) ORDER BY minute, series"
        )
        for row in self.rows(sql, coins, since_ms // MINUTE_MS):
            yield Bar(*row)

    def history(self, metric: Metric, coin: str, since_ms: int) -> list[Point]:
        """The stored values of a metric by instrument and hour, in order of time. Unknown ones are no points.

        An hour without a point of a sum had nothing, or was not seen: `gaps` tells.
        """
        with self._connection() as connection:
            return [Point(*row) for row in connection.execute(METRICS[metric], (since_ms, coin))]

    def documents(self, kind: Kind, since_ms: int = 0) -> list[Document]:
        """The fates or the journal since, in order of time."""
        with self._connection() as connection:
            rows = connection.execute(
                "SELECT key, at_ms, version, payload FROM document WHERE kind = ? AND at_ms >= ? ORDER BY at_ms, key",
                (kind, since_ms),
            )
            return [Document(*row) for row in rows]

    def rows(self, sql: str, coins: Collection[str], *values: int) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that has `%s` where the numbers of the coins' series belong."""
        with self._connection() as connection:
            yield from connection.execute(sql.replace("%s", past.series(connection, coins)), values)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = reading_connection(self.path)
            try:
                connection.execute("BEGIN")
                yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise StoreError(f"{self.path}: {error}") from error
