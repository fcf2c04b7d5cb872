"""What is too old, or too much, leaves the file in small steps, oldest first."""

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from feeds.store.batch import MINUTE_MS
from feeds.store.schema import Transaction
from feeds.store_settings import StoreSettings

DAY_MS = 86_400_000
STEP_ROWS = 500
"""Rows that one step deletes; a step takes a few milliseconds."""
_VACUUM_PAGES = 200
_THIN_MINUTES = 60
_WARM_MS = 2 * DAY_MS
"""Bars of the last two days make a restart warm: they go no sooner than what else is as old."""
_SHRINK_TO = 0.95
"""A file that outgrew its bound is brought down to this share of it, so that not every commit shrinks it again."""


@dataclass(frozen=True, slots=True)
class _Aged:
    """A table in order of time, and how its time is counted."""

    table: str
    column: str
    unit_ms: int
    days: float


class Retention:
    """Keeps the file within its ages and its bound. Time is the market's, so a wrong clock of ours deletes nothing.

    `clock` measures only how long the work takes.
    """

    def __init__(self, settings: StoreSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._most_bytes = settings.most_megabytes * 1e6
        self._fate_ms = settings.fate_days * DAY_MS
        self._fine_ms = settings.interest_minute_days * DAY_MS
        self._bars = _Aged("bar", "minute", MINUTE_MS, settings.bar_days)
        self._tables = (
            self._bars,
            _Aged("liquidation", "at_ms", 1, settings.liquidation_days),
            _Aged("interest", "minute", MINUTE_MS, settings.interest_days),
            _Aged("funding", "minute", MINUTE_MS, settings.funding_days),
            _Aged("ratio", "minute", MINUTE_MS, settings.ratio_days),
        )
        self._span_ms = settings.span_days * DAY_MS
        self._shrinking = False

    def run(self, connection: sqlite3.Connection, newest_ms: int, seconds: float) -> bool:
        """Work for about so long; True where there is more to do. Raises `sqlite3.Error`."""
        until = self._clock() + seconds
        while self._step(connection, newest_ms):
            if self._clock() >= until:
                return True
        return False

    def _step(self, connection: sqlite3.Connection, newest_ms: int) -> bool:
        """One small piece of work; False where none is left."""
        with Transaction(connection):
            done = (
                self._age(connection, newest_ms)
                or self._thin(connection, newest_ms - self._fine_ms)
                or self._shrink(connection, newest_ms)
            )
        return done or self._vacuum(connection)

    def _age(self, connection: sqlite3.Connection, newest_ms: int) -> bool:
        for aged in self._tables:
            before = int(newest_ms - aged.days * DAY_MS) // aged.unit_ms
            if _delete(connection, aged, before):
                return True
        gone = connection.execute("DELETE FROM span WHERE until_ms < ?", (newest_ms - self._span_ms,)).rowcount
        gone += connection.execute(
            "DELETE FROM document WHERE kind = 'fate' AND at_ms < ?", (newest_ms - self._fate_ms,)
        ).rowcount
        return gone > 0

    def _thin(self, connection: sqlite3.Connection, before_ms: float) -> bool:
        """Keep of old open interest the last reading in five minutes, an hour of it at a time."""
        oldest = connection.execute("SELECT minute FROM interest ORDER BY minute LIMIT 1").fetchone()
        if oldest is None:
            return False
        marked = connection.execute("SELECT value FROM mark WHERE name = 'thinned'").fetchone()
        first = max(oldest[0], marked[0] if marked else 0) // 5 * 5
        border = int(before_ms) // MINUTE_MS // 5 * 5
        if border <= first:
            return False
        later = connection.execute(
            "SELECT minute FROM interest WHERE minute >= ? ORDER BY minute LIMIT 1", (first,)
        ).fetchone()
        first = border if later is None else later[0] // 5 * 5
        last = min(border, first + _THIN_MINUTES)
        connection.execute(
            "DELETE FROM interest WHERE minute >= ? AND minute < ? AND EXISTS (SELECT 1 FROM interest AS later "
            "WHERE later.series = interest.series AND later.minute / 5 = interest.minute / 5 AND later.minute IN "
            "(interest.minute + 1, interest.minute + 2, interest.minute + 3, interest.minute + 4))",
            (first, last),
        )
        connection.execute("INSERT OR REPLACE INTO mark VALUES ('thinned', ?)", (last,))
        return True

    def _shrink(self, connection: sqlite3.Connection, newest_ms: int) -> bool:
        """Delete the oldest rows while the file is too large: old bars first, which venues have too, then of all."""
        pages, free, size = _pages(connection)
        self._shrinking = pages * size > self._most_bytes * (_SHRINK_TO if self._shrinking else 1.0)
        if not self._shrinking or (pages - free) * size <= self._most_bytes * _SHRINK_TO:
            return False
        if _delete(connection, self._bars, (newest_ms - _WARM_MS) // MINUTE_MS):
            return True
        oldest: list[tuple[int, _Aged]] = []
        for aged in self._tables:
            row = connection.execute(f"SELECT {aged.column} FROM {aged.table} ORDER BY 1 LIMIT 1").fetchone()
            if row is not None:
                oldest.append((row[0] * aged.unit_ms, aged))
        if not oldest:
            return False
        _, aged = min(oldest, key=lambda one: one[0])
        return _delete(connection, aged, 2**62)

    def _vacuum(self, connection: sqlite3.Connection) -> bool:
        """Give free pages back to the disk: where the file is too large, or a quarter of it is free."""
        pages, free, _ = _pages(connection)
        if not free or not (self._shrinking or free * 4 > pages):
            return False
        # a script is run to its end; as a query it would give back one page, because it answers no row
        connection.executescript(f"PRAGMA incremental_vacuum({_VACUUM_PAGES})")
        return _pages(connection)[1] < free


def _delete(connection: sqlite3.Connection, aged: _Aged, before: int) -> bool:
    """Delete the oldest rows of a table, as many as one step may, none from `before` on."""
    name, column = aged.table, aged.column
    return (
        connection.execute(
            f"DELETE FROM {name} WHERE {column} < ? AND {column} <= "
            f"coalesce((SELECT {column} FROM {name} ORDER BY {column} LIMIT 1 OFFSET {STEP_ROWS}), {2**62})",
            (before,),
        ).rowcount
        > 0
    )


def _pages(connection: sqlite3.Connection) -> tuple[int, int, int]:
    """Pages of the file, free ones among them, and bytes of each."""
    pages, free, size = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
    )
    return int(pages), int(free), int(size)
