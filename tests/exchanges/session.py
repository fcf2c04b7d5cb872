"""One client's socket as an exchange sees it: where it was opened, what it subscribed to, what it has used up."""

import asyncio
import gzip
import re
from collections import deque
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

from websockets.asyncio.server import ServerConnection
from websockets.frames import Frame, Opcode
from websockets.protocol import Event

from .journal import SocketLog
from .limits import Upkeep


@dataclass(frozen=True, slots=True)
class Address:
    """What a client asked the gateway for: `/HOST/PATH?QUERY`. `path` is unquoted, `query` is as it came."""

    host: str
    path: str
    query: str

    @classmethod
    def parse(cls, target: str) -> "Address":
        place, _, query = target.partition("?")
        host, _, path = place.lstrip("/").partition("/")
        return cls(host.lower(), "/" + unquote(path), query)

    def parameter(self, name: str) -> str:
        """A parameter of the query, unquoted once; empty where it is missing."""
        return parse_qs(self.query, keep_blank_values=True).get(name, [""])[0]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a websocket address means: its endpoint, the streams named in the URL, and how frames are framed there."""

    endpoint: str
    streams: tuple[str, ...] = ()
    wrapped: bool = False
    route: str = ""
    gzipped: bool = False
    """Everything sent is binary gzip."""
    refused: bool = False
    """The port is closed: the TCP connection is dropped without an answer."""


class Socket(ServerConnection):
    """A connection that also tells its session about the client's PING and PONG frames, and takes a POST with its body.

    The server that owns it knows no request bodies: one is cut off here and kept in `posted` before it parses the rest.
    """

    session: "Session | None" = None
    posted: str = ""
    _post: bytes | None = b""
    """What came so far of a request that may be a POST; None: it is none, or it is complete."""

    def data_received(self, data: bytes) -> None:
        if self._post is None:
            super().data_received(data)
            return
        self._post += data
        head, end, body = self._post.partition(b"\r\n\r\n")
        if b"POST ".startswith(self._post[:5]) and not end:
            return
        length = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
        if self._post.startswith(b"POST ") and length is not None:
            if len(body) < int(length[1]):
                return
            self.posted = body.decode(errors="replace")
            self._post = head[: length.start()] + head[length.end() :] + end
        whole, self._post = self._post, None
        super().data_received(whole)

    def process_event(self, event: Event) -> None:
        super().process_event(event)
        is_control = isinstance(event, Frame) and event.opcode in (Opcode.PING, Opcode.PONG)
        if is_control and self.session is not None and self.session.upkeep.counts_control_frames:
            self.session.arrived()


class Session:
    """The state of one open socket."""

    def __init__(self, socket: Socket, identity: str, opening: Opening, upkeep: Upkeep, log: SocketLog) -> None:
        self.socket = socket
        self.identity = identity
        self.opening = opening
        self.upkeep = upkeep
        self.log = log
        self.streams: dict[str, None] = {}
        self.wrapped = opening.wrapped
        self.silent = False
        """Acknowledges but gets no market data."""
        self.frozen = False
        """Half-open: nothing is read and nothing is sent, and the TCP connection stays."""
        self.order = asyncio.Lock()
        """Held while frames that belong together are sent, so that no delta overtakes its snapshot."""
        self.overrun = asyncio.Event()
        self.question_seconds = upkeep.question_seconds
        self.asking = asyncio.Event()
        """Set once there is a question to be asked again and again."""
        if upkeep.question_seconds is not None:
            self.asking.set()
        self.answered = asyncio.Event()
        self.clock = asyncio.get_running_loop().time
        self.received_s = self.sent_s = self.clock()
        self._used: dict[str, deque[float]] = {}

    def used(self, what: str, window_seconds: float) -> int:
        """Count one more use of something limited and return the uses within the window."""
        now = self.clock()
        uses = self._used.setdefault(what, deque())
        uses.append(now)
        while uses[0] <= now - window_seconds:
            uses.popleft()
        return len(uses)

    def arrived(self) -> None:
        """Count an incoming message against the endpoint's messages a second."""
        self.received_s = self.clock()
        most = self.upkeep.messages_per_second
        if most is not None and self.used("messages", 1.0) > most:
            self.overrun.set()

    async def say(self, wire: str | bytes) -> bool:
        """Send one frame as it is, False where the socket is half-open; raises ConnectionClosed."""
        if self.frozen:
            return False
        await self.socket.send(wire)
        self.sent_s = self.clock()
        return True

    async def tell(self, text: str) -> bool:
        """Send one message in the form that the socket has; raises ConnectionClosed."""
        return await self.say(gzip.compress(text.encode(), 1) if self.opening.gzipped else text)

    def ask_every(self, seconds: float) -> None:
        """From now on the venue's question is asked this often."""
        self.question_seconds = seconds
        self.asking.set()

    async def end(self, code: int, reason: str) -> None:
        """Close the socket properly, which a half-open one can't be."""
        if not self.frozen:
            await self.socket.close(code, reason)

    def freeze(self) -> None:
        """Become half-open."""
        self.frozen = True
        self.socket.transport.pause_reading()
