"""Short ways to write the events that scoring tests need."""

from typing import Any

from feeds.events import (
    Connected,
    Disconnected,
    Funding,
    Gap,
    Liquidation,
    MarkPrice,
    Refused,
    Trade,
    Undecodable,
)

NOW = 1_737_979_440_000
"""2025-01-27 12:04:00 UTC, the start of a minute."""

MINUTE = 60_000


def _market(at_ms: int, given: dict[str, Any]) -> dict[str, Any]:
    common = {"venue": "bybit", "market": "perp", "symbol": "BTCUSDT", "coin": "BTC", "received_ms": at_ms}
    return {**common, "at_ms": at_ms, **given}


def liquidation(at_ms: int, usd: float, price: float = 100.0, position: str = "long", **given: Any) -> Liquidation:
    own = {"position": position, "price": price, "quantity": usd / price, "notional_usd": usd, "sampled": False}
    return Liquidation(**_market(at_ms, {**own, **given}))


def trade(at_ms: int, usd: float = 1.0, price: float = 100.0, **given: Any) -> Trade:
    own = {"taker": "buy", "price": price, "quantity": usd / price, "notional_usd": usd}
    return Trade(**_market(at_ms, {**own, **given}))


def mark(at_ms: int, price: float = 100.0, **given: Any) -> MarkPrice:
    return MarkPrice(**_market(at_ms, {"mark": price, "index": None, **given}))


def funding(at_ms: int, rate: float, interval_hours: float | None = 8.0, **given: Any) -> Funding:
    own = {"rate": rate, "interval_hours": interval_hours, "next_at_ms": None}
    return Funding(**_market(at_ms, {**own, **given}))


def _status(at_ms: int, venue: str, reason: str, given: dict[str, Any]) -> dict[str, Any]:
    common = {"venue": venue, "market": "perp", "stream": f"{venue} perp", "reason": reason}
    return {**common, "at_ms": at_ms, "received_ms": at_ms, **given}


def connected(at_ms: int, venue: str = "bybit", **given: Any) -> Connected:
    return Connected(**_status(at_ms, venue, "first market event", given))


def disconnected(at_ms: int, venue: str = "bybit", reason: str = "closed with 1006", **given: Any) -> Disconnected:
    return Disconnected(**_status(at_ms, venue, reason, given))


def refused(at_ms: int, venue: str = "bybit", reason: str = "HTTP 451", **given: Any) -> Refused:
    return Refused(**_status(at_ms, venue, reason, given))


def gap(since_ms: int, at_ms: int, venue: str = "bybit", **given: Any) -> Gap:
    return Gap(**_status(at_ms, venue, "not seen", {"since_ms": since_ms, **given}))


def undecodable(at_ms: int, kind: str, venue: str = "bybit") -> Undecodable:
    return Undecodable(**_status(at_ms, venue, "why", {"kind": kind}))
