"""Binance USD-M perpetuals and spot: routes, listings and limits. The frames are decoded in `binance_frames`.

Market streams answer on the `/market` route only: a socket on an unrouted path acknowledges every subscription and
stays silent. Liquidations come from `!forceOrder@arr`, at most one order per symbol and second, so sums are lower
bounds; since June 2026 it carries COIN-M contracts as well (Binance, "Important WebSocket Change Notice", March 2026;
change log).
"""

from collections.abc import Iterable, Sequence

import msgspec

from feeds.events import AnyEvent, Market
from feeds.symbols import QUOTES, Instrument, SymbolTable, unscale
from feeds.venue import Budget, Connection, Heartbeat, Listing, Poll, Request
from feeds.venues.asked import Asked
from feeds.venues.binance_answers import answer
from feeds.venues.binance_frames import HEARTBEAT_ID, BinanceDecoder
from feeds.venues.binance_polls import FUNDING, STATISTICS, WEIGHT, polls
from feeds.venues.listing import read_listing, read_rows

_FUTURES = "https://fapi.binance.com/fapi/v1/exchangeInfo"
_FUNDING = "https://fapi.binance.com/fapi/v1/fundingInfo"
_COIN_MARGINED = "https://dapi.binance.com/dapi/v1/exchangeInfo"
_SPOT = "https://api.binance.com/api/v3/exchangeInfo"

_FUTURES_SOCKET = "wss://fstream.binance.com/market/stream"
_SPOT_SOCKET = "wss://stream.binance.com/stream"

_STREAMS_PER_SOCKET = 200  # 1024 allowed
_STREAMS_PER_MESSAGE = 40
_PERP_MESSAGES_PER_SECOND = 4.0  # 10 allowed, heartbeats and pongs included
_SPOT_MESSAGES_PER_SECOND = 2.0  # 5 allowed, heartbeats and pongs included
_LIFETIME_SECONDS = 24 * 3600.0
_HEARTBEAT = Heartbeat(f'{{"method":"LIST_SUBSCRIPTIONS","id":{HEARTBEAT_ID}}}', 20.0)  # answered on silent routes too
_BUSY_COINS = {"BTC", "ETH"}


class _Symbol(msgspec.Struct):
    symbol: str
    baseAsset: str = ""
    quoteAsset: str = ""
    contractType: str = ""
    status: str = ""
    contractStatus: str = ""
    contractSize: float | None = None


class _Symbols(msgspec.Struct):
    symbols: list[msgspec.Raw]


class _FundingInfo(msgspec.Struct):
    symbol: str
    fundingIntervalHours: float


class Binance:
    """Binance's public market data."""

    name = "binance"
    code = "BIN"

    def requests(self) -> Sequence[Request]:
        """Perpetuals, their funding intervals, COIN-M contract sizes (liquidations only), spot pairs."""
        return (
            Request("perp", _FUTURES),
            Request("perp", _FUNDING, required=False),
            Request("perp", _COIN_MARGINED, required=False),
            Request("spot", _SPOT),
        )

    def listing(self, request: Request, payload: bytes) -> Listing:
        """Trading perpetuals or pairs quoted in USDT, USDC or USD; raises `BadListing`."""
        if request.url.endswith("/fundingInfo"):
            told = read_listing(payload, list[msgspec.Raw], "Binance fundingInfo")
            rows = read_rows(told, _FundingInfo, "a funding row")
            return Listing(funding_hours={row.symbol: row.fundingIntervalHours for row in rows})
        answer = read_rows(read_listing(payload, _Symbols, "Binance exchangeInfo").symbols, _Symbol, "a symbol")
        if request.market == "spot":
            return Listing(tuple(_spot(row) for row in answer if row.quoteAsset in QUOTES and row.status == "TRADING"))
        return Listing(tuple(_perpetual(row) for row in answer if _is_watched(row)))

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """The first futures socket carries all liquidations; trades and mark prices fill up to 200 streams each."""
        listed = list(instruments)
        perp = [item for item in listed if item.market == "perp"]
        spot = [item for item in listed if item.market == "spot"]
        return (
            *_sockets(
                "perp",
                ["!forceOrder@arr", *(s for item in perp for s in _perp_streams(item))] if perp else [],
                45.0,
            ),
            *_sockets("spot", [f"{item.symbol.lower()}@aggTrade" for item in spot], _spot_silence(spot)),
        )

    def budgets(self) -> Sequence[Budget]:
        """Weight a minute, and calls of the statistics and of the funding history."""
        return (WEIGHT, STATISTICS, FUNDING)

    def polls(self, instruments: Iterable[Instrument]) -> Sequence[Poll]:
        """Open interest, long/short ratios, candles and depth of each perpetual."""
        return polls(instruments)

    def answer(
        self, key: str, market: Market, payload: bytes, received_ms: int, symbols: SymbolTable
    ) -> Sequence[AnyEvent]:
        """The events of a poll's answer, oldest first; raises `BadAnswer`."""
        return answer(Asked.of(self.name, market, key, received_ms, symbols), payload)

    def decoder(self, market: Market, symbols: SymbolTable) -> BinanceDecoder:
        """A decoder for one socket."""
        return BinanceDecoder(market, symbols.of(self.name, market))


