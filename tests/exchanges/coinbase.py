"""Coinbase Exchange: the public spot feed and the list of products."""

from collections.abc import Mapping
from datetime import UTC, datetime

from .dialect import Dialect, Reaction, compact, loads_or_none
from .faults import Answer
from .limits import Limits, Upkeep
from .listings import Listings
from .marketdata import MarketData
from .session import Address, Opening, Session

SPOT = "coinbase/spot"
_CHANNELS = ("matches", "heartbeat", "ticker", "level2_batch")
_PRIVATE = ("level2", "full", "user")


def iso_time(at_ms: int) -> str:
    """The time as the feed writes it, to the microsecond."""
    return datetime.fromtimestamp(at_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Coinbase(Dialect):
    """Streams are "matches:BTC-USD". A new subscriber gets the last match once more, as `last_match`."""

    venue = "coinbase"
    markets = ("spot",)
    websocket_hosts = frozenset({"ws-feed.exchange.coinbase.com"})
    rest_hosts = frozenset({"api.exchange.coinbase.com"})

    def __init__(self, listings: Listings, limits: Limits, data: MarketData) -> None:
        self._products = {str(row["id"]): row for row in listings.coinbase}
        self._limits = limits
        self._data = data
        self._matches: dict[str, dict[str, object]] = {}

    def endpoint(self, market: str, stream: str = "") -> str:
        return SPOT

    def open(self, address: Address) -> Opening | None:
        return Opening(SPOT) if address.path == "/" else None

    def upkeep(self, endpoint: str) -> Upkeep:
        return Upkeep(
            subscribe_seconds=self._limits.coinbase_subscribe_seconds,
            beat_seconds=self._limits.coinbase_heartbeat_seconds,
        )

    def react(self, session: Session, text: str) -> Reaction:
        request = loads_or_none(text)
        if not isinstance(request, dict) or request.get("type") not in ("subscribe", "unsubscribe"):
            return _error("Malformed JSON" if request is None else "Type has to be either subscribe or unsubscribe")
        wanted, problem = self._wanted(request)
        if problem is not None:
            return _error("Failed to subscribe", problem)
        subscribed = list(session.streams)
        if request["type"] == "subscribe":
            reply = _subscriptions([*subscribed, *(one for one in wanted if one not in subscribed)])
            return Reaction(replies=(reply,), subscribe=wanted)
        left = [one for one in subscribed if one not in wanted]
        return Reaction(replies=(_subscriptions(left),), unsubscribe=wanted)

    def _wanted(self, request: Mapping[str, object]) -> tuple[tuple[str, ...], str | None]:
        """The streams of a request and why it is refused; one unknown product refuses all."""
        common, channels = request.get("product_ids", []), request.get("channels")
        if not isinstance(channels, list) or not isinstance(common, list):
            return (), "channels must be a list"
        streams: list[str] = []
        for channel in channels:
            name = channel.get("name") if isinstance(channel, dict) else channel
            products = channel.get("product_ids", common) if isinstance(channel, dict) else common
            if name in _PRIVATE:
                return (), f"{name} channel requires authentication"
            if name not in _CHANNELS:
                return (), f"{name} is not a valid channel"
            for product in products:
                if product not in self._products or self._products[product]["status"] != "online":
                    return (), f"{product} is not a valid product"
            streams += [f"{name}:{product}" for product in products]
        return tuple(streams), None if streams else "product_ids must not be empty"

    def beat(self, session: Session) -> tuple[str, ...]:
        now = iso_time(self._data.clock())
        products = [one.removeprefix("heartbeat:") for one in session.streams if one.startswith("heartbeat:")]
        return tuple(
            compact(
                {
                    "type": "heartbeat",
                    "sequence": self._matches.get(product, {}).get("sequence", 90),
                    "last_trade_id": self._matches.get(product, {}).get("trade_id", 20),
                    "product_id": product,
                    "time": now,
                }
            )
            for product in products
        )

    def remember(self, endpoint: str, stream: str, text: str) -> None:
        frame = loads_or_none(text)
        if stream.startswith("matches:") and isinstance(frame, dict) and frame.get("type") == "match":
            self._matches[stream.removeprefix("matches:")] = frame

    def greeting(self, endpoint: str, stream: str) -> str | None:
        channel, _, product = stream.partition(":")
        last = self._matches.get(product) if channel == "matches" else None
        return compact({**last, "type": "last_match"}) if last else None

    def rest(self, address: Address) -> Answer | None:
        return Answer(200, compact(list(self._products.values()))) if address.path == "/products" else None


def _subscriptions(streams: list[str]) -> str:
    channels: dict[str, list[str]] = {}
    for stream in streams:
        name, _, product = stream.partition(":")
        channels.setdefault(name, []).append(product)
    listed = [{"name": name, "product_ids": products} for name, products in channels.items()]
    return compact({"type": "subscriptions", "channels": listed})


def _error(message: str, reason: str = "") -> Reaction:
    return Reaction(replies=(compact({"type": "error", "message": message, "reason": reason}),))
