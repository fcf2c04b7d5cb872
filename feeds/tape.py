"""Tapes: recordings of raw arrivals, appended block by block, read back by time, readable after a torn write."""

import os
import sys
import time
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import zstandard

from feeds.block import HEADER_BYTES, BlockInfo, Damage, Draft, Survey, TapeError, survey, unpack
from feeds.record import Record

if sys.platform != "win32":
    import fcntl

__all__ = ["BlockInfo", "Seam", "TapeError", "TapeReader", "TapeWriter"]


class TapeWriter:
    """Appends records to a tape, for one thread. What is buffered reaches the file when a block is full or old.

    A block is judged old when the next record comes, so on quiet streams the caller flushes once a second. `note` says
    what was done about a torn write of an earlier run, `failed` why nothing can be written any more ("" otherwise).
    Raises `TapeError` where the file is not a tape, is being written by another program, or the disk refuses.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time.monotonic,
        block_bytes: int = 262_144,
        block_seconds: float = 1.0,
        level: int = 3,
    ) -> None:
        self.path = path
        self.note = ""
        self.failed = ""
        self._clock = clock
        self._block_bytes = block_bytes
        self._block_seconds = block_seconds
        self._compressor = zstandard.ZstdCompressor(level)
        self._draft = Draft()
        self._begun_at = 0.0
        self._opening = True
        try:
            self._file = FileIO(path, "ab+", opener=_open_private)
            try:
                self._end = self._take_over()
            except BaseException:
                self._file.close()
                raise
        except OSError as error:
            raise TapeError(_refusal(path, error)) from error

    def write(self, record: Record) -> None:
        """Take one record; raises `TapeError` where it can't be kept."""
        if self.failed or self._file.closed:
            raise TapeError(self.failed or f"{self.path}: the tape is closed")
        if not self._draft.size:
            self._begun_at = self._clock()
        self._draft.add(record)
        if self._draft.size >= self._block_bytes or self._clock() - self._begun_at >= self._block_seconds:
            self.flush()

    def flush(self) -> None:
        """Write what is buffered as one block; raises `TapeError` where the disk refuses, then nothing follows it."""
        if not self._draft.size or self.failed:
            return
        block = self._draft.pack(self._compressor, self._opening)
        self._draft = Draft()
        try:
            _write_all(self._file, block)
        except OSError as error:
            self.failed = _refusal(self.path, error)
            with suppress(OSError):
                self._file.truncate(self._end)
            raise TapeError(self.failed) from error
        self._end += len(block)
        self._opening = False

    def close(self) -> None:
        """Write what is buffered, down to the disk, and close the file."""
        if self._file.closed:
            return
        try:
            self.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            self.failed = _refusal(self.path, error)
            raise TapeError(self.failed) from error
        finally:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take_over(self) -> int:
        """Lock the file and make its end the end of a whole block, which is returned."""
        _lock(self._file, self.path)
        found = survey(self._file, str(self.path))
        if found.end < found.size:
            aside = self.path.with_name(self.path.name + ".torn")
            self._file.seek(found.end)
            with FileIO(aside, "ab", opener=_open_private) as torn:
                _write_all(torn, self._file.readall())
            self._file.truncate(found.end)
            size = found.size - found.end
            self.note = f"{self.path}: the last {size:,} bytes were a torn write and moved to {aside.name}"
        return found.end


@dataclass(frozen=True, slots=True)
class Seam:
    """Where a tape does not continue what came before. `since_ms`: the last time known to be whole.

    `ended`: the recording stopped and was taken up again later; otherwise records are missing through damage.
    """

    since_ms: int
    reason: str
    ended: bool


class TapeReader:
    """A tape as it was when opened, also while it is being written. Raises `TapeError` where it can't be read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as file:
            self._survey: Survey = survey(file, str(path))
        self.index: Sequence[BlockInfo] = tuple(p for p in self._survey.parts if isinstance(p, BlockInfo))
        """The whole blocks in the order of the file."""
        self._damage = {part.offset: part.reason for part in self._survey.parts if isinstance(part, Damage)}

    @property
    def first_ms(self) -> int | None:
        """The earliest receive time; None where the tape is empty."""
        return min((block.first_ms for block in self.index), default=None)

    @property
    def last_ms(self) -> int | None:
        """The latest receive time; None where the tape is empty."""
        return max((block.last_ms for block in self.index), default=None)

    @property
    def damage(self) -> list[str]:
        """What is known to be lost, in the order of the file; a block's own damage shows once it was read."""
        return [self._damage[offset] for offset in sorted(self._damage)]

    def records(self, from_ms: int | None = None) -> Iterator[Record]:
        """The records received at `from_ms` or later, in the order they were written, one block in memory at a time."""
        for passage in self.passages(from_ms, rest=False):
            if isinstance(passage, Record):
                yield passage

    def notes(self) -> Iterator[str]:
        """The sentences about the recording."""
        with self._open() as file:
            for block in self.index:
                if block.holds("note"):
                    records, _ = self._read(file, block)
                    yield from (item.payload.decode(errors="replace") for item in records if item.kind == "note")

    def passages(
        self, from_ms: int | None, rest: bool = True, whole: Container[int] = (), passed: Container[int] = ()
    ) -> Iterator[Record | Seam]:
        """The records from `from_ms` on and the seams between them.

        With `rest` also everything from before `from_ms` that is no frame: listings, states of streams, notes. Of the
        blocks before it those at the offsets in `whole` give their frames too, those in `passed` nothing at all.
        """
        seams: list[Seam] = []
        since_ms: int | None = None
        with self._open() as file:
            for part in self._survey.parts:
                if isinstance(part, Damage):
                    seams += _seam(since_ms, part.reason)
                    continue
                early = from_ms is not None and part.last_ms < from_ms
                if early:
                    seams.clear()
                if part.opening:
                    yield from _seam(since_ms, "the recording stopped here", ended=True)
                all_of_it = from_ms is None or part.offset in whole
                if early and not all_of_it and (not rest or part.only_frames or part.offset in passed):
                    since_ms = part.last_ms
                    continue
                records, wrong = self._read(file, part)
                if records:
                    yield from seams
                    seams.clear()
                    since_ms = part.last_ms
                for record in records:
                    if all_of_it or record.received_ms >= (from_ms or 0) or (rest and record.kind != "frame"):
                        yield record
                if wrong:
                    seams += _seam(part.first_ms if records else since_ms, wrong)

    def _open(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except OSError as error:
            raise TapeError(_refusal(self.path, error)) from error

    def _read(self, file: BinaryIO, block: BlockInfo) -> tuple[Sequence[Record], str]:
        file.seek(block.offset + HEADER_BYTES)
        records, wrong = unpack(block, file.read(block.length))
        if wrong:
            self._damage[block.offset] = wrong
        return records, wrong


def _seam(since_ms: int | None, reason: str, ended: bool = False) -> list[Seam]:
    """A seam; none where nothing precedes it."""
    return [] if since_ms is None else [Seam(since_ms, reason, ended)]


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write_all(file: FileIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def _lock(file: FileIO, path: Path) -> None:
    """Keep a second writer away where the system can."""
    if sys.platform != "win32":
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise TapeError(f"{path}: another program is writing this tape") from error


def _refusal(path: Path, error: OSError) -> str:
    return f"{path}: {error.strerror or error}"
