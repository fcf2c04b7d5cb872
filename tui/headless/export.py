"""`liqtop export`: a stored table as CSV or Parquet, to stdout or to a new file."""

import csv
import importlib
import io
import os
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Literal

from feeds.store import Reader, StoreError
from feeds.store.tables import TABLES, TableName, rows
from tui.exits import FINE, NO, NO_DATA, BadUsage
from tui.headless.output import narrate

Format = Literal["csv", "parquet"]
_GROUP_ROWS = 50_000
_TEXTS = ("venue", "market", "symbol", "coin", "position", "basis", "stream", "ended", "key", "payload")
_WHOLE = ("at_ms", "received_ms", "minute_ms", "since_ms", "until_ms", "next_at_ms", "version", "sampled")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def print_export(
    store: Path, table: TableName, form: Format, out: str, since_ms: int, until_ms: int, coins: Collection[str]
) -> int:
    """Write the rows from `since_ms` until before `until_ms` to a new file, or to stdout for "-" (CSV only).

    Raises `BadUsage` where `out` can't be written, or Parquet is asked for without pyarrow.
    """
    if form == "parquet" and out == "-":
        raise BadUsage("--parquet: expected a file to write to, found stdout")
    if form == "parquet" and not _has_pyarrow():
        raise BadUsage("--parquet needs pyarrow: pip install 'liqtop[parquet]'")
    found = rows(Reader(store), table, since_ms, until_ms, coins)
    columns = TABLES[table].columns
    try:
        if out == "-":
            written = write_csv(sys.stdout.buffer, columns, found)
        else:
            written = _to_file(Path(out), form, columns, found)
    except StoreError as error:
        narrate(f"liqtop: {error}")
        return NO
    narrate(f"liqtop: {written:,} rows of {table}" + ("" if out == "-" else f" in {out}"))
    return FINE if written else NO_DATA


def write_csv(file: BinaryIO, columns: Sequence[str], found: Iterable[Sequence[object]]) -> int:
    """Columns and rows as UTF-8 CSV; returns the number of rows. What is not known is an empty cell.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    lines = csv.writer(text)
    lines.writerow(columns)
    count = 0
    for row in found:
        lines.writerow([_harmless(cell) for cell in row])
        count += 1
    text.detach()
    return count


def _to_file(path: Path, form: Format, columns: Sequence[str], found: Iterator[Sequence[object]]) -> int:
    """Write a new file, for its owner alone; one that could not be finished is removed."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError:
        raise BadUsage(f"{path}: expected a new file, found one that exists") from None
    except OSError as error:
        raise BadUsage(f"{path}: {error.strerror}") from None
    try:
        with os.fdopen(number, "wb") as file:
            return (write_csv if form == "csv" else write_parquet)(file, columns, found)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise BadUsage(f"{path}: {error.strerror or error}") from None
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def write_parquet(file: BinaryIO, columns: Sequence[str], found: Iterable[Sequence[object]]) -> int:
    """Columns and rows as Parquet, compressed with zstd; returns the number of rows. What is not known is null."""
    arrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    schema = arrow.schema([(name, _type(arrow, name)) for name in columns])
    remaining, count = iter(found), 0
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(remaining, _GROUP_ROWS)):
            arrays = [
                arrow.array(cells, field.type) for cells, field in zip(zip(*group, strict=True), schema, strict=True)
            ]
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))
            count += len(group)
    return count


def _type(arrow: Any, name: str) -> Any:
    if name in _TEXTS:
        return arrow.string()
    return arrow.int64() if name in _WHOLE else arrow.float64()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _has_pyarrow() -> bool:
    try:
        importlib.import_module("pyarrow.parquet")
    except ImportError:
        return False
    return True
