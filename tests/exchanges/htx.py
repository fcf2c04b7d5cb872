"""HTX: the spot and linear-swap market sockets and the notification socket, all of them gzip; REST is next door."""

import re
from collections.abc import Mapping

from .dialect import Dialect, Reaction, compact, loads_or_none
from .faults import Answer
from .htx_rest import HtxRest
from .limits import Limits, Upkeep
from .listings import Listings
from .marketdata import MarketData
from .session import Address, Opening, Session

SPOT, SWAP, NOTIFICATION = "htx/spot", "htx/perp", "htx/notification"
_SPOT_HOSTS = ("api.huobi.pro", "api-aws.huobi.pro", "api.htx.com")
_SWAP_PATHS = {"/linear-swap-ws": SWAP, "/linear-swap-notification": NOTIFICATION}
_TOPIC = re.compile(r"market\.([\w-]+)\.(?:trade\.detail|detail|bbo|depth\.\w+|kline\.\w+|mark_price\.\w+)")
_NOTICE = re.compile(r"public\.(\*|[\w-]+)\.(?:liquidation_orders|funding_rate|contract_info)")


class Htx(Dialect):
    """Asks every socket for a pong in words. Pushes the last trade once more to whoever subscribes to trades."""

    venue = "htx"
    markets = ("perp", "spot", "notification")
    websocket_hosts = frozenset({*_SPOT_HOSTS, "api.hbdm.com"})
    rest_hosts = frozenset({*_SPOT_HOSTS, "api.hbdm.com"})

    def __init__(self, listings: Listings, limits: Limits, data: MarketData) -> None:
        self._limits = limits
        self._data = data
        self._rest = HtxRest(listings, data)
        swaps = {str(row["contract_code"]) for row in listings.htx_perp}
        self._symbols = {SPOT: {str(row["symbol"]) for row in listings.htx_spot}, SWAP: swaps, NOTIFICATION: swaps}
        self._trades: dict[tuple[str, str], str] = {}

    def endpoint(self, market: str, stream: str = "") -> str:
        if market == "spot":
            return SPOT
        return NOTIFICATION if market == "notification" or stream.startswith("public.") else SWAP

    def open(self, address: Address) -> Opening | None:
        if address.host in _SPOT_HOSTS:
            return Opening(SPOT, gzipped=True) if address.path == "/ws" else None
        endpoint = _SWAP_PATHS.get(address.path)
        return Opening(endpoint, gzipped=True) if endpoint else None

    def upkeep(self, endpoint: str) -> Upkeep:
        limits, notices = self._limits, endpoint == NOTIFICATION
        return Upkeep(
            question_seconds=limits.htx_ping_seconds,
            answer_seconds=limits.htx_notification_pong_seconds if notices else limits.htx_pong_seconds,
        )

    def question(self, session: Session) -> str:
        now_ms = self._data.clock()
        if session.opening.endpoint == NOTIFICATION:
            return compact({"op": "ping", "ts": str(now_ms)})
        return compact({"ping": now_ms})

    def react(self, session: Session, text: str) -> Reaction:
        request = loads_or_none(text)
        if not isinstance(request, dict):
            return self._refusal(session, {}, "bad-request", "invalid json")
        if session.opening.endpoint == NOTIFICATION:
            return self._notify(session, request)
        if "pong" in request:
            return Reaction(answered=True)
        if "ping" in request:
            return Reaction(replies=(compact({"pong": request["ping"]}),), pings_answered=1)
        topic = request.get("sub", request.get("unsub"))
        known = _TOPIC.fullmatch(topic) if isinstance(topic, str) else None
        if known is None or known[1] not in self._symbols[session.opening.endpoint]:
            return self._refusal(session, request, "bad-request", f"invalid topic {topic}")
        told = {"status": "ok", "subbed" if "sub" in request else "unsubbed": topic, "ts": self._data.clock()}
        reply = compact(_identity(request) | told)
        if "sub" in request:
            return Reaction(replies=(reply,), subscribe=(str(topic),))
        return Reaction(replies=(reply,), unsubscribe=(str(topic),))

    def _notify(self, session: Session, request: Mapping[str, object]) -> Reaction:
        operation, topic = request.get("op"), request.get("topic")
        if operation == "pong":
            return Reaction(answered=True)
        if operation == "ping":
            return Reaction(replies=(compact({"op": "pong", "ts": request.get("ts")}),), pings_answered=1)
        known = _NOTICE.fullmatch(topic) if isinstance(topic, str) else None
        told = {"op": operation, **_identity(request, "cid"), "topic": topic, "ts": self._data.clock()}
        if operation not in ("sub", "unsub") or known is None:
            return Reaction(replies=(compact({**told, "err-code": 2011, "err-msg": "invalid topic"}),))
        if known[1] != "*" and known[1] not in self._symbols[NOTIFICATION]:
            return Reaction(replies=(compact({**told, "err-code": 2012, "err-msg": "invalid contract code"}),))
        if operation == "sub" and topic in session.streams:
            return Reaction(replies=(compact({**told, "err-code": 2014, "err-msg": "duplicate topic"}),))
        reply = compact({**told, "err-code": 0})
        if operation == "sub":
            return Reaction(replies=(reply,), subscribe=(str(topic),))
        return Reaction(replies=(reply,), unsubscribe=(str(topic),))

    def _refusal(self, session: Session, request: Mapping[str, object], code: str, message: str) -> Reaction:
        told = {"status": "error", "err-code": code, "err-msg": message, "ts": self._data.clock()}
        return Reaction(replies=(compact(_identity(request) | told),))

    def covers(self, subscription: str, stream: str) -> bool:
        """`public.*.liquidation_orders` brings `public.ETH-USDT.liquidation_orders`."""
        asked, told = subscription.split("."), stream.split(".")
        return asked[0] == told[0] == "public" and asked[1] == "*" and asked[2:] == told[2:]

    def remember(self, endpoint: str, stream: str, text: str) -> None:
        if stream.endswith(".trade.detail"):
            self._trades[endpoint, stream] = text

    def greeting(self, endpoint: str, stream: str) -> str | None:
        return self._trades.get((endpoint, stream))

    def greets_first(self, endpoint: str) -> bool:
        """On the swap socket the old trade overtakes the acknowledgement."""
        return endpoint == SWAP

    def rest(self, address: Address) -> Answer | None:
        return self._rest.answer(address)


def _identity(request: Mapping[str, object], name: str = "id") -> dict[str, object]:
    return {name: request[name]} if name in request else {}
