"""How many bytes each connection brings, told every few seconds of its own time.

Counted are the payloads of websocket messages as the socket gave them: what HTX sends gzipped is counted gzipped, and
nothing is compressed in transit, because no connection asks for it. REST answers are counted unpacked, all of a venue
together. Headers, TLS and what we send are not counted. Tapes and the demo carry the same payloads, so a replay tells
what the recording told.
"""

from feeds.events import Market, Traffic
from feeds.record import Record

EVERY_MS = 5_000
"""A report covers at least this long."""


class Meters:
    """One sum a connection. Its first arrival only starts the clock, so that a report's bytes came within its span."""

    def __init__(self) -> None:
        self._sums: dict[tuple[str, str], list[int]] = {}

    def add(self, record: Record, stream: str) -> Traffic | None:
        """Count an arrival; the report of its connection where one is due."""
        at_ms = record.received_ms
        meter = self._sums.get((record.venue, stream))
        if meter is None or at_ms < meter[0]:  # new, or a clock that was set back
            self._sums[record.venue, stream] = [at_ms, 0]
            return None
        meter[1] += len(record.payload)
        if at_ms - meter[0] < EVERY_MS:
            return None
        since_ms, brought = meter
        meter[:] = at_ms, 0
        return _report(record.venue, record.market, stream, brought, since_ms, at_ms)

    def forget(self, venue: str, stream: str) -> None:
        """The connection is gone: the time until it is back belongs to no report."""
        self._sums.pop((venue, stream), None)


def rest_stream(venue: str) -> str:
    """The name that all REST answers of a venue share as a stream."""
    return f"{venue} rest"


def _report(venue: str, market: Market, stream: str, brought: int, since_ms: int, at_ms: int) -> Traffic:
    return Traffic(
        venue=venue,
        market=market,
        at_ms=at_ms,
        received_ms=at_ms,
        stream=stream,
        reason=f"{brought} bytes in {(at_ms - since_ms) / 1000:.1f} s",
        since_ms=since_ms,
        brought=brought,
    )