def _perp_streams(item: Instrument) -> tuple[str, str]:
    symbol = item.symbol.lower()
    return f"{symbol}@aggTrade", f"{symbol}@markPrice@1s"


def _spot_silence(spot: Sequence[Instrument]) -> float | None:
    return 120.0 if any(item.coin in _BUSY_COINS for item in spot) else None


def _sockets(market: Market, streams: Sequence[str], silence: float | None) -> Iterable[Connection]:
    for number, start in enumerate(range(0, len(streams), _STREAMS_PER_SOCKET), 1):
        mine = streams[start : start + _STREAMS_PER_SOCKET]
        yield Connection(
            venue="binance",
            market=market,
            name=f"binance {market}" if number == 1 else f"binance {market} {number}",
            url=_FUTURES_SOCKET if market == "perp" else _SPOT_SOCKET,
            subscribe=tuple(_subscribe(mine)),
            messages_per_second=_PERP_MESSAGES_PER_SECOND if market == "perp" else _SPOT_MESSAGES_PER_SECOND,
            heartbeat=_HEARTBEAT,
            silence_seconds=silence,
            lifetime_seconds=_LIFETIME_SECONDS,
            liquidations="!forceOrder@arr" in mine,
        )


def _subscribe(streams: Sequence[str]) -> Iterable[str]:
    for number, start in enumerate(range(0, len(streams), _STREAMS_PER_MESSAGE), 1):
        message = {
            "method": "SUBSCRIBE",
            "params": streams[start : start + _STREAMS_PER_MESSAGE],
            "id": number,
        }
        yield msgspec.json.encode(message).decode()


def _is_watched(row: _Symbol) -> bool:
    trading = "TRADING" in (row.status, row.contractStatus)
    sized = row.contractSize is not None or row.quoteAsset != "USD"  # a COIN-M row without its size would be misread
    return row.contractType == "PERPETUAL" and row.quoteAsset in QUOTES and trading and sized


def _perpetual(row: _Symbol) -> Instrument:
    coin, unit = unscale(row.baseAsset)
    if row.contractSize is not None:  # COIN-M: sizes are contracts worth this many USD
        return Instrument(
            "binance",
            "perp",
            row.symbol,
            coin,
            row.quoteAsset,
            coins_per_unit=None,
            usd_per_unit=row.contractSize,
        )
    return Instrument("binance", "perp", row.symbol, coin, row.quoteAsset, price_unit=unit, coins_per_unit=unit)


def _spot(row: _Symbol) -> Instrument:
    coin, unit = unscale(row.baseAsset)
    return Instrument("binance", "spot", row.symbol, coin, row.quoteAsset, price_unit=unit, coins_per_unit=unit)
