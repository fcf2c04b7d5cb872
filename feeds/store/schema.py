"""The tables of the store and how an older file becomes a newer one, step by step.

`series` names an instrument, `stream` a connection; the other tables hold their numbers. Readings keep the last value
of each step of time, in `minute` (UNIX minutes, the step's first). A bar is merged from its parts, so `opened` and
`closed` (ms within the minute) tell which part has its first and its last trade. `number` tells two deliveries of a
liquidation from two liquidations. `mark` holds single numbers: when the market was last seen, how far thinning came.
"""

import sqlite3
from collections.abc import Sequence

APPLICATION_ID = 0x6C697174
"""SQLite's number for whose file this is: "liqt"."""

_VERSION_1 = """
CREATE TABLE series (
    id INTEGER PRIMARY KEY, venue TEXT NOT NULL, market TEXT NOT NULL, symbol TEXT NOT NULL, coin TEXT NOT NULL,
    UNIQUE (coin, venue, market, symbol)
);
CREATE TABLE stream (
    id INTEGER PRIMARY KEY, venue TEXT NOT NULL, market TEXT NOT NULL, name TEXT NOT NULL,
    UNIQUE (venue, market, name)
);
CREATE TABLE liquidation (
    at_ms INTEGER NOT NULL, series INTEGER NOT NULL, number INTEGER NOT NULL, received_ms INTEGER NOT NULL,
    short INTEGER NOT NULL, sampled INTEGER NOT NULL, price REAL NOT NULL, quantity REAL NOT NULL,
    notional_usd REAL NOT NULL, identity TEXT NOT NULL,
    PRIMARY KEY (at_ms, series, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX liquidation_once ON liquidation (series, number);
CREATE TABLE bar (
    minute INTEGER NOT NULL, series INTEGER NOT NULL, opened INTEGER NOT NULL, closed INTEGER NOT NULL,
    open REAL NOT NULL, high REAL NOT NULL, low REAL NOT NULL, close REAL NOT NULL,
    volume_usd REAL NOT NULL, net_taker_usd REAL NOT NULL,
    PRIMARY KEY (minute, series)
) WITHOUT ROWID;
CREATE TABLE interest (
    minute INTEGER NOT NULL, series INTEGER NOT NULL, at_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL,
    coins REAL, notional_usd REAL,
    PRIMARY KEY (minute, series)
) WITHOUT ROWID;
CREATE TABLE funding (
    minute INTEGER NOT NULL, series INTEGER NOT NULL, at_ms INTEGER NOT NULL, received_ms INTEGER NOT NULL,
    rate REAL NOT NULL, interval_hours REAL, next_at_ms INTEGER,
    PRIMARY KEY (minute, series)
) WITHOUT ROWID;
CREATE TABLE ratio (
    minute INTEGER NOT NULL, series INTEGER NOT NULL, basis TEXT NOT NULL, at_ms INTEGER NOT NULL,
    received_ms INTEGER NOT NULL, long_share REAL NOT NULL,
    PRIMARY KEY (minute, series, basis)
) WITHOUT ROWID;
CREATE TABLE span (
    stream INTEGER NOT NULL, since_ms INTEGER NOT NULL, until_ms INTEGER, ended TEXT NOT NULL,
    PRIMARY KEY (stream, since_ms)
) WITHOUT ROWID;
CREATE TABLE document (
    kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, at_ms INTEGER NOT NULL, payload BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX document_age ON document (kind, at_ms);
CREATE TABLE mark (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (_VERSION_1,)
"""Statements that make a file of version n one of version n + 1, in order; none may contain a `;` but at its ends."""


class NewerSchema(Exception):
    """The file was written by a newer program: `version` is more than this one knows."""

    def __init__(self, version: int, known: int) -> None:
        super().__init__(f"its schema is version {version}, this program knows up to {known}")
        self.version = version


def version_of(connection: sqlite3.Connection) -> int:
    """The file's schema version; 0 where it has none yet."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def migrate(connection: sqlite3.Connection, migrations: Sequence[str] = MIGRATIONS) -> None:
    """Bring the file to the newest version, each step whole or not at all.

    Raises `NewerSchema` where it is beyond that, `sqlite3.Error` where a step fails.
    """
    version = version_of(connection)
    if version > len(migrations):
        raise NewerSchema(version, len(migrations))
    for number in range(version, len(migrations)):
        with Transaction(connection):
            for statement in migrations[number].split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number + 1}")


class Transaction:
    """All statements within, or none of them. The connection is in autocommit mode (`isolation_level` None)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
