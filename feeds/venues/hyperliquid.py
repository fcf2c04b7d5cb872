"""Hyperliquid's perpetuals: subscriptions, listing, limits and REST polls. The frames are decoded in
`hyperliquid_frames`, the books in `hyperliquid_book`.

Liquidations are not published: no public subscription carries them and trades have no mark, so no connection claims
them. Perpetuals of other deployers are named `dex:ASSET` and left out. An address may hold 10 sockets with 1000
subscriptions in all, send 2000 messages a minute, and ask 1200 of weight a minute over REST (Hyperliquid documentation,
rate limits and user limits).
"""

from collections.abc import Iterable, Sequence

import msgspec

from feeds.events import AnyEvent, Market
from feeds.symbols import Instrument, SymbolTable, unscale
from feeds.venue import Budget, Connection, Heartbeat, Listing, Poll, Request
from feeds.venues.hyperliquid_book import FIGURES, read_book
from feeds.venues.hyperliquid_frames import HyperliquidDecoder
from feeds.venues.listing import read_listing, read_rows
from feeds.venues.schedule import deep, fitted, perpetuals

_REST = "https://api.hyperliquid.xyz/info"
_SOCKET = "wss://api.hyperliquid.xyz/ws"

_CHANNELS = ("trades", "activeAssetCtx")
_MESSAGES_PER_SECOND = 20.0  # 33 allowed
_HEARTBEAT = Heartbeat('{"method":"ping"}', 50.0)  # closed when the venue has sent nothing for 60 s
_SILENCE_SECONDS = 45.0  # activeAssetCtx comes every few seconds
_LIFETIME_SECONDS = 24 * 3600.0  # not documented; renewed daily like the others
_FUNDING_HOURS = 1.0  # paid every hour, whatever the coin

_WEIGHT = Budget("weight", 1200.0, 60.0)
_BOOK_WEIGHT = 2.0


class _Coin(msgspec.Struct):
    name: str
    isDelisted: bool | None = None


class _Meta(msgspec.Struct):
    universe: list[msgspec.Raw]


class Hyperliquid:
    """Hyperliquid's public market data."""

    name = "hyperliquid"
    code = "HYP"

    def requests(self) -> Sequence[Request]:
        """The perpetuals of the venue's own exchange, asked for by a post."""
        return (Request("perp", _REST, body='{"type":"meta"}'),)

    def listing(self, request: Request, payload: bytes) -> Listing:
        """Trading perpetuals, settled in USDC; raises `BadListing`."""
        rows = read_listing(payload, _Meta, "Hyperliquid meta").universe
        coins = read_rows(rows, _Coin, "a coin of Hyperliquid's universe")
        return Listing(tuple(_perpetual(row.name) for row in coins if not row.isDelisted and ":" not in row.name))

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """One socket for all: the venue counts an address's subscriptions, not a socket's."""
        perp = perpetuals(instruments)
        if not perp:
            return ()
        connection = Connection(
            venue=self.name,
            market="perp",
            name="hyperliquid perp",
            url=_SOCKET,
            subscribe=tuple(_subscribe(item, channel) for item in perp for channel in _CHANNELS),
            messages_per_second=_MESSAGES_PER_SECOND,
            heartbeat=_HEARTBEAT,
            silence_seconds=_SILENCE_SECONDS,
            lifetime_seconds=_LIFETIME_SECONDS,
        )
        return (connection,)

    def budgets(self) -> Sequence[Budget]:
        """1200 of weight a minute."""
        return (_WEIGHT,)

    def polls(self, instruments: Iterable[Instrument]) -> Sequence[Poll]:
        """Order books. Mark price, funding and open interest are pushed as soon as they are subscribed to."""
        deepest, every = deep(perpetuals(instruments))
        wanted = [_book(item, figures, every * len(FIGURES)) for item in deepest for figures in FIGURES]
        return fitted(wanted, (_WEIGHT,))

    def answer(
        self, key: str, market: Market, payload: bytes, received_ms: int, symbols: SymbolTable
    ) -> Sequence[AnyEvent]:
        """The depth that an order book tells; raises `BadAnswer`."""
        return read_book(key, payload, received_ms, symbols)

    def decoder(self, market: Market, symbols: SymbolTable) -> HyperliquidDecoder:
        """A decoder for one socket; it knows when the socket's subscriptions began."""
        return HyperliquidDecoder(market, symbols.of(self.name, market))


def _perpetual(name: str) -> Instrument:
    coin, unit = unscale(name)
    return Instrument(
        "hyperliquid", "perp", name, coin, "USDC",
        price_unit=unit, coins_per_unit=unit, funding_interval_hours=_FUNDING_HOURS,
    )  # fmt: skip


def _subscribe(item: Instrument, channel: str) -> str:
    message = {"method": "subscribe", "subscription": {"type": channel, "coin": item.symbol}}
    return msgspec.json.encode(message).decode()


def _book(item: Instrument, figures: int, every: float) -> Poll:
    body = msgspec.json.encode({"type": "l2Book", "coin": item.symbol, "nSigFigs": figures}).decode()
    name = f"hyperliquid {item.symbol} depth, {figures} figures"
    return Poll("hyperliquid", "perp", name, _REST, every, _BOOK_WEIGHT, _WEIGHT.name, body)
