"""What an exchange of the demo market is: it turns trades, forced orders and quotes into its own wire frames."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from feeds.demo.lines import Line
from feeds.demo.market import Quote
from feeds.events import Market, Position

HOUR_MS = 3_600_000
LATENCY_MS = 35
"""How long a frame is under way."""


@dataclass(frozen=True, slots=True)
class Fill:
    """One trade: USD per whole coin, USD, whether the taker bought, and its number on that line."""

    line: Line
    at_ms: int
    price: float
    usd: float
    buy: bool
    number: int


@dataclass(frozen=True, slots=True)
class ForcedOrder:
    """One position closed by force: `price` where it was filled, in USD per whole coin."""

    line: Line
    at_ms: int
    position: Position
    price: float
    usd: float


@dataclass(frozen=True, slots=True)
class QuotedLine:
    """A perpetual with what its coin costs now."""

    line: Line
    quote: Quote


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One instrument list as the venue answers it."""

    market: Market
    url: str
    payload: bytes


class Exchange(Protocol):
    """One venue's side of the demo. Frames are messages of its perpetuals' stream unless said otherwise.

    `outage`: why it goes away. `streams`: its sockets and their markets. `forced_stream`: the one with liquidations.
    """

    name: str
    outage: str
    streams: tuple[tuple[str, Market], ...]
    forced_stream: str

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """The venue's instrument lists."""
        ...

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """What the venue pushes when its perpetuals are subscribed."""
        ...

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Mark prices, and funding rates where it is time for them."""
        ...

    def trade(self, fill: Fill) -> bytes:
        """A trade, on the stream of the line's market."""
        ...

    def force(self, order: ForcedOrder) -> None:
        """Take note of a liquidation."""
        ...

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """The liquidations that the venue publishes by now; while nobody is connected they are lost or kept."""
        ...


def next_settlement(now_ms: int, interval_hours: int) -> int:
    """When funding is settled next."""
    every = interval_hours * HOUR_MS
    return (now_ms // every + 1) * every
