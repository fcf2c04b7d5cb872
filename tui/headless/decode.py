"""`liqtop decode`: raw frames of one venue in, normalised events out, and a reason for everything that is left out."""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from feeds.events import AnyEvent, Market, Undecodable, at_venue_time, to_json, type_name
from feeds.intake import Intake
from feeds.known import KNOWN_AS_OF, known_symbols
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import FeedsSettings
from feeds.symbols import SymbolTable
from feeds.venue import BadListing, Closing, Control, Decoded, Rejected, Venue
from tui.exits import FINE, NO_DATA, BadUsage
from tui.headless.documents import Document, documents
from tui.headless.output import narrate, write_lines


class Envelope(msgspec.Struct):
    """A frame with its receive time, as recorders keep it. The frame is a JSON value, or a string that holds one."""

    frame: msgspec.Raw
    received_ms: int | None = None


class FrameDecoder:
    """Decodes one stream's documents in their order.

    A bare frame takes the venue's time as its receive time: nobody noted when it came, so it is neither late nor early.
    A frame delivered twice counts once all the same.
    """

    def __init__(self, venue: Venue, market: Market, symbols: SymbolTable, settings: FeedsSettings) -> None:
        self._decoder = venue.decoder(market, symbols)
        self._intake = Intake(settings.intake)
        self._stream = f"{venue.name} {market}"
        self.frames = 0
        self.protocol_messages = 0
        self.events: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()

    def decode(self, document: Document) -> list[AnyEvent]:
        """The market events of a document. What is left out is counted, and narrated with its line."""
        self.frames += 1
        if document.too_long:
            self._leave_out(document.line, "oversized", document.too_long)
            return []
        try:
            frame, received_ms = _unwrap(document.text)
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            self._leave_out(document.line, "envelope", str(error))
            return []
        decoded = self._decoder.decode(frame, received_ms or 0)
        events = self._without_protocol(document.line, decoded)
        if received_ms is None:
            events = at_venue_time(events)
        market_events: list[AnyEvent] = []
        for event in self._intake.admit(events, self._stream, []):
            if isinstance(event, Undecodable):
                self._leave_out(document.line, event.kind, event.reason)
            else:
                market_events.append(event)
        self.events.update(type_name(event) for event in market_events)
        return market_events

    def _without_protocol(self, line: int, decoded: Sequence[Decoded]) -> list[AnyEvent]:
        events: list[AnyEvent] = []
        for item in decoded:
            if not isinstance(item, Control):
                events.append(item)
                continue
            self.protocol_messages += 1
            if isinstance(item, Rejected | Closing):
                narrate(f"line {line}: {type(item).__name__.lower()}: {item.reason}")
        return events

    def _leave_out(self, line: int, kind: str, reason: str) -> None:
        self.left_out[kind] += 1
        narrate(f"line {line}: {kind}: {reason}")

    def summary(self) -> str:
        """One line: what came out, what was left out, by kind."""
        came = ", ".join(f"{count} {name}" for name, count in sorted(self.events.items())) or "nothing"
        out = ", ".join(f"{count} {kind}" for kind, count in sorted(self.left_out.items())) or "nothing"
        protocol = f"; protocol messages: {self.protocol_messages}" if self.protocol_messages else ""
        return f"frames: {self.frames}; decoded: {came}; left out: {out}{protocol}"


def _unwrap(text: bytes) -> tuple[bytes, int | None]:
    """The frame and its receive time, None where it is bare. Raises `MsgspecError` for an envelope that is none."""
    try:
        keys = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return text, None
    if "frame" not in keys:
        return text, None
    envelope = msgspec.json.decode(text, type=Envelope)
    raw = bytes(envelope.frame)
    return (msgspec.json.decode(raw, type=str).encode() if raw[:1] == b'"' else raw), envelope.received_ms


def read_instruments(
    venue: Venue, market: Market, answers: Iterable[tuple[str, bytes]], settings: FeedsSettings
) -> SymbolTable:
    """The symbols of instrument lists as the venue serves them; raises `BadUsage` for a file that is none of its."""
    pipeline = Pipeline(settings.intake)
    requests = sorted(venue.requests(), key=lambda request: request.market != market)
    for name, payload in answers:
        reasons: list[str] = []
        for request in requests:
            try:
                if pipeline.add_listing(Record(0, "listing", venue.name, request.market, request.url, payload))[0]:
                    break
                reasons.append("it lists nothing")
            except BadListing as error:
                reasons.append(str(error))
        else:
            raise BadUsage(f"{name}: expected an instrument list of {venue.name}: {reasons[0]}")
    return pipeline.symbols


def decode_file(venue: Venue, name: str, market: Market, lists: Sequence[Path], settings: FeedsSettings) -> int:
    """Decode a file, or stdin for "-", to stdout; the exit code tells whether any event came out."""
    answers = [(str(path), _read(path)) for path in lists]
    with sys.stdin.buffer if name == "-" else _opened(Path(name)) as lines:
        if answers:
            symbols = read_instruments(venue, market, answers, settings)
        else:
            symbols = known_symbols()
            narrate(f"liqtop: no --instruments: symbols are read by their spelling, contract sizes as of {KNOWN_AS_OF}")
        decoder = FrameDecoder(venue, market, symbols, settings)
        for document in documents(lines, settings.connection.max_frame_bytes):
            if events := decoder.decode(document):
                write_lines(to_json(event) for event in events)
    narrate(f"liqtop: {decoder.summary()}")
    return FINE if decoder.events else NO_DATA


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise BadUsage(f"{path}: {error.strerror}") from None


def _read(path: Path) -> bytes:
    with _opened(path) as file:
        return file.read()
