"""The coins of the demo market: what they cost, how they move, how deep they trade. All figures are invented."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from feeds.symbols import unscale

LEADER = "BTC"
"""The coin whose moves the others follow."""


@dataclass(frozen=True, slots=True)
class Coin:
    """One coin's character.

    `price` in USD, `beta` to the leader's moves, `noise_bp` of its own per square root of a second, `depth_usd` that
    moves the price by one basis point, `interest_usd` of unlevered open interest, `maintenance` margin as a fraction,
    `lot` whole coins per unit of Binance's and Bybit's perpetuals, `contract` whole coins per OKX contract, `share` of
    all trades, `absent` the markets without it, as (venue, market).
    """

    name: str
    price: float
    beta: float
    noise_bp: float
    depth_usd: float
    interest_usd: float
    maintenance: float
    most_leverage: int
    lot: float
    contract: float
    share: float
    interval_hours: int = 8
    absent: tuple[tuple[str, str], ...] = ()


_KNOWN = (
    Coin("BTC", 97_000.0, 1.0, 1.1, 1_200_000, 3e9, 0.004, 100, 1, 0.01, 0.30),
    Coin("ETH", 3_400.0, 0.8, 0.7, 800_000, 1.8e9, 0.004, 100, 1, 0.1, 0.22),
    Coin("SOL", 190.0, 0.85, 0.9, 350_000, 8e8, 0.005, 100, 1, 1, 0.16),
    Coin("PEPE", 0.0000135, 0.9, 1.2, 60_000, 1.4e8, 0.01, 50, 1000, 10_000_000, 0.12),
    Coin("POPCAT", 0.35, 0.9, 1.4, 15_000, 3e7, 0.01, 50, 1, 10, 0.08, 4, (("binance", "spot"),)),
    Coin("WIF", 0.92, 0.9, 1.3, 30_000, 6e7, 0.01, 50, 1, 1, 0.12),
)
_NAME = re.compile(r"[A-Z0-9]{1,20}")


def chosen(names: Sequence[str], seed: int) -> tuple[Coin, ...]:
    """The coins asked for, or the default six; a coin without a profile gets one from the seed.

    Raises ValueError for what can't be a coin's name.
    """
    known = {coin.name: coin for coin in _KNOWN}
    wanted = dict.fromkeys(unscale(name)[0] for name in names) or known
    return tuple(known.get(name) or _invented(name, seed) for name in wanted)


def leader() -> Coin:
    """The coin that the others follow."""
    return _KNOWN[0]


def _invented(name: str, seed: int) -> Coin:
    if not _NAME.fullmatch(name):
        raise ValueError(f"expected a coin's name, 1 to 20 letters and digits, found {name!r}")
    random = Random(f"{seed}:{name}:profile")
    price = 10 ** random.uniform(-3, 2)
    depth = 10 ** random.uniform(4.0, 5.2)
    contract = 10.0 ** round(-_magnitude(price))
    beta, noise = random.uniform(0.7, 1.0), random.uniform(0.8, 1.5)
    return Coin(name, price, beta, noise, depth, depth * 2000, 0.01, 50, 1, contract, 0.1)


def _magnitude(price: float) -> int:
    return int(f"{price:e}".split("e")[1])
