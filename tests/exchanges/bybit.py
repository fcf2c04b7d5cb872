"""Bybit v5: the linear and spot public sockets and the paged instrument list."""

import json
import re
from collections.abc import Sequence

from .bybit_rest import BybitRest
from .dialect import Dialect, Reaction, compact, loads_or_none
from .faults import Answer
from .limits import Limits, Upkeep
from .listings import Listings
from .marketdata import MarketData
from .session import Address, Opening, Session

LINEAR, SPOT = "bybit/perp", "bybit/spot"
_PATHS = {"/v5/public/linear": LINEAR, "/v5/public/spot": SPOT}
_CATEGORIES = {"linear": LINEAR, "spot": SPOT}
_TOPIC = re.compile(r"(?:tickers|publicTrade|orderbook\.(?:1|50|200|1000)|kline\.\w+)\.(\w[\w-]*)")
_LINEAR_TOPIC = re.compile(r"(?:allLiquidation|priceLimit|adlAlert|insurance)\.(\w[\w-]*)")


class Bybit(Dialect):
    """Remembers the merged linear tickers, so that a new subscriber begins with a snapshot of all fields."""

    venue = "bybit"
    websocket_hosts = frozenset({"stream.bybit.com"})
    rest_hosts = frozenset({"api.bybit.com", "api.bytick.com"})

    def __init__(self, listings: Listings, limits: Limits, data: MarketData) -> None:
        self._rest = BybitRest(listings, data)
        self._listings = {LINEAR: listings.bybit_perp, SPOT: listings.bybit_spot}
        self._limits = limits
        self._tickers: dict[str, dict[str, object]] = {}

    def endpoint(self, market: str, stream: str = "") -> str:
        return SPOT if market == "spot" else LINEAR

    def open(self, address: Address) -> Opening | None:
        endpoint = _PATHS.get(address.path)
        return Opening(endpoint) if endpoint else None

    def upkeep(self, endpoint: str) -> Upkeep:
        return Upkeep(client_silence_seconds=self._limits.bybit_silence_seconds)

    def react(self, session: Session, text: str) -> Reaction:
        request = loads_or_none(text)
        operation = request.get("op") if isinstance(request, dict) else None
        identity = request.get("req_id") if isinstance(request, dict) else None
        if operation == "ping":
            pong = {"success": True, "ret_msg": "pong", "conn_id": session.identity, "op": "ping"}
            return Reaction(replies=(compact(pong),), pings_answered=1)
        if not isinstance(request, dict) or operation not in ("subscribe", "unsubscribe"):
            return _reply(session, str(operation or ""), identity, "error:invalid op")
        arguments = request.get("args")
        if not isinstance(arguments, list) or not all(isinstance(topic, str) for topic in arguments):
            return _reply(session, operation, identity, "error:invalid args")
        topics = tuple(arguments)
        if operation == "unsubscribe":
            return _reply(session, operation, identity, None, unsubscribe=topics)
        problem = self._problem(session, topics)
        return _reply(session, operation, identity, problem, subscribe=() if problem else topics)

    def _problem(self, session: Session, topics: Sequence[str]) -> str | None:
        """Why the whole request is refused; one bad topic is enough."""
        endpoint = session.opening.endpoint
        if endpoint == SPOT and len(topics) > self._limits.bybit_spot_arguments:
            return f"error:args size >{self._limits.bybit_spot_arguments}"
        total = sum(map(len, session.streams)) + sum(map(len, topics))
        if total > self._limits.bybit_argument_characters:
            return f"error:args length >{self._limits.bybit_argument_characters}"
        listed = {str(row["symbol"]) for row in self._listings[endpoint]}
        for topic in topics:
            known = _TOPIC.fullmatch(topic) or (endpoint == LINEAR and _LINEAR_TOPIC.fullmatch(topic))
            if not known:
                return f"Invalid topic: {topic}"
            if known[1] not in listed:
                return f"error:handler not found,topic:{topic}"
        return None

    def remember(self, endpoint: str, stream: str, text: str) -> None:
        frame = loads_or_none(text)
        if endpoint != LINEAR or not stream.startswith("tickers.") or not isinstance(frame, dict):
            return
        if frame.get("type") == "snapshot":
            self._tickers[stream] = frame
        elif stream in self._tickers:
            before = self._tickers[stream]
            data = {**_fields(before.get("data")), **_fields(frame.get("data"))}
            self._tickers[stream] = {**before, **frame, "type": "snapshot", "data": data}

    def greeting(self, endpoint: str, stream: str) -> str | None:
        ticker = self._tickers.get(stream) if endpoint == LINEAR else None
        return compact(ticker) if ticker else None

    def rest(self, address: Address) -> Answer | None:
        if address.path != "/v5/market/instruments-info":
            return self._rest.answer(address)
        category = address.parameter("category")
        if category not in _CATEGORIES:
            return _envelope(10001, "params error: category", {})
        rows = self._listings[_CATEGORIES[category]]
        status = address.parameter("status")
        rows = [row for row in rows if not status or row.get("status") == status]
        if category == "spot":
            return _envelope(0, "OK", {"category": category, "list": rows, "nextPageCursor": ""})
        return self._page(category, rows, address)

    def _page(self, category: str, rows: Sequence[dict[str, object]], address: Address) -> Answer:
        cursor = re.fullmatch(r"(?:first=(\d+)&last=\d+)?", _unquoted_cursor(address))
        wanted = address.parameter("limit") or str(self._limits.bybit_page)
        if cursor is None or not wanted.isdecimal() or not 1 <= int(wanted) <= 1000:
            return _envelope(10001, "params error: cursor or limit", {})
        begin = int(cursor[1] or 0)
        end = begin + min(int(wanted), self._limits.bybit_page)
        following = f"first%3D{end}%26last%3D{len(rows)}" if end < len(rows) else ""
        result = {"category": category, "list": rows[begin:end], "nextPageCursor": following}
        return _envelope(0, "OK", result)


def _unquoted_cursor(address: Address) -> str:
    """A cursor is handed out quoted; sent back as it is or quoted once more, both are understood."""
    return address.parameter("cursor").replace("%3D", "=").replace("%26", "&")


def _fields(data: object) -> dict[str, object]:
    return data if isinstance(data, dict) else {}


def _reply(
    session: Session,
    operation: str,
    identity: object,
    problem: str | None,
    *,
    subscribe: tuple[str, ...] = (),
    unsubscribe: tuple[str, ...] = (),
) -> Reaction:
    message: dict[str, object] = {
        "success": problem is None,
        "ret_msg": problem if problem is not None else operation,
        "conn_id": session.identity,
    }
    if identity is not None:
        message["req_id"] = identity
    message["op"] = operation
    return Reaction(replies=(compact(message),), subscribe=subscribe, unsubscribe=unsubscribe)


def _envelope(code: int, message: str, result: object) -> Answer:
    body = {"retCode": code, "retMsg": message, "result": result, "retExtInfo": {}, "time": 1700000000000}
    return Answer(200, json.dumps(body))
