"""The journal's file, read and written aside, so that no key waits for a disk."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from scoring.journal_lines import Journal
from scoring.view.journal import Entry, Outcome
from tui.journal_store import JournalStore

RETRY_MS = 60_000
"""How long after a failure writing is tried again, unless something new is to be kept."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """That so many lines wait to be written, and why."""

    lines: int
    reason: str


class JournalFile:
    """One file in a thread of its own. What can't be written waits and is tried again."""

    def __init__(self, store: JournalStore) -> None:
        self._store = store
        self._pool = ThreadPoolExecutor(1, "journal")
        self._reading: Future[Journal] | None = self._pool.submit(store.read)
        self._writing: Future[None] | None = None
        self._batch: list[Entry | Outcome] = []
        self._waiting: list[Entry | Outcome] = []
        self._not_before_ms = 0

    @property
    def path(self) -> str:
        """Where it is."""
        return str(self._store.path)

    @property
    def busy(self) -> bool:
        """Whether something is being read or written, or waits to be."""
        return self._reading is not None or self._writing is not None or bool(self._waiting)

    def opened(self) -> Journal | None:
        """What is in it, once it is read; None before and after that. Raises `OSError` where it can't be read."""
        if self._reading is None or not self._reading.done():
            return None
        reading, self._reading = self._reading, None
        return reading.result()

    def put(self, one: Entry | Outcome) -> None:
        """Write this with the next `go_on`."""
        self._waiting.append(one)
        self._not_before_ms = 0

    def go_on(self, now_ms: int) -> Unwritten | None:
        """Write what waits; returns what went wrong with what was written before, None where nothing did."""
        problem = self._written(now_ms)
        if self._waiting and self._writing is None and now_ms >= self._not_before_ms:
            self._batch, self._waiting = self._waiting, []
            self._writing = self._pool.submit(self._store.append, self._batch)
        return problem

    def _written(self, now_ms: int) -> Unwritten | None:
        if self._writing is None or not self._writing.done():
            return None
        writing, self._writing = self._writing, None
        try:
            writing.result()
        except OSError as error:
            self._waiting, self._not_before_ms = self._batch + self._waiting, now_ms + RETRY_MS
            return Unwritten(len(self._waiting), error.strerror or str(error))
        return None

    def close(self) -> str:
        """Write all that waits, and end; returns what could not be kept, "" where all is."""
        self._pool.shutdown(wait=True)
        self._written(0)
        try:
            self._store.append(self._waiting)
        except OSError as error:
            return f"the journal lost {_lines(len(self._waiting))}: {self.path}: {error.strerror or error}"
        return ""


def _lines(count: int) -> str:
    return "a line" if count == 1 else f"{count} lines"
