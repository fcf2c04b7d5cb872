"""Recorded series as events: files of readings that others kept (candles, open interest, funding, trades), by format.

A file's name tells venue and coin, its columns tell the format; both must be known. Rows become the same normalised
events as an exchange's answers do. `received_ms` is when the reading could be known: a candle's at its end, whatever
the row's own label is. The readers are tolerant: each bad row is one `Undecodable` with its kind and reason.
"""

import csv
import gzip
import heapq
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

import msgspec

from feeds.events import MarketEvent, Undecodable
from feeds.series_formats import FORMATS, Format, format_of
from feeds.series_meanings import Named
from feeds.series_rows import BadRow

_LATE_MS = 10 * 60 * 1000
"""A row this much older than those before it is left out, as from a live feed."""
_HEAD_ROWS = 100
"""Among so many rows one must be whole, to tell the columns."""
_ENDINGS = (".csv", ".csv.gz", ".jsonl", ".jsonl.gz")


class SeriesError(Exception):
    """A path that can't be read as recorded series; the text names it, what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class SeriesFile:
    """One file, what its name says it is of, and the format of its rows."""

    path: Path
    named: Named
    format: Format

    def events(self) -> Iterator[MarketEvent | Undecodable]:
        """The events in the order in which they could be known. Raises `SeriesError` where the file can't be read."""
        known_ms = 0
        seen: set[int] = set()
        for number, row in _rows(self.path):
            try:
                if isinstance(row, BadRow):
                    raise row
                events = self.format.convert(self.named, row)
                if events and events[-1].received_ms < known_ms - _LATE_MS:
                    raise BadRow("late", f"expected rows in order of time, found {events[-1].at_ms}")
                if self.format.one_per_time and events:
                    if events[-1].at_ms in seen:
                        raise BadRow("duplicate", f"expected one row of a time, found {events[-1].at_ms} again")
                    seen.add(events[-1].at_ms)
            except BadRow as bad:
                yield self._undecodable(bad, number, known_ms)
                continue
            for event in events:
                known_ms = max(known_ms, event.received_ms)
                yield event if event.received_ms == known_ms else msgspec.structs.replace(event, received_ms=known_ms)

    def _undecodable(self, bad: BadRow, number: int, known_ms: int) -> Undecodable:
        return Undecodable(
            venue=self.named.venue,
            market="perp",
            at_ms=known_ms,
            received_ms=known_ms,
            stream=self.path.name,
            kind=bad.kind,
            reason=f"{self.path.name}, line {number}: {bad.reason}",
        )


@dataclass(frozen=True, slots=True)
class Series:
    """Files that tell of one venue's coin at one pace.

    `step_seconds`: how often the price is told. `extremes`: whether highs and lows between are known.
    """

    venue: str
    coin: str
    pace: str
    step_seconds: int
    extremes: bool
    files: tuple[SeriesFile, ...]

    @property
    def name(self) -> str:
        """Venue, coin and pace in words."""
        return f"{self.venue} {self.coin}, {self.pace}"

    def events(self) -> Iterator[MarketEvent | Undecodable]:
        """The events of all its files in the order in which they could be known."""
        return heapq.merge(*(file.events() for file in self.files), key=lambda event: event.received_ms)


def is_series(path: Path) -> bool:
    """Whether a path is a folder, or a file with the ending of a series."""
    return path.is_dir() or path.name.endswith(_ENDINGS)


def open_series(paths: Iterable[Path]) -> tuple[tuple[Series, ...], tuple[str, ...]]:
    """The series in these files and folders, and a line for each file that is of no use with the reason.

    Raises `SeriesError` where a path is absent, a folder holds none, or a file is of no known format.
    """
    grouped: dict[tuple[str, str, str], list[SeriesFile]] = {}
    unused: list[str] = []
    for path in (one for given in paths for one in _files(given)):
        file = open_file(path)
        if file.format.unused:
            unused.append(f"{path.name}: {file.format.unused}")
        else:
            grouped.setdefault((file.named.venue, file.named.coin, file.format.pace), []).append(file)
    return tuple(_series(key, files) for key, files in sorted(grouped.items())), tuple(unused)


def _series(key: tuple[str, str, str], files: list[SeriesFile]) -> Series:
    priced = [file.format for file in files if file.format.step_seconds]
    step = min((one.step_seconds for one in priced), default=0)
    return Series(*key, step, any(one.extremes for one in priced), tuple(files))


def open_file(path: Path) -> SeriesFile:
    """A file by its name and its first whole row; raises `SeriesError` where either is of no known format."""
    columns: tuple[str, ...] | None = None
    for _, row in islice(_rows(path), _HEAD_ROWS):
        if not isinstance(row, BadRow):
            columns = tuple(row)
            break
    found = format_of(path.name, columns)
    if found is not None:
        return SeriesFile(path, *found)
    known = ", ".join(one.example for one in FORMATS)
    what = "a name" if format_of(path.name, None) is None else "the columns"
    raise SeriesError(f"{path}: expected {what} of a recorded series such as {known}")


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(one for one in path.iterdir() if one.name.endswith(_ENDINGS))
    if not found:
        raise SeriesError(f"{path}: expected files that end in {', '.join(_ENDINGS)}, found none")
    return found


Numbered = tuple[int, Mapping[str, object] | BadRow]
"""A line's number and its row."""


def _rows(path: Path) -> Iterator[Numbered]:
    """A file's rows by column; what is no row, and a file that is cut off, is a `BadRow`."""
    try:
        with _text(path) as lines:
            line = 0
            try:
                for line, row in _jsonl(lines) if ".jsonl" in path.name else _csv(lines):
                    yield line, row
            except (EOFError, gzip.BadGzipFile, zlib.error) as error:
                if not line:
                    raise SeriesError(f"{path}: expected a gzip file: {error}") from None
                yield line + 1, BadRow("cut off", f"the file is damaged here: {error}")
    except OSError as error:
        raise SeriesError(f"{path}: {error.strerror or error}") from None


def _text(path: Path) -> TextIO:
    return gzip.open(path, "rt", errors="replace") if path.suffix == ".gz" else path.open(errors="replace")


def _csv(lines: Iterable[str]) -> Iterator[Numbered]:
    rows = csv.reader(line.replace("\0", "") for line in lines)
    header: list[str] | None = None
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield rows.line_num, BadRow("malformed", str(error))
            continue
        if header is None:
            header = row
        elif len(row) == len(header):
            yield rows.line_num, dict(zip(header, row, strict=True))
        else:
            yield rows.line_num, BadRow("malformed", f"expected {len(header)} columns, found {len(row)}")


def _jsonl(lines: Iterable[str]) -> Iterator[Numbered]:
    decode = msgspec.json.Decoder(dict[str, object]).decode
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield number, decode(line)
        except (msgspec.MsgspecError, RecursionError) as error:
            yield number, BadRow("malformed", f"expected one JSON object a line: {error}")
