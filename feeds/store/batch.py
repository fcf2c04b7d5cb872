"""What arrived and is not written yet: liquidations, trades summed into bars, and of readings the last of each step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from feeds.events import (
    AnyEvent,
    Connected,
    Disconnected,
    Funding,
    Gap,
    Liquidation,
    LongShort,
    Market,
    OpenInterest,
    Refused,
    Status,
    Trade,
)

MINUTE_MS = 60_000
STEP_MINUTES: dict[type, int] = {OpenInterest: 1, Funding: 5, LongShort: 5}
"""Of readings within so many minutes the last is kept. The venues' own history of all three has steps of 5 minutes."""

Kind = Literal["fate", "journal"]
Reading = OpenInterest | Funding | LongShort
Turn = Connected | Disconnected | Refused | Gap
InstrumentKey = tuple[str, Market, str]
"""Venue, market, symbol."""


@dataclass(frozen=True, slots=True)
class Document:
    """Something that only its writer understands: JSON under a key, with the version of its form and its time."""

    key: str
    at_ms: int
    version: int
    payload: bytes


class BarPart:
    """The trades of one instrument in one minute, as far as this part saw them. Prices per coin, USD."""

    __slots__ = ("close", "closed", "coin", "high", "low", "net", "open", "opened", "volume")

    def __init__(self, trade: Trade) -> None:
        self.coin = trade.coin
        self.opened = self.closed = trade.at_ms % MINUTE_MS
        self.open = self.high = self.low = self.close = trade.price
        self.volume = self.net = 0.0

    def add(self, trade: Trade) -> None:
        """Take a trade of this minute in; of two at the same moment the one that came later is the later one."""
        price, usd, at = trade.price, trade.notional_usd, trade.at_ms % MINUTE_MS
        if at >= self.closed:
            self.closed, self.close = at, price
        if at < self.opened:
            self.opened, self.open = at, price
        if price > self.high:
            self.high = price
        elif price < self.low:
            self.low = price
        self.volume += usd
        self.net += usd if trade.taker == "buy" else -usd


class Batch:
    """Takes events in, up to `room` rows; what finds no room is counted in `refused`.

    `floors`: trades of an instrument up to this time are in the file already, so a venue that sends its latest trades
    on connect adds nothing twice. `newest_ms` is the latest time that both the venue's clock and ours have reached.
    """

    __slots__ = (
        "_floors", "_room", "bars", "documents", "liquidations", "newest_ms", "readings", "refused", "seen_ms", "turns",
    )  # fmt: skip

    def __init__(self, room: int, floors: dict[InstrumentKey, int] | None = None) -> None:
        self._room = room
        self._floors = floors
        self.liquidations: list[Liquidation] = []
        self.bars: dict[tuple[str, Market, str, int], BarPart] = {}
        self.readings: dict[tuple[str | int, ...], Reading] = {}
        self.turns: list[Turn] = []
        self.documents: dict[tuple[Kind, str], Document] = {}
        self.refused = 0
        self.seen_ms = 0
        self.newest_ms = 0

    def __len__(self) -> int:
        return sum(map(len, (self.liquidations, self.bars, self.readings, self.turns, self.documents)))

    def add(self, events: Sequence[AnyEvent]) -> None:
        """Take what is kept of these events."""
        last = None
        for event in events:
            kind = type(event)
            if kind is Trade:
                self._trade(event)  # type: ignore[arg-type]
            elif kind is Liquidation:
                if self._has_room():
                    self.liquidations.append(event)  # type: ignore[arg-type]
            elif kind in STEP_MINUTES:
                self._reading(event)  # type: ignore[arg-type]
            elif isinstance(event, Status):
                if isinstance(event, Turn) and self._has_room():
                    self.turns.append(event)
                continue
            last = event
        if last is not None:
            self.seen_ms = max(self.seen_ms, last.received_ms)
            self.newest_ms = max(self.newest_ms, min(last.at_ms, last.received_ms))

    def add_documents(self, kind: Kind, documents: Sequence[Document]) -> None:
        """Take documents; of two with the same key the later one replaces the other."""
        for document in documents:
            if (kind, document.key) in self.documents or self._has_room():
                self.documents[kind, document.key] = document

    def _trade(self, event: Trade) -> None:
        key = (event.venue, event.market, event.symbol, event.at_ms // MINUTE_MS)
        if self._floors and event.at_ms <= self._floors.get(key[:3], -1):
            return
        part = self.bars.get(key)
        if part is None:
            if not self._has_room():
                return
            part = self.bars[key] = BarPart(event)
        part.add(event)

    def _reading(self, event: Reading) -> None:
        step = STEP_MINUTES[type(event)]
        basis = event.basis if isinstance(event, LongShort) else type(event).__name__
        key = (event.venue, event.market, event.symbol, basis, event.at_ms // MINUTE_MS // step * step)
        held = self.readings.get(key)
        if held is None:
            if self._has_room():
                self.readings[key] = event
        elif event.at_ms >= held.at_ms:
            self.readings[key] = event

    def _has_room(self) -> bool:
        if len(self) < self._room:
            return True
        self.refused += 1
        return False
