"""What outlives the program: liquidations, minute bars, readings, connected spans, fates and the journal, in SQLite."""

from feeds.store.batch import Document
from feeds.store.metrics import Metric
from feeds.store.reader import Bar, Point, Reader, StoreError
from feeds.store.status import StoreStatus
from feeds.store.store import Opened, Store

__all__ = ["Bar", "Document", "Metric", "Opened", "Point", "Reader", "Store", "StoreError", "StoreStatus"]
