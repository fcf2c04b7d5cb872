"""How venues publish forced orders: the largest of each second, or all of them in batches."""

from feeds.demo.exchange import ForcedOrder


class LargestPerSecond:
    """Publishes one forced order per symbol and 1000 ms, the largest; the others stay unknown."""

    def __init__(self) -> None:
        self._largest: dict[str, ForcedOrder] = {}
        self._since: dict[str, int] = {}

    def add(self, order: ForcedOrder) -> None:
        """Take part in the second that the symbol's first unpublished order began."""
        symbol = order.line.symbol
        best = self._largest.get(symbol)
        if best is None:
            self._since[symbol] = order.at_ms
        if best is None or order.usd > best.usd:
            self._largest[symbol] = order

    def due(self, now_ms: int) -> list[ForcedOrder]:
        """The orders whose second is over."""
        over = [symbol for symbol in self._largest if now_ms - self._since[symbol] >= 1000]
        return [self._largest.pop(symbol) for symbol in over]


class Batches:
    """Publishes every forced order, gathered per symbol for 500 ms."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[ForcedOrder]] = {}

    def add(self, order: ForcedOrder) -> None:
        """Wait for the end of the batch."""
        self._waiting.setdefault(order.line.symbol, []).append(order)

    def due(self, now_ms: int) -> list[list[ForcedOrder]]:
        """The batches that are over, one per symbol."""
        over = [symbol for symbol, orders in self._waiting.items() if now_ms - orders[0].at_ms >= 500]
        return [self._waiting.pop(symbol) for symbol in over]
