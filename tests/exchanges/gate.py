"""Gate USDT futures: the socket, where sizes are whole numbers or texts as the handshake asked; REST is next door."""

import json
from collections.abc import Mapping

from .dialect import Dialect, Reaction, compact, loads_or_none
from .faults import Answer
from .gate_rest import GateRest
from .limits import Limits, Upkeep
from .listings import Listings
from .marketdata import MarketData
from .session import Address, Opening, Session

PERP = "gate/perp"
_CHANNELS = (
    "futures.public_liquidates",
    "futures.trades",
    "futures.tickers",
    "futures.book_ticker",
    "futures.order_book_update",
    "futures.contract_info",
)
_SIZES = ("size", "left", "order_size", "s", "B", "A")


class Gate(Dialect):
    """Streams are "futures.trades:BTC_USDT"; a subscription to "!all" brings every contract of its channel."""

    venue = "gate"
    websocket_hosts = frozenset({"fx-ws.gateio.ws"})
    rest_hosts = frozenset({"api.gateio.ws", "fx-api.gateio.ws"})

    def __init__(self, listings: Listings, limits: Limits, data: MarketData) -> None:
        self._contracts = {str(row["name"]) for row in listings.gate}
        self._limits = limits
        self._data = data
        self._rest = GateRest(listings, data)

    def endpoint(self, market: str, stream: str = "") -> str:
        return PERP

    def open(self, address: Address) -> Opening | None:
        return Opening(PERP) if address.path == "/v4/ws/usdt" else None

    def upkeep(self, endpoint: str) -> Upkeep:
        return Upkeep(client_silence_seconds=self._limits.gate_silence_seconds)

    def react(self, session: Session, text: str) -> Reaction:
        request = loads_or_none(text)
        channel = request.get("channel") if isinstance(request, dict) else None
        if not isinstance(request, dict) or not isinstance(request.get("time"), int):
            return Reaction(replies=(self._reply({}, {"code": 1, "message": "invalid request body"}),))
        if channel == "futures.ping":
            pong = {"time": self._data.clock() // 1000, "channel": "futures.pong", "event": "", "result": None}
            return Reaction(replies=(compact(pong),), pings_answered=1)
        wanted, event = request.get("payload"), request.get("event")
        if channel not in _CHANNELS or event not in ("subscribe", "unsubscribe") or not isinstance(wanted, list):
            problem = {"code": 2, "message": f"unknown channel {channel} or event {event}"}
            return Reaction(replies=(self._reply(request, problem),))
        unknown = [one for one in wanted if one not in self._contracts and one != "!all"]
        if unknown or not wanted:
            problem = {"code": 2, "message": f"unknown contract {unknown[0] if unknown else ''}"}
            return Reaction(replies=(self._reply(request, problem),))
        streams = tuple(f"{channel}:{one}" for one in wanted)
        reply = self._reply(request, None)
        if event == "subscribe":
            return Reaction(replies=(reply,), subscribe=streams)
        return Reaction(replies=(reply,), unsubscribe=streams)

    def _reply(self, request: Mapping[str, object], problem: Mapping[str, object] | None) -> str:
        now_ms = self._data.clock()
        asked = {key: request.get(key) for key in ("channel", "event")}
        told = {"time": now_ms // 1000, "time_ms": now_ms, **asked, "error": problem}
        return compact({**told, "result": None if problem else {"status": "success"}})

    def covers(self, subscription: str, stream: str) -> bool:
        channel, _, contracts = subscription.partition(":")
        return contracts == "!all" and stream.startswith(f"{channel}:")

    def wire(self, session: Session, stream: str, text: str) -> str:
        """Sizes as texts for whoever shook hands with `X-Gate-Size-Decimal: 1`."""
        request = session.socket.request
        if request is None or request.headers.get("X-Gate-Size-Decimal") != "1":
            return text
        return compact(_decimal(json.loads(text)))

    def rest(self, address: Address) -> Answer | None:
        return self._rest.answer(address)


def _decimal(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: str(one) if key in _SIZES and isinstance(one, int) else _decimal(one) for key, one in value.items()
        }
    return [_decimal(one) for one in value] if isinstance(value, list) else value
