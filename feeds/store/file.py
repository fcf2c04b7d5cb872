"""The file while it is open for writing: one connection; begun anew where the file is damaged or was moved away."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from feeds.store.batch import Batch, InstrumentKey
from feeds.store.place import move_aside, open_for_writing
from feeds.store.retention import Retention
from feeds.store.rows import Rows
from feeds.store.schema import Transaction
from feeds.store_settings import StoreSettings

_BEYOND = 1.1
"""The file can't outgrow its bound times this: SQLite refuses, and what waits is written once there is room."""
_RECENT_MINUTES = 15
"""Trades are admitted up to 10 minutes late: what an earlier run has of each instrument since then is looked up."""


class StoreFile:
    """Opens on first use, and again after `drop`. All methods belong to one thread and raise `sqlite3.Error` or
    `Unusable`.

    `floors`: until when the trades of each instrument are in the file from an earlier run. `notes`: what was done.
    """

    def __init__(self, path: Path, settings: StoreSettings, now_ms: int) -> None:
        self.path = path
        self.notes: list[str] = []
        self.floors: dict[InstrumentKey, int] = {}
        self._now_ms = now_ms
        self._most_bytes = settings.most_megabytes * 1e6 * _BEYOND
        self._retention = Retention(settings)
        self._connection: sqlite3.Connection | None = None
        self._rows: Rows | None = None
        self._inode: tuple[int, int] | None = None

    def write(self, batch: Batch) -> int:
        """Write a batch in one transaction; returns how many of its rows SQLite could not hold."""
        connection, rows = self.open()
        try:
            with Transaction(connection):
                return rows.write(batch)
        except sqlite3.Error:
            rows.forget()
            raise

    def tidy(self, newest_ms: int, seconds: float) -> bool:
        """Delete what is too old or too much for about so long; True where there is more to do."""
        return self._retention.run(self.open()[0], newest_ms, seconds)

    def open(self) -> tuple[sqlite3.Connection, Rows]:
        """The connection; a new file where the old one is gone."""
        if self._connection is not None and _inode(self.path) != self._inode:
            self.notes.append(f"{self.path}: it was moved or deleted, and a new one was begun")
            with suppress(sqlite3.Error):  # closing would leave out of a moved file what is only in the log
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.drop()
        if self._connection is None or self._rows is None:
            opening = open_for_writing(self.path, self._now_ms)
            self.notes += opening.notes
            self._connection, self._rows = opening.connection, Rows(opening.connection)
            self._inode = _inode(self.path)
            self._bound()
            self._look_up_floors()
        return self._connection, self._rows

    def replace(self, error: sqlite3.Error) -> None:
        """The file is damaged: move it aside; the next use begins a new one."""
        self.drop()
        self.notes.append(move_aside(self.path, "damaged", f"it is damaged ({error})", self._now_ms))

    def drop(self) -> None:
        """Close the connection. What SQLite keeps beside the file is gone then, unless another program reads it."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = self._rows = None

    def bytes(self) -> int:
        """What the file takes on the disk, with SQLite's log."""
        total = 0
        for side in ("", "-wal"):
            with suppress(OSError):
                total += os.stat(f"{self.path}{side}").st_size
        return total

    def _bound(self) -> None:
        assert self._connection is not None
        (size,) = self._connection.execute("PRAGMA page_size").fetchone()
        self._connection.execute(f"PRAGMA max_page_count = {int(self._most_bytes // size)}")

    def _look_up_floors(self) -> None:
        assert self._connection is not None
        rows = self._connection.execute(
            "SELECT venue, market, symbol, max(minute * 60000 + closed) FROM bar JOIN series ON series = id "
            "WHERE minute >= (SELECT max(minute) FROM bar) - ? GROUP BY series",
            (_RECENT_MINUTES,),
        )
        self.floors.update({(venue, market, symbol): at_ms for venue, market, symbol, at_ms in rows})


def _inode(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
