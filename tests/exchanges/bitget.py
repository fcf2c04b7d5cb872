"""Bitget v3: the public socket with its one venue-wide liquidation topic, and the liquidations of the last days."""

from collections.abc import Mapping

from .dialect import Dialect, Reaction, compact, loads_or_none
from .faults import Answer
from .limits import Limits, Upkeep
from .listings import Listings
from .marketdata import MarketData
from .numerals import whole, written
from .session import Address, Opening, Session

PERP = "bitget/perp"
_KEPT_MS = 3 * 24 * 3_600_000
_BY_SYMBOL = ("publicTrade", "ticker", "books", "books1", "books5", "books50")


def stream_of(argument: Mapping[str, object]) -> str:
    """The stream that a subscription is for: "liquidation:usdt-futures", "publicTrade:BTCUSDT"."""
    return f"{argument.get('topic')}:{argument.get('symbol') or argument.get('instType')}"


class Bitget(Dialect):
    """`side` is the position; `amount` is USDT on the socket and coins over REST."""

    venue = "bitget"
    websocket_hosts = frozenset({"ws.bitget.com"})
    rest_hosts = frozenset({"api.bitget.com"})

    def __init__(self, listings: Listings, limits: Limits, data: MarketData) -> None:
        self._rows = {str(row["symbol"]): row for row in listings.bitget}
        self._limits = limits
        self._data = data

    def endpoint(self, market: str, stream: str = "") -> str:
        return PERP

    def open(self, address: Address) -> Opening | None:
        return Opening(PERP) if address.path == "/v3/ws/public" else None

    def upkeep(self, endpoint: str) -> Upkeep:
        return Upkeep(client_silence_seconds=self._limits.bitget_silence_seconds)

    def react(self, session: Session, text: str) -> Reaction:
        if text == "ping":
            return Reaction(replies=("pong",), pings_answered=1)
        request = loads_or_none(text)
        operation = request.get("op") if isinstance(request, dict) else None
        arguments = request.get("args") if isinstance(request, dict) else None
        if operation not in ("subscribe", "unsubscribe") or not isinstance(arguments, list):
            return Reaction(replies=(compact({"event": "error", "code": "30003", "msg": "Invalid op"}),))
        known = [one for one in arguments if isinstance(one, dict) and self._is_argument(one)]
        replies = tuple(
            compact({"event": operation, "arg": one})
            if one in known
            else compact({"event": "error", "arg": one, "code": "30016", "msg": "Param error"})
            for one in arguments
        )
        streams = tuple(map(stream_of, known))
        if operation == "subscribe":
            return Reaction(replies=replies, subscribe=streams)
        return Reaction(replies=replies, unsubscribe=streams)

    def _is_argument(self, argument: Mapping[str, object]) -> bool:
        if argument.get("instType") != "usdt-futures":
            return False
        if argument.get("topic") == "liquidation":
            return True
        return argument.get("topic") in _BY_SYMBOL and argument.get("symbol") in self._rows

    def rest(self, address: Address) -> Answer | None:
        if address.path not in ("/api/v3/market/instruments", "/api/v3/market/liquidations"):
            return None
        if address.parameter("category").upper() != "USDT-FUTURES":
            return self._told("40034", "Parameter category does not exist", None)
        symbol = address.parameter("symbol")
        if address.path.endswith("/instruments"):
            return self._told("00000", "success", [row for one, row in self._rows.items() if symbol in ("", one)])
        return self._liquidations(symbol, address)

    def _liquidations(self, symbol: str, address: Address) -> Answer:
        """The last three days, newest first, a page at a time."""
        oldest = self._data.clock() - _KEPT_MS
        kept = [one for one in self._data.liquidations.get("bitget", ()) if one.at_ms >= oldest]
        chosen = sorted((one for one in kept if symbol in ("", one.symbol)), key=lambda one: -one.at_ms)
        begin, most = int(address.parameter("cursor") or 0), whole(address.parameter("limit"), 100, 100)
        rows = [
            {
                "symbol": one.symbol,
                "side": "buy" if one.position == "long" else "sell",
                "price": written(one.price),
                "amount": written(one.coins),
                "ts": str(one.at_ms),
            }
            for one in chosen[begin : begin + most]
        ]
        following = str(begin + most) if begin + most < len(chosen) else ""
        return self._told("00000", "success", {"list": rows, "cursor": following})

    def _told(self, code: str, message: str, data: object) -> Answer:
        body = {"code": code, "msg": message, "requestTime": self._data.clock(), "data": data}
        return Answer(200 if code == "00000" else 400, compact(body))
