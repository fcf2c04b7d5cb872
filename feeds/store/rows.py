"""Writes a batch into the tables, within the caller's transaction. What SQLite can't hold is left out and counted."""

import sqlite3
from collections.abc import Iterator
from hashlib import blake2b
from itertools import count
from math import isfinite
from secrets import randbits

from feeds.events import Event, Funding, Liquidation, LongShort, Market, OpenInterest
from feeds.store import spans
from feeds.store.batch import STEP_MINUTES, Batch, Reading

_MOST = 2**63 - 1

_LIQUIDATION = "INSERT OR IGNORE INTO liquidation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_BAR = """
INSERT INTO bar VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (minute, series) DO UPDATE SET
    open = CASE WHEN excluded.opened < opened THEN excluded.open ELSE open END, opened = min(opened, excluded.opened),
    high = max(high, excluded.high), low = min(low, excluded.low),
    close = CASE WHEN excluded.closed >= closed THEN excluded.close ELSE close END,
    closed = max(closed, excluded.closed),
    volume_usd = volume_usd + excluded.volume_usd, net_taker_usd = net_taker_usd + excluded.net_taker_usd
"""
_INTEREST = """
INSERT INTO interest VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (minute, series) DO UPDATE SET
    at_ms = excluded.at_ms, received_ms = excluded.received_ms, coins = excluded.coins,
    notional_usd = excluded.notional_usd
WHERE excluded.at_ms >= at_ms
"""
_FUNDING = """
INSERT INTO funding VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (minute, series) DO UPDATE SET
    at_ms = excluded.at_ms, received_ms = excluded.received_ms, rate = excluded.rate,
    interval_hours = excluded.interval_hours, next_at_ms = excluded.next_at_ms
WHERE excluded.at_ms >= at_ms
"""
_RATIO = """
INSERT INTO ratio VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (minute, series, basis) DO UPDATE SET
    at_ms = excluded.at_ms, received_ms = excluded.received_ms, long_share = excluded.long_share
WHERE excluded.at_ms >= at_ms
"""
_DOCUMENT = "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?, ?)"

Value = str | int | float | bytes | None


class Rows:
    """Writes batches through one connection; remembers the numbers of series and streams.

    After a transaction that failed, `forget` what it may have numbered.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._series: dict[tuple[str, Market, str, str], int] = {}
        self._streams: dict[tuple[str, Market, str], int] = {}
        self._unnamed = count(randbits(62))

    def forget(self) -> None:
        """Ask the file again which number a series or a stream has."""
        self._series.clear()
        self._streams.clear()

    def write(self, batch: Batch) -> int:
        """Write all of a batch; returns how many rows SQLite could not hold. Raises `sqlite3.Error`."""
        unsound = 0
        for sql, row in self._rows(batch):
            if _sound(row):
                self._connection.execute(sql, row)
            else:
                unsound += 1
        for event in batch.turns:
            key = (event.venue, event.market, event.stream)
            if _sound((*key, event.at_ms, getattr(event, "since_ms", 0), event.reason)):
                spans.turn(self._connection, self._stream(*key), event)
            else:
                unsound += 1
        seen = (max(batch.seen_ms, 0), max(batch.newest_ms, 0))
        if _sound(seen):
            for name, value in zip(("seen_ms", "newest_ms"), seen, strict=True):
                self._mark(name, value)
        return unsound

    def _rows(self, batch: Batch) -> Iterator[tuple[str, tuple[Value, ...]]]:
        for liquidation in batch.liquidations:
            yield _LIQUIDATION, self._liquidation(liquidation)
        for (venue, market, symbol, minute), bar in batch.bars.items():
            times = (minute, self._number(venue, market, symbol, bar.coin), bar.opened, bar.closed)
            yield _BAR, (*times, bar.open, bar.high, bar.low, bar.close, bar.volume, bar.net)
        for reading in batch.readings.values():
            yield self._reading(reading)
        for (kind, key), document in batch.documents.items():
            yield _DOCUMENT, (kind, key, document.version, document.at_ms, document.payload)

    def _liquidation(self, event: Liquidation) -> tuple[Value, ...]:
        number = numbered(event.identity) if event.identity else next(self._unnamed)
        keys = (event.at_ms, self._series_of(event), number, event.received_ms, event.position == "short")
        return (*keys, event.sampled, event.price, event.quantity, event.notional_usd, event.identity)

    def _reading(self, event: Reading) -> tuple[str, tuple[Value, ...]]:
        step = STEP_MINUTES[type(event)]
        key = (event.at_ms // 60_000 // step * step, self._series_of(event))
        times = (event.at_ms, event.received_ms)
        match event:
            case OpenInterest():
                return _INTEREST, (*key, *times, event.coins, event.notional_usd)
            case Funding():
                return _FUNDING, (*key, *times, event.rate, event.interval_hours, event.next_at_ms)
            case LongShort():
                return _RATIO, (*key, event.basis, *times, event.long_share)

    def _series_of(self, event: Event) -> int | None:
        return self._number(event.venue, event.market, event.symbol, event.coin)

    def _number(self, venue: str, market: Market, symbol: str, coin: str) -> int | None:
        """The series' number; None where SQLite can't hold its names."""
        key = (venue, market, symbol, coin)
        number = self._series.get(key)
        if number is None and _sound(key):
            self._connection.execute(
                "INSERT OR IGNORE INTO series (venue, market, symbol, coin) VALUES (?, ?, ?, ?)", key
            )
            wanted = "SELECT id FROM series WHERE venue = ? AND market = ? AND symbol = ? AND coin = ?"
            number = self._series[key] = int(self._connection.execute(wanted, key).fetchone()[0])
        return number

    def _stream(self, venue: str, market: Market, name: str) -> int:
        key = (venue, market, name)
        number = self._streams.get(key)
        if number is None:
            self._connection.execute("INSERT OR IGNORE INTO stream (venue, market, name) VALUES (?, ?, ?)", key)
            wanted = "SELECT id FROM stream WHERE venue = ? AND market = ? AND name = ?"
            number = self._streams[key] = int(self._connection.execute(wanted, key).fetchone()[0])
        return number

    def _mark(self, name: str, value: int) -> None:
        self._connection.execute(
            "INSERT INTO mark VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)",
            (name, value),
        )


def numbered(identity: str) -> int:
    """A liquidation's identity as the 64-bit number that tells it from others of its series."""
    digest = blake2b(identity.encode(errors="surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _sound(row: tuple[Value, ...]) -> bool:
    """Whether SQLite can hold the row: whole numbers of 64 bits, finite numbers, text that is Unicode.

    The second value of a row is its series or key, which is never null.
    """
    if len(row) > 1 and row[1] is None:
        return False
    for value in row:
        if isinstance(value, float):
            if not isfinite(value):
                return False
        elif isinstance(value, int):
            if not -_MOST <= value <= _MOST:
                return False
        elif isinstance(value, str) and not _encodes(value):
            return False
    return True


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
