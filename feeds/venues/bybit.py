"""Bybit v5 linear perpetuals and spot: topics, listings and limits. The frames are decoded in `bybit_frames`.

Liquidations come per symbol from `allLiquidation`, documented as all of them, in batches of 500 ms. One bad topic may
reject a whole request, so each coin is asked for in a request of its own (`bybit_topics`).
"""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

import msgspec

from feeds.events import AnyEvent, Market
from feeds.symbols import QUOTES, Instrument, SymbolTable, unscale
from feeds.venue import BadListing, Budget, Connection, Heartbeat, Listing, Poll, Request
from feeds.venues.asked import Asked
from feeds.venues.bybit_answers import answer
from feeds.venues.bybit_frames import BybitDecoder
from feeds.venues.bybit_polls import REQUESTS, polls
from feeds.venues.bybit_topics import subscription
from feeds.venues.listing import read_listing, read_rows

_LISTING = "https://api.bybit.com/v5/market/instruments-info?category="
_SOCKETS = {
    "perp": "wss://stream.bybit.com/v5/public/linear",
    "spot": "wss://stream.bybit.com/v5/public/spot",
}
_CATEGORIES: dict[Market, str] = {"perp": "linear", "spot": "spot"}

_COINS_PER_SOCKET = 150  # three topics each stay below the 21,000 characters of arguments a connection may ask for
_MESSAGES_PER_SECOND = 10.0
_HEARTBEAT = Heartbeat('{"req_id":"ping","op":"ping"}', 20.0)  # the idle cut comes after 10 minutes
_LIFETIME_SECONDS = 24 * 3600.0  # not documented; renewed daily like the others
_BUSY_COINS = {"BTC", "ETH"}


class _Row(msgspec.Struct):
    symbol: str
    baseCoin: str = ""
    quoteCoin: str = ""
    status: str = ""
    contractType: str = ""
    fundingInterval: int | None = None
    symbolType: str | None = None


class _Result(msgspec.Struct):
    list: list[msgspec.Raw]
    nextPageCursor: str | None = None


class _Answer(msgspec.Struct):
    retCode: int
    retMsg: str = ""
    result: msgspec.Raw = msgspec.Raw(b"{}")


class Bybit:
    """Bybit's public market data."""

    name = "bybit"
    code = "BYB"

    def requests(self) -> Sequence[Request]:
        """Linear perpetuals and spot pairs; both lists come in pages."""
        return (
            Request("perp", f"{_LISTING}linear&limit=1000"),
            Request("spot", f"{_LISTING}spot&limit=1000"),
        )

    def listing(self, request: Request, payload: bytes) -> Listing:
        """Trading crypto perpetuals or pairs quoted in USDT, USDC or USD; raises `BadListing`."""
        answer = read_listing(payload, _Answer, "Bybit instruments-info")
        if answer.retCode != 0:
            raise BadListing(f"Bybit answered {answer.retCode}: {answer.retMsg[:80]}")
        result = read_listing(bytes(answer.result), _Result, "Bybit instruments-info")
        rows = (
            row
            for row in read_rows(result.list, _Row, "an instrument")
            if row.status == "Trading" and row.quoteCoin in QUOTES and not row.symbolType
        )
        if request.market == "perp":
            rows = (row for row in rows if row.contractType == "LinearPerpetual")
        more = None
        if result.nextPageCursor:
            url = f"{_LISTING}{_CATEGORIES[request.market]}&limit=1000&cursor={quote(result.nextPageCursor, safe='%')}"
            more = Request(request.market, url)
        return Listing(tuple(_instrument(row, request.market) for row in rows), more)

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """Liquidations, trades and tickers of each perpetual; trades of each spot pair."""
        listed = list(instruments)
        return (
            *_sockets("perp", [item for item in listed if item.market == "perp"]),
            *_sockets("spot", [item for item in listed if item.market == "spot"]),
        )

    def budgets(self) -> Sequence[Budget]:
        """Calls of all kinds together."""
        return (REQUESTS,)

    def polls(self, instruments: Iterable[Instrument]) -> Sequence[Poll]:
        """Candles, depth, long/short ratio, history of open interest and margin tiers of each perpetual."""
        return polls(instruments)

    def answer(
        self, key: str, market: Market, payload: bytes, received_ms: int, symbols: SymbolTable
    ) -> Sequence[AnyEvent]:
        """The events of a poll's answer, oldest first; raises `BadAnswer`."""
        return answer(Asked.of(self.name, market, key, received_ms, symbols), payload)

    def decoder(self, market: Market, symbols: SymbolTable) -> BybitDecoder:
        """A decoder for one socket; it merges that socket's ticker deltas."""
        return BybitDecoder(market, symbols.of(self.name, market))


def _instrument(row: _Row, market: Market) -> Instrument:
    coin, unit = unscale(row.baseCoin)
    minutes = row.fundingInterval
    hours = minutes / 60 if minutes and minutes >= 60 else None
    return Instrument(
        "bybit", market, row.symbol, coin, row.quoteCoin,
        price_unit=unit, coins_per_unit=unit, funding_interval_hours=hours,
    )  # fmt: skip


def _sockets(market: Market, listed: Sequence[Instrument]) -> Iterable[Connection]:
    for number, start in enumerate(range(0, len(listed), _COINS_PER_SOCKET), 1):
        mine = listed[start : start + _COINS_PER_SOCKET]
        busy = any(item.coin in _BUSY_COINS for item in mine)
        yield Connection(
            venue="bybit",
            market=market,
            name=f"bybit {market}" if number == 1 else f"bybit {market} {number}",
            url=_SOCKETS[market],
            subscribe=tuple(subscription(item.symbol, market) for item in mine),
            messages_per_second=_MESSAGES_PER_SECOND,
            heartbeat=_HEARTBEAT,
            silence_seconds=45.0 if market == "perp" else 120.0 if busy else None,
            lifetime_seconds=_LIFETIME_SECONDS,
            liquidations=market == "perp",
        )
