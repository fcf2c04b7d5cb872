"""BitMEX: the realtime socket with its tables, and the instruments over REST."""

from collections.abc import Mapping
from datetime import UTC, datetime

from .dialect import Dialect, Reaction, compact, loads_or_none
from .faults import Answer
from .further_listings import Row
from .limits import Limits, Upkeep
from .listings import Listings
from .marketdata import MarketData
from .numerals import number
from .session import Address, Opening, Session

PERP = "bitmex/perp"
_TABLES = ("liquidation", "trade", "instrument", "funding", "quote", "orderBookL2")
_KEYS = {"liquidation": ["orderID"], "instrument": ["symbol"]}


def iso_time(at_ms: int) -> str:
    """The time as BitMEX writes it, to the millisecond."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Bitmex(Dialect):
    """Streams are "trade:XBTUSD", or "liquidation" for all symbols. The first frame of a stream is its `partial`.

    The partial of liquidations holds those that are still open, that of trades the last one: neither is news.
    """

    venue = "bitmex"
    websocket_hosts = frozenset({"www.bitmex.com", "ws.bitmex.com"})
    rest_hosts = frozenset({"www.bitmex.com"})

    def __init__(self, listings: Listings, limits: Limits, data: MarketData) -> None:
        self._rows = {str(row["symbol"]): row for row in listings.bitmex}
        self._limits = limits
        self._data = data
        self._open: dict[str, dict[str, object]] = {}
        self._trades: dict[str, object] = {}

    def endpoint(self, market: str, stream: str = "") -> str:
        return PERP

    def open(self, address: Address) -> Opening | None:
        if address.path != "/realtime":
            return None
        named = tuple(one for one in address.parameter("subscribe").split(",") if self._is_stream(one))
        return Opening(PERP, named)

    def upkeep(self, endpoint: str) -> Upkeep:
        return Upkeep(client_silence_seconds=self._limits.bitmex_silence_seconds)

    def hello(self, session: Session) -> str | None:
        return compact(
            {
                "info": "Welcome to the BitMEX Realtime API.",
                "version": "2.0.0",
                "timestamp": iso_time(self._data.clock()),
                "docs": "https://www.bitmex.com/app/wsAPI",
                "limit": {"remaining": 39},
            }
        )

    def react(self, session: Session, text: str) -> Reaction:
        if text == "ping":
            return Reaction(replies=("pong",), pings_answered=1)
        request = loads_or_none(text)
        operation = request.get("op") if isinstance(request, dict) else None
        wanted = request.get("args") if isinstance(request, dict) else None
        wanted = [wanted] if isinstance(wanted, str) else wanted
        if operation not in ("subscribe", "unsubscribe") or not isinstance(wanted, list):
            return Reaction(replies=(_error(400, "Unrecognized request.", request),))
        known = tuple(one for one in wanted if isinstance(one, str) and self._is_stream(one))
        replies = tuple(
            compact({"success": True, operation: one, "request": request})
            if one in known
            else _error(400, f"Unknown or expired symbol or table: {one}", request)
            for one in wanted
        )
        if operation == "subscribe":
            return Reaction(replies=replies, subscribe=known)
        return Reaction(replies=replies, unsubscribe=known)

    def _is_stream(self, name: str) -> bool:
        table, _, symbol = name.partition(":")
        return table in _TABLES and (not symbol or symbol in self._rows)

    def covers(self, subscription: str, stream: str) -> bool:
        """A table without a symbol brings all symbols."""
        return stream.startswith(f"{subscription}:")

    def remember(self, endpoint: str, stream: str, text: str) -> None:
        frame = loads_or_none(text)
        if not isinstance(frame, dict) or not isinstance(frame.get("data"), list):
            return
        for row in frame["data"]:
            identity = str(row.get("orderID"))
            match frame.get("table"), frame.get("action"):
                case "liquidation", "insert":
                    self._open[identity] = row
                case "liquidation", "update":
                    self._open.setdefault(identity, {}).update(row)
                case "liquidation", "delete":
                    self._open.pop(identity, None)
                case "trade", "insert":
                    self._trades[str(row.get("symbol"))] = row

    def greeting(self, endpoint: str, stream: str) -> str | None:
        table, _, symbol = stream.partition(":")
        rows: list[object] = []
        match table:
            case "liquidation":
                rows = [row for row in self._open.values() if symbol in ("", row.get("symbol"))]
            case "trade":
                rows = [row for one, row in self._trades.items() if symbol in ("", one)]
            case "instrument":
                rows = [self._instrument(row) for one, row in self._rows.items() if symbol in ("", one)]
        told = {"table": table, "action": "partial", "keys": _KEYS.get(table, []), "types": {}}
        return compact({**told, "filter": {"symbol": symbol} if symbol else {}, "data": rows})

    def _instrument(self, row: Row) -> Mapping[str, object]:
        """What the contract is and what it is like now; nothing moves where the market data has nothing."""
        perp = self._data.perps.get(("bitmex", str(row["symbol"])))
        if perp is None:
            return {**row, "fundingRate": None, "openInterest": 0, "markPrice": None}
        now_ms = self._data.clock()
        coins = perp.open_interest.now if perp.open_interest else 0.0
        return {
            **row,
            "fundingRate": number(perp.funding_rate),
            "indicativeFundingRate": number(perp.funding_rate),
            "fundingTimestamp": iso_time(perp.next_funding_ms(now_ms)),
            "markPrice": number(perp.price),
            "lastPrice": number(perp.price),
            "indicativeSettlePrice": number(perp.index),
            "openInterest": number(self._contracts(row, coins, perp.price)),
            "timestamp": iso_time(now_ms),
        }

    def _contracts(self, row: Row, coins: float, price: float) -> float:
        """USD for inverse, units for linear, and for quanto what is worth as much in XBT."""
        if row["isInverse"]:
            return coins * price
        per_unit = row["underlyingToPositionMultiplier"]
        if isinstance(per_unit, int | float):
            return coins * per_unit
        xbt = self._data.perps["bitmex", "XBTUSD"].price
        return coins / (float(str(row["multiplier"])) / 1e8 * xbt)

    def rest(self, address: Address) -> Answer | None:
        wanted = address.parameter("symbol")
        match address.path:
            case "/api/v1/instrument/active":
                return _told([self._instrument(row) for row in self._rows.values()])
            case "/api/v1/instrument":
                return _told([self._instrument(row) for one, row in self._rows.items() if wanted in ("", one)])
            case "/api/v1/liquidation":
                return _told([row for row in self._open.values() if wanted in ("", row.get("symbol"))])
        return None


def _told(payload: object) -> Answer:
    return Answer(200, compact(payload), (("x-ratelimit-limit", "30"), ("x-ratelimit-remaining", "29")))


def _error(status: int, message: str, request: object) -> str:
    return compact({"status": status, "error": message, "meta": {}, "request": request})
