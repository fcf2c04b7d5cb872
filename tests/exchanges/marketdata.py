"""What the markets behind the exchanges are like, as data that a test gives or takes the defaults of."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from . import defaults
from .facts import Liquidated, Option, Perp


def wall_clock_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass(slots=True, kw_only=True)
class MarketData:
    """Perpetuals by (venue, symbol), options by (venue, coin), past liquidations by venue.

    The mappings may be changed while the exchanges run; the next answer tells the new numbers. Ages count back from
    `clock`, so that the default data is never old.
    """

    perps: dict[tuple[str, str], Perp] = field(default_factory=defaults.perps)
    options: dict[tuple[str, str], Sequence[Option]] = field(default_factory=defaults.options)
    liquidations: dict[str, list[Liquidated]] = field(default_factory=dict)
    clock: Callable[[], int] = wall_clock_ms
    bybit_tells_one_side: bool = True
    """Bybit answers have `singleOpenInterest` beside the doubled number, as they do since June 2026."""

    def perp(self, venue: str, coin: str) -> Perp:
        """A venue's first perpetual of the coin; raises KeyError."""
        return self.perps[venue, self.symbol(venue, coin)]

    def symbol(self, venue: str, coin: str) -> str:
        """How a venue spells its first perpetual of the coin; raises KeyError."""
        for (where, symbol), perp in self.perps.items():
            if where == venue and perp.coin == coin:
                return symbol
        raise KeyError((venue, coin))

    def put_call(self, venue: str, coin: str) -> tuple[float, float]:
        """Puts per call by open interest and by volume: what a client shows."""
        rows = self.options[venue, coin]
        interest = [sum(row.open_interest for row in rows if row.right == right) for right in "PC"]
        volume = [sum(row.volume or 0.0 for row in rows if row.right == right) for right in "PC"]
        return interest[0] / interest[1], volume[0] / volume[1]
