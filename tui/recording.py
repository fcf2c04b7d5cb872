"""Writes a tape beside whatever runs. A full disk ends the recording, not the program, and is told afterwards."""

from pathlib import Path
from types import TracebackType
from typing import Self

from feeds.record import Record
from feeds.tape import TapeError, TapeWriter
from tui.exits import BadUsage


class Recording:
    """A tape being written; `records` counts, `failed` says why nothing is written any more ("" while all is well)."""

    def __init__(self, path: Path) -> None:
        """Open or append to the tape; raises `BadUsage` where it can't be written."""
        try:
            self._writer = TapeWriter(path)
        except TapeError as error:
            raise BadUsage(str(error)) from None
        self.path = path
        self.records = 0
        self.failed = ""

    def write(self, record: Record) -> None:
        """Keep one record, unless an earlier one could not be kept."""
        if self.failed:
            return
        try:
            self._writer.write(record)
            self.records += 1
        except TapeError as error:
            self.failed = str(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._writer.close()
        except TapeError as failure:
            self.failed = self.failed or str(failure)
