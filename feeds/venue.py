"""What a venue is to the rest: pure descriptions of its endpoints, sockets and limits, and a decoder of its frames."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from feeds.events import AnyEvent, Market
from feeds.symbols import Instrument, SymbolTable


@dataclass(frozen=True, slots=True)
class Request:
    """One REST call that lists instruments. `required`: without its answer the market can't be watched at all.

    `body`: JSON to post; None is a GET.
    """

    market: Market
    url: str
    required: bool = True
    body: str | None = None

    @property
    def key(self) -> str:
        """What tells this list from others, also on a tape: the address, and what was posted to it."""
        return self.url if self.body is None else f"{self.url}#{self.body}"


@dataclass(frozen=True, slots=True)
class Listing:
    """What one answer lists, and the call for the next page where there is one.

    `funding_hours`: funding intervals by symbol, from an answer that tells only those; a perpetual that it doesn't name
    has `funding_otherwise`. None: the answer is not about funding.
    """

    instruments: tuple[Instrument, ...] = ()
    more: Request | None = None
    funding_hours: Mapping[str, float] | None = None
    funding_otherwise: float = 8.0


SENT_AT_SECONDS = "<seconds>"
"""Stands in a subscription or heartbeat for the moment it is sent, UNIX seconds; the socket puts the number there."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """What the client has to say, in text, and how often, so that the venue keeps the socket open.

    An empty `text`: the venue speaks first, about this often, and hears a `Reply`; the client says nothing by itself.
    """

    text: str
    every_seconds: float


@dataclass(frozen=True, slots=True)
class Connection:
    """One socket to open: where, what to subscribe, how fast, and when its silence means trouble.

    `silence_seconds`: a market event arrives at least this often while the route is healthy (it carries a steady
    channel such as the mark price); None where silence is normal, so that only answered heartbeats tell a live socket.
    `lifetime_seconds`: how long before the venue closes it; a successor is up before that.
    """

    venue: str
    market: Market
    name: str
    url: str
    subscribe: tuple[str, ...]
    messages_per_second: float
    heartbeat: Heartbeat | None
    silence_seconds: float | None
    lifetime_seconds: float
    liquidations: bool = False


@dataclass(frozen=True, slots=True)
class Budget:
    """What a venue lets one address ask over REST: so much weight in so many seconds."""

    name: str
    weight: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Poll:
    """One REST call to make again and again (`every_seconds`), or once at the start (None: history, tiers).

    `body`: JSON to post; None is a GET. `budget`: the name of the venue's budget that it is charged to, by `weight`.
    """

    venue: str
    market: Market
    name: str
    url: str
    every_seconds: float | None
    weight: float = 1.0
    budget: str = "default"
    body: str | None = None

    @property
    def key(self) -> str:
        """What tells this poll's answers from others, also on a tape: the address, and what was posted to it."""
        return self.url if self.body is None else f"{self.url}#{self.body}"


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """The venue accepted a subscription; proves a route as little as a pong does."""


@dataclass(frozen=True, slots=True)
class Pong:
    """The venue answered our heartbeat: the socket is alive, the route unproved."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The venue refused a subscription.

    `ends`: the socket is of no use without it, because it would look live while all liquidations are missing.
    `unseen`: the coin whose liquidations are missing without it (`EVERY_COIN`: all of them) while the socket's other
    channels go on.
    """

    reason: str
    ends: bool = False
    unseen: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """The venue says that it is about to close this socket."""

    reason: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the venue wants to hear back at once (HTX and Deribit heartbeats), as text."""

    text: str


Control = Acknowledged | Pong | Rejected | Closing | Reply
Decoded = AnyEvent | Control


class Decoder(Protocol):
    """Turns the frames of one socket into events. Holds what the wire format makes it hold (Bybit's ticker deltas)."""

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of a frame, in its order. Never raises for what a venue sends: `Undecodable` tells the fault."""
        ...


class Venue(Protocol):
    """One exchange's public data, as pure data and functions."""

    name: str
    code: str

    def requests(self) -> Sequence[Request]:
        """The first page of every list of instruments."""
        ...

    def listing(self, request: Request, payload: bytes) -> Listing:
        """The instruments of an answer; raises `BadListing` where it is none."""
        ...

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """The sockets that carry these instruments within the venue's limits."""
        ...

    def budgets(self) -> Sequence[Budget]:
        """What this venue lets one address ask."""
        ...

    def polls(self, instruments: Iterable[Instrument]) -> Sequence[Poll]:
        """The REST calls that these instruments need beside their sockets."""
        ...

    def answer(
        self, key: str, market: Market, payload: bytes, received_ms: int, symbols: SymbolTable
    ) -> Sequence[AnyEvent]:
        """The events of a poll's answer; raises `BadAnswer` where all of it is unusable."""
        ...

    def decoder(self, market: Market, symbols: SymbolTable) -> Decoder:
        """A fresh decoder for one socket of that market."""
        ...


class BadAnswer(ValueError):
    """A REST answer that can't be read: what was expected and what was found, or the venue's own error."""


class BadListing(BadAnswer):
    """An instrument list that can't be read."""
