"""Hyperliquid: one socket, and one address that everything else is posted to."""

from collections import deque
from collections.abc import Mapping

from .dialect import Dialect, Reaction, compact, loads_or_none
from .faults import Answer
from .hyperliquid_info import Info
from .limits import Limits, Upkeep
from .listings import Listings
from .marketdata import MarketData
from .session import Address, Opening, Session

PERP = "hyperliquid/perp"
BANNER = "Websocket connection established."
_BY_COIN = ("trades", "activeAssetCtx", "l2Book", "bbo", "candle")
_WHOLE = ("allMids", "allDexsAssetCtxs")
_BACKLOG = 10
"""How many trades the first message of a coin tells again."""


def stream_of(subscription: Mapping[str, object]) -> str:
    """The stream that a subscription is for, e.g. "trades:BTC", "allDexsAssetCtxs:"."""
    return f"{subscription['type']}:{subscription.get('coin', '')}"


class Hyperliquid(Dialect):
    """Remembers each coin's latest trades, which are the first message to whoever subscribes."""

    venue = "hyperliquid"
    websocket_hosts = frozenset({"api.hyperliquid.xyz"})
    rest_hosts = frozenset({"api.hyperliquid.xyz"})

    def __init__(self, listings: Listings, limits: Limits, data: MarketData) -> None:
        self._limits = limits
        self._info = Info(listings, data)
        self._coins = {str(row["name"]) for row in listings.hyperliquid}
        self._trades: dict[str, deque[object]] = {}

    def endpoint(self, market: str, stream: str = "") -> str:
        return PERP

    def open(self, address: Address) -> Opening | None:
        return Opening(PERP) if address.path == "/ws" else None

    def upkeep(self, endpoint: str) -> Upkeep:
        return Upkeep(quiet_seconds=self._limits.hyperliquid_quiet_seconds)

    def hello(self, session: Session) -> str | None:
        return BANNER

    def react(self, session: Session, text: str) -> Reaction:
        request = loads_or_none(text)
        method = request.get("method") if isinstance(request, dict) else None
        if method == "ping":
            return Reaction(replies=(compact({"channel": "pong"}),), pings_answered=1)
        subscription = request.get("subscription") if isinstance(request, dict) else None
        if method not in ("subscribe", "unsubscribe") or not isinstance(subscription, dict):
            return _error(f"Error parsing JSON into valid websocket request: {text}")
        kind, coin = subscription.get("type"), subscription.get("coin")
        if kind not in _BY_COIN + _WHOLE:
            return _error(f"Error parsing JSON into valid websocket request: {text}")
        if kind in _BY_COIN and coin not in self._coins:
            return _error(f"Invalid subscription {compact(subscription)}")
        return self._change(session, str(method), subscription)

    def _change(self, session: Session, method: str, subscription: Mapping[str, object]) -> Reaction:
        stream = stream_of(subscription)
        if method == "subscribe" and stream in session.streams:
            return _error(f"Already subscribed: {compact(subscription)}")
        if method == "subscribe" and len(session.streams) >= self._limits.hyperliquid_subscriptions:
            return _error("Cannot subscribe to more than 1000 channels.")
        if method == "unsubscribe" and stream not in session.streams:
            return _error(f"Already unsubscribed: {compact(subscription)}")
        done = {"channel": "subscriptionResponse", "data": {"method": method, "subscription": subscription}}
        if method == "subscribe":
            return Reaction(replies=(compact(done),), subscribe=(stream,))
        return Reaction(replies=(compact(done),), unsubscribe=(stream,))

    def remember(self, endpoint: str, stream: str, text: str) -> None:
        frame = loads_or_none(text)
        rows = frame.get("data") if isinstance(frame, dict) else None
        if stream.startswith("trades:") and isinstance(rows, list):
            self._trades.setdefault(stream, deque(maxlen=_BACKLOG)).extend(rows)

    def greeting(self, endpoint: str, stream: str) -> str | None:
        kind, _, coin = stream.partition(":")
        match kind:
            case "trades" if stream in self._trades:
                return compact({"channel": "trades", "data": list(self._trades[stream])})
            case "activeAssetCtx":
                return compact({"channel": kind, "data": {"coin": coin, "ctx": self._info.context(coin)}})
            case "allDexsAssetCtxs":
                return compact({"channel": kind, "data": {"ctxs": [["", self._info.contexts()]]}})
            case "l2Book":
                return compact({"channel": kind, "data": self._info.book(coin, None)})
        return None

    def rest(self, address: Address) -> Answer | None:
        return Answer(405, "", content_type="text/plain") if address.path == "/info" else None

    def post(self, address: Address, body: str) -> Answer | None:
        return self._info.answer(body) if address.path == "/info" else None


def _error(reason: str) -> Reaction:
    return Reaction(replies=(compact({"channel": "error", "data": reason}),))
