"""What clients did to the exchanges: every socket attempt and REST call, and a way to wait for the next one."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class SocketLog:
    """One attempt to open a socket and all that came of it. Times are the event loop's clock, in seconds."""

    endpoint: str
    """Venue and market, e.g. "binance/perp"; OKX has one endpoint for both markets, "okx/public"."""
    host: str
    path: str
    query: str
    at_s: float
    status: int | None = None
    """101 once accepted, the HTTP status of a refusal, None where it was never answered."""
    subscribed: list[str] = field(default_factory=list)
    """Every stream asked for and accepted, in order, with repetitions; streams in the URL first."""
    unsubscribed: list[str] = field(default_factory=list)
    received: list[str] = field(default_factory=list)
    received_at_s: list[float] = field(default_factory=list)
    market_frames: int = 0
    """Market data frames sent to it, acknowledgements and pongs left out."""
    pings_answered: int = 0
    """The client's own pings that were answered: text, JSON, or LIST_SUBSCRIPTIONS on Binance."""
    pongs: int = 0
    """Our ping frames, or heartbeats in words, that the client answered."""
    closed_at_s: float | None = None
    close_code: int | None = None

    @property
    def open(self) -> bool:
        return self.status == 101 and self.closed_at_s is None


@dataclass(slots=True, eq=False)
class RestLog:
    """One REST call; `status` None where it was left hanging."""

    host: str
    path: str
    query: str
    at_s: float
    status: int | None = None
    method: str = "GET"
    body: str = ""
    """What was posted."""

    @property
    def address(self) -> str:
        """HOST/PATH?QUERY, and after a "#" the `type` of what was posted: what faults are hung on."""
        query = f"?{self.query}" if self.query else ""
        asked = _asked_type(self.body)
        return f"{self.host}{self.path}{query}" + (f"#{asked}" if asked else "")


def _asked_type(body: str) -> str:
    try:
        posted = json.loads(body or "null")
    except ValueError:
        return ""
    return str(posted.get("type", "")) if isinstance(posted, dict) else ""


class Journal:
    """Keeps the logs and wakes whoever waits for them to change."""

    def __init__(self) -> None:
        self.sockets: list[SocketLog] = []
        self.requests: list[RestLog] = []
        self.strays: list[str] = []
        self._waiting: list[asyncio.Future[None]] = []

    def changed(self) -> None:
        """Tell every waiter to look again."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def wait_for(self, condition: Callable[[], object], timeout: float) -> None:
        """Return as soon as the condition holds; raises TimeoutError with the journal's contents."""
        try:
            async with asyncio.timeout(timeout):
                while not condition():
                    future = asyncio.get_running_loop().create_future()
                    self._waiting.append(future)
                    await future
        except TimeoutError:
            raise TimeoutError(f"not within {timeout} s; so far:\n{self}") from None

    def __str__(self) -> str:
        sockets = [
            f"{log.endpoint} {log.path} status={log.status} open={log.open} close_code={log.close_code} "
            f"subscribed={log.subscribed} market_frames={log.market_frames}"
            for log in self.sockets
        ]
        requests = [f"{log.method} {log.host}{log.path}?{log.query} status={log.status}" for log in self.requests]
        strays = [f"no such place: {stray}" for stray in self.strays]
        return "\n".join([*sockets, *requests, *strays]) or "nothing happened"
