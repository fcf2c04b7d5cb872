"""Where the feeds' thread leaves events for the screen's: bounded, merging trades when they outrun it."""

import threading
from collections import deque
from collections.abc import Sequence

from msgspec.structs import replace

from feeds.events import MERGED, AnyEvent, Trade

_Key = tuple[str, str, str, str, int]
"""Venue, market, symbol, taker, second."""


class _Sum:
    """Trades of one symbol, taker and second."""

    __slots__ = ("coins", "first", "last", "many", "usd")

    def __init__(self, trade: Trade) -> None:
        self.first = self.last = trade
        self.coins, self.usd, self.many = trade.quantity, trade.notional_usd, 1

    def add(self, trade: Trade) -> None:
        self.last = trade
        self.coins += trade.quantity
        self.usd += trade.notional_usd
        self.many += 1

    def trade(self) -> Trade:
        """One trade at the mean price; a single one as it came."""
        if self.many == 1 or self.coins <= 0:
            return self.last
        price = self.usd / self.coins
        return replace(self.last, price=price, quantity=self.coins, notional_usd=self.usd, identity=MERGED)


class Inbox:
    """A queue between two threads. Appending and draining a deque are atomic, so no lock is held while events keep up.

    From half of `limit` on trades are merged by symbol, taker and second, which keeps every sum and each second's mean
    price; `merged` counts those that became part of another. Only where even these are more than `limit` are trades
    dropped, and counted in `dropped`. Everything else (liquidations, prices, status) is kept as it is.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._events: deque[AnyEvent] = deque()
        self._sums: dict[_Key, _Sum] = {}
        self._merging = threading.Lock()
        self.dropped = 0
        self.merged = 0

    def put(self, events: Sequence[AnyEvent]) -> bool:
        """Take a batch; False asks a producer that can wait (a replay) to do so until the next drain."""
        if len(self._events) < self._limit // 2:
            self._events.extend(events)
        else:
            with self._merging:
                self._events.extend([event for event in events if not isinstance(event, Trade)])
                for event in events:
                    if isinstance(event, Trade):
                        self._merge(event)
        return len(self._events) < self._limit // 2

    def _merge(self, trade: Trade) -> None:
        key = (trade.venue, trade.market, trade.symbol, trade.taker, trade.at_ms // 1000)
        known = self._sums.get(key)
        if known is not None:
            known.add(trade)
            self.merged += 1
        elif len(self._sums) < self._limit:
            self._sums[key] = _Sum(trade)
        else:
            self.dropped += 1

    def drain(self) -> list[AnyEvent]:
        """All events that wait, oldest first; merged trades behind them."""
        events = self._events
        drained = [events.popleft() for _ in range(len(events))]
        if self._sums:
            with self._merging:
                sums, self._sums = self._sums, {}
            drained += [one.trade() for one in sums.values()]
        return drained

    def __len__(self) -> int:
        return len(self._events) + len(self._sums)
