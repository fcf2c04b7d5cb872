"""When each stream was connected, kept as spans: what lies between them was not seen."""

import sqlite3

from feeds.events import Connected, Gap
from feeds.store.batch import Turn

STOPPED = "liqtop was not running"
"""Why a span ended that nobody closed."""


def turn(connection: sqlite3.Connection, stream: int, event: Turn) -> None:
    """Write down what happened to a stream."""
    if isinstance(event, Connected):
        connection.execute(
            "INSERT INTO span SELECT ?1, ?2, NULL, '' "
            "WHERE NOT EXISTS (SELECT 1 FROM span WHERE stream = ?1 AND until_ms IS NULL) "
            "ON CONFLICT (stream, since_ms) DO UPDATE SET until_ms = NULL",
            (stream, event.at_ms),
        )
    elif isinstance(event, Gap):
        _cut(connection, stream, event)
    else:
        connection.execute(
            "UPDATE span SET until_ms = max(since_ms, ?), ended = ? WHERE stream = ? AND until_ms IS NULL",
            (event.at_ms, event.reason, stream),
        )


def _cut(connection: sqlite3.Connection, stream: int, gap: Gap) -> None:
    """Between these times the stream was not seen after all: spans are shortened, split or dropped."""
    if gap.at_ms <= gap.since_ms:
        return
    overlapping = connection.execute(
        "SELECT since_ms, until_ms, ended FROM span "
        "WHERE stream = ? AND since_ms < ? AND coalesce(until_ms, ?) > ? ORDER BY since_ms",
        (stream, gap.at_ms, gap.at_ms + 1, gap.since_ms),
    ).fetchall()
    for since_ms, until_ms, ended in overlapping:
        connection.execute("DELETE FROM span WHERE stream = ? AND since_ms = ?", (stream, since_ms))
        if since_ms < gap.since_ms:
            row = (stream, since_ms, gap.since_ms, gap.reason)
            connection.execute("INSERT INTO span VALUES (?, ?, ?, ?)", row)
        if until_ms is None or until_ms > gap.at_ms:
            connection.execute("INSERT INTO span VALUES (?, ?, ?, ?)", (stream, gap.at_ms, until_ms, ended))


def end_all(connection: sqlite3.Connection, seen_ms: int) -> None:
    """Nobody closed these spans: the program stopped, and what it saw last it saw at `seen_ms`."""
    connection.execute(
        "UPDATE span SET until_ms = max(since_ms, ?), ended = ? WHERE until_ms IS NULL", (seen_ms, STOPPED)
    )
    connection.execute("DELETE FROM span WHERE until_ms <= since_ms")
