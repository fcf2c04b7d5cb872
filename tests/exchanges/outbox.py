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
            if stream in session.streams
            and session.opening.endpoint == endpoint
            and not session.silent
            and not session.frozen
            and dialect.carries(session, stream)
        ]

    async def push(self, endpoint: str, stream: str, frame: Frame, verbatim: bool) -> int:
        """Send a frame to all subscribers; returns how many got it. `verbatim`: neither wrapped nor remembered."""
        text = frame if isinstance(frame, str | bytes) else compact(frame)
        if isinstance(text, str) and not verbatim:
            self.dialect_of(endpoint).remember(endpoint, stream, text)
        reached = 0
        for session in self.subscribers(endpoint, stream):
            async with session.order:
                if stream in session.streams:
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
            for reply in replies:
                await session.say(reply)
            session.streams.update(dict.fromkeys(streams))
            session.log.subscribed.extend(streams)
            for stream in streams:
                if session not in self.subscribers(endpoint, stream):
                    continue
                greeting = dialect.greeting(endpoint, stream)
                if greeting is not None:
                    await self._deliver(session, stream, greeting, verbatim=False)
                for frame in self._queued.pop((endpoint, stream), ()):
                    text = frame if isinstance(frame, str | bytes) else compact(frame)
                    if isinstance(text, str):
                        dialect.remember(endpoint, stream, text)
                    await self._deliver(session, stream, text, verbatim=False)
        self._journal.changed()

    async def _deliver(self, session: Session, stream: str, text: str | bytes, verbatim: bool) -> bool:
        if isinstance(text, str) and not verbatim:
            text = self.dialect_of(session.opening.endpoint).wire(session, stream, text)
        try:
            sent = await session.say(text)
        except ConnectionClosed:
            return False
        session.log.market_frames += sent
        self._journal.changed()
        return sent
