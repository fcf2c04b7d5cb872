"""OKX v5 swaps and spot: channels, listings and limits. The frames are decoded in `okx_frames`.

`liquidation-orders` takes only `instType`: it carries every swap, at most one order per contract and second, so sums
are lower bounds; sizes are contracts. The public socket is on port 443: 8443 was announced to close on 2026-10-31 (OKX
change log).
"""

from collections.abc import Iterable, Sequence

import msgspec

from feeds.events import AnyEvent, Market
from feeds.symbols import QUOTES, Instrument, SymbolTable, unscale
from feeds.venue import BadListing, Budget, Connection, Heartbeat, Listing, Poll, Request
from feeds.venues.asked import Asked
from feeds.venues.listing import read_listing, read_rows
from feeds.venues.okx_answers import answer
from feeds.venues.okx_frames import OkxDecoder
from feeds.venues.okx_polls import BUDGETS, polls
from feeds.venues.reading import Rejection, positive

_LISTING = "https://www.okx.com/api/v5/public/instruments?instType="
_SOCKET = "wss://ws.okx.com/ws/v5/public"

_COINS_PER_SOCKET = 150  # 480 subscriptions an hour are allowed per connection, whether requests or channels count
_MESSAGES_PER_SECOND = 5.0
_HEARTBEAT = Heartbeat("ping", 20.0)  # closed when nothing was sent or received for 30 s
_LIFETIME_SECONDS = 24 * 3600.0  # not documented; renewed daily like the others
_BUSY_COINS = {"BTC", "ETH"}


class _Row(msgspec.Struct):
    instId: str
    instType: str = ""
    baseCcy: str = ""
    quoteCcy: str = ""
    uly: str = ""
    ctVal: str = ""
    ctMult: str = ""
    ctValCcy: str = ""
    settleCcy: str = ""
    state: str = ""
    ruleType: str = "normal"


class _Answer(msgspec.Struct):
    code: str
    data: list[msgspec.Raw]
    msg: str = ""


class Okx:
    """OKX's public market data."""

    name = "okx"
    code = "OKX"

    def requests(self) -> Sequence[Request]:
        """Swaps and spot pairs."""
        return Request("perp", f"{_LISTING}SWAP"), Request("spot", f"{_LISTING}SPOT")

    def listing(self, request: Request, payload: bytes) -> Listing:
        """Live swaps with their contract values, or pairs quoted in USDT, USDC or USD; raises `BadListing`."""
        answer = read_listing(payload, _Answer, "OKX instruments")
        if answer.code != "0":
            raise BadListing(f"OKX answered {answer.code}: {answer.msg[:80]}")
        rows = read_rows(answer.data, _Row, "an instrument")
        live = (row for row in rows if row.state == "live" and row.ruleType == "normal")
        read = (_spot(row) if request.market == "spot" else _swap(row) for row in live)
        return Listing(tuple(item for item in read if item is not None))

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """The first swap socket carries all liquidations; trades, mark price and funding follow per coin."""
        listed = list(instruments)
        return (
            *_sockets("perp", [item for item in listed if item.market == "perp"]),
            *_sockets("spot", [item for item in listed if item.market == "spot"]),
        )

    def budgets(self) -> Sequence[Budget]:
        """Calls of each address."""
        return BUDGETS

    def polls(self, instruments: Iterable[Instrument]) -> Sequence[Poll]:
        """Open interest of all swaps; candles, depth, long/short ratios and margin tiers of each; options of some."""
        return polls(instruments)

    def answer(
        self, key: str, market: Market, payload: bytes, received_ms: int, symbols: SymbolTable
    ) -> Sequence[AnyEvent]:
        """The events of a poll's answer, oldest first; raises `BadAnswer`."""
        return answer(Asked.of(self.name, market, key, received_ms, symbols), payload)

    def decoder(self, market: Market, symbols: SymbolTable) -> OkxDecoder:
        """A decoder for one socket; it knows which channels have sent their first push."""
        return OkxDecoder(market, symbols.of(self.name, market))


def _swap(row: _Row) -> Instrument | None:
    try:
        value = positive(row.ctVal, "ctVal") * positive(row.ctMult or "1", "ctMult")
    except Rejection:
        return None
    base, _, quote = row.uly.partition("-")
    coin, unit = unscale(base)
    if row.ctValCcy == "USD":
        return Instrument("okx", "perp", row.instId, coin, "USD", coins_per_unit=None, usd_per_unit=value)
    if quote not in QUOTES or row.ctValCcy != base:
        return None
    return Instrument("okx", "perp", row.instId, coin, quote, price_unit=unit, coins_per_unit=value * unit)


def _spot(row: _Row) -> Instrument | None:
    if row.quoteCcy not in QUOTES:
        return None
    coin, unit = unscale(row.baseCcy)
    return Instrument("okx", "spot", row.instId, coin, row.quoteCcy, price_unit=unit, coins_per_unit=unit)


def _sockets(market: Market, listed: Sequence[Instrument]) -> Iterable[Connection]:
    for number, start in enumerate(range(0, len(listed), _COINS_PER_SOCKET), 1):
        mine = listed[start : start + _COINS_PER_SOCKET]
        busy = any(item.coin in _BUSY_COINS for item in mine)
        liquidations = market == "perp" and number == 1
        yield Connection(
            venue="okx",
            market=market,
            name=f"okx {market}" if number == 1 else f"okx {market} {number}",
            url=_SOCKET,
            subscribe=(*((_LIQUIDATIONS,) if liquidations else ()), *(_subscribe(item) for item in mine)),
            messages_per_second=_MESSAGES_PER_SECOND,
            heartbeat=_HEARTBEAT,
            silence_seconds=60.0 if market == "perp" else 120.0 if busy else None,
            lifetime_seconds=_LIFETIME_SECONDS,
            liquidations=liquidations,
        )


def _request(arguments: Sequence[dict[str, str]]) -> str:
    return msgspec.json.encode({"op": "subscribe", "args": arguments}).decode()


_LIQUIDATIONS = _request([{"channel": "liquidation-orders", "instType": "SWAP"}])


def _subscribe(item: Instrument) -> str:
    channels = ("trades", "mark-price", "funding-rate") if item.market == "perp" else ("trades",)
    return _request([{"channel": channel, "instId": item.symbol} for channel in channels])
