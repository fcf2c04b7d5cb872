"""The one thread that writes: takes what waits every half second, keeps it while the disk refuses, and tidies."""

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from feeds.events import AnyEvent
from feeds.store.batch import Batch, Document, Kind
from feeds.store.file import StoreFile
from feeds.store.lock import Lock
from feeds.store.place import Unusable, is_damage
from feeds.store.status import StoreStatus
from feeds.store_settings import StoreSettings

TIDY_SECONDS = 60.0
"""How often the file is looked through for what is too old or too much."""
TIDY_BUSY_SECONDS = 0.03
"""How long tidying may take before what waits is written again."""


class Writer:
    """Owns the lock, the file and the thread, from the start until `close`.

    `put` may be called by any thread and never waits for a disk. While the disk refuses, up to twice
    `settings.waiting_rows` wait in memory. `clock` measures pauses only.
    """

    def __init__(
        self,
        file: StoreFile,
        lock: Lock,
        settings: StoreSettings,
        *,
        trouble: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = file
        self._lock = lock
        self._settings = settings
        self._clock = clock
        self._swap = threading.Lock()
        self._wake = threading.Event()
        self._closing = False
        self._batch = Batch(settings.waiting_rows, file.floors)
        self._held: Batch | None = None
        self._lost = 0
        self._retry_at = self._tidy_at = 0.0
        self._seen_ms = self._newest_ms = 0
        self._status = StoreStatus(trouble=trouble, notes=tuple(file.notes))
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)
        self._thread.start()

    def put(self, events: Sequence[AnyEvent]) -> None:
        """Take what is kept of these events."""
        with self._swap:
            self._batch.add(events)
            enough = len(self._batch) >= self._settings.commit_rows
        if enough:
            self._wake.set()

    def put_documents(self, kind: Kind, documents: Sequence[Document]) -> None:
        """Take documents."""
        with self._swap:
            self._batch.add_documents(kind, documents)

    def status(self) -> StoreStatus:
        """How it does now."""
        with self._swap:
            waiting = len(self._batch) + (0 if self._held is None else len(self._held))
            return replace(self._status, waiting_rows=waiting, lost_rows=self._lost + self._batch.refused)

    def close(self, seconds: float) -> bool:
        """Write what waits and end the thread; False where that takes longer than `seconds`."""
        self._closing = True
        self._wake.set()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        ended = "the thread that writes ended unexpectedly; nothing is stored until the next start"
        try:
            while not self._closing:
                self._wake.wait(self._turn())
                self._wake.clear()
            for _ in range(2):  # the second, where the first found the file damaged and moved it aside
                self._retry_at = 0.0
                self._turn()
                if self._held is None:
                    break
            ended = ""
        finally:
            self._say(ended or self._status.trouble)
            self._file.drop()
            self._lock.release()

    def _turn(self) -> float:
        """Write, then tidy when it is time, unless the disk refused a moment ago; returns the pause in seconds."""
        if (wait := self._retry_at - self._clock()) > 0:
            return wait
        try:
            if self._status.trouble:  # the file may be at its bound: make room first
                self._file.tidy(self._newest_ms, TIDY_BUSY_SECONDS)
            self._write()
            if self._newest_ms and self._clock() >= self._tidy_at and not self._closing:
                more = self._file.tidy(self._newest_ms, TIDY_BUSY_SECONDS)
                self._tidy_at = self._clock() + (0.0 if more else TIDY_SECONDS)
        except Unusable as error:
            self._refuse(str(error))
        except sqlite3.Error as error:
            self._judge(error)
        pause = self._settings.commit_seconds
        return min(pause, max(0.01, self._tidy_at - self._clock())) if self._newest_ms else pause

    def _write(self) -> None:
        """Write what is held from an attempt that was refused, then what came since."""
        if self._held is not None:
            self._write_batch(self._held)
        self._write_batch(self._take())

    def _take(self) -> Batch:
        """Hold what waits; an empty batch comes in its place."""
        with self._swap:
            batch, self._batch = self._batch, Batch(self._settings.waiting_rows, self._file.floors)
            self._held = batch
            self._lost += batch.refused
        self._newest_ms = max(self._newest_ms, batch.newest_ms)
        return batch

    def _write_batch(self, batch: Batch) -> None:
        begun, unsound = self._clock(), 0
        if len(batch) or batch.seen_ms > self._seen_ms:
            unsound = self._file.write(batch)
        self._written(batch, unsound, (self._clock() - begun) * 1000)

    def _written(self, batch: Batch, unsound: int, took_ms: float) -> None:
        self._seen_ms = max(self._seen_ms, batch.seen_ms)
        with self._swap:
            self._held = None
            self._lost += unsound
            self._status = replace(
                self._status,
                written_rows=self._status.written_rows + len(batch) - unsound,
                last_commit_ms=took_ms if len(batch) else self._status.last_commit_ms,
                file_bytes=self._file.bytes(),
                trouble="",
                notes=tuple(self._file.notes),
            )

    def _judge(self, error: sqlite3.Error) -> None:
        """SQLite refused: begin a new file where this one is damaged, else wait."""
        if not is_damage(error):
            self._refuse(f"{self._file.path}: {error}")
            return
        try:
            self._file.replace(error)
        except Unusable as worse:
            self._refuse(str(worse))

    def _refuse(self, reason: str) -> None:
        self._retry_at = self._clock() + self._settings.retry_seconds
        self._say(f"{reason}; nothing is stored, tried again every {self._settings.retry_seconds:g} s")

    def _say(self, trouble: str) -> None:
        with self._swap:
            self._status = replace(self._status, trouble=trouble, notes=tuple(self._file.notes))
