"""Where a position is liquidated: isolated margin on linear perpetuals, by the margin rules of three exchanges.

A position of q coins, entered at E with leverage L, has the margin q*E/L + x. It is liquidated at the mark price where
what is left of it is the maintenance margin and the fee for closing: margin + s*q*(p - E) = q*p*(m + f) - c, s = +1 for
a long and -1 for a short, m the rate of its tier and c the tier's deduction. So

    long   p = (E * (1 - 1/L) - (c + x)/q) / (1 - m - f)
    short  p = (E * (1 + 1/L) + (c + x)/q) / (1 + m + f)

Binance: f = 0, and the tier is the one at the liquidation's notional ("How to calculate liquidation price of USDⓈ-M
futures contracts"). OKX: "liquidation at a margin ratio of 100 %", the ratio being (margin + profit) / (notional x
(rate + taker fee)). Bybit: "Liquidation price (long) = entry price - (initial margin - maintenance margin) / size -
extra margin / size", with the maintenance margin of the notional at entry. Cross margin is not reckoned here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from feeds.events import Position
from feeds.tiers import MarginTier, tier_of


@dataclass(frozen=True, slots=True)
class MarginRule:
    """A venue's rule. `fee_rate`: closing fee held back. `at_entry`: the notional at entry sets the maintenance."""

    fee_rate: float = 0.0
    at_entry: bool = False


RULES: Mapping[str, MarginRule] = {
    "binance": MarginRule(),
    "bybit": MarginRule(at_entry=True),
    "okx": MarginRule(fee_rate=0.0005),  # the taker fee of an ordinary account
}
"""By venue; any other is taken to hold back no fee and to reckon at the mark price."""
PLAIN = MarginRule()


def liquidation_price(
    position: Position,
    entry: float,
    leverage: float,
    coins: float,
    tiers: Sequence[MarginTier],
    rule: MarginRule = PLAIN,
    extra_usd: float = 0.0,
) -> float | None:
    """The mark price, USD, that liquidates a position of `coins` entered at `entry`.

    `tiers` ascend; `extra_usd` is margin added beyond entry x coins / leverage. None where no price does: a long that
    is paid in full. The entry itself where the margin is less than the maintenance margin from the start. Raises
    `ValueError` without tiers, and for an entry, leverage or size that isn't positive.
    """
    if not tiers or min(entry, leverage, coins) <= 0:
        raise ValueError(f"expected tiers and a positive entry, leverage and size, found {entry}, {leverage}, {coins}")
    long = position == "long"
    if rule.at_entry:
        price = _at_entry(long, entry, leverage, coins, tiers, extra_usd)
    else:
        price = _at_mark(long, entry, leverage, coins, tiers, rule.fee_rate, extra_usd)
    if price <= 0:
        return None
    return min(price, entry) if long else max(price, entry)


def _at_entry(
    long: bool, entry: float, leverage: float, coins: float, tiers: Sequence[MarginTier], extra_usd: float
) -> float:
    tier = tier_of(tiers, coins, entry) or tiers[0]
    maintenance = entry * tier.maintenance_rate - tier.deduction_usd / coins
    room = entry / leverage - maintenance + extra_usd / coins
    return entry - room if long else entry + room


def _at_mark(
    long: bool, entry: float, leverage: float, coins: float, tiers: Sequence[MarginTier], fee: float, extra_usd: float
) -> float:
    """The first price on the way from the entry at which the tier in force there liquidates."""
    if any(tier.floor_coins is not None for tier in tiers):
        tiers = (tier_of(tiers, coins, entry) or tiers[0],)
    floors = [0.0 if tier.floor_coins is not None else (tier.floor_usd or 0.0) / coins for tier in tiers]
    prices = [_root(long, entry, leverage, coins, tier, fee, extra_usd) for tier in tiers]
    if long:
        ceilings = (*floors[1:], float("inf"))
        return max(min(price, ceiling) for price, ceiling in zip(prices, ceilings, strict=True))
    return min(max(price, floor) for price, floor in zip(prices, floors, strict=True))


def _root(
    long: bool, entry: float, leverage: float, coins: float, tier: MarginTier, fee: float, extra_usd: float
) -> float:
    added, kept = (tier.deduction_usd + extra_usd) / coins, tier.maintenance_rate + fee
    if long:
        return (entry * (1.0 - 1.0 / leverage) - added) / (1.0 - kept)
    return (entry * (1.0 + 1.0 / leverage) + added) / (1.0 + kept)


def liquidation_distance(
    position: Position, leverage: float, maintenance_rate: float, rule: MarginRule = PLAIN
) -> float | None:
    """How far from its entry a small position is liquidated, a positive fraction; None where no price does it."""
    tier = MarginTier(maintenance_rate, leverage, floor_usd=0.0)
    price = liquidation_price(position, 1.0, leverage, 1.0, (tier,), rule)
    return None if price is None else abs(price - 1.0)


def distance_table(
    leverages: Iterable[float], maintenance_rate: float, rule: MarginRule = PLAIN
) -> tuple[tuple[float, float | None, float | None], ...]:
    """Rows of (leverage, distance of a long, distance of a short) for small positions, fractions of the entry."""
    return tuple(
        (
            leverage,
            liquidation_distance("long", leverage, maintenance_rate, rule),
            liquidation_distance("short", leverage, maintenance_rate, rule),
        )
        for leverage in leverages
    )
