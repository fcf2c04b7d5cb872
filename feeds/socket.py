"""One websocket from handshake to its end: subscribe at the venue's pace, keep it alive, notice when it is not."""

import asyncio
import time
from collections.abc import Callable

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidProxy, InvalidStatus, InvalidURI

from feeds.gateway import route, through
from feeds.retry import Failure, stated_wait
from feeds.settings import FeedsSettings
from feeds.venue import SENT_AT_SECONDS, Connection

_HEARTBEATS_UNANSWERED = 3
_WATCH_SECONDS = 0.1

OnFrame = Callable[[bytes], bool]
"""Takes a frame; True where it brought a market event."""


class Socket:
    """One attempt at one connection.

    `live` is set by its first market event, `whole` once it is live and answered after the last subscription was said:
    from then on nothing that was asked for is missing. `said` tells that all subscriptions were said. `doubt` is what
    the owner knows about why no market event may come, `refusal` a refused subscription that the socket is of no use
    without.
    """

    def __init__(self, plan: Connection, settings: FeedsSettings, on_frame: OnFrame) -> None:
        self.plan = plan
        self.live = asyncio.Event()
        self.whole = asyncio.Event()
        self.said = not plan.subscribe
        self.doubt = ""
        self.refusal = ""
        self._replies: asyncio.Queue[str] = asyncio.Queue()
        self._settings = settings
        self._on_frame = on_frame
        self._event_at = self._frame_at = 0.0

    def reply(self, text: str) -> None:
        """Say something back to the venue, soon and in order."""
        self._replies.put_nowait(text)

    async def run(self) -> Failure:
        """Hold the socket until it ends; returns how. Cancelling closes it. Raises what the owner's callback raises."""
        wire = await self._open()
        if isinstance(wire, Failure):
            return wire
        try:
            return await self._hold(wire)
        finally:
            await wire.close()

    async def _open(self) -> ClientConnection | Failure:
        url, settings = self.plan.url, self._settings
        try:
            url = route(url, settings.network)
            return await connect(
                url,
                open_timeout=settings.connection.open_seconds,
                close_timeout=1.0,
                ping_interval=None,  # the venue's own heartbeat and the silence of market events judge liveness
                max_size=settings.connection.max_frame_bytes,
                compression=None,
                proxy=settings.network.proxy or None,
                user_agent_header="liqtop",
            )
        except InvalidStatus as error:
            return _handshake_failure(error, self.plan.url)
        except InvalidURI as error:
            if error.uri == url:
                return Failure("address", f"{url} can't be opened: {error}")
            return Failure("network", f"no connection: sent on to {error.uri[:80]!r}, which is no websocket")
        except (InvalidProxy, ImportError) as error:  # a SOCKS proxy needs a package of its own
            return Failure("address", f"{url} can't be opened: {error}")
        except TimeoutError:
            return Failure("network", f"no handshake within {settings.connection.open_seconds:g} s")
        except Exception as error:  # the library's boundary: odd names, ports, redirects raise more than it documents
            return Failure("network", f"no connection: {str(error) or type(error).__name__}{through(settings.network)}")

    async def _hold(self, wire: ClientConnection) -> Failure:
        self._event_at = self._frame_at = time.monotonic()
        read = asyncio.create_task(self._read(wire), name=f"{self.plan.name} read")
        watch = asyncio.create_task(self._watch(), name=f"{self.plan.name} watch")
        say = asyncio.create_task(self._say(wire), name=f"{self.plan.name} say")
        answer = asyncio.create_task(self._answer(wire), name=f"{self.plan.name} answer")
        try:
            done, _ = await asyncio.wait([read, watch], return_when=asyncio.FIRST_COMPLETED)
            return done.pop().result()
        finally:
            for task in (read, watch, say, answer):
                task.cancel()
            for ending in await asyncio.gather(read, watch, say, answer, return_exceptions=True):
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
                if self.said and self.live.is_set():
                    self.whole.set()
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
            for number, message in enumerate(self.plan.subscribe, 1):
                await wire.send(_timed(message))
                self.said = number == len(self.plan.subscribe)
                await asyncio.sleep(1.0 / self.plan.messages_per_second)
            while self.plan.heartbeat is not None:
                await asyncio.sleep(self.plan.heartbeat.every_seconds)
                if self.plan.heartbeat.text:
                    await wire.send(_timed(self.plan.heartbeat.text))
        except ConnectionClosed:
            return  # the reader tells how

    async def _answer(self, wire: ClientConnection) -> None:
        """Send the replies that the venue's heartbeats ask for."""
        try:
            while True:
                await wire.send(await self._replies.get())
        except ConnectionClosed:
            return  # the reader tells how

    async def _watch(self) -> Failure:
        """Return once the socket is dead in all but name."""
        heartbeat, factor = self.plan.heartbeat, self._settings.connection.patience
        patience = self._settings.connection.first_event_seconds
        patience += len(self.plan.subscribe) / self.plan.messages_per_second
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            if self.refusal:
                return Failure("subscription", self.refusal)
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


def _timed(message: str) -> str:
    """The message as it is sent now."""
    return message.replace(SENT_AT_SECONDS, str(int(time.time())))


def _who(error: ConnectionClosed) -> str:
    return "the venue" if error.rcvd is not None and error.rcvd_then_sent is not False else "us"


def _handshake_failure(error: InvalidStatus, url: str) -> Failure:
    response = error.response
    return Failure(
        "http",
        f"{url.partition('//')[2].partition('/')[0]} answered {response.status_code}",
        code=response.status_code,
        body=bytes(response.body or b"")[:2000].decode("utf-8", "replace"),
        retry_after=stated_wait(next(iter(response.headers.get_all("Retry-After")), None)),
    )
