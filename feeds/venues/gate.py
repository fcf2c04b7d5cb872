"""Gate USDT perpetuals: topics, listing and limits. The frames are decoded in `gate_frames`.

Since August 2026 `futures.public_liquidates` on `!all` pushes all liquidations of a contract in windows of one second.
Sizes are contracts, worth `quanto_multiplier` coins each. The `time` of a request must be within 60 s of the venue's
clock (Gate documentation, futures websocket v4).
"""

from collections.abc import Iterable, Sequence

import msgspec

from feeds.events import AnyEvent, Market
from feeds.symbols import Instrument, SymbolTable, unscale
from feeds.venue import SENT_AT_SECONDS, BadAnswer, Budget, Connection, Heartbeat, Listing, Poll, Request
from feeds.venues.gate_frames import GateDecoder
from feeds.venues.listing import read_listing, read_rows
from feeds.venues.reading import LEAST, MOST

_PAGE = 1000
_LISTING = f"https://api.gateio.ws/api/v4/futures/usdt/contracts?limit={_PAGE}"
_SOCKET = "wss://fx-ws.gateio.ws/v4/ws/usdt"
_QUOTE = "USDT"

_CONTRACTS_PER_SOCKET = 500
_CONTRACTS_PER_MESSAGE = 50
_MESSAGES_PER_SECOND = 10.0  # no limit is documented
_HEARTBEAT = Heartbeat(f'{{"time":{SENT_AT_SECONDS},"channel":"futures.ping"}}', 12.0)
_LIFETIME_SECONDS = 24 * 3600.0  # not documented; renewed daily like the others
_BUSY_SECONDS = 120.0
_BUSY_COINS = {"BTC", "ETH"}
_TRADING = ("", "trading")


class _Row(msgspec.Struct):
    name: str
    quanto_multiplier: float = 0.0
    funding_interval: float = 0.0
    status: str = ""


class Gate:
    """Gate's public futures data."""

    name = "gate"
    code = "GAT"

    def requests(self) -> Sequence[Request]:
        """Perpetuals that settle in USDT."""
        return (Request("perp", _LISTING),)

    def listing(self, request: Request, payload: bytes) -> Listing:
        """Perpetuals of known contract size, and the next page where this one is full; raises `BadListing`."""
        told = read_listing(payload, list[msgspec.Raw], "Gate futures contracts")
        rows = read_rows(told, _Row, "a Gate contract")
        more = None
        if len(told) >= _PAGE:
            start = int(request.url.rpartition("&offset=")[2]) if "&offset=" in request.url else 0
            more = Request("perp", f"{_LISTING}&offset={start + len(told)}")
        return Listing(tuple(_instrument(row) for row in rows if _is_watched(row)), more)

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """The first socket carries all liquidations; trades fill up to 500 contracts each."""
        return tuple(_sockets([item for item in instruments if item.market == "perp"]))

    def budgets(self) -> Sequence[Budget]:
        """Nothing is polled."""
        return ()

    def polls(self, instruments: Iterable[Instrument]) -> Sequence[Poll]:
        """Nothing is polled."""
        return ()

    def answer(
        self, key: str, market: Market, payload: bytes, received_ms: int, symbols: SymbolTable
    ) -> Sequence[AnyEvent]:
        """Nothing is polled."""
        raise BadAnswer(f"no such poll: {key}")

    def decoder(self, market: Market, symbols: SymbolTable) -> GateDecoder:
        """A decoder for one socket; it has no memory."""
        return GateDecoder(market, symbols.of(self.name, market))


def _is_watched(row: _Row) -> bool:
    base, _, quote = row.name.partition("_")
    return bool(base) and quote == _QUOTE and row.status in _TRADING and LEAST < row.quanto_multiplier < MOST


def _instrument(row: _Row) -> Instrument:
    coin, unit = unscale(row.name.partition("_")[0])
    return Instrument(
        "gate",
        "perp",
        row.name,
        coin,
        _QUOTE,
        price_unit=unit,
        coins_per_unit=row.quanto_multiplier * unit,
        funding_interval_hours=row.funding_interval / 3600 if row.funding_interval >= 3600 else None,
    )


def _sockets(listed: Sequence[Instrument]) -> Iterable[Connection]:
    for number, start in enumerate(range(0, len(listed), _CONTRACTS_PER_SOCKET), 1):
        mine = listed[start : start + _CONTRACTS_PER_SOCKET]
        trades = tuple(_trades([item.symbol for item in mine]))
        yield Connection(
            venue="gate",
            market="perp",
            name="gate perp" if number == 1 else f"gate perp {number}",
            url=_SOCKET,
            subscribe=(_subscribe("futures.public_liquidates", ["!all"]), *trades) if number == 1 else trades,
            messages_per_second=_MESSAGES_PER_SECOND,
            heartbeat=_HEARTBEAT,
            silence_seconds=_BUSY_SECONDS if any(item.coin in _BUSY_COINS for item in mine) else None,
            lifetime_seconds=_LIFETIME_SECONDS,
            liquidations=number == 1,
        )


def _trades(symbols: Sequence[str]) -> Iterable[str]:
    for start in range(0, len(symbols), _CONTRACTS_PER_MESSAGE):
        yield _subscribe("futures.trades", symbols[start : start + _CONTRACTS_PER_MESSAGE])


def _subscribe(channel: str, payload: Sequence[str]) -> str:
    asked = msgspec.json.encode({"channel": channel, "event": "subscribe", "payload": payload}).decode()
    return f'{{"time":{SENT_AT_SECONDS},{asked[1:]}'
