"""Which sockets get which frames: subscriptions, greetings, frames waiting for a subscriber, delivery in order."""

from collections import deque
from collections.abc import Mapping, Sequence

from websockets.exceptions import ConnectionClosed

from .dialect import Dialect, compact
from .journal import Journal
from .session import Session

Frame = str | bytes | Mapping[str, object] | Sequence[object]
"""A frame to push: text or bytes go as they are, anything else as compact JSON. Binance frames are given unwrapped."""


class Outbox:
    """Delivers frames to the sockets that subscribed to them and whose route carries them."""

    def __init__(self, dialects: Mapping[str, Dialect], journal: Journal) -> None:
        self.sessions: list[Session] = []
        self._dialects = dialects
        self._journal = journal
        self._queued: dict[tuple[str, str], deque[Frame]] = {}

    def dialect_of(self, endpoint: str) -> Dialect:
        return self._dialects[endpoint.partition("/")[0]]

    def subscribers(self, endpoint: str, stream: str) -> list[Session]:
        """The sockets that a frame of the stream reaches now."""
        dialect = self.dialect_of(endpoint)
        return [
            session
            for session in self.sessions
            if _wanted(dialect, session, stream)
            and session.opening.endpoint == endpoint
            and not session.silent
            and not session.frozen
            and dialect.carries(session, stream)
        ]

    async def push(self, endpoint: str, stream: str, frame: Frame, verbatim: bool) -> int:
        """Send a frame to all subscribers; returns how many got it. `verbatim`: neither wrapped nor remembered."""
        text = frame if isinstance(frame, str | bytes) else compact(frame)
        dialect = self.dialect_of(endpoint)
        if isinstance(text, str) and not verbatim:
            dialect.remember(endpoint, stream, text)
        reached = 0
        for session in self.subscribers(endpoint, stream):
            async with session.order:
                if _wanted(dialect, session, stream):
                    reached += await self._deliver(session, stream, text, verbatim)
        return reached

    async def queue(self, endpoint: str, stream: str, frames: Sequence[Frame]) -> None:
        """Send the frames now where somebody is subscribed, else to the first who will be."""
        if not self.subscribers(endpoint, stream):
            self._queued.setdefault((endpoint, stream), deque()).extend(frames)
            return
        for frame in frames:
            await self.push(endpoint, stream, frame, verbatim=False)

    async def subscribe(self, session: Session, streams: Sequence[str], replies: Sequence[str] = ()) -> None:
        """Acknowledge, then let the streams begin: the venue's greeting first, then what was queued.

        Raises ConnectionClosed.
        """
        endpoint = session.opening.endpoint
        dialect = self.dialect_of(endpoint)
        async with session.order:
            early = dialect.greets_first(endpoint)
            session.streams.update(dict.fromkeys(streams))
            session.log.subscribed.extend(streams)
            if early:
                await self._greet(session, streams)
            for reply in replies:
                await session.tell(reply)
            if not early:
                await self._greet(session, streams)
            for key in [one for one in self._queued if one[0] == endpoint]:
                if session in self.subscribers(*key):
                    await self._empty(session, key)
        self._journal.changed()

    async def _greet(self, session: Session, streams: Sequence[str]) -> None:
        endpoint = session.opening.endpoint
        for stream in streams:
            greeting = self.dialect_of(endpoint).greeting(endpoint, stream)
            if greeting is not None and session in self.subscribers(endpoint, stream):
                await self._deliver(session, stream, greeting, verbatim=False)

    async def _empty(self, session: Session, key: tuple[str, str]) -> None:
        """Send what waited for a subscriber."""
        endpoint, stream = key
        for frame in self._queued.pop(key):
            text = frame if isinstance(frame, str | bytes) else compact(frame)
            if isinstance(text, str):
                self.dialect_of(endpoint).remember(endpoint, stream, text)
            await self._deliver(session, stream, text, verbatim=False)

    async def _deliver(self, session: Session, stream: str, text: str | bytes, verbatim: bool) -> bool:
        try:
            if isinstance(text, str) and not verbatim:
                wire = self.dialect_of(session.opening.endpoint).wire(session, stream, text)
                sent = await session.tell(wire)
            else:
                sent = await session.say(text)
        except ConnectionClosed:
            return False
        session.log.market_frames += sent
        self._journal.changed()
        return sent


def _wanted(dialect: Dialect, session: Session, stream: str) -> bool:
    return stream in session.streams or any(dialect.covers(one, stream) for one in session.streams)
