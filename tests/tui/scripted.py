"""A source that emits what a test tells it to, when it tells it to, with a clock that the test sets."""

import asyncio
import threading
from collections.abc import Callable

from feeds.events import AnyEvent, Liquidation, MarkPrice, Position, Trade
from feeds.settings import FeedsSettings
from feeds.source import Emit, Mode
from scoring.settings import ScoringSettings
from tui.session import Session

START_MS = 1_738_000_000_000
COINS = ("BTC", "ETH", "WIF")


class ScriptedSource:
    """A live-like source: its events come from `send`, which any thread may call."""

    mode: Mode = "DEMO"

    def __init__(self, error: Exception | None = None) -> None:
        self.at_ms = START_MS
        self.stopped = False
        self.runs_done = threading.Event()
        self.began_again = threading.Event()
        self._error = error
        self._running = threading.Event()
        self._end = asyncio.Event()
        self._emit: Emit

    def now_ms(self) -> int:
        return self.at_ms

    async def run(self, emit: Emit) -> None:
        if self._error is not None:
            raise self._error
        self._emit = emit
        self._loop = asyncio.get_running_loop()
        if self.runs_done.is_set():
            self.began_again.set()
        self._running.set()
        self._end.clear()
        try:
            await self._end.wait()
        finally:
            self.stopped = True
            self.runs_done.set()

    def send(self, *events: AnyEvent) -> None:
        assert self._running.wait(5)
        self._emit(events)

    def end(self) -> None:
        assert self._running.wait(5)
        self._loop.call_soon_threadsafe(self._end.set)


class ScriptedTape(ScriptedSource):
    """The same as a tape: its time can be driven."""

    mode: Mode = "REPLAY"

    def __init__(self) -> None:
        super().__init__()
        self.speed: float | None = 1.0
        self.paused = False
        self.on_restart: Callable[[], None] | None = None
        self.sought: list[int] = []
        self.steps = 0

    def seek(self, to_ms: int) -> None:
        self.sought.append(to_ms)
        self.at_ms = to_ms
        if self.on_restart is not None:
            self.on_restart()

    def step(self) -> None:
        self.paused = True
        self.steps += 1


def session_of(source: ScriptedSource, coins: tuple[str, ...] = COINS) -> Session:
    return Session(source, FeedsSettings(), ScoringSettings(), coins)


def mark(price: float, at_ms: int = START_MS, coin: str = "BTC") -> MarkPrice:
    return MarkPrice(
        venue="binance",
        market="perp",
        symbol=f"{coin}USDT",
        coin=coin,
        at_ms=at_ms,
        received_ms=at_ms,
        mark=price,
        index=None,
    )


def trade(number: int, price: float = 71_000.0, at_ms: int = START_MS) -> Trade:
    return Trade(
        venue="binance",
        market="perp",
        symbol="BTCUSDT",
        coin="BTC",
        at_ms=at_ms,
        received_ms=at_ms,
        taker="buy",
        price=price,
        quantity=0.01,
        notional_usd=price * 0.01,
        identity=number,
    )


def liquidation(
    position: Position, notional_usd: float, price: float, at_ms: int = START_MS, symbol: str = "BTCUSDT"
) -> Liquidation:
    return Liquidation(
        venue="bybit",
        market="perp",
        symbol=symbol,
        coin="BTC",
        at_ms=at_ms,
        received_ms=at_ms,
        position=position,
        price=price,
        quantity=notional_usd / price,
        notional_usd=notional_usd,
        sampled=False,
        identity=f"{position}{notional_usd}{price}{at_ms}",
    )
