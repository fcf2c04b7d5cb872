"""One websocket from handshake to its end: subscribe at the venue's pace, keep it alive, notice when it is not."""

import asyncio
import time
from collections.abc import Callable

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidProxy,
    InvalidStatus,
    InvalidURI,
)

from feeds.gateway import route
from feeds.retry import Failure
from feeds.settings import FeedsSettings
from feeds.venue import Connection

_HEARTBEATS_UNANSWERED = 3
_WATCH_SECONDS = 0.1

OnFrame = Callable[[bytes], bool]
"""Takes a frame; True where it brought a market event."""


class Socket:
    """One attempt at one connection.

    `live` is set by its first market event; `doubt` is what the owner knows about why none may come.
    """

    def __init__(self, plan: Connection, settings: FeedsSettings, on_frame: OnFrame) -> None:
        self.plan = plan
        self.live = asyncio.Event()
        self.doubt = ""
        self._settings = settings
        self._on_frame = on_frame
        self._event_at = self._frame_at = 0.0

    async def run(self) -> Failure:
        """Hold the socket until it ends; returns how. Cancelling closes it."""
        url = route(self.plan.url, self._settings.network)
        try:
            async with connect(
                url,
                open_timeout=self._settings.connection.open_seconds,
                close_timeout=1.0,
                ping_interval=None,  # the venue's own heartbeat and the silence of market events judge liveness
                max_size=self._settings.connection.max_frame_bytes,
                compression=None,
                proxy=self._settings.network.proxy or None,
                user_agent_header="liqtop",
            ) as wire:
                return await self._hold(wire)
        except InvalidStatus as error:
            return _handshake_failure(error, self.plan.url)
        except (InvalidURI, InvalidProxy) as error:
            return Failure("address", f"{url} can't be opened: {error}")
        except TimeoutError:
            return Failure("network", f"no handshake within {self._settings.connection.open_seconds:g} s")
        except (OSError, InvalidHandshake, ConnectionClosed) as error:
            return Failure("network", f"no connection: {error or type(error).__name__}")

    async def _hold(self, wire: ClientConnection) -> Failure:
        self._event_at = self._frame_at = time.monotonic()
        read = asyncio.create_task(self._read(wire), name=f"{self.plan.name} read")
        watch = asyncio.create_task(self._watch(), name=f"{self.plan.name} watch")
        say = asyncio.create_task(self._say(wire), name=f"{self.plan.name} say")
        try:
            done, _ = await asyncio.wait([read, watch], return_when=asyncio.FIRST_COMPLETED)
            return done.pop().result()
        finally:
            for task in (read, watch, say):
                task.cancel()
            for ending in await asyncio.gather(read, watch, say, return_exceptions=True):
                if isinstance(ending, Exception):
                    raise ending

    async def _read(self, wire: ClientConnection) -> Failure:
        try:
            while True:
                frame = await wire.recv(decode=False)
                self._frame_at = time.monotonic()
                if self._on_frame(frame):
                    self._event_at = self._frame_at
                    self.live.set()
        except ConnectionClosed as error:
            close = error.rcvd or error.sent
            if close is None:
                return Failure("closed", "connection lost")
            return Failure(
                "closed", f"closed by {_who(error)} with {close.code} {close.reason[:80]}".strip(), close.code
            )

    async def _say(self, wire: ClientConnection) -> None:
        """Subscribe within the venue's message limit, then keep saying what keeps the socket open."""
        try:
            for message in self.plan.subscribe:
                await wire.send(message)
                await asyncio.sleep(1.0 / self.plan.messages_per_second)
            while self.plan.heartbeat is not None:
                await asyncio.sleep(self.plan.heartbeat.every_seconds)
                await wire.send(self.plan.heartbeat.text)
        except ConnectionClosed:
            return  # the reader tells how

    async def _watch(self) -> Failure:
        """Return once the socket is dead in all but name."""
        heartbeat, factor = self.plan.heartbeat, self._settings.connection.patience
        patience = self._settings.connection.first_event_seconds
        patience += len(self.plan.subscribe) / self.plan.messages_per_second
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            now = time.monotonic()
            silence = self.plan.silence_seconds
            if silence is not None:
                limit = silence * factor if self.live.is_set() else patience
                if now - self._event_at > limit:
                    return Failure("silent", self._silence(now - self._event_at))
            if heartbeat and now - self._frame_at > _HEARTBEATS_UNANSWERED * heartbeat.every_seconds * factor:
                return Failure("silent", f"nothing received for {now - self._frame_at:.0f} s, heartbeats unanswered")

    def _silence(self, seconds: float) -> str:
        if self.live.is_set():
            return f"no market event for {seconds:.0f} s"
        if self.doubt:
            return self.doubt
        return f"subscribed, but no market event for {seconds:.0f} s: wrong route, or blocked without saying so"


def _who(error: ConnectionClosed) -> str:
    return "the venue" if error.rcvd is not None and error.rcvd_then_sent is not False else "us"


def _handshake_failure(error: InvalidStatus, url: str) -> Failure:
    response = error.response
    after = response.headers.get("Retry-After", "")
    return Failure(
        "http",
        f"{url.partition('//')[2].partition('/')[0]} answered {response.status_code}",
        code=response.status_code,
        body=bytes(response.body or b"")[:2000].decode("utf-8", "replace"),
        retry_after=float(after) if after.isdigit() else None,
    )
