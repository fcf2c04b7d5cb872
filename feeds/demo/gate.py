"""Gate as the demo plays it: trades and all liquidations of a second, in signed contracts."""

from collections.abc import Sequence

import msgspec

from feeds.demo.exchange import Fill, ForcedOrder, ListingPage, QuotedLine
from feeds.demo.lines import Line
from feeds.demo.orders import Batches
from feeds.events import Market

_LISTING = "https://api.gateio.ws/api/v4/futures/usdt/contracts?limit=1000"


class Gate:
    """Gate perpetuals that settle in USDT."""

    name = "gate"
    outage = "connection reset by peer"
    streams: tuple[tuple[str, Market], ...] = (("gate perp", "perp"),)
    forced_stream = "gate perp"

    def __init__(self) -> None:
        self._orders = Batches()

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """The contracts with their multipliers."""
        return [ListingPage("perp", _LISTING, msgspec.json.encode([_contract(line) for line in lines]))]

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Nothing but trades and liquidations."""
        return []

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Nothing but trades and liquidations."""
        return []

    def trade(self, fill: Fill) -> bytes:
        """A trades update; a negative size sells."""
        line = fill.line
        row = {
            "contract": line.symbol,
            "size": _contracts(line, fill.usd, fill.price) * (1 if fill.buy else -1),
            "id": fill.number,
            "create_time": fill.at_ms // 1000,
            "create_time_ms": fill.at_ms,
            "price": line.price(fill.price),
        }
        return _update("futures.trades", fill.at_ms, [row])

    def force(self, order: ForcedOrder) -> None:
        """All of them are told, half a second later."""
        self._orders.add(order)

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """One update per contract; an order that sells closes a long."""
        due = self._orders.due(now_ms)
        if not connected:
            return []
        return [_update("futures.public_liquidates", now_ms, [_order(order) for order in orders]) for orders in due]


def _order(order: ForcedOrder) -> dict[str, object]:
    size = _contracts(order.line, order.usd, order.price) * (-1 if order.position == "long" else 1)
    return {"price": order.line.price(order.price), "size": size, "time": order.at_ms, "contract": order.line.symbol}


def _contracts(line: Line, usd: float, price: float) -> int:
    return max(1, round(float(line.size(usd, price))))


def _update(channel: str, now_ms: int, rows: Sequence[dict[str, object]]) -> bytes:
    message = {"time": now_ms // 1000, "time_ms": now_ms, "channel": channel, "event": "update", "result": rows}
    return msgspec.json.encode(message)


def _contract(line: Line) -> dict[str, object]:
    return {
        "name": line.symbol,
        "quanto_multiplier": f"{line.size_unit:.10g}",
        "funding_interval": line.coin.interval_hours * 3600,
        "status": "trading",
    }
