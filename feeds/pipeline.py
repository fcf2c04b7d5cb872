"""The one path from a raw record to admitted events, whoever produced the record: a socket, a tape or the demo."""

from collections.abc import Iterable

import msgspec

from feeds.events import AnyEvent, Disconnected, Liquidation, Refused, Status, Undecodable, from_json
from feeds.intake import Intake
from feeds.record import Record
from feeds.settings import IntakeSettings
from feeds.symbols import Instrument, SymbolTable
from feeds.traffic import Meters, rest_stream
from feeds.venue import BadAnswer, BadListing, Control, Decoder, Request
from feeds.venues import VENUES
from feeds.wording import printable


class Pipeline:
    """Decodes records in their order. One decoder per stream, because some wire formats have a memory."""

    def __init__(self, settings: IntakeSettings, symbols: SymbolTable | None = None) -> None:
        self.symbols = symbols if symbols is not None else SymbolTable()
        self._intake = Intake(settings)
        self._decoders: dict[tuple[str, str], Decoder] = {}
        self._meters = Meters()

    def feed(self, record: Record) -> list[AnyEvent]:
        """The admitted events of one record; what the protocol itself says (acks, pongs) is left out."""
        return self.split(record, [])

    def split(self, record: Record, controls: list[Control]) -> list[AnyEvent]:
        """The admitted events of one record; what the protocol itself says is added to `controls`."""
        if record.kind == "frame":
            events = self._frame(record, controls)
            if (told := self._meters.add(record, record.stream)) is not None:
                events.append(told)
            return events
        if record.kind == "listing":
            return self._listing(record)
        if record.kind == "answer":
            return self._answer(record)
        if record.kind == "status":
            return self._status(record)
        return []

    def forget(self, venue: str, stream: str) -> None:
        """Drop what the stream's decoder remembers: its socket is gone."""
        self._decoders.pop((venue, stream), None)
        self._meters.forget(venue, stream)

    def forget_streams(self) -> None:
        """Drop what all decoders remember; what was delivered is still known."""
        self._decoders.clear()
        self._meters = Meters()

    def remember(self, liquidations: Iterable[Liquidation], at_ms: int) -> None:
        """Take these as delivered before, at `at_ms`."""
        self._intake.remember(liquidations, at_ms)

    def _frame(self, record: Record, controls: list[Control]) -> list[AnyEvent]:
        try:
            decoder = self._decoders[record.venue, record.stream]
        except KeyError:
            venue = VENUES.get(record.venue)
            if venue is None:
                known = ", ".join(sorted(VENUES))
                return [_undecodable(record, "venue", f"unknown venue {record.venue!r}, known: {known}")]
            decoder = self._decoders[record.venue, record.stream] = venue.decoder(record.market, self.symbols)
        try:
            return self._intake.admit(decoder.decode(record.payload, record.received_ms), record.stream, controls)
        except Exception as error:  # the boundary of a venue: a fault in its decoder must not end all the others
            return [_undecodable(record, "decoder", f"the decoder failed: {type(error).__name__}: {error}"[:200])]

    def _listing(self, record: Record) -> list[AnyEvent]:
        try:
            self.add_listing(record)
        except BadListing as error:
            return [_undecodable(record, "listing", str(error))]
        return []

    def _answer(self, record: Record) -> list[AnyEvent]:
        try:
            return self.add_answer(record)
        except BadAnswer as error:
            return [_undecodable(record, "answer", str(error))]

    def add_answer(self, record: Record) -> list[AnyEvent]:
        """The events of a poll's answer, which may tell history. Raises `BadAnswer`."""
        venue = VENUES.get(record.venue)
        if venue is None:
            raise BadAnswer(f"unknown venue {record.venue!r}")
        told = self._meters.add(record, rest_stream(record.venue))
        answer = venue.answer(record.stream, record.market, record.payload, record.received_ms, self.symbols)
        events = self._intake.admit_history(answer, record.stream)
        return [*events, told] if told is not None else events

    def add_listing(self, record: Record) -> tuple[tuple[Instrument, ...], Request | None]:
        """Add the instruments of a listing to the symbols; returns them and the next page. Raises `BadListing`."""
        venue = VENUES.get(record.venue)
        if venue is None:
            raise BadListing(f"unknown venue {record.venue!r}")
        try:
            answer = venue.listing(Request(record.market, record.stream), record.payload)
        except BadListing:
            raise
        except Exception as error:  # the boundary of a venue: a fault in its reader must not end all the others
            raise BadListing(f"the reader of {record.stream} failed: {type(error).__name__}: {error}"[:200]) from None
        self.symbols.add(answer.instruments)
        if answer.funding_hours is not None:
            self.symbols.set_funding(record.venue, answer.funding_hours, answer.funding_otherwise)
        return answer.instruments, answer.more

    def _status(self, record: Record) -> list[AnyEvent]:
        try:
            event = from_json(record.payload)
        except msgspec.MsgspecError as error:
            return [_undecodable(record, "status", f"expected a status event: {error}")]
        if not isinstance(event, Status):
            return [_undecodable(record, "status", "expected a status event, found a market event")]
        if isinstance(event, Disconnected | Refused):
            self.forget(record.venue, record.stream)
        return [event]


def _undecodable(record: Record, kind: str, reason: str) -> Undecodable:
    return Undecodable(
        venue=record.venue,
        market=record.market,
        at_ms=record.received_ms,
        received_ms=record.received_ms,
        stream=record.stream,
        kind=kind,
        reason=printable(reason),
    )
