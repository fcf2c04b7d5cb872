"""Which streams of a tape are up, and what a seam or a skipped part of it means for them."""

from collections.abc import Callable, Iterable

from feeds.events import AnyEvent, Connected, Disconnected, Gap, Market, Refused
from feeds.record import Record
from feeds.tape import Seam

Stream = tuple[str, Market, str]
_DAMAGED = "the recording is damaged: "


class Seams:
    """The streams that are up at one moment of a replay. `forget`: drops what a stream's decoder remembers."""

    def __init__(self, forget: Callable[[str, str], None]) -> None:
        self._forget = forget
        self._up: dict[Stream, None] = {}
        self._open: list[Seam] = []
        self._skipped: Seam | None = None

    def skip(self, since_ms: int, reason: str) -> None:
        """From this time to the next record nothing is played, though it may be recorded."""
        self._skipped = Seam(since_ms, reason, ended=False)

    def note(self, record: Record, events: Iterable[AnyEvent]) -> None:
        """Take what a record tells of its stream."""
        if record.kind == "frame":
            self._up[record.venue, record.market, record.stream] = None
        for event in events if record.kind == "status" else ():
            if isinstance(event, Connected):
                self._up[event.venue, event.market, event.stream] = None
            elif isinstance(event, Disconnected | Refused):
                self._up.pop((event.venue, event.market, event.stream), None)

    def part(self, seam: Seam) -> list[AnyEvent]:
        """What a seam means for the streams that were up: a gap until the next record, or all of them are down."""
        for venue, _, stream in self._up:
            self._forget(venue, stream)
        if not seam.ended:
            self._open.append(seam)
            return []
        down: list[AnyEvent] = [
            Disconnected(
                venue=venue,
                market=market,
                at_ms=seam.since_ms,
                received_ms=seam.since_ms,
                stream=stream,
                reason=seam.reason,
            )
            for venue, market, stream in self._up
        ]
        self._up.clear()
        return down

    def gaps(self, until_ms: int, *, played: bool = True) -> list[AnyEvent]:
        """The gaps that end with this record of the tape. `played`: it is no longer of what is skipped."""
        found: list[AnyEvent] = []
        if self._skipped is not None and played:
            found += self._gaps(self._skipped.since_ms, until_ms, self._skipped.reason)
            self._skipped = None
        if self._open:
            reason = _DAMAGED + "; ".join(seam.reason for seam in self._open)
            found += self._gaps(min(seam.since_ms for seam in self._open), until_ms, reason)
            self._open.clear()
        return found

    def _gaps(self, since_ms: int, until_ms: int, reason: str) -> list[AnyEvent]:
        until_ms = max(until_ms, since_ms)
        return [
            Gap(
                venue=venue,
                market=market,
                at_ms=until_ms,
                received_ms=until_ms,
                stream=stream,
                reason=reason,
                since_ms=since_ms,
            )
            for venue, market, stream in self._up
        ]
