"""The instruments of the demo: each coin as each venue spells, prices and sizes it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from feeds.demo.coins import Coin
from feeds.events import Market


@dataclass(frozen=True, slots=True)
class Line:
    """One coin on one market of one venue. Prices are quoted for `price_unit` coins, sizes count `size_unit` coins."""

    venue: str
    market: Market
    symbol: str
    coin: Coin
    price_unit: float
    size_unit: float
    price_decimals: int
    size_decimals: int
    basis: float

    def price(self, per_coin: float) -> str:
        """A price per whole coin as the venue writes it."""
        return f"{per_coin * self.price_unit * self.basis:.{self.price_decimals}f}"

    def size(self, usd: float, per_coin: float) -> str:
        """USD as the venue writes a size; never zero, as no venue trades nothing."""
        units = max(usd / per_coin / self.size_unit, 10.0**-self.size_decimals)
        return f"{units:.{self.size_decimals}f}"

    @property
    def tick(self) -> str:
        """The smallest price step, as the venue writes it."""
        return f"{10.0**-self.price_decimals:.{self.price_decimals}f}"

    @property
    def lot(self) -> str:
        """The smallest size step, as the venue writes it."""
        return f"{10.0**-self.size_decimals:.{self.size_decimals}f}"


_MARKETS: tuple[tuple[str, Market, float], ...] = (
    ("binance", "perp", 1.0),
    ("binance", "spot", 0.99985),
    ("bybit", "perp", 1.00004),
    ("bybit", "spot", 0.9999),
    ("okx", "perp", 0.99997),
    ("okx", "spot", 0.99988),
)


def lines(coins: Iterable[Coin]) -> tuple[Line, ...]:
    """Every coin on every market that lists it."""
    return tuple(
        _line(coin, venue, market, basis)
        for coin in coins
        for venue, market, basis in _MARKETS
        if (venue, market) not in coin.absent
    )


def _line(coin: Coin, venue: str, market: Market, basis: float) -> Line:
    scaled = market == "perp" and venue != "okx"
    price_unit = coin.lot if scaled else 1.0
    size_unit = price_unit
    symbol = f"{'' if price_unit == 1 else f'{price_unit:.0f}'}{coin.name}USDT"
    if venue == "okx":
        symbol = f"{coin.name}-USDT-SWAP" if market == "perp" else f"{coin.name}-USDT"
        size_unit = coin.contract if market == "perp" else 1.0
    finer = 2 if market == "spot" else 0
    return Line(
        venue=venue,
        market=market,
        symbol=symbol,
        coin=coin,
        price_unit=price_unit,
        size_unit=size_unit,
        price_decimals=max(0, 5 - math.floor(math.log10(coin.price * price_unit))),
        size_decimals=max(0, math.floor(math.log10(coin.price * size_unit)) - 1 + finer),
        basis=basis,
    )
