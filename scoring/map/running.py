"""The minute that runs: where was traded, how far the mark price went, what was liquidated."""

from math import floor, log

from scoring.map.path import Piece, runs_of


class RunningMinute:
    """Sums of one minute of one coin. `entries`: traded USD by bucket; `liquidated`: USD by venue."""

    __slots__ = ("_per_bucket", "close", "entries", "high", "liquidated", "low", "since_ms")

    def __init__(self, bucket: float) -> None:
        self._per_bucket = 1.0 / bucket
        self.entries: dict[int, float] = {}
        self.liquidated: dict[str, float] = {}
        self.low, self.high = float("inf"), 0.0
        self.close: float | None = None
        self.since_ms: int | None = None

    def trade(self, price: float, usd: float) -> None:
        """Add a trade. `price` must be positive."""
        entries, place = self.entries, floor(log(price) * self._per_bucket)
        entries[place] = entries.get(place, 0.0) + usd

    def mark(self, price: float) -> None:
        """Follow the mark price."""
        if price < self.low:
            self.low = price
        if price > self.high:
            self.high = price

    @property
    def reached(self) -> tuple[float, float] | None:
        """The lowest and the highest price since the last minute ended; None where none is known."""
        low, high = self.low, self.high
        if self.close is not None:
            low, high = min(low, self.close), max(high, self.close)
        return (low, high) if low <= high else None

    def turn(self, ended_ms: int, price: float, net_usd: float) -> Piece | None:
        """End the minute at a price: its piece of the path, None for the first, which began nobody knows where."""
        self.mark(price)
        piece = None
        if self.since_ms is not None and self.close is not None and ended_ms > self.since_ms:
            low, high = min(self.low, self.close), max(self.high, self.close)
            here = floor(log(price) * self._per_bucket)
            runs = runs_of(self.entries) or ((here, here, 1.0),)
            piece = Piece(ended_ms, ended_ms - self.since_ms, low, high, price, runs, net_usd)
        self.since_ms = max(ended_ms, self.since_ms or ended_ms)
        self.close = price
        self.low, self.high = float("inf"), 0.0
        self.entries, self.liquidated = {}, {}
        return piece
