"""Deribit: one JSON-RPC socket for everything, heartbeats that a client orders, and the same methods over REST."""

import json
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from .deribit_methods import Methods, Problem
from .dialect import Dialect, Reaction, compact, loads_or_none
from .faults import Answer
from .limits import Limits, Upkeep
from .listings import Listings
from .marketdata import MarketData
from .session import Address, Opening, Session

PUBLIC = "deribit/public"
_API = "/api/v2/"
_LEAST_HEARTBEAT = 10
_CHANNEL = re.compile(r"(trades|ticker)\.([\w-]+)(?:\.(BTC|ETH|SOL|USDC|USDT|any))?\.(100ms|agg2|raw)")
_KINDS = ("future", "option", "spot", "any")


class Deribit(Dialect):
    """Streams are pushed as "trades.BTC-PERPETUAL"; each socket gets them under the channel that it subscribed to."""

    venue = "deribit"
    websocket_hosts = frozenset({"www.deribit.com", "streams.deribit.com"})
    rest_hosts = frozenset({"www.deribit.com"})

    def __init__(self, listings: Listings, limits: Limits, data: MarketData) -> None:
        self._limits = limits
        self._data = data
        self._methods = Methods(listings, data)

    def endpoint(self, market: str, stream: str = "") -> str:
        return PUBLIC

    def open(self, address: Address) -> Opening | None:
        return Opening(PUBLIC) if address.path == "/ws/api/v2" else None

    def upkeep(self, endpoint: str) -> Upkeep:
        return Upkeep()

    def question(self, session: Session) -> str:
        return compact({"jsonrpc": "2.0", "method": "heartbeat", "params": {"type": "test_request"}})

    def react(self, session: Session, text: str) -> Reaction:
        request = loads_or_none(text)
        if not isinstance(request, dict) or not isinstance(request.get("method"), str):
            return Reaction(replies=(self._problem(None, Problem(-32600, "request entity invalid")),))
        identity, parameters = request.get("id"), request.get("params")
        if session.used("requests", 1.0) > self._limits.deribit_requests_per_second:
            reply = self._problem(identity, Problem(10028, "too_many_requests"))
            return Reaction(replies=(reply,), close=(1008, "too_many_requests"))
        asked = parameters if isinstance(parameters, dict) else {}
        match request["method"]:
            case "public/subscribe" | "public/unsubscribe":
                return self._change(session, request["method"], identity, asked.get("channels"))
            case "public/set_heartbeat":
                return self._heartbeat(identity, asked.get("interval"))
            case "public/test":
                return Reaction(replies=(self._result(identity, {"version": "1.2.26"}),), answered=True)
        told = self._methods.answer(request["method"], asked)
        if isinstance(told, Problem):
            return Reaction(replies=(self._problem(identity, told),))
        return Reaction(replies=(self._result(identity, told),))

    def _change(self, session: Session, method: str, identity: object, channels: object) -> Reaction:
        """What is no channel is missing from the result, without a word."""
        named = channels if isinstance(channels, list) else []
        known = tuple(one for one in named if isinstance(one, str) and self._is_channel(one))
        reply = (self._result(identity, list(known)),)
        if method == "public/unsubscribe":
            return Reaction(replies=reply, unsubscribe=known)
        return Reaction(replies=reply, subscribe=known)

    def _is_channel(self, channel: str) -> bool:
        known = _CHANNEL.fullmatch(channel)
        if known is None or known[4] == "raw":  # raw needs authentication
            return False
        return known[2] in _KINDS if known[3] else self._methods.lists(known[2])

    def _heartbeat(self, identity: object, seconds: object) -> Reaction:
        if not isinstance(seconds, int | float) or seconds < _LEAST_HEARTBEAT:
            return Reaction(replies=(self._problem(identity, Problem(-32602, "Invalid params")),))
        scaled = seconds * self._limits.deribit_second
        return Reaction(replies=(self._result(identity, "ok"),), question_seconds=scaled)

    def _result(self, identity: object, result: object) -> str:
        now_us = self._data.clock() * 1000
        head = {"jsonrpc": "2.0"} | ({"id": identity} if identity is not None else {})
        return compact({**head, "result": result, "usIn": now_us, "usOut": now_us, "usDiff": 0, "testnet": False})

    def _problem(self, identity: object, problem: Problem) -> str:
        head = {"jsonrpc": "2.0"} | ({"id": identity} if identity is not None else {})
        return compact({**head, "error": {"code": problem.code, "message": problem.message, "data": None}})

    def covers(self, subscription: str, stream: str) -> bool:
        known = _CHANNEL.fullmatch(subscription)
        kind, _, instrument = stream.partition(".")
        if known is None or known[1] != kind:
            return False
        if known[3] is None:
            return known[2] == instrument
        is_option = re.search(r"-[CP]$", instrument) is not None
        fits = known[2] == "any" or (known[2] == "option") == is_option
        currency = "USDC" if "_USDC" in instrument else instrument.partition("-")[0]
        return fits and known[3] in ("any", currency)

    def wire(self, session: Session, stream: str, text: str) -> str:
        """The frame with the name of the channel that the socket has it from."""
        channel = next((one for one in session.streams if one == stream or self.covers(one, stream)), stream)
        frame = json.loads(text)
        frame["params"]["channel"] = channel
        return compact(frame)

    def greeting(self, endpoint: str, stream: str) -> str | None:
        """A ticker tells at once how things are."""
        known = _CHANNEL.fullmatch(stream)
        if known is None or known[1] != "ticker":
            return None
        told = self._methods.answer("public/ticker", {"instrument_name": known[2]})
        if isinstance(told, Problem):
            return None
        return compact({"jsonrpc": "2.0", "method": "subscription", "params": {"channel": stream, "data": told}})

    def rest(self, address: Address) -> Answer | None:
        method = address.path.removeprefix(_API)
        if method == address.path:
            return None
        told = self._methods.answer(method, _typed(dict(parse_qsl(address.query))))
        if isinstance(told, Problem):
            return Answer(400, self._problem(None, told)) if told.code != -32601 else None
        return Answer(200, self._result(None, told))


def _typed(parameters: Mapping[str, str]) -> dict[str, object]:
    return {key: int(value) if value.isdecimal() else value for key, value in parameters.items()}
