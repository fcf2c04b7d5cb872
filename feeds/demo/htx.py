"""HTX as the demo plays it: gzipped frames, swaps counted on both sides, liquidations on a socket of their own."""

import gzip
from collections.abc import Sequence

import msgspec

from feeds.demo.exchange import Fill, ForcedOrder, ListingPage, QuotedLine, next_settlement
from feeds.demo.lines import Line
from feeds.demo.orders import Batches
from feeds.events import Market

_SWAPS = "https://api.hbdm.com/linear-swap-api/v1/swap_contract_info?business_type=swap"
_PAIRS = "https://api.huobi.pro/v1/common/symbols"
_BANKRUPTCY = 0.001  # how far beyond the fill the bankruptcy price lies, which is what HTX publishes


class Htx:
    """HTX linear swaps and spot."""

    name = "htx"
    outage = "no ping for 30 s, the connection was given up"
    streams: tuple[tuple[str, Market], ...] = (
        ("htx perp", "perp"),
        ("htx spot", "spot"),
        ("htx perp notification", "perp"),
    )
    forced_stream = "htx perp notification"

    def __init__(self) -> None:
        self._orders = Batches()

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """Contracts and pairs."""
        swaps = [_swap(line) for line in lines if line.market == "perp"]
        pairs = [_pair(line) for line in lines if line.market == "spot"]
        return [
            ListingPage("perp", _SWAPS, msgspec.json.encode({"status": "ok", "data": swaps})),
            ListingPage("spot", _PAIRS, msgspec.json.encode({"status": "ok", "data": pairs})),
        ]

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Nothing but the trades."""
        return []

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Nothing but the trades: HTX pushes no mark price."""
        return []

    def trade(self, fill: Fill) -> bytes:
        """A trade detail with one row; a swap's sizes count both sides."""
        line = fill.line
        size = line.size(fill.usd, fill.price)
        if line.market == "perp":
            contracts = max(1, round(float(size)))
            sized = f'"amount":{2 * contracts},"quantity":{2 * contracts * line.size_unit:.10g},"id":{fill.number}'
        else:
            sized = f'"amount":{size},"tradeId":{fill.number},"id":{fill.number}000'
        text = (
            f'{{"ch":"market.{line.symbol}.trade.detail","ts":{fill.at_ms + 5},"tick":{{"id":{fill.number},'
            f'"ts":{fill.at_ms},"data":[{{{sized},"ts":{fill.at_ms},"price":{line.price(fill.price)},'
            f'"direction":"{"buy" if fill.buy else "sell"}"}}]}}}}'
        )
        return _packed(text.encode())

    def force(self, order: ForcedOrder) -> None:
        """All of them are told, half a second later."""
        self._orders.add(order)

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """One notification per contract."""
        due = self._orders.due(now_ms)
        return [_liquidations(orders, now_ms) for orders in due] if connected else []


def _liquidations(orders: Sequence[ForcedOrder], now_ms: int) -> bytes:
    message = {
        "op": "notify",
        "topic": "public.*.liquidation_orders",
        "ts": now_ms,
        "data": [_order(order) for order in orders],
    }
    return _packed(msgspec.json.encode(message))


def _order(order: ForcedOrder) -> dict[str, object]:
    line = order.line
    was_long = order.position == "long"
    contracts = max(1, round(float(line.size(order.usd, order.price))))
    bankruptcy = order.price * (1 - _BANKRUPTCY if was_long else 1 + _BANKRUPTCY)
    return {
        "symbol": line.coin.name,
        "contract_code": line.symbol,
        "direction": "sell" if was_long else "buy",
        "offset": "close",
        "volume": contracts,
        "amount": contracts * line.size_unit,
        "price": float(line.price(bankruptcy)),
        "created_at": order.at_ms,
        "business_type": "swap",
    }


def _packed(message: bytes) -> bytes:
    return gzip.compress(message, 1, mtime=0)


def _swap(line: Line) -> dict[str, object]:
    return {
        "symbol": line.coin.name,
        "contract_code": line.symbol,
        "contract_size": line.size_unit,
        "price_tick": float(line.tick),
        "settlement_date": str(next_settlement(1, line.coin.interval_hours)),
        "contract_status": 1,
        "business_type": "swap",
    }


def _pair(line: Line) -> dict[str, object]:
    return {
        "symbol": line.symbol,
        "base-currency": line.coin.name.lower(),
        "quote-currency": "usdt",
        "state": "online",
        "price-precision": line.price_decimals,
        "amount-precision": line.size_decimals,
    }
