"""A program watching BTC on local exchanges that liquidate on demand, with the ledger of what they sent."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Collection
from decimal import Decimal
from pathlib import Path

from tests.exchanges import Exchanges, Limits, frames
from tests.reliability.ledger import Ledger, Sent, key, settle
from tests.reliability.program import VENUES, Program, liqtop

CONTRACT = Decimal("0.01")  # coins of an OKX contract, and of ten HTX contracts


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def liquidation(venue: str, hundredths: int, price: int, at_ms: int) -> frames.Pushed:
    """A long of so many hundredths of a coin, closed by force, as the venue tells it."""
    coins = str(hundredths * CONTRACT)
    match venue:
        case "binance":
            return frames.binance_liquidation("BTCUSDT", "SELL", coins, str(price), at_ms)
        case "bybit":
            return frames.bybit_liquidations("BTCUSDT", at_ms, ("Buy", coins, str(price)))
        case "okx":
            return frames.okx_liquidations("BTC-USDT-SWAP", ("long", "sell", str(hundredths), str(price), at_ms))
    return frames.htx_liquidation("BTC-USDT", "sell", 10 * hundredths, float(coins), float(price), at_ms)


class Scene:
    """What a fault script plays with."""

    def __init__(self, exchanges: Exchanges, program: Program, venues: Collection[str]) -> None:
        self.exchanges = exchanges
        self.program = program
        self.ledger = Ledger()
        self._venues = venues
        self._number = 0
        self._since = 0

    def next(self, venue: str, *, ahead_ms: int = 0, counted: bool = True) -> frames.Pushed:
        """The next liquidation of a venue, entered in the ledger; `ahead_ms`: the venue's clock against ours."""
        self._number += 1
        price, sent_ms = 70_000 + self._number, now_ms()
        at_ms = sent_ms + ahead_ms
        if counted:
            usd = self._number * CONTRACT * price
            self.ledger.sent.append(Sent(venue, "long", at_ms, sent_ms, usd.quantize(Decimal("0.01"))))
        return liquidation(venue, self._number, price, at_ms)

    async def liquidate(self, *venues: str) -> None:
        """One liquidation on each of these venues, or on all."""
        for venue in venues or self._venues:
            await self.exchanges.push(venue, "perp", *self.next(venue))
            if venue == "htx":  # its trades come on a socket apart, which is silent without one
                trade = frames.htx_swap_trade("BTC-USDT", "buy", 1, 0.001, 70_000, now_ms(), trade_id=self._number)
                await self.exchanges.push("htx", "perp", *trade)

    async def ready(self, *venues: str) -> None:
        """Return once these venues, or all, would reach the program."""
        for venue in venues or self._venues:
            if venue == "htx":
                await self.exchanges.subscribed("htx", "perp", "market.BTC-USDT.trade.detail", timeout=20)
            stream, _ = liquidation(venue, 1, 1, 1)
            market = "notification" if venue == "htx" else "perp"
            await self.exchanges.subscribed(venue, market, stream, timeout=20)

    async def back(self, venue: str) -> None:
        """Return once everybody liquidates and is told again; a line that is about to close swallows what it gets."""
        for _ in range(20):
            await self.ready(venue)
            await self.liquidate()
            with contextlib.suppress(TimeoutError):
                await self.told(seconds=1.0)
                if self._is_up(venue):
                    return
                await asyncio.sleep(0.1)
        raise TimeoutError(f"{venue} did not come back")

    def _is_up(self, venue: str) -> bool:
        """Whether the streams of the venue's perpetuals, but for its polls, are connected by their last word."""
        last = {
            event["stream"]: event["type"]
            for event in self.program.events
            if event["type"] in ("connected", "disconnected") and (event["venue"], event["market"]) == (venue, "perp")
        }
        return all(kind == "connected" for stream, kind in last.items() if stream != f"{venue} rest")

    async def told(self, *venues: str, seconds: float = 20.0) -> None:
        """Return once the last liquidation of each of these venues, or of all, is a line of the program."""
        wanted = {self.ledger.of(venue)[-1].key for venue in venues or self._venues}
        await self.program.until(
            lambda: wanted <= {key(event) for event in self.program.of("liquidation")}, seconds=seconds
        )

    def begin(self) -> None:
        """From here on is the fault."""
        self._since = len(self.program.events)

    def of(self, kind: str, venue: str = "") -> list[dict[str, object]]:
        """The lines of a type since the fault began, of a venue's perpetuals."""
        lines = self.program.events[self._since :]
        return [
            event
            for event in lines
            if event["type"] == kind and (not venue or (event["venue"], event["market"]) == (venue, "perp"))
        ]

    async def until(self, condition: Callable[[], object]) -> None:
        await self.program.until(condition)

    def settle(self, *faulty: str) -> None:
        """The account is right to the cent, and no venue but the faulty ones went down since the fault began."""
        settle(self.ledger, self.program.events)
        for kind in ("disconnected", "refused", "gap"):
            strange = [event for venue in self._venues if venue not in faulty for event in self.of(kind, venue)]
            assert not strange, f"the trouble of {faulty} reached others: {strange}"


@contextlib.asynccontextmanager
async def opened(
    folder: Path,
    *,
    limits: Limits | None = None,
    venues: tuple[str, ...] = VENUES,
    day_seconds: float | None = None,
    **connection: float,
) -> AsyncIterator[Scene]:
    """A scene in which every venue has told something."""
    async with (
        Exchanges(limits=limits) as exchanges,
        liqtop(
            folder, "events", "BTC", "--gateway", exchanges.url, day_seconds=day_seconds, venues=venues, **connection
        ) as program,
    ):
        scene = Scene(exchanges, program, venues)
        await scene.ready()
        await scene.liquidate()
        await scene.told()
        yield scene


@contextlib.asynccontextmanager
async def trading(scene: Scene, *venues: str) -> AsyncIterator[None]:
    """Meanwhile these venues liquidate five times a second."""

    async def trade() -> None:
        while True:
            await scene.liquidate(*venues)
            await asyncio.sleep(0.2)

    task = asyncio.create_task(trade())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])
