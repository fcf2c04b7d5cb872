"""Bitget USDT perpetuals: liquidations only, which exist on the v3 (unified account) websocket alone.

    {"arg":{"instType":"usdt-futures","topic":"liquidation"},"ts":1,"data":[
        {"symbol":"BTCUSDT","side":"buy","price":"60000","amount":"..","ts":"1791500000000"}]}

The topic is venue-wide. `bitget_frames` decodes it.
"""

from collections.abc import Iterable, Sequence

import msgspec

from feeds.events import AnyEvent, Market
from feeds.symbols import QUOTES, Instrument, SymbolTable, unscale
from feeds.venue import BadAnswer, BadListing, Budget, Connection, Heartbeat, Listing, Poll, Request
from feeds.venues.bitget_frames import BitgetDecoder
from feeds.venues.listing import read_listing, read_rows

_LISTING = "https://api.bitget.com/api/v3/market/instruments?category=USDT-FUTURES"
_SOCKET = "wss://ws.bitget.com/v3/ws/public"
_SUBSCRIBE = '{"op":"subscribe","args":[{"instType":"usdt-futures","topic":"liquidation"}]}'

_MESSAGES_PER_SECOND = 5.0  # 10 allowed
_HEARTBEAT = Heartbeat("ping", 25.0)  # due every 30 s, cut after 2 minutes
_LIFETIME_SECONDS = 24 * 3600.0
_TRADING = ("", "online", "listed", "normal")
_PERPETUAL = ("", "perpetual")


class _Row(msgspec.Struct):
    symbol: str = ""
    baseCoin: str = ""
    quoteCoin: str = ""
    status: str | None = None
    type: str | None = None


class _Answer(msgspec.Struct):
    code: str
    msg: str | None = None
    data: msgspec.Raw = msgspec.Raw(b"[]")


class _Rows(msgspec.Struct):
    list: list[msgspec.Raw]


class Bitget:
    """Bitget's public liquidations."""

    name = "bitget"
    code = "BGT"

    def requests(self) -> Sequence[Request]:
        """USDT perpetuals."""
        return (Request("perp", _LISTING),)

    def listing(self, request: Request, payload: bytes) -> Listing:
        """Trading perpetuals, of an answer that holds them in `data` or in its `list`; raises `BadListing`."""
        what = "Bitget instruments"
        answer = read_listing(payload, _Answer, what)
        if answer.code.strip("0"):
            raise BadListing(f"Bitget answered {answer.code[:16]}: {(answer.msg or '')[:80]}")
        data = bytes(answer.data)
        wrapped = data[:1] == b"{"
        rows = read_listing(data, _Rows, what).list if wrapped else read_listing(data, list[msgspec.Raw], what)
        return Listing(tuple(_instrument(row) for row in read_rows(rows, _Row, what) if _is_watched(row)))

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """One socket with all liquidations."""
        if not any(item.market == "perp" for item in instruments):
            return ()
        return (
            Connection(
                venue="bitget",
                market="perp",
                name="bitget perp",
                url=_SOCKET,
                subscribe=(_SUBSCRIBE,),
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

    def decoder(self, market: Market, symbols: SymbolTable) -> BitgetDecoder:
        """A decoder for one socket; it learns from its rows which unit the amounts have."""
        return BitgetDecoder(market, symbols.of(self.name, market))


def _is_watched(row: _Row) -> bool:
    trading = (row.status or "") in _TRADING and (row.type or "") in _PERPETUAL
    return trading and bool(row.symbol) and bool(row.baseCoin) and row.quoteCoin in QUOTES


def _instrument(row: _Row) -> Instrument:
    coin, unit = unscale(row.baseCoin)
    return Instrument("bitget", "perp", row.symbol, coin, row.quoteCoin, price_unit=unit, coins_per_unit=unit)
