"""Events for the store, an open store that is closed at the end, and waiting for its thread."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from feeds.events import Connected, Disconnected, Funding, Gap, Liquidation, LongShort, OpenInterest, Trade
from feeds.store import Store
from feeds.store_settings import StoreSettings

NOW = 1_792_000_020_000
"""The beginning of a minute."""
BTC: dict[str, Any] = {"venue": "bybit", "market": "perp", "symbol": "BTCUSDT", "coin": "BTC"}
STREAM: dict[str, Any] = {"venue": "bybit", "market": "perp", "stream": "bybit perp", "reason": "why"}
QUICK = StoreSettings(commit_seconds=0.01, retry_seconds=0.01)


def times(at_ms: int) -> dict[str, Any]:
    return {"at_ms": at_ms, "received_ms": at_ms + 40}


def liquidation(at_ms: int = NOW, identity: str = "a", usd: float = 10.0, **others: Any) -> Liquidation:
    fields = {
        **BTC,
        **times(at_ms),
        "position": "long",
        "price": 5.0,
        "quantity": usd / 5.0,
        "sampled": False,
        **others,
    }
    return Liquidation(**fields, notional_usd=usd, identity=identity)


def trade(at_ms: int = NOW, price: float = 5.0, usd: float = 10.0, taker: str = "buy", **others: Any) -> Trade:
    return Trade(**{**BTC, **others}, **times(at_ms), taker=taker, price=price, quantity=usd / price, notional_usd=usd)


def interest(at_ms: int = NOW, coins: float | None = 7.0, **others: Any) -> OpenInterest:
    return OpenInterest(**{**BTC, **others}, **times(at_ms), coins=coins, notional_usd=None)


def funding(at_ms: int = NOW, rate: float = 0.0001, hours: float | None = 8.0) -> Funding:
    return Funding(**BTC, **times(at_ms), rate=rate, interval_hours=hours, next_at_ms=None)


def ratio(at_ms: int = NOW, share: float = 0.6, basis: str = "accounts") -> LongShort:
    return LongShort(**BTC, **times(at_ms), basis=basis, long_share=share)


def up(at_ms: int, **others: Any) -> Connected:
    return Connected(**{**STREAM, **others}, at_ms=at_ms, received_ms=at_ms)


def down(at_ms: int, **others: Any) -> Disconnected:
    return Disconnected(**{**STREAM, **others}, at_ms=at_ms, received_ms=at_ms)


def gap(since_ms: int, at_ms: int) -> Gap:
    return Gap(**STREAM, since_ms=since_ms, at_ms=at_ms, received_ms=at_ms)


@contextlib.contextmanager
def writing(path: Path, settings: StoreSettings = QUICK) -> Iterator[Store]:
    """A store that is open for writing, without a word; at the end all of it is in the file."""
    opened = Store.open(path, settings, NOW)
    assert opened.store is not None
    assert opened.notes == ()
    try:
        yield opened.store
    finally:
        assert opened.store.close()


def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Return once the condition holds, looked at again and again."""
    end, pause = time.monotonic() + seconds, threading.Event()
    while not condition():
        assert time.monotonic() < end, "the condition never held"
        pause.wait(0.002)
