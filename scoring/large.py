"""Large trades: orders put together again from their fills, against a threshold that the coin's own day sets.

One order fills in many trades within a moment; counted one by one they hide who is large.
"""

from collections.abc import Sequence
from statistics import pstdev

from feeds.events import Trade
from scoring.feed import Feed
from scoring.ladder import MICRO
from scoring.settings import LargeTradeSettings
from scoring.sketch import DaySizes
from scoring.view import LargeTradesView, TapeRow
from scoring.window import MINUTE_MS, MinuteSlots

_WINDOW = 15
_QUARTERS = 95
"""Whole quarters of an hour that the slots still hold when the running minute is apart."""
_SEEN = 0.9
"""A quarter of an hour of which less was seen is no quarter. Judgement."""
_BUYS, _SELLS, _COUNT = 0, 1, 2


class Order:
    """Fills of one taker order, by what can be seen of it: venue, market, symbol, side and moment."""

    __slots__ = ("coins", "first", "from_ms", "until_ms", "usd")

    def __init__(self, trade: Trade, merge_ms: int) -> None:
        self.begin(trade, merge_ms)

    def begin(self, trade: Trade, merge_ms: int) -> None:
        """Let this be the order that begins with a trade, whose other fills lie within `merge_ms` of it."""
        self.first = trade
        self.from_ms = trade.at_ms - merge_ms
        self.until_ms = trade.at_ms + merge_ms
        self.usd = trade.notional_usd
        self.coins = trade.quantity

    def row(self) -> TapeRow:
        """The order as one trade at its average price."""
        trade = self.first
        price = self.usd / self.coins if self.coins > 0 else trade.price
        return TapeRow(trade.at_ms, trade.venue, trade.market, None, trade.taker, self.usd, price, False)


class LargeTrades:
    """The large orders of one coin. `floor_usd`: no smaller one is large, whatever the day was like."""

    __slots__ = (
        "_floor", "_merge_ms", "_open", "_rows", "_settings", "_sizes", "_small", "_spread", "_spread_minute",
        "amounts", "threshold",
    )  # fmt: skip

    def __init__(self, settings: LargeTradeSettings, floor_usd: float) -> None:
        self._settings = settings
        self._merge_ms = settings.merge_ms
        self._floor = floor_usd
        self._open: dict[int, Order] = {}
        self._sizes = DaySizes(floor_usd)
        self._small = 0
        self._rows: list[TapeRow] = []
        self._spread: float | None = None
        self._spread_minute = -1
        self.amounts = MinuteSlots()
        self.threshold = floor_usd

    def take(self, trade: Trade, key: int) -> None:
        """Add a trade to its order, or begin one; an order that this ends is judged. `key`: its feed and side.

        All fills of an order lie within `merge_ms` of its first: in a chain of them a busy market were one order.
        """
        order = self._open.get(key)
        if order is None:
            self._open[key] = Order(trade, self._merge_ms)
        elif order.from_ms <= trade.at_ms <= order.until_ms and order.first.symbol == trade.symbol:
            order.usd += trade.notional_usd
            order.coins += trade.quantity
        else:
            self._judge(order)
            order.begin(trade, self._merge_ms)

    def settle(self, now_ms: int) -> list[TapeRow]:
        """Judge the orders whose fills must all be here by now; the large ones since the last call, as they ended."""
        over = [key for key, order in self._open.items() if now_ms - order.first.received_ms > self._merge_ms]
        for key in over:
            self._judge(self._open.pop(key))
        rows, self._rows = self._rows, []
        return rows

    def _judge(self, order: Order) -> None:
        if order.usd < self._floor:
            self._small += 1
            return
        minute = min(order.first.at_ms // MINUTE_MS, self.amounts.minute)
        self._sizes.add(minute // 60, order.usd)
        if order.usd < self.threshold:
            return
        self.amounts.add(minute, _BUYS if order.first.taker == "buy" else _SELLS, round(order.usd * MICRO))
        self.amounts.add(minute, _COUNT, 1)
        self._rows.append(order.row())

    def turn_minute(self, minute: int) -> None:
        """Move on, and set the threshold anew from the sizes of the last 24 h."""
        self._sizes.add_small(self._small)
        self._small = 0
        self._sizes.advance(minute // 60)
        self.amounts.advance(minute)
        self.threshold = self._floor
        if self._sizes.count >= self._settings.sizes_least:
            self.threshold = max(self._floor, self._sizes.quantile(self._settings.share) or 0.0)

    def view(self, feeds: Sequence[Feed], now_ms: int) -> LargeTradesView:
        """The last quarter of an hour. `feeds`: those that trade the coin, which tell how much of it was seen."""
        sums = self.amounts.sums(_WINDOW)
        buys, sells = sums.get(_BUYS, 0) / MICRO, sums.get(_SELLS, 0) / MICRO
        first_ms = (self.amounts.minute - _WINDOW + 1) * MINUTE_MS
        coverage = min((feed.uptime.share(first_ms, now_ms) for feed in feeds), default=0.0)
        spread = self._day_spread(feeds)
        z = (buys - sells) / spread if spread else None
        return LargeTradesView(_WINDOW, self.threshold, buys, sells, sums.get(_COUNT, 0), z, coverage)

    def _day_spread(self, feeds: Sequence[Feed]) -> float | None:
        """The standard deviation of the balances of the day's quarters of an hour, USD; reckoned once a minute.

        A quarter that was seen and had no large order is balanced; None until enough of them had some.
        """
        if self._spread_minute != self.amounts.minute:
            self._spread_minute = self.amounts.minute
            balances = self._balances(feeds)
            busy = sum(balance is not None for balance in balances)
            enough = busy >= self._settings.quarters_least
            self._spread = pstdev([balance or 0.0 for balance in balances]) if enough else None
        return self._spread

    def _balances(self, feeds: Sequence[Feed]) -> list[float | None]:
        """Bought less sold in each quarter of an hour that all feeds saw, USD; None in one without a large order."""
        start = self.amounts.minute - _QUARTERS * _WINDOW
        bounds = [start + place * _WINDOW for place in range(_QUARTERS + 1)]
        ups = [feed.uptime.until([bound * MINUTE_MS for bound in bounds]) for feed in feeds]
        least_ms = _SEEN * _WINDOW * MINUTE_MS
        found: list[float | None] = []
        for place, first in enumerate(bounds[:-1]):
            if not ups or any(up[place + 1] - up[place] < least_ms for up in ups):
                continue
            slots = list(self.amounts.between(first, first + _WINDOW - 1))
            net = sum(slot.get(_BUYS, 0) - slot.get(_SELLS, 0) for slot in slots)
            found.append(net / MICRO if slots else None)
        return found
