"""HTX linear perpetuals and spot: topics, listings, limits and REST polls. `htx_frames` and `htx_answers` decode.

Two kinds of socket carry a perpetual: the market socket its trades, the notification socket the liquidations of all
contracts and the running funding rate. All frames come gzipped, and the venue pings every few seconds and cuts who
doesn't answer (HTX documentation, linear swap websocket; spot websocket).
"""

from collections.abc import Iterable, Sequence

import msgspec

from feeds.events import AnyEvent, Market
from feeds.symbols import QUOTES, Instrument, SymbolTable, unscale
from feeds.venue import BadListing, Budget, Connection, Heartbeat, Listing, Poll, Request
from feeds.venues.asked import Asked
from feeds.venues.htx_answers import CONTRACTS, HISTORY, answer
from feeds.venues.htx_frames import HtxDecoder
from feeds.venues.listing import read_listing, read_rows
from feeds.venues.schedule import FIVE_MINUTES, MINUTE, fitted, perpetuals

_REST = "https://api.hbdm.com/linear-swap-api/v1/"
_SWAPS = f"{_REST}swap_contract_info?business_type=swap"
_PAIRS = "https://api.huobi.pro/v1/common/symbols"
_SOCKETS = {"perp": "wss://api.hbdm.com/linear-swap-ws", "spot": "wss://api.huobi.pro/ws"}
_NOTIFICATION = "wss://api.hbdm.com/linear-swap-notification"

_TOPICS_PER_SOCKET = 100
_MESSAGES_PER_SECOND = 20.0  # 40 subscriptions a second are allowed
_MARKET_PINGS = Heartbeat("", 10.0)  # the venue pings every 5 s
_NOTIFICATION_PINGS = Heartbeat("", 30.0)  # who leaves a ping unanswered for 30 s is cut
_LIFETIME_SECONDS = 24 * 3600.0  # not documented; renewed daily like the others
_BUSY_SECONDS = 120.0
_BUSY_COINS = {"BTC", "ETH"}
_TRADING = 1

_BUDGET = Budget("default", 60.0, 3.0)  # well below the 240 public calls in 3 s that the venue lets one address make
_SETTLEMENT_SECONDS = 3600.0  # intervals change seldom
_RATIOS = ("swap_elite_account_ratio", "swap_elite_position_ratio")


class _Swap(msgspec.Struct):
    contract_code: str
    contract_size: float
    contract_status: int = 0
    business_type: str = "swap"


class _Pair(msgspec.Struct):
    symbol: str
    base: str = msgspec.field(name="base-currency")
    quote: str = msgspec.field(name="quote-currency")
    state: str = ""


class _Answer(msgspec.Struct):
    status: str
    data: list[msgspec.Raw] = []
    err_msg: str = ""


class Htx:
    """HTX's public market data."""

    name = "htx"
    code = "HTX"

    def requests(self) -> Sequence[Request]:
        """Linear perpetuals and spot pairs; neither list has pages."""
        return Request("perp", _SWAPS), Request("spot", _PAIRS)

    def listing(self, request: Request, payload: bytes) -> Listing:
        """Trading perpetuals or pairs quoted in USDT, USDC or USD; raises `BadListing`."""
        answer = read_listing(payload, _Answer, "an HTX list")
        if answer.status != "ok":
            raise BadListing(f"HTX answered {answer.status[:16]}: {answer.err_msg[:80]}")
        if request.market == "perp":
            swaps = read_rows(answer.data, _Swap, "an HTX contract")
            return Listing(tuple(_perpetual(row) for row in swaps if _is_watched(row)))
        pairs = read_rows(answer.data, _Pair, "an HTX pair")
        return Listing(tuple(_spot(row) for row in pairs if row.state == "online" and row.quote.upper() in QUOTES))

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """Market sockets with trades, and one notification socket with all liquidations where a perpetual is asked."""
        listed = list(instruments)
        perp = [item for item in listed if item.market == "perp"]
        return (
            *_market_sockets("perp", perp),
            *_market_sockets("spot", [item for item in listed if item.market == "spot"]),
            *_notification(perp),
        )

    def budgets(self) -> Sequence[Budget]:
        """One budget for all calls."""
        return (_BUDGET,)

    def polls(self, instruments: Iterable[Instrument]) -> Sequence[Poll]:
        """Funding, open interest and ratios of each perpetual; their history of the last days once, at the start."""
        return fitted([poll for item in perpetuals(instruments) for poll in _polls(item.symbol)], self.budgets())

    def answer(
        self, key: str, market: Market, payload: bytes, received_ms: int, symbols: SymbolTable
    ) -> Sequence[AnyEvent]:
        """The events of a poll's answer; past settlements set the funding interval in `symbols`. Raises `BadAnswer`."""
        return answer(Asked.of(self.name, market, key, received_ms, symbols), payload)

    def decoder(self, market: Market, symbols: SymbolTable) -> HtxDecoder:
        """A decoder for one socket of either kind; it knows when the socket's subscriptions began."""
        return HtxDecoder(market, symbols.of(self.name, market))


