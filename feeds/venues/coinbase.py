"""Coinbase's spot pairs: channels, listing and limits. The frames are decoded in `coinbase_frames`.

This is the Exchange feed: in `matches` the meaning of `side` is documented. A socket that has not subscribed within
5 s is closed. One unknown product may reject a whole request, so each product is asked for in a request of its own,
and only as listed. The `heartbeat` channel speaks every second, also where nobody trades (Coinbase Exchange
documentation, websocket feed).
"""

from collections.abc import Iterable, Sequence

import msgspec

from feeds.events import AnyEvent, Market
from feeds.symbols import QUOTES, Instrument, SymbolTable, unscale
from feeds.venue import BadAnswer, Budget, Connection, Heartbeat, Listing, Poll, Request
from feeds.venues.coinbase_frames import CoinbaseDecoder
from feeds.venues.listing import read_listing, read_rows

_PRODUCTS = "https://api.exchange.coinbase.com/products"
_SOCKET = "wss://ws-feed.exchange.coinbase.com"

_PRODUCTS_PER_SOCKET = 100
_MESSAGES_PER_SECOND = 20.0  # 100 allowed
_HEARTBEAT = Heartbeat("", 10.0)  # the venue's come every second; the client has nothing to say
_LIFETIME_SECONDS = 24 * 3600.0  # not documented; renewed daily like the others
_BUSY_COINS = {"BTC", "ETH"}
_BUSY_SECONDS = 120.0
_MAIN_QUOTE = "USD"  # USDC products show the same book under another name, USDT ones hardly trade


class _Product(msgspec.Struct):
    id: str
    base_currency: str
    quote_currency: str
    status: str = ""
    trading_disabled: bool = False


class Coinbase:
    """Coinbase's public market data."""

    name = "coinbase"
    code = "CBS"

    def requests(self) -> Sequence[Request]:
        """All products, in one list."""
        return (Request("spot", _PRODUCTS),)

    def listing(self, request: Request, payload: bytes) -> Listing:
        """Online pairs quoted in USD, USDC or USDT; raises `BadListing`."""
        rows = read_rows(read_listing(payload, list[msgspec.Raw], "Coinbase products"), _Product, "a Coinbase product")
        return Listing(tuple(_pair(row) for row in rows if _is_watched(row)))

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """Matches and heartbeats of each product."""
        spot = [item for item in instruments if item.market == "spot"]
        starts = range(0, len(spot), _PRODUCTS_PER_SOCKET)
        return [
            _connection(number, spot[start : start + _PRODUCTS_PER_SOCKET]) for number, start in enumerate(starts, 1)
        ]

    def budgets(self) -> Sequence[Budget]:
        """Nothing is polled."""
        return ()

    def polls(self, instruments: Iterable[Instrument]) -> Sequence[Poll]:
        """Nothing is polled: only trades are read here."""
        return ()

    def answer(
        self, key: str, market: Market, payload: bytes, received_ms: int, symbols: SymbolTable
    ) -> Sequence[AnyEvent]:
        """Nothing is polled."""
        raise BadAnswer(f"no such poll: {key}")

    def decoder(self, market: Market, symbols: SymbolTable) -> CoinbaseDecoder:
        """A decoder for one socket."""
        return CoinbaseDecoder(market, symbols.of(self.name, market))


def _is_watched(row: _Product) -> bool:
    return row.status == "online" and not row.trading_disabled and row.quote_currency in QUOTES


def _pair(row: _Product) -> Instrument:
    coin, unit = unscale(row.base_currency)
    return Instrument(
        "coinbase", "spot", row.id, coin, row.quote_currency,
        price_unit=unit, coins_per_unit=unit, main=row.quote_currency == _MAIN_QUOTE,
    )  # fmt: skip


def _connection(number: int, mine: Sequence[Instrument]) -> Connection:
    return Connection(
        venue="coinbase",
        market="spot",
        name="coinbase spot" if number == 1 else f"coinbase spot {number}",
        url=_SOCKET,
        subscribe=tuple(_subscribe(item) for item in mine),
        messages_per_second=_MESSAGES_PER_SECOND,
        heartbeat=_HEARTBEAT,
        silence_seconds=_BUSY_SECONDS if any(item.coin in _BUSY_COINS for item in mine) else None,
        lifetime_seconds=_LIFETIME_SECONDS,
    )


def _subscribe(item: Instrument) -> str:
    message = {"type": "subscribe", "product_ids": [item.symbol], "channels": ["matches", "heartbeat"]}
    return msgspec.json.encode(message).decode()
