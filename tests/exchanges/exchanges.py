"""The scenario a test plays with: push and queue frames, break and repair things, and see what clients did."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Self

from websockets.exceptions import ConnectionClosed

from .binance import Binance
from .bitget import Bitget
from .bitmex import Bitmex
from .bybit import Bybit
from .coinbase import Coinbase
from .deribit import Deribit
from .dialect import Dialect
from .faults import FaultBoard, RestFault, SocketFault
from .gate import Gate
from .gateway import Gateway
from .htx import Htx
from .hyperliquid import Hyperliquid
from .journal import Journal, RestLog, SocketLog
from .limits import Limits
from .listings import Listings
from .marketdata import MarketData
from .okx import PUBLIC, Okx
from .outbox import Frame, Outbox
from .session import Session

_VENUES = (Binance, Bybit, Okx, Hyperliquid, Coinbase, Htx, Gate, Bitmex, Deribit, Bitget)


class Exchanges:
    """All exchanges on one loopback port, as an async context manager.

    Venues are "binance", "bybit", "okx", "hyperliquid", "coinbase", "htx", "gate", "bitmex", "deribit" and "bitget";
    markets "perp" and "spot" (OKX and Deribit have one socket for everything), and "notification" for HTX's third
    socket, which perp streams named `public.*` go to by themselves. A market of None means all of the venue.

    `data` is what the REST answers tell. Leaving the context raises what went wrong inside the exchanges themselves.
    """

    def __init__(
        self, listings: Listings | None = None, limits: Limits | None = None, data: MarketData | None = None
    ) -> None:
        listings, limits = listings or Listings(), limits or Limits()
        self.data = data or MarketData()
        """What the REST answers tell; may be changed while the exchanges run."""
        dialects = tuple(venue(listings, limits, self.data) for venue in _VENUES)
        self._dialects: dict[str, Dialect] = {dialect.venue: dialect for dialect in dialects}
        self._journal = Journal()
        self._faults = FaultBoard()
        self._outbox = Outbox(self._dialects, self._journal)
        self._connects_per_second = {PUBLIC: limits.okx_connects_per_second}
        self.port = 0

    async def __aenter__(self) -> Self:
        self._gateway = Gateway(self._dialects, self._outbox, self._journal, self._faults, self._connects_per_second)
        self.port = await self._gateway.start()
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self._gateway.stop()
        if self._gateway.crashes and raised[0] is None:
            raise ExceptionGroup("the local exchanges failed", self._gateway.crashes)

    @property
    def url(self) -> str:
        """What `[network] gateway` is set to."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def websocket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    # What the exchanges send.

    async def push(self, venue: str, market: str, stream: str, frame: Frame, *, verbatim: bool = False) -> int:
        """Send a frame to everybody subscribed to the stream; returns how many sockets got it.

        Binance frames are given unwrapped and wrapped for the sockets that want it. `verbatim` sends the text
        untouched, which is how to send garbage. A socket on a route that doesn't carry the stream gets nothing.
        """
        return await self._outbox.push(self._endpoint(venue, market, stream), stream, frame, verbatim)

    async def queue(self, venue: str, market: str, stream: str, *frames: Frame) -> None:
        """As `push`, but where nobody is subscribed the frames wait and go to the first who is, once acknowledged."""
        await self._outbox.queue(self._endpoint(venue, market, stream), stream, frames)

    async def play(
        self,
        venue: str,
        market: str,
        recording: Iterable[tuple[str, Frame]],
        *,
        after: Iterable[str] = (),
        timeout: float = 5.0,
    ) -> int:
        """Send (stream, frame) pairs in order, as fast as the clients read; returns how many deliveries were made.

        Waits first until all streams in `after` have a subscriber. Frames of streams that nobody wants are left out.
        """
        for stream in after:
            await self.subscribed(venue, market, stream, timeout=timeout)
        delivered = 0
        for stream, frame in recording:
            endpoint = self._endpoint(venue, market, stream)
            delivered += await self._outbox.push(endpoint, stream, frame, verbatim=False)
        return delivered

    async def announce_close(self, venue: str, market: str | None = None, *, after_seconds: float = 0.0) -> None:
        """Send the notice the venue has (OKX 64008, Binance spot serverShutdown), then close all its sockets."""
        sessions = self._sessions(venue, market)
        for session in sessions:
            notice = self._dialects[venue].farewell(session)
            if notice is not None:
                with suppress(ConnectionClosed):
                    await session.say(notice)
        await asyncio.sleep(after_seconds)
        await asyncio.gather(*(session.end(1001, "service upgrade") for session in sessions))

    # What goes wrong.

    def break_sockets(self, venue: str, market: str, fault: SocketFault, *, times: int | None = None) -> None:
        """What new sockets meet, for so many attempts or until `repair`. Sockets that are open stay as they are."""
        self._faults.hang_socket(self._endpoint(venue, market), fault, times)

    def break_rest(self, address: str, fault: RestFault, *, times: int | None = None) -> None:
        """What REST calls to "HOST", "HOST/PATH" or "HOST/PATH?QUERY" meet, for so many calls or until `repair`.

        The address may end anywhere. What was posted is told by its type: "api.hyperliquid.xyz/info#l2Book".
        """
        self._faults.hang_rest(address, fault, times)

    def repair(self) -> None:
        """New sockets and calls work again."""
        self._faults.clear()

    async def drop(self, venue: str, market: str | None = None, *, code: int | None = None) -> int:
        """Lose all open sockets now, without a goodbye or with a close code; returns how many."""
        sessions = self._sessions(venue, market)
        for session in sessions:
            if code is None:
                session.socket.transport.abort()
            else:
                await session.end(code, "")
        await self.wait_for(lambda: not any(session.log.open for session in sessions))
        return len(sessions)

    def silence(self, venue: str, market: str | None = None) -> None:
        """From now on the open sockets get no market data, though everything is acknowledged and answered."""
        for session in self._sessions(venue, market):
            session.silent = True

    def freeze(self, venue: str, market: str | None = None) -> None:
        """From now on the open sockets are half-open: nothing is read, answered or sent, not even control frames."""
        for session in self._sessions(venue, market):
            session.freeze()

    # What clients did.

    def sockets(self, venue: str, market: str | None = None) -> list[SocketLog]:
        """Every attempt to open a socket, refused ones too, in order."""
        return [log for log in self._journal.sockets if self._is(log.endpoint, venue, market)]

    def open_sockets(self, venue: str, market: str | None = None) -> list[SocketLog]:
        """The sockets that are open now."""
        return [log for log in self.sockets(venue, market) if log.open]

    def subscriptions(self, venue: str, market: str | None = None) -> list[str]:
        """Every accepted subscription of every socket, in the order of the sockets."""
        return [stream for log in self.sockets(venue, market) for stream in log.subscribed]

    @property
    def requests(self) -> list[RestLog]:
        """Every REST call, in order."""
        return self._journal.requests

    def calls(self, address: str) -> list[RestLog]:
        """The REST calls to addresses that begin so, as in `break_rest`, in order; each has its time, `at_s`."""
        return [log for log in self._journal.requests if log.address.startswith(address)]

    @property
    def strays(self) -> list[str]:
        """HOST/PATH of every socket and call that went to a place that no exchange has."""
        return self._journal.strays

    async def wait_for(self, condition: Callable[[], object], timeout: float = 5.0) -> None:
        """Return once the condition holds, looked at whenever something happens at the exchanges; else TimeoutError."""
        await self._journal.wait_for(condition, timeout)

    async def subscribed(self, venue: str, market: str, *streams: str, timeout: float = 5.0) -> None:
        """Return once every stream has a subscriber whom a push would reach."""
        places = [(self._endpoint(venue, market, one), one) for one in streams]
        await self.wait_for(lambda: all(self._outbox.subscribers(*place) for place in places), timeout)

    def _endpoint(self, venue: str, market: str, stream: str = "") -> str:
        return self._dialects[venue].endpoint(market, stream)

    def _is(self, endpoint: str, venue: str, market: str | None) -> bool:
        wanted = (market,) if market is not None else self._dialects[venue].markets
        return endpoint in {self._endpoint(venue, one) for one in wanted}

    def _sessions(self, venue: str, market: str | None) -> list[Session]:
        return [one for one in self._outbox.sessions if self._is(one.opening.endpoint, venue, market)]
