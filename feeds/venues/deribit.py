"""Deribit's perpetuals and options: channels, listings, limits and polls. Frames are decoded in `deribit_frames`.

The inverse perpetuals of BTC and ETH are the main books and count in USD, the linear ones, quoted and settled in USDC,
in coins: "For perpetual and inverse futures the amount is in USD units. For options and linear futures it is the
underlying base currency coin" (Deribit documentation, trades). Options are asked for as a family, in `deribit_options`.

An address has 50,000 credits that refill with 10,000 a second; most calls cost 500, a subscription 3,000 of a smaller
pool. Who overdraws is told 10028 and cut (Deribit documentation, rate limits). The raw interval of a channel needs a
login, 100 ms does not.
"""

from collections.abc import Iterable, Sequence

import msgspec

from feeds.events import AnyEvent, Market
from feeds.symbols import QUOTES, Instrument, SymbolTable, unscale
from feeds.venue import BadListing, Budget, Connection, Heartbeat, Listing, Poll, Request
from feeds.venues.deribit_frames import DeribitDecoder
from feeds.venues.deribit_options import read_options
from feeds.venues.deribit_protocol import SUBSCRIPTION_IDS
from feeds.venues.listing import read_listing, read_rows
from feeds.venues.schedule import perpetuals

_REST = "https://www.deribit.com/api/v2/public/"
_SOCKET = "wss://www.deribit.com/ws/api/v2"
_CURRENCIES = ("BTC", "ETH", "USDC")
_FAMILIES = ("BTC", "ETH")

_COINS_PER_SOCKET = 200
_COINS_PER_MESSAGE = 20
_MESSAGES_PER_SECOND = 2.0  # 3.3 subscriptions allowed
_HEARTBEAT_SECONDS = 30
_HEARTBEAT = Heartbeat("", float(_HEARTBEAT_SECONDS))  # the venue asks, the decoder answers
_SET_HEARTBEAT = (
    f'{{"jsonrpc":"2.0","id":1,"method":"public/set_heartbeat","params":{{"interval":{_HEARTBEAT_SECONDS}}}}}'
)
_SILENCE_SECONDS = 60.0
_LIFETIME_SECONDS = 24 * 3600.0  # not documented; renewed daily like the others

_CREDITS = Budget("credits", 50_000.0, 5.0)
_CALL_CREDITS = 500.0
_OPTIONS_SECONDS = 60.0


class _Row(msgspec.Struct):
    instrument_name: str
    base_currency: str
    quote_currency: str
    settlement_period: str = ""
    kind: str = ""
    is_active: bool = False
    settlement_currency: str = ""


class _Error(msgspec.Struct):
    code: int
    message: str = ""


class _Answer(msgspec.Struct):
    result: list[msgspec.Raw] = []
    error: _Error | None = None


class Deribit:
    """Deribit's public market data."""

    name = "deribit"
    code = "DRB"

    def requests(self) -> Sequence[Request]:
        """The futures settled in BTC, in ETH and in USDC."""
        return [Request("perp", f"{_REST}get_instruments?currency={name}&kind=future") for name in _CURRENCIES]

    def listing(self, request: Request, payload: bytes) -> Listing:
        """Active perpetuals; raises `BadListing`."""
        answer = read_listing(payload, _Answer, "Deribit get_instruments")
        if answer.error is not None:
            raise BadListing(f"Deribit answered {answer.error.code}: {answer.error.message[:80]}")
        rows = read_rows(answer.result, _Row, "a Deribit instrument")
        return Listing(tuple(_perpetual(row) for row in rows if _is_watched(row)))

    def connections(self, instruments: Iterable[Instrument]) -> Sequence[Connection]:
        """Trades, which carry the liquidations, and tickers of each perpetual."""
        perp = perpetuals(instruments)
        starts = range(0, len(perp), _COINS_PER_SOCKET)
        return [_connection(number, perp[start : start + _COINS_PER_SOCKET]) for number, start in enumerate(starts, 1)]

    def budgets(self) -> Sequence[Budget]:
        """The credits."""
        return (_CREDITS,)

    def polls(self, instruments: Iterable[Instrument]) -> Sequence[Poll]:
        """All options of BTC and of ETH in one call each, where that coin is watched."""
        coins = {item.coin for item in instruments}
        return [_options(family) for family in _FAMILIES if family in coins]

    def answer(
        self, key: str, market: Market, payload: bytes, received_ms: int, symbols: SymbolTable
    ) -> Sequence[AnyEvent]:
        """The put/call ratios of a family; raises `BadAnswer`."""
        return read_options(key, payload, received_ms)

    def decoder(self, market: Market, symbols: SymbolTable) -> DeribitDecoder:
        """A decoder for one socket."""
        return DeribitDecoder(market, symbols.of(self.name, market))


def _is_watched(row: _Row) -> bool:
    return (
        row.kind == "future" and row.settlement_period == "perpetual" and row.is_active and row.quote_currency in QUOTES
    )


def _perpetual(row: _Row) -> Instrument:
    coin, unit = unscale(row.base_currency)
    if row.quote_currency == "USD":  # inverse: margin and profit are in the coin, amounts in USD
        return Instrument(
            "deribit", "perp", row.instrument_name, coin, "USD",
            price_unit=unit, coins_per_unit=None, usd_per_unit=1.0, main=True,
        )  # fmt: skip
    return Instrument(
        "deribit", "perp", row.instrument_name, coin, row.quote_currency, price_unit=unit, coins_per_unit=unit
    )


def _connection(number: int, mine: Sequence[Instrument]) -> Connection:
    return Connection(
        venue="deribit",
        market="perp",
        name="deribit perp" if number == 1 else f"deribit perp {number}",
        url=_SOCKET,
        subscribe=(_SET_HEARTBEAT, *_subscribe(mine)),
        messages_per_second=_MESSAGES_PER_SECOND,
        heartbeat=_HEARTBEAT,
        silence_seconds=_SILENCE_SECONDS,
        lifetime_seconds=_LIFETIME_SECONDS,
        liquidations=True,
    )


def _subscribe(items: Sequence[Instrument]) -> Iterable[str]:
    for number, start in enumerate(range(0, len(items), _COINS_PER_MESSAGE)):
        mine = items[start : start + _COINS_PER_MESSAGE]
        channels = [f"{channel}.{item.symbol}.100ms" for item in mine for channel in ("trades", "ticker")]
        message = {
            "jsonrpc": "2.0",
            "id": SUBSCRIPTION_IDS + number,
            "method": "public/subscribe",
            "params": {"channels": channels},
        }
        yield msgspec.json.encode(message).decode()


def _options(family: str) -> Poll:
    url = f"{_REST}get_book_summary_by_currency?currency={family}&kind=option"
    return Poll(
        "deribit", "option", f"deribit {family} options", url, _OPTIONS_SECONDS, _CALL_CREDITS, budget=_CREDITS.name
    )
