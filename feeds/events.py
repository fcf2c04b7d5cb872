"""The normalised vocabulary: what every exchange's frames become, and its JSON.

Prices are USD per whole coin, quantities whole coins (1000PEPE, kPEPE and SHIB1000 are unscaled), notionals USD,
times UNIX milliseconds. Names say what is true, not what was sent: `position` is the position that was liquidated.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

Market = Literal["perp", "spot", "option"]
Position = Literal["long", "short"]
Taker = Literal["buy", "sell"]
Basis = Literal["accounts", "top_accounts", "top_positions"]


class Event(msgspec.Struct, frozen=True, gc=False, tag_field="type", kw_only=True):
    """What all market events carry.

    `symbol` is as the venue spells it; `at_ms` is the venue's clock, `received_ms` ours.
    """

    venue: str
    market: Market
    symbol: str
    coin: str
    at_ms: int
    received_ms: int


class Liquidation(Event, frozen=True, gc=False, tag="liquidation", kw_only=True):
    """A position closed by force.

    `sampled` is true where the venue publishes only some of them, which makes every sum a lower bound. `identity` tells
    two deliveries of one liquidation from two liquidations; it is not part of the JSON.
    """

    position: Position
    price: float
    quantity: float
    notional_usd: float
    sampled: bool
    identity: str = ""


MERGED = "merged"
"""The identity of a trade that stands for several of its second: a sum at their mean price, no order of its own."""


class Trade(Event, frozen=True, gc=False, tag="trade", kw_only=True):
    """A trade by its taker. `identity` is the venue's trade id; it is not part of the JSON."""

    taker: Taker
    price: float
    quantity: float
    notional_usd: float
    identity: int | str = ""


class MarkPrice(Event, frozen=True, gc=False, tag="mark_price", kw_only=True):
    """The price that triggers liquidations, and the index it follows (null where the message has none)."""

    mark: float
    index: float | None


class Funding(Event, frozen=True, gc=False, tag="funding", kw_only=True):
    """The running funding rate as a fraction per interval; null where the venue does not tell."""

    rate: float
    interval_hours: float | None
    next_at_ms: int | None


class OpenInterest(Event, frozen=True, gc=False, tag="open_interest", kw_only=True):
    """Open contracts, one side only: never both sides summed. Null where the venue tells only the other."""

    coins: float | None
    notional_usd: float | None


class LongShort(Event, frozen=True, gc=False, tag="long_short", kw_only=True):
    """Who is long, as a share of longs and shorts: of all accounts, of the top accounts, or of the top positions."""

    basis: Basis
    long_share: float


class Depth(Event, frozen=True, gc=False, tag="depth", kw_only=True):
    """Resting orders within `band_percent` of the middle, USD. Only bands that the answer really covers are told."""

    band_percent: float
    bid_usd: float
    ask_usd: float


class Candle(Event, frozen=True, gc=False, tag="candle", kw_only=True):
    """A candle; `at_ms` is its open time, `volume` whole coins, `closed` whether it can still change."""

    interval: str
    open: float
    high: float
    low: float
    close: float
    volume: float
    closed: bool


class PutCall(Event, frozen=True, gc=False, tag="put_call", kw_only=True):
    """Puts per call of an option family (`symbol`), by open interest and by 24 h volume.

    Null where there are no calls, and where the venue tells the two apart and this is the other one.
    """

    open_interest: float | None
    volume: float | None


class Status(msgspec.Struct, frozen=True, tag_field="type", kw_only=True):
    """What happened to a stream rather than in the market. `stream` names the connection, e.g. `binance perp`."""

    venue: str
    market: Market
    symbol: None = None
    coin: None = None
    at_ms: int
    received_ms: int
    stream: str
    reason: str


class Connected(Status, frozen=True, tag="connected", kw_only=True):
    """The first market event arrived: the stream is live. An accepted socket or an acknowledgement is not enough."""


class Disconnected(Status, frozen=True, tag="disconnected", kw_only=True):
    """The stream is down, from now until a `connected`. `retry_at_ms` is the next attempt."""

    retry_at_ms: int | None = None


class Refused(Status, frozen=True, tag="refused", kw_only=True):
    """The venue said no (451, block page, ban, unknown topic). `retry_at_ms` null: trying again is pointless."""

    retry_at_ms: int | None = None


class Undecodable(Status, frozen=True, tag="undecodable", kw_only=True):
    """A frame or a row was counted and left out. `kind` groups the reasons: malformed, late, duplicate, ..."""

    kind: str


LIQUIDATIONS_REFUSED = "liquidations refused"
"""The kind of an `Undecodable` whose reason begins with a coin and a colon: from now until it is down, or tells one
after all, the stream tells no liquidations of this coin."""
EVERY_COIN = "every coin"
"""Stands for the coin where all are meant."""


class Gap(Status, frozen=True, tag="gap", kw_only=True):
    """Between `since_ms` and `at_ms` the stream was not seen; what happened then is unknown, not zero."""

    since_ms: int


class Traffic(Status, frozen=True, tag="traffic", kw_only=True):
    """The stream brought so many bytes between `since_ms` and `at_ms`. For the feeds screen only: it is not printed."""

    since_ms: int
    brought: int


class Bar(Event, frozen=True, gc=False, tag="bar", kw_only=True):
    """What an earlier run summed up of an instrument's trades in the minute from `at_ms` on.

    `net_taker_usd` is what takers bought less what they sold.
    """

    open: float
    high: float
    low: float
    close: float
    volume_usd: float
    net_taker_usd: float


class Watched(msgspec.Struct, frozen=True, tag_field="type", tag="watched", kw_only=True):
    """When earlier runs watched a coin, as (since, until) in order of time: at no other time was it looked for."""

    coin: str
    spans: tuple[tuple[int, int], ...]


Past = Liquidation | Bar | OpenInterest | Funding | LongShort | Connected | Disconnected | Gap | Watched


class Stored(Status, frozen=True, tag="stored", kw_only=True):
    """What an earlier run saw, told by the store. It is no news, and is not printed."""

    past: Past


class Recall(Status, frozen=True, tag="recall", kw_only=True):
    """The store begins to tell the past, or has told it (`over`). For the market only: it is not printed."""

    over: bool


MarketEvent = Liquidation | Trade | MarkPrice | Funding | OpenInterest | LongShort | Depth | Candle | PutCall
PrintedEvent = MarketEvent | Connected | Disconnected | Refused | Undecodable | Gap | Traffic
StatusEvent = Connected | Disconnected | Refused | Undecodable | Gap | Traffic | Stored | Recall
AnyEvent = MarketEvent | StatusEvent

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[PrintedEvent] = msgspec.json.Decoder(PrintedEvent)


def to_json(event: AnyEvent) -> bytes:
    """One event as one line of JSON, without a line end."""
    if isinstance(event, Liquidation | Trade):
        fields = msgspec.structs.asdict(event)
        del fields["identity"]
        return _encoder.encode({"type": event.__struct_config__.tag, **fields})
    return _encoder.encode(event)


def from_json(line: bytes | str) -> AnyEvent:
    """The event of one JSON line; raises `msgspec.MsgspecError` where it is none."""
    return _decoder.decode(line)


def type_name(event: AnyEvent) -> str:
    """The event's `type` as its JSON spells it."""
    return str(event.__struct_config__.tag)


def at_venue_time(events: Sequence[AnyEvent]) -> list[AnyEvent]:
    """The same events with the venue's time for ours, for frames whose receive time nobody noted."""
    return [msgspec.structs.replace(event, received_ms=event.at_ms) for event in events]
