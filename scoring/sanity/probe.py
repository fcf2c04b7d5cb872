"""What is noted of a coin's trades on one feed, cheaply enough for every trade."""

from collections import deque

from feeds.events import Trade

_SAMPLE = 3
"""One trade in four is sampled for its size: its number has these bits unset."""
_SIZES = 64
"""So many sizes are kept: their median is off by less than a third."""
_MARKS = 66
"""So many minutes' sums are kept: an hour's candle and what its poll is late by."""


class TradeProbe:
    """`agree`, `against`: price ticks in the taker's direction, and the other way. `coins`, `usd`: all that was traded.

    A buyer lifts the ask and a seller hits the bid, so that a higher price than before is mostly a buyer's.
    """

    __slots__ = ("against", "agree", "coins", "count", "last", "past", "sizes", "usd")

    def __init__(self, first: Trade) -> None:
        self.agree = self.against = self.count = 0
        self.coins = self.usd = 0.0
        self.last = first
        self.sizes: deque[float] = deque(maxlen=_SIZES)
        self.past: deque[tuple[int, float, float, int]] = deque(maxlen=_MARKS)

    def take(self, event: Trade) -> None:
        """Take a trade; one that is older than the last tells no tick."""
        last = self.last
        if event.price != last.price and event.symbol == last.symbol and event.at_ms >= last.at_ms:
            if (event.price > last.price) == (event.taker == "buy"):
                self.agree += 1
            else:
                self.against += 1
        self.last = event
        self.count += 1
        self.coins += event.quantity
        self.usd += event.notional_usd
        if not self.count & _SAMPLE:
            self.sizes.append(event.notional_usd)

    def turn(self, now_ms: int) -> None:
        """Remember the sums as they are at the end of a minute."""
        self.past.append((now_ms, self.coins, self.usd, self.count))

    def between(self, first_ms: int, last_ms: int, slack_ms: int) -> tuple[float, int] | None:
        """Whole coins and trades between these; None where the sums weren't noted at both ends."""
        ends = [
            next((row for row in self.past if abs(row[0] - at_ms) <= slack_ms), None) for at_ms in (first_ms, last_ms)
        ]
        if ends[0] is None or ends[1] is None:
            return None
        return ends[1][1] - ends[0][1], ends[1][3] - ends[0][3]

    def traded(self, since_ms: int) -> tuple[float, int]:
        """USD and trades since then, or since the first trade."""
        before = [(row[2], row[3]) for row in self.past if row[0] <= since_ms]
        usd, count = before[-1] if before else (0.0, 0)
        return self.usd - usd, self.count - count
