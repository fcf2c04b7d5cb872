"""Status events of one stream: said to whoever listens, and recorded so that a replay tells the same story."""

import time
from collections.abc import Callable

from feeds.events import Connected, Disconnected, Gap, Market, Refused, Undecodable, to_json
from feeds.record import Record
from feeds.source import Emit
from feeds.wording import printable

Recorder = Callable[[Record], None]


def now_ms() -> int:
    """The wall clock, UNIX milliseconds."""
    return time.time_ns() // 1_000_000


class Narrator:
    """Says what happens to one stream of one venue."""

    def __init__(self, venue: str, market: Market, stream: str, emit: Emit, recorder: Recorder | None) -> None:
        self._venue = venue
        self._market: Market = market
        self._stream = stream
        self._emit = emit
        self._recorder = recorder

    def connected(self, reason: str, at_ms: int) -> None:
        """The first market event came."""
        self._say(
            Connected(
                venue=self._venue,
                market=self._market,
                stream=self._stream,
                at_ms=at_ms,
                received_ms=at_ms,
                reason=printable(reason),
            )
        )

    def gap(self, since_ms: int, at_ms: int) -> None:
        """Nothing was seen between the two times."""
        self._say(
            Gap(
                venue=self._venue,
                market=self._market,
                stream=self._stream,
                at_ms=at_ms,
                received_ms=at_ms,
                reason=f"not seen for {(at_ms - since_ms) / 1000:.1f} s",
                since_ms=since_ms,
            )
        )

    def disconnected(self, reason: str, retry_at_ms: int | None) -> None:
        """The stream is down."""
        at_ms = now_ms()
        self._say(
            Disconnected(
                venue=self._venue,
                market=self._market,
                stream=self._stream,
                at_ms=at_ms,
                received_ms=at_ms,
                reason=printable(reason),
                retry_at_ms=retry_at_ms,
            )
        )

    def refused(self, reason: str, retry_at_ms: int | None) -> None:
        """The venue said no."""
        at_ms = now_ms()
        self._say(
            Refused(
                venue=self._venue,
                market=self._market,
                stream=self._stream,
                at_ms=at_ms,
                received_ms=at_ms,
                reason=printable(reason),
                retry_at_ms=retry_at_ms,
            )
        )

    def left_out(self, kind: str, reason: str) -> None:
        """Something was counted and left out."""
        at_ms = now_ms()
        self._say(
            Undecodable(
                venue=self._venue,
                market=self._market,
                stream=self._stream,
                at_ms=at_ms,
                received_ms=at_ms,
                reason=printable(reason),
                kind=kind,
            )
        )

    def _say(self, event: Connected | Disconnected | Refused | Undecodable | Gap) -> None:
        if self._recorder is not None:
            payload = to_json(event)
            self._recorder(Record(event.received_ms, "status", self._venue, self._market, self._stream, payload))
        self._emit((event,))
