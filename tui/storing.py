"""The store in the program: opened in the feeds' thread, told of on the screen, closed on every way out."""

import threading
from collections.abc import Callable
from pathlib import Path

import platformdirs

from feeds.narrator import now_ms
from feeds.store import Reader, Store, StoreError, StoreStatus
from feeds.store_settings import StoreSettings
from scoring.market import Market
from scoring.settings.map import MapSettings
from tui.fates import FateKeeper, fates_of
from tui.format import clock

NOTE_MS = 60_000
"""How long the status bar tells what was done about the file; the feeds screen goes on telling it."""
_MEGA = 1e6


def store_file(settings: StoreSettings) -> Path:
    """The file that the settings name, or the one in the user's data folder."""
    if settings.path:
        return Path(settings.path).expanduser()
    return platformdirs.user_data_path("liqtop", appauthor=False) / "store.sqlite3"


class StoredPast:
    """What the monitor stored, for commands without a screen: only read, whoever writes it at the moment."""

    def __init__(self, settings: StoreSettings, tell: Callable[[str], None]) -> None:
        self.path = store_file(settings)
        self.tell = tell

    def open(self) -> Reader | None:
        """The store for reading; None where nothing was stored yet."""
        if not self.path.exists():
            return None
        self.tell(f"with the last 24 h as the monitor stored them in {self.path}")
        return Reader(self.path)


class Storing:
    """The monitor's store. `open` and `tell` belong to the feeds' thread, all else to the screen's.

    It is opened only when the feeds start, because looking a large file over would delay the first picture.
    """

    def __init__(self, settings: StoreSettings, of_map: MapSettings, clock: Callable[[], int] = now_ms) -> None:
        self.path = store_file(settings)
        self._settings = settings
        self._clock = clock
        self._fates = FateKeeper(of_map.lens, of_map.preset)
        self._opening = threading.Lock()
        self._opened = self._closed = False
        self._store: Store | None = None
        self._notes: tuple[str, ...] = ()
        self._opened_ms = self._trouble_since_ms = 0

    def open(self) -> Store | None:
        """The store, opened on the first call; None where it can be neither written nor read, or was closed."""
        with self._opening:
            if not self._opened and not self._closed:
                opened = Store.open(self.path, self._settings, self._clock())
                self._store, self._opened_ms = opened.store, self._clock()
                self._recall_fates()
                if opened.store is None:
                    self._notes += opened.notes
                self._opened = True
            return None if self._closed else self._store

    def _recall_fates(self) -> None:
        if self._store is None:
            return
        try:
            fates = fates_of(self._store.documents("fate"))
        except StoreError as error:
            self.tell(f"what became of clusters can't be read: {error}")
            return
        self._fates.recall(fates)
        if fates.unreadable:
            self.tell(f"{fates.unreadable:,} stored fates of clusters can't be read and were left out")

    def tell(self, line: str) -> None:
        """Show this line from now on."""
        self._notes = (*self._notes, line)

    def work(self, market: Market) -> None:
        """Keep what became of clusters, and give them back to records that are new."""
        documents = self._fates.work(market.records(), market.now_ms)
        if documents and self._store is not None:
            self._store.put_fates(documents)

    def lines(self) -> tuple[str, tuple[str, ...]]:
        """How the store does, for the feeds screen; and what is wrong, one line each, for the status bar."""
        if not self._opened:
            return "", ()
        status = None if self._store is None else self._store.status()
        notes = [*self._notes, *(() if status is None else (status.read_only, *status.notes))]
        once = [self._short(note) for note in notes if note]
        said = [] if status is None or not status.trouble else [self._trouble(status)]
        if status is not None and status.lost_rows:
            said.append(f"store: {status.lost_rows:,} rows found no room and are lost")
        recent = self._clock() - self._opened_ms < NOTE_MS
        line = "nothing is stored" if status is None else self._line(status)
        return "; ".join([line, *once]), tuple(said + (once if recent else []))

    def _trouble(self, status: StoreStatus) -> str:
        if not self._trouble_since_ms:
            self._trouble_since_ms = self._clock()
        since = clock(self._trouble_since_ms)
        reason = self._short(status.trouble).partition("; ")[0]
        return f"{reason}: not storing since {since}, {status.waiting_rows:,} rows wait"

    def _line(self, status: StoreStatus) -> str:
        if not status.trouble:
            self._trouble_since_ms = 0
        if status.read_only:
            return f"{self.path}, only read"
        took = "" if status.last_commit_ms is None else f", last commit {status.last_commit_ms:.0f} ms"
        size = f"{status.file_bytes / _MEGA:,.1f} MB"
        return f"{self.path}, {size}, {status.written_rows:,} rows written, {status.waiting_rows:,} wait{took}"

    def _short(self, line: str) -> str:
        return f"store: {line.removeprefix(f'{self.path}: ')}"

    def close(self) -> str:
        """Write what waits and let others write; returns what was lost, "" where nothing was."""
        with self._opening:
            self._closed = True
            store = self._store
        if store is None:
            return ""
        in_time = store.close()
        status = store.status()
        lost = status.lost_rows + status.waiting_rows
        if not lost:
            return ""
        why = self._short(status.trouble or ("" if in_time else "the disk is too slow"))
        return f"{why}; {lost:,} rows were not stored"
