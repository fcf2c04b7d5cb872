"""What a cascade is judged beside its forced orders: prices, feeds, the book, and the leverage that stands ready."""

from collections import deque
from dataclasses import dataclass, field
from statistics import median

_MOST_READINGS = 240


@dataclass(frozen=True, slots=True)
class Ahead:
    """Leverage that a move in one direction would meet; None is not known.

    `strength`: the nearest estimated cluster by the depth within 1 %. `touch`: its chance of touch in 4 h.
    `interest_24h`: change of open interest in coins. `funding_share`: the share of its own history in which funding was
    less on the side that would be liquidated. `crowd`: the share of accounts on that side.
    """

    strength: float | None = None
    touch: float | None = None
    interest_24h: float | None = None
    funding_share: float | None = None
    crowd: float | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One coin's circumstances in one second; None is not known.

    `price`: the latest, USD. `trades_at_ms`: when any trade of the feeds that trade the coin was last received.
    `blind`: why no forced order can be seen. `complete`: a feed of all forced orders is up and lists the coin.
    `taker_usd`: bought less sold by takers in the last seconds. `below`, `above`: what a fall, a rise would meet.
    """

    price: float | None = None
    trades_at_ms: int | None = None
    blind: str | None = None
    complete: bool = False
    taker_usd: float | None = None
    below: Ahead = field(default_factory=Ahead)
    above: Ahead = field(default_factory=Ahead)


class UsualDepth:
    """Resting orders within 1 % of the middle, USD: each exchange's median of the last while, all together."""

    __slots__ = ("_kept_ms", "_readings", "_usual")

    def __init__(self, minutes: float) -> None:
        self._kept_ms = minutes * 60_000
        self._readings: dict[str, deque[tuple[int, float, float]]] = {}
        self._usual: tuple[float, float] | None = None

    def take(self, venue: str, at_ms: int, bid_usd: float, ask_usd: float) -> None:
        """Take an exchange's reading."""
        readings = self._readings.setdefault(venue, deque(maxlen=_MOST_READINGS))
        readings.append((at_ms, bid_usd, ask_usd))
        self.advance(at_ms)

    def advance(self, now_ms: int) -> None:
        """Forget what is too old."""
        for readings in self._readings.values():
            while readings and readings[0][0] < now_ms - self._kept_ms:
                readings.popleft()
        seen = [readings for readings in self._readings.values() if readings]
        bids = sum(median(reading[1] for reading in readings) for readings in seen)
        asks = sum(median(reading[2] for reading in readings) for readings in seen)
        self._usual = (bids, asks) if seen else None

    def per_bp(self, falling: bool) -> float | None:
        """USD per basis point of the side that a fall (bids) or a rise (asks) takes; None where it is not known."""
        if self._usual is None:
            return None
        usd = self._usual[0 if falling else 1] / 100
        return usd if usd > 0 else None
