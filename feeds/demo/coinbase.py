"""Coinbase as the demo plays it: matches of its dollar pairs, whose `side` is the maker's."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from feeds.demo.exchange import Fill, ForcedOrder, ListingPage, QuotedLine
from feeds.demo.lines import Line
from feeds.events import Market

_LISTING = "https://api.exchange.coinbase.com/products"


class Coinbase:
    """Coinbase spot."""

    name = "coinbase"
    outage = "closed by the exchange (1006)"
    streams: tuple[tuple[str, Market], ...] = (("coinbase spot", "spot"),)
    forced_stream = ""

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """All products."""
        return [ListingPage("spot", _LISTING, msgspec.json.encode([_product(line) for line in lines]))]

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Nothing but the trades."""
        return []

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Nothing but the trades."""
        return []

    def trade(self, fill: Fill) -> bytes:
        """A match."""
        line = fill.line
        time = datetime.fromtimestamp(fill.at_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return (
            f'{{"type":"match","trade_id":{fill.number},'
            f'"maker_order_id":"{fill.number:08x}-4b1e-4a53-9b1f-6f3a4d7c0e12",'
            f'"taker_order_id":"{fill.number:08x}-0c5d-4f0a-8a52-1f9b7be3d6a4",'
            f'"side":"{"sell" if fill.buy else "buy"}",'
            f'"size":"{line.size(fill.usd, fill.price)}","price":"{line.price(fill.price)}",'
            f'"product_id":"{line.symbol}","sequence":{fill.number * 3},"time":"{time}"}}'
        ).encode()

    def force(self, order: ForcedOrder) -> None:
        """There is nothing to liquidate on a spot market."""

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """There is nothing to liquidate on a spot market."""
        return []


def _product(line: Line) -> dict[str, object]:
    base, _, quote = line.symbol.partition("-")
    return {
        "id": line.symbol,
        "base_currency": base,
        "quote_currency": quote,
        "quote_increment": line.tick,
        "base_increment": line.lot,
        "status": "online",
        "trading_disabled": False,
    }
