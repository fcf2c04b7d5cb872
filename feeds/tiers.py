"""Margin tiers: how much margin a position must keep, by its size, and Binance's as a dated table.

Binance tells its tiers only to account holders, so its table is a snapshot of 2021 to 2025 and has to be shown as such.
Bybit and OKX publish theirs; they are polled.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MarginTier:
    """What holds for positions above a floor, up to the floor of the next tier.

    `maintenance_rate`: fraction of the notional. `max_leverage`: 125.0 is 125x. One floor is set, as the venue counts
    it: USD of notional, or whole coins. `deduction_usd` comes off notional x rate, so that the margin doesn't jump at
    the floor; 0 where the venue applies the rate to the whole position.
    """

    maintenance_rate: float
    max_leverage: float
    floor_usd: float | None = None
    floor_coins: float | None = None
    deduction_usd: float = 0.0

    def holds(self, coins: float, price: float) -> bool:
        """Whether a position of `coins` at `price` is above the floor."""
        if self.floor_coins is not None:
            return coins > self.floor_coins
        return coins * price > (self.floor_usd or 0.0)


def tier_of(tiers: Sequence[MarginTier], coins: float, price: float) -> MarginTier | None:
    """The tier of a position of whole `coins` at `price`; tiers ascend. None where none are known."""
    found = tiers[0] if tiers else None
    for tier in tiers[1:]:
        if tier.holds(coins, price):
            found = tier
    return found


def continuous(steps: Sequence[tuple[float, float, float]]) -> tuple[MarginTier, ...]:
    """Tiers of (floor in USD, maintenance rate, leverage), ascending, with the deductions that make them join.

    deduction[i] = deduction[i-1] + floor[i] x (rate[i] - rate[i-1])
    """
    tiers: list[MarginTier] = []
    for floor, rate, leverage in steps:
        deduction = tiers[-1].deduction_usd + floor * (rate - tiers[-1].maintenance_rate) if tiers else 0.0
        tiers.append(MarginTier(rate, leverage, floor_usd=floor, deduction_usd=deduction))
    return tuple(tiers)


BINANCE_DATE = "2021 to 2025"
"""When Binance's table below was in force: old enough to be wrong by now."""

BINANCE: Mapping[str, tuple[MarginTier, ...]] = {
    "BTCUSDT": continuous(
        (
            (0.0, 0.004, 125.0),
            (50e3, 0.005, 100.0),
            (250e3, 0.01, 50.0),
            (1e6, 0.025, 20.0),
            (10e6, 0.05, 10.0),
            (20e6, 0.10, 5.0),
            (50e6, 0.125, 4.0),
            (100e6, 0.15, 3.0),
            (200e6, 0.25, 2.0),
            (300e6, 0.50, 1.0),
        )
    ),
}
"""Binance USD-M, by symbol. Its other symbols start at 0.5 to 1 % and climb faster: not known here."""
