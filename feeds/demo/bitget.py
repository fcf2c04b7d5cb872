"""Bitget as the demo plays it: liquidations only, one sum per symbol and second, of bitcoin's contract."""

from collections.abc import Sequence

import msgspec

from feeds.demo.exchange import Fill, ForcedOrder, ListingPage, QuotedLine
from feeds.demo.lines import Line
from feeds.demo.orders import LargestPerSecond
from feeds.events import Market

_LISTING = "https://api.bitget.com/api/v3/market/instruments?category=USDT-FUTURES"
_BANKRUPTCY = 0.001  # how far beyond the fill the bankruptcy price lies, which is what Bitget publishes
_MOST_COINS = 4.0  # an amount this small can only be coins: as USDT it would be below the least order


class Bitget:
    """Bitget perpetuals that settle in USDT."""

    name = "bitget"
    outage = "connection reset by peer"
    streams: tuple[tuple[str, Market], ...] = (("bitget perp", "perp"),)
    forced_stream = "bitget perp"

    def __init__(self) -> None:
        self._orders = LargestPerSecond()

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """The perpetuals."""
        rows = [
            {
                "symbol": line.symbol,
                "baseCoin": line.coin.name,
                "quoteCoin": "USDT",
                "status": "online",
                "type": "perpetual",
            }
            for line in lines
        ]
        return [ListingPage("perp", _LISTING, msgspec.json.encode({"code": "00000", "msg": "success", "data": rows}))]

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Nothing but liquidations."""
        return []

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Nothing but liquidations."""
        return []

    def trade(self, fill: Fill) -> bytes:
        """Not watched; raises `ValueError`."""
        raise ValueError("expected no trade on bitget: nobody watches them")

    def force(self, order: ForcedOrder) -> None:
        """Only the largest of a second will be told."""
        self._orders.add(order)

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """One push for all contracts; `side` is the position's."""
        due = self._orders.due(now_ms)
        if not due or not connected:
            return []
        arg = {"instType": "usdt-futures", "topic": "liquidation"}
        return [msgspec.json.encode({"arg": arg, "ts": now_ms, "data": [_row(order) for order in due]})]


def _row(order: ForcedOrder) -> dict[str, str]:
    was_long = order.position == "long"
    bankruptcy = order.price * (1 - _BANKRUPTCY if was_long else 1 + _BANKRUPTCY)
    return {
        "symbol": order.line.symbol,
        "side": "buy" if was_long else "sell",
        "price": order.line.price(bankruptcy),
        "amount": order.line.size(min(order.usd, _MOST_COINS * order.price), order.price),
        "ts": str(order.at_ms),
    }
