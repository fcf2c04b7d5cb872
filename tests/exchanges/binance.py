"""Binance: USD-M with its routed paths, spot, and the instrument lists of both and of COIN-M."""

import json
from collections.abc import Mapping, Sequence

from .binance_rest import BinanceRest
from .dialect import Dialect, Reaction, compact
from .faults import Answer
from .limits import Limits, Upkeep
from .listings import Listings
from .marketdata import MarketData
from .session import Address, Opening, Session

PERP, SPOT = "binance/perp", "binance/spot"
_ROUTES = ("public", "market", "private")
_PUBLIC_KINDS = ("bookTicker", "depth", "rpiDepth", "trade")
_METHODS = ("SUBSCRIBE", "UNSUBSCRIBE", "LIST_SUBSCRIPTIONS", "SET_PROPERTY")


def stream_class(stream: str) -> str:
    """Which USD-M route delivers a stream: "public" for books, best prices and raw trades, else "market"."""
    subject, _, kind = stream.partition("@")
    name = subject[1:] if subject.startswith("!") else kind
    return "public" if name.startswith(_PUBLIC_KINDS) else "market"


class Binance(Dialect):
    """An unrouted USD-M socket acknowledges and lists every subscription, and gets nothing but the public class."""

    venue = "binance"
    websocket_hosts = frozenset(
        {
            "fstream.binance.com",
            "stream.binance.com",
            "stream.binance.com:443",
            "stream.binance.com:9443",
            "data-stream.binance.vision",
        }
    )
    rest_hosts = frozenset({"fapi.binance.com", "dapi.binance.com", "api.binance.com", "data-api.binance.vision"})

    def __init__(self, listings: Listings, limits: Limits, data: MarketData) -> None:
        self._listings = listings
        self._limits = limits
        self._rest = BinanceRest(listings, data)

    def endpoint(self, market: str, stream: str = "") -> str:
        return SPOT if market == "spot" else PERP

    def open(self, address: Address) -> Opening | None:
        parts = address.path.strip("/").split("/")
        endpoint, route = (PERP, "") if address.host == "fstream.binance.com" else (SPOT, "")
        if endpoint == PERP and parts[0] in _ROUTES:
            route = parts.pop(0)
        match parts:
            case [] if route:
                return Opening(endpoint, (), False, route)
            case ["ws", *streams]:
                return Opening(endpoint, tuple(streams), False, route)
            case ["stream"]:
                named = tuple(name for name in address.parameter("streams").split("/") if name)
                return Opening(endpoint, named, True, route)
        return None

    def upkeep(self, endpoint: str) -> Upkeep:
        limits, spot = self._limits, endpoint == SPOT
        return Upkeep(
            ping_seconds=limits.binance_spot_ping_seconds if spot else limits.binance_ping_seconds,
            pong_seconds=limits.binance_spot_pong_seconds if spot else limits.binance_pong_seconds,
            life_seconds=limits.binance_life_seconds,
            messages_per_second=(
                limits.binance_spot_messages_per_second if spot else limits.binance_messages_per_second
            ),
            counts_control_frames=spot,
        )

    def react(self, session: Session, text: str) -> Reaction:
        try:
            request = json.loads(text)
        except ValueError as error:
            return _invalid(str(error))
        if not isinstance(request, dict) or request.get("method") not in _METHODS:
            return _invalid("unknown variant, expected one of " + ", ".join(_METHODS))
        if not isinstance(request.get("id"), int | str) or isinstance(request["id"], bool):
            return _invalid("missing field `id`")
        if request["method"] == "LIST_SUBSCRIPTIONS":
            return Reaction(
                replies=(compact({"result": list(session.streams), "id": request["id"]}),), pings_answered=1
            )
        return self._change(session, request)

    def _change(self, session: Session, request: Mapping[str, object]) -> Reaction:
        done = (compact({"result": None, "id": request["id"]}),)
        match request.get("params"):
            case ["combined", bool() as wrapped] if request["method"] == "SET_PROPERTY":
                return Reaction(replies=done, wrapped=wrapped)
            case [*names] if names and request["method"] != "SET_PROPERTY":
                streams = tuple(name for name in names if isinstance(name, str))
                if len(streams) != len(names):
                    return _invalid("expected a string")
            case _:
                return _invalid("missing field `params`")
        if request["method"] == "UNSUBSCRIBE":
            return Reaction(replies=done, unsubscribe=streams)
        if len(session.streams.keys() | set(streams)) > self._limits.binance_streams:
            return Reaction(close=(1008, "Too many streams"))
        return Reaction(replies=done, subscribe=streams)

    def carries(self, session: Session, stream: str) -> bool:
        route = session.opening.route or "public"
        return session.opening.endpoint == SPOT or stream_class(stream) == route

    def wire(self, session: Session, stream: str, text: str) -> str:
        recorded_wrapped = text.startswith('{"stream":')
        if session.wrapped and not recorded_wrapped:
            return f'{{"stream":{compact(stream)},"data":{text}}}'
        if recorded_wrapped and not session.wrapped:
            return compact(json.loads(text)["data"])
        return text

    def farewell(self, session: Session) -> str | None:
        if session.opening.endpoint == PERP:
            return None
        return self.wire(session, "!serverShutdown", '{"e":"serverShutdown","E":1700000000000}')

    def rest(self, address: Address) -> Answer | None:
        listings = self._listings
        match address.host, address.path:
            case "fapi.binance.com", "/fapi/v1/exchangeInfo":
                return _answer(_exchange_info(listings.binance_perp))
            case "fapi.binance.com", "/fapi/v1/fundingInfo":
                return _answer(listings.binance_funding)
            case "dapi.binance.com", "/dapi/v1/exchangeInfo":
                return _answer(_exchange_info(listings.binance_coin_perp))
            case "api.binance.com" | "data-api.binance.vision", "/api/v3/exchangeInfo":
                return _answer(_exchange_info(listings.binance_spot))
        return self._rest.answer(address) if address.host == "fapi.binance.com" else None


def _invalid(reason: str) -> Reaction:
    return Reaction(replies=(compact({"code": 2, "msg": f"Invalid request: {reason}"}),))


def _exchange_info(symbols: Sequence[Mapping[str, object]]) -> Mapping[str, object]:
    return {"timezone": "UTC", "serverTime": 1700000000000, "rateLimits": [], "symbols": list(symbols)}


def _answer(payload: object) -> Answer:
    return Answer(200, compact(payload), (("X-MBX-USED-WEIGHT-1M", "1"),))
