"""The journal's file: JSON lines, the user's alone, only ever appended to."""

import os
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from scoring.journal_lines import Journal, line_of, read_lines
from scoring.view.journal import Entry, Outcome


def journal_file() -> Path:
    """Where the journal is kept."""
    return platformdirs.user_data_path("liqtop", appauthor=False) / "journal.jsonl"


class JournalStore:
    """Reads and appends. A line that can't be read stays where it is and is reported."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or journal_file()

    def read(self) -> Journal:
        """All of it; an empty one where there is no file yet. Raises `OSError` where it can't be read."""
        try:
            text = self.path.read_bytes().decode("utf-8", "replace")
        except FileNotFoundError:
            return Journal()
        return read_lines(text.split("\n"))

    def append(self, many: Sequence[Entry | Outcome]) -> None:
        """Write one line each and hand them to the disk. Raises `OSError` where that fails.

        Behind a line that was cut off, as by a crash, it begins a new one. One write holds all lines, so that two
        programs never mix theirs.
        """
        if not many:
            return
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            data = "".join(line_of(one) + "\n" for one in many).encode()
            self._write(descriptor, (b"" if self._ends_a_line(descriptor) else b"\n") + data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    @staticmethod
    def _ends_a_line(descriptor: int) -> bool:
        size = os.lseek(descriptor, 0, os.SEEK_END)
        if not size:
            return True
        os.lseek(descriptor, size - 1, os.SEEK_SET)
        return os.read(descriptor, 1) == b"\n"

    @staticmethod
    def _write(descriptor: int, data: bytes) -> None:
        while data:
            data = data[os.write(descriptor, data) :]
