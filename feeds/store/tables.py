"""The stored tables as a reader of an export sees them: names instead of numbers, times in UNIX milliseconds."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from feeds.store.past import NAMES
from feeds.store.reader import Reader

TableName = Literal["liquidations", "bars", "open_interest", "funding", "long_short", "spans", "fates", "journal"]
TABLE_NAMES: tuple[TableName, ...] = get_args(TableName)

_INSTRUMENT = ("venue", "market", "symbol", "coin")
_TIMES = ("at_ms", "received_ms")


@dataclass(frozen=True, slots=True)
class Table:
    """Columns in their order, and the query for them: from `?1` until before `?2`, of the coins' series (`%s`)."""

    columns: tuple[str, ...]
    sql: str


def _of_series(table: str, values: tuple[str, ...], columns: tuple[str, ...], time: str = "at_ms") -> Table:
    """A table with a row by instrument, in order of time. `values`: the SQL of the columns behind the instrument's."""
    chosen = ", ".join(values)
    within = f"{time} >= ?1 AND {time} < ?2 AND series IN (%s)"
    if table != "liquidation":
        within += " AND minute >= ?1 / 60000 - 4 AND minute <= ?2 / 60000"
    sql = f"SELECT {NAMES}, {chosen} FROM {table} JOIN series ON series = id WHERE {within} ORDER BY {time}, series"
    return Table((*_INSTRUMENT, *columns), sql)


def _of_documents(kind: str) -> Table:
    return Table(
        ("key", "at_ms", "version", "payload"),
        "SELECT key, at_ms, version, CAST(payload AS TEXT) FROM document "
        f"WHERE kind = '{kind}' AND at_ms >= ?1 AND at_ms < ?2 ORDER BY at_ms, key",
    )


_FORCED = ("price", "quantity", "notional_usd")
_BAR = ("open", "high", "low", "close", "volume_usd", "net_taker_usd")
TABLES: dict[TableName, Table] = {
    "liquidations": _of_series(
        "liquidation",
        (*_TIMES, "CASE short WHEN 0 THEN 'long' ELSE 'short' END", *_FORCED, "sampled"),
        (*_TIMES, "position", *_FORCED, "sampled"),
    ),
    "bars": _of_series("bar", ("minute * 60000", *_BAR), ("minute_ms", *_BAR), time="minute * 60000"),
    "open_interest": _of_series("interest", (*_TIMES, "coins", "notional_usd"), (*_TIMES, "coins", "notional_usd")),
    "funding": _of_series(
        "funding", (*_TIMES, "rate", "interval_hours", "next_at_ms"), (*_TIMES, "rate", "interval_hours", "next_at_ms")
    ),
    "long_short": _of_series("ratio", (*_TIMES, "basis", "long_share"), (*_TIMES, "basis", "long_share")),
    "spans": Table(
        ("venue", "market", "stream", "since_ms", "until_ms", "ended"),
        "SELECT venue, market, name, since_ms, until_ms, ended FROM span JOIN stream ON stream = id "
        "WHERE coalesce(until_ms, ?2) >= ?1 AND since_ms < ?2 ORDER BY since_ms, stream",
    ),
    "fates": _of_documents("fate"),
    "journal": _of_documents("journal"),
}


def rows(
    reader: Reader, name: TableName, since_ms: int, until_ms: int, coins: Collection[str] = ()
) -> Iterator[tuple[Any, ...]]:
    """The rows of a table from `since_ms` until before `until_ms`. Spans and documents are of no coin.

    Raises `StoreError`.
    """
    return reader.rows(TABLES[name].sql, coins, since_ms, until_ms)
