"""OKX v5: the public socket, which serves swaps and spot alike, and the instrument list."""

from collections import deque
from collections.abc import Mapping

from .dialect import Dialect, Reaction, compact, loads_or_none
from .faults import Answer
from .limits import Limits, Upkeep
from .listings import Listings
from .marketdata import MarketData
from .okx_rest import OkxRest
from .session import Address, Opening, Session

PUBLIC = "okx/public"
_TYPES = ("SWAP", "FUTURES", "OPTION", "MARGIN", "SPOT")
_SWAP_CHANNELS = ("funding-rate", "open-interest", "price-limit")
_CHANNELS = ("trades", "tickers", "mark-price", "books", "books5", "bbo-tbt", "index-tickers")
_NO_CHANNEL = "Wrong URL or channel:{} doesn't exist. Please use the correct URL, channel and parameters."


def stream_of(argument: Mapping[str, str]) -> str:
    """The stream that a subscription is for, e.g. "trades:BTC-USDT-SWAP", "liquidation-orders:SWAP"."""
    return f"{argument['channel']}:{argument.get('instId') or argument.get('instType', '')}"


class Okx(Dialect):
    """Remembers the latest liquidations and sends them again to every new subscriber."""

    venue = "okx"
    websocket_hosts = frozenset({"ws.okx.com", "ws.okx.com:443", "ws.okx.com:8443"})
    rest_hosts = frozenset({"www.okx.com"})

    def __init__(self, listings: Listings, limits: Limits, data: MarketData) -> None:
        self._rest = OkxRest(listings, data)
        self._rows = {"SWAP": listings.okx_perp, "SPOT": listings.okx_spot}
        self._limits = limits
        self._backlog: deque[object] = deque(maxlen=limits.okx_backlog)

    def endpoint(self, market: str, stream: str = "") -> str:
        return PUBLIC

    def open(self, address: Address) -> Opening | None:
        if address.host.endswith(":8443"):
            return Opening(PUBLIC, refused=True)
        return Opening(PUBLIC) if address.path == "/ws/v5/public" else None

    def upkeep(self, endpoint: str) -> Upkeep:
        return Upkeep(idle_seconds=self._limits.okx_idle_seconds)

    def react(self, session: Session, text: str) -> Reaction:
        if text == "ping":
            return Reaction(replies=("pong",), pings_answered=1)
        request = loads_or_none(text)
        operation = request.get("op") if isinstance(request, dict) else None
        arguments = request.get("args") if isinstance(request, dict) else None
        well_formed = isinstance(arguments, list) and all(isinstance(one, dict) for one in arguments)
        too_long = len(text.encode()) > self._limits.okx_request_bytes
        if (
            not isinstance(request, dict)
            or operation not in ("subscribe", "unsubscribe")
            or not well_formed
            or too_long
        ):
            return Reaction(replies=(_error(session, "60012", f"Invalid request: {text[:200]}"),))
        if session.used("subscribes", 3600.0) > self._limits.okx_subscribes_per_hour:
            return Reaction(replies=(_error(session, "60014", "Requests too frequent"),))
        return self._change(session, request, operation)

    def _change(self, session: Session, request: Mapping[str, object], operation: str) -> Reaction:
        arguments = request["args"]
        assert isinstance(arguments, list)
        identity = {"id": request["id"]} if isinstance(request.get("id"), str) else {}
        replies, streams = [], []
        for argument in arguments:
            accepted = self._accepted(argument)
            if accepted is None:
                asked = ",".join(f"{key}:{value}" for key, value in argument.items())
                asked = asked.removeprefix("channel:")
                replies.append(_error(session, "60018", _NO_CHANNEL.format(asked), identity))
                continue
            replies.append(compact({**identity, "event": operation, "arg": accepted, "connId": session.identity}))
            streams.append(stream_of(accepted))
        if operation == "subscribe":
            return Reaction(replies=tuple(replies), subscribe=tuple(streams))
        return Reaction(replies=tuple(replies), unsubscribe=tuple(streams))

    def _accepted(self, argument: Mapping[str, str]) -> dict[str, str] | None:
        """The argument as the acknowledgement echoes it; None: error 60018."""
        channel, instrument, kind = (argument.get(key, "") for key in ("channel", "instId", "instType"))
        swaps, spots = ({row["instId"] for row in self._rows[kind]} for kind in ("SWAP", "SPOT"))
        if channel in ("liquidation-orders", "instruments"):
            return {"channel": channel, "instType": kind} if kind in _TYPES else None
        if channel in _SWAP_CHANNELS and instrument in swaps:
            return {"channel": channel, "instId": instrument}
        if channel in _CHANNELS and instrument in swaps | spots:
            return {"channel": channel, "instId": instrument}
        return None

    def remember(self, endpoint: str, stream: str, text: str) -> None:
        frame = loads_or_none(text)
        if stream == "liquidation-orders:SWAP" and isinstance(frame, dict):
            rows = frame.get("data")
            self._backlog.extend(rows if isinstance(rows, list) else [])

    def greeting(self, endpoint: str, stream: str) -> str | None:
        if stream != "liquidation-orders:SWAP" or not self._backlog:
            return None
        argument = {"channel": "liquidation-orders", "instType": "SWAP"}
        return compact({"arg": argument, "data": list(self._backlog)})

    def farewell(self, session: Session) -> str | None:
        message = "The connection will soon be closed for a service upgrade. Please reconnect."
        return compact({"event": "notice", "code": "64008", "msg": message, "connId": session.identity})

    def rest(self, address: Address) -> Answer | None:
        if address.path != "/api/v5/public/instruments":
            return self._rest.answer(address)
        kind = address.parameter("instType")
        if kind == "OPTION" and (address.parameter("instFamily") or address.parameter("uly")):
            return self._rest.answer(address)
        if kind not in _TYPES:
            return _answer("51000", "Parameter instType error", [])
        rows = self._rows.get(kind, [])
        wanted = address.parameter("instId")
        if wanted and not (rows := [row for row in rows if row["instId"] == wanted]):
            return _answer("51001", "Instrument ID doesn't exist.", [])
        return _answer("0", "", rows)


def _error(session: Session, code: str, message: str, identity: Mapping[str, object] | None = None) -> str:
    body = {**(identity or {}), "event": "error", "code": code, "msg": message, "connId": session.identity}
    return compact(body)


def _answer(code: str, message: str, rows: object) -> Answer:
    return Answer(200, compact({"code": code, "msg": message, "data": rows}))
