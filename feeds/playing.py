"""One play of a tape from a moment on: what is read of it, and the events of its records and of its seams."""

from collections.abc import Iterator

from feeds.events import AnyEvent
from feeds.lead_in import LeadIn, lead_in
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.seams import Seams
from feeds.settings import IntakeSettings
from feeds.symbols import SymbolTable
from feeds.tape import Seam, TapeReader

NOT_PLAYED = "not played: so much was recorded before this moment that the replay began later"
"""Why there is a gap before a moment that was sought on a long, busy tape."""


class Playing:
    """Plays a tape from `target_ms` on with what comes before it, of at most `most_records`; None: from its start.

    `since_ms`: from when on it is played without a break; `lead`: what is played of the time before.
    """

    def __init__(self, tape: TapeReader, settings: IntakeSettings, target_ms: int | None, most_records: int) -> None:
        late_ms, first_ms = int(settings.late_seconds * 1000), tape.first_ms or 0
        self.lead = LeadIn() if target_ms is None else lead_in(tape.index, target_ms, late_ms, most_records)
        self.since_ms = max(first_ms, self.lead.from_ms or first_ms)
        self._tape = tape
        self._pipeline = Pipeline(settings)
        self._seams = Seams(self._pipeline.forget)
        if self.lead.cut:
            self._seams.skip(first_ms, NOT_PLAYED)

    @property
    def symbols(self) -> SymbolTable:
        """The instruments that are known so far, and their margin tiers."""
        return self._pipeline.symbols

    def passages(self) -> Iterator[Record | Seam]:
        """What is to be fed: records and the seams between them."""
        return self._tape.passages(self.lead.from_ms, whole=self.lead.begun, passed=self.lead.passed)

    def part(self, seam: Seam) -> list[AnyEvent]:
        """What a seam means for the streams that were up."""
        return self._seams.part(seam)

    def feed(self, record: Record) -> list[AnyEvent]:
        """The events of one record, behind what there is to say about the tape itself before it."""
        played = record.received_ms >= self.since_ms
        if not played and self.lead.cut and record.kind == "frame":
            self._pipeline.feed(record)  # for the decoder's memory
            return []
        gaps = self._seams.gaps(record.received_ms, played=played)
        events = self._pipeline.feed(record)
        self._seams.note(record, events)
        return gaps + events if gaps else events