def _is_watched(row: _Swap) -> bool:
    quote = row.contract_code.rpartition("-")[2]
    return (
        row.contract_status == _TRADING
        and row.business_type == "swap"
        and row.contract_code.count("-") == 1
        and quote in QUOTES
        and row.contract_size > 0
    )


def _perpetual(row: _Swap) -> Instrument:
    base, _, quote = row.contract_code.partition("-")
    coin, unit = unscale(base)
    return Instrument(
        "htx", "perp", row.contract_code, coin, quote, price_unit=unit, coins_per_unit=row.contract_size * unit
    )


def _spot(row: _Pair) -> Instrument:
    coin, unit = unscale(row.base.upper())
    return Instrument("htx", "spot", row.symbol, coin, row.quote.upper(), price_unit=unit, coins_per_unit=unit)


def _market_sockets(market: Market, listed: Sequence[Instrument]) -> Iterable[Connection]:
    for number, start in enumerate(range(0, len(listed), _TOPICS_PER_SOCKET), 1):
        mine = listed[start : start + _TOPICS_PER_SOCKET]
        yield Connection(
            venue="htx",
            market=market,
            name=f"htx {market}" if number == 1 else f"htx {market} {number}",
            url=_SOCKETS[market],
            subscribe=tuple(_json({"sub": f"market.{item.symbol}.trade.detail", "id": item.symbol}) for item in mine),
            messages_per_second=_MESSAGES_PER_SECOND,
            heartbeat=_MARKET_PINGS,
            silence_seconds=_BUSY_SECONDS if any(item.coin in _BUSY_COINS for item in mine) else None,
            lifetime_seconds=_LIFETIME_SECONDS,
        )


def _notification(perp: Sequence[Instrument]) -> Iterable[Connection]:
    if not perp:
        return
    topics = ["public.*.liquidation_orders", *(f"public.{item.symbol}.funding_rate" for item in perp)]
    yield Connection(
        venue="htx",
        market="perp",
        name="htx perp notification",
        url=_NOTIFICATION,
        subscribe=tuple(_json({"op": "sub", "cid": topic, "topic": topic}) for topic in topics),
        messages_per_second=_MESSAGES_PER_SECOND,
        heartbeat=_NOTIFICATION_PINGS,
        silence_seconds=None,
        lifetime_seconds=_LIFETIME_SECONDS,
        liquidations=True,
    )


def _polls(symbol: str) -> Iterable[Poll]:
    def poll(endpoint: str, name: str, every_seconds: float | None, options: str = "") -> Poll:
        return Poll("htx", "perp", name, f"{_REST}{endpoint}?contract_code={symbol}{options}", every_seconds)

    yield poll("swap_historical_funding_rate", "funding settlements", _SETTLEMENT_SECONDS, "&page_index=1&page_size=2")
    yield poll("swap_funding_rate", "funding", MINUTE)
    yield poll("swap_open_interest", "open interest", MINUTE)
    yield poll("swap_his_open_interest", "open interest history", None, f"&period={HISTORY}&amount_type={CONTRACTS}")
    for endpoint in _RATIOS:
        yield poll(endpoint, "long/short ratio", FIVE_MINUTES, "&period=5min")
        yield poll(endpoint, "long/short history", None, f"&period={HISTORY}")


def _json(message: dict[str, str]) -> str:
    return msgspec.json.encode(message).decode()
