"""Short ways to write the events that scoring tests need."""

from typing import Any

from feeds.events import (
    Candle,
    Connected,
    Depth,
    Disconnected,
    Funding,
    Gap,
    Liquidation,
    LongShort,
    MarkPrice,
    OpenInterest,
    PutCall,
    Refused,
    Trade,
    Traffic,
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


def undecodable(at_ms: int, kind: str, venue: str = "bybit", reason: str = "why", **given: Any) -> Undecodable:
    return Undecodable(**_status(at_ms, venue, reason, {"kind": kind, **given}))


def traffic(since_ms: int, at_ms: int, brought: int, venue: str = "bybit", **given: Any) -> Traffic:
    return Traffic(**_status(at_ms, venue, "some bytes", {"since_ms": since_ms, "brought": brought, **given}))


def open_interest(at_ms: int, coins: float | None = 1.0, usd: float | None = None, **given: Any) -> OpenInterest:
    return OpenInterest(**_market(at_ms, {"coins": coins, "notional_usd": usd, **given}))


def long_short(at_ms: int, long_share: float, **given: Any) -> LongShort:
    return LongShort(**_market(at_ms, {"basis": "accounts", "long_share": long_share, **given}))


def depth(at_ms: int, bid_usd: float = 1.0, ask_usd: float = 1.0, **given: Any) -> Depth:
    return Depth(**_market(at_ms, {"band_percent": 1.0, "bid_usd": bid_usd, "ask_usd": ask_usd, **given}))


def put_call(at_ms: int, open_interest: float | None, volume: float | None = None, **given: Any) -> PutCall:
    own = {"market": "option", "symbol": "BTC-USD", "open_interest": open_interest, "volume": volume}
    return PutCall(**_market(at_ms, {**own, **given}))


def candle(
    at_ms: int, close: float = 100.0, high: float | None = None, low: float | None = None, **given: Any
) -> Candle:
    """A closed candle of 1 h that is received as it ends."""
    own = {
        "interval": "1h", "open": close, "high": close if high is None else high, "low": close if low is None else low,
        "close": close, "volume": 1.0, "closed": True, "received_ms": at_ms + 3_600_000,
    }  # fmt: skip
    return Candle(**_market(at_ms, {**own, **given}))
