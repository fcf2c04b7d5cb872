"""BitMEX perpetuals: tables, listing and limits. The frames are decoded in `bitmex_frames`.

The `liquidation` table shows all open liquidation orders. Contracts are inverse (sized in USD), linear (so many
contracts to a coin, `underlyingToPositionMultiplier`) or quanto, whose worth depends on the price of another market. A
quanto contract, or a linear one whose multiplier is null, can't be sized and is not listed (BitMEX documentation,
websocket API; instrument fields).
"""

from collections.abc import Iterable, Sequence

import msgspec

from feeds.events import AnyEvent, Market
from feeds.symbols import QUOTES, Instrument, SymbolTable, unscale
from feeds.venue import BadAnswer, Budget, Connection, Heartbeat, Listing, Poll, Request
from feeds.venues.bitmex_frames import BitmexDecoder
from feeds.venues.listing import read_listing, read_rows
from feeds.venues.reading import LEAST, MOST

_LISTING = "https://www.bitmex.com/api/v1/instrument/active"
_SOCKET = "wss://ws.bitmex.com/realtime"

_TOPICS_PER_MESSAGE = 20
_MESSAGES_PER_SECOND = 1.0
_HEARTBEAT = Heartbeat("ping", 5.0)
_LIFETIME_SECONDS = 24 * 3600.0  # not documented; renewed daily like the others
_PERPETUAL = "FFWCSX"
_COINS = {"XBT": "BTC"}


class _Row(msgspec.Struct):
    symbol: str
    typ: str = ""
    state: str = ""
    underlying: str = ""
    quoteCurrency: str = ""
    isInverse: bool = False
    isQuanto: bool = False
    underlyingToPositionMultiplier: float | None = None


class Bitmex:
    """BitMEX's public market data."""

    name = "bitmex"
    code = "BMX"

    def requests(self) -> Sequence[Request]:
        """All active instruments, in one page."""
        return (Request("perp", _LISTING),)

    def listing(self, request: Request, payload: bytes) -> Listing:
        """Open perpetuals of known size quoted in USDT, USDC or USD; raises `BadListing`."""
        told = read_listing(payload, list[msgspec.Raw], "BitMEX instrument/active")
        rows = read_rows(told, _Row, "a BitMEX instrument")
        return Listing(tuple(found for row in rows if _is_watched(row) and (found := _instrument(row)) is not None))

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """One socket: the liquidations of all contracts, the trades of these."""
        symbols = [item.symbol for item in instruments if item.market == "perp"]
        if not symbols:
            return ()
        topics = ["liquidation", *(f"trade:{symbol}" for symbol in symbols)]
        return (
            Connection(
                venue="bitmex",
                market="perp",
                name="bitmex perp",
                url=_SOCKET,
                subscribe=tuple(
                    _subscribe(topics[start : start + _TOPICS_PER_MESSAGE])
                    for start in range(0, len(topics), _TOPICS_PER_MESSAGE)
                ),
                messages_per_second=_MESSAGES_PER_SECOND,
                heartbeat=_HEARTBEAT,
                silence_seconds=None,
                lifetime_seconds=_LIFETIME_SECONDS,
                liquidations=True,
            ),
        )

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

    def decoder(self, market: Market, symbols: SymbolTable) -> BitmexDecoder:
        """A decoder for one socket; it has no memory."""
        return BitmexDecoder(market, symbols.of(self.name, market))


def _is_watched(row: _Row) -> bool:
    return row.typ == _PERPETUAL and row.state == "Open" and row.quoteCurrency in QUOTES and not row.isQuanto


def _instrument(row: _Row) -> Instrument | None:
    coin, unit = unscale(row.underlying)
    coin = _COINS.get(coin, coin)
    quote = row.quoteCurrency
    if row.isInverse:  # one contract is one USD; BitMEX's first and busiest
        return Instrument("bitmex", "perp", row.symbol, coin, quote, coins_per_unit=None, usd_per_unit=1.0, main=True)
    contracts_per_coin = row.underlyingToPositionMultiplier
    if contracts_per_coin is None or not LEAST < contracts_per_coin < MOST:
        return None
    return Instrument(
        "bitmex", "perp", row.symbol, coin, quote, price_unit=unit, coins_per_unit=unit / contracts_per_coin
    )


def _subscribe(topics: Sequence[str]) -> str:
    return msgspec.json.encode({"op": "subscribe", "args": topics}).decode()
