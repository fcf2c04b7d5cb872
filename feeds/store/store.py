"""The store: what outlives the program. Opened for writing by one program at a time, for reading by any."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from feeds.events import AnyEvent
from feeds.store.batch import Document
from feeds.store.file import StoreFile
from feeds.store.lock import Held, Lock
from feeds.store.place import Unusable, reading_connection
from feeds.store.reader import Reader
from feeds.store.status import StoreStatus
from feeds.store.writer import Writer
from feeds.store_settings import StoreSettings

CLOSE_SECONDS = 2.0
"""How long closing may take: writing what waits, on a slow disk."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening. `store` None: it can be neither written nor read. `notes`: one line for each oddity."""

    store: "Store | None"
    notes: tuple[str, ...] = ()


class Store(Reader):
    """Reads the stored past, and writes what comes unless another program does or the folder refuses."""

    def __init__(self, path: Path, writer: Writer | None, read_only: str = "") -> None:
        super().__init__(path)
        self._writer = writer
        self._read_only = read_only

    @classmethod
    def open(cls, path: Path, settings: StoreSettings, now_ms: int) -> Opened:
        """Open the file for writing, else for reading; never raises. `now_ms` names a file that is moved aside."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = Lock(path.with_name(path.name + ".lock"))
        except Held as error:
            return cls._for_reading(path, f"{path}: {error}; this one only reads it")
        except OSError as error:
            return cls._for_reading(path, f"{path}: {error.strerror or error}; nothing is stored")
        file = StoreFile(path, settings, now_ms)
        trouble = ""
        try:
            file.open()
        except (Unusable, sqlite3.Error) as error:
            trouble = f"{error}; nothing is stored"
            if not (isinstance(error, Unusable) and error.passing):
                lock.release()
                return cls._for_reading(path, trouble, tuple(file.notes))
        notes = (*file.notes, trouble) if trouble else tuple(file.notes)
        return Opened(cls(path, Writer(file, lock, settings, trouble=trouble)), notes)

    @classmethod
    def _for_reading(cls, path: Path, why: str, notes: tuple[str, ...] = ()) -> Opened:
        try:
            reading_connection(path).close()
        except (sqlite3.Error, OSError):
            return Opened(None, (*notes, why))
        return Opened(cls(path, None, why), (*notes, why))

    def put(self, events: Sequence[AnyEvent]) -> None:
        """Take what is kept of these events; returns at once. They are in the file half a second later."""
        if self._writer is not None:
            self._writer.put(events)

    def put_fates(self, documents: Sequence[Document]) -> None:
        """Take what became of clusters; a key that is known is written over."""
        if self._writer is not None:
            self._writer.put_documents("fate", documents)

    def put_journal(self, documents: Sequence[Document]) -> None:
        """Take entries of the journal; a key that is known is written over."""
        if self._writer is not None:
            self._writer.put_documents("journal", documents)

    def status(self) -> StoreStatus:
        """How it does now; never waits for a disk."""
        if self._writer is None:
            return StoreStatus(read_only=self._read_only)
        return self._writer.status()

    def close(self, seconds: float = CLOSE_SECONDS) -> bool:
        """Write what waits and let others write; False where that takes longer than `seconds`."""
        return self._writer is None or self._writer.close(seconds)
