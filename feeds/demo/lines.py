"""The instruments of the demo: each coin as each venue spells, prices and sizes it."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from feeds.demo.coins import Coin
from feeds.events import Market


@dataclass(frozen=True, slots=True)
class Line:
    """One coin on one market of one venue. Prices are quoted for `price_unit` coins, sizes count `size_unit` coins.

    `interest_share`: the venue's part of a coin's open interest, volume and depth.
    """

    venue: str
    market: Market
    symbol: str
    coin: Coin
    price_unit: float
    size_unit: float
    price_decimals: int
    size_decimals: int
    basis: float
    interest_share: float

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
    ("hyperliquid", "perp", 1.00002),
    ("coinbase", "spot", 1.0001),
    ("htx", "perp", 0.99995),
    ("htx", "spot", 0.99986),
    ("gate", "perp", 1.00003),
    ("bitmex", "perp", 1.00006),
    ("deribit", "perp", 1.00001),
    ("bitget", "perp", 0.99998),
)
_INTEREST_SHARES = {
    "binance": 0.42,
    "bybit": 0.26,
    "okx": 0.16,
    "hyperliquid": 0.08,
    "coinbase": 0.05,
    "htx": 0.02,
    "gate": 0.02,
    "bitmex": 0.01,
    "deribit": 0.02,
    "bitget": 0.02,
}
_ONLY = {"bitmex": ("BTC",), "deribit": ("BTC", "ETH"), "bitget": ("BTC",)}
"""The coins of venues that the demo doesn't have all of."""
_SYMBOLS: dict[tuple[str, Market], str] = {
    ("okx", "perp"): "{}-USDT-SWAP",
    ("okx", "spot"): "{}-USDT",
    ("coinbase", "spot"): "{}-USD",
    ("htx", "perp"): "{}-USDT",
    ("gate", "perp"): "{}_USDT",
    ("bitmex", "perp"): "XBTUSD",
    ("deribit", "perp"): "{}-PERPETUAL",
}
_CONTRACTS = ("okx", "htx", "gate")
_SCALED = ("binance", "bybit", "hyperliquid")
"""Venues whose perpetuals count contracts, and those whose perpetuals count thousands of cheap coins."""


def lines(coins: Iterable[Coin]) -> tuple[Line, ...]:
    """Every coin on every market that lists it."""
    return tuple(
        _line(coin, venue, market, basis)
        for coin in coins
        for venue, market, basis in _MARKETS
        if (venue, market) not in coin.absent and coin.name in _ONLY.get(venue, (coin.name,))
    )


def _line(coin: Coin, venue: str, market: Market, basis: float) -> Line:
    scaled = market == "perp" and venue in _SCALED
    price_unit = coin.lot if scaled else 1.0
    size_unit = coin.contract if market == "perp" and venue in _CONTRACTS else price_unit
    finer = 2 if market == "spot" else 0
    return Line(
        venue=venue,
        market=market,
        symbol=_symbol(coin, venue, market, price_unit),
        coin=coin,
        price_unit=price_unit,
        size_unit=size_unit,
        price_decimals=max(0, 5 - math.floor(math.log10(coin.price * price_unit))),
        size_decimals=max(0, math.floor(math.log10(coin.price * size_unit)) - 1 + finer),
        basis=basis,
        interest_share=_INTEREST_SHARES[venue],
    )


def _symbol(coin: Coin, venue: str, market: Market, price_unit: float) -> str:
    if (form := _SYMBOLS.get((venue, market))) is not None:
        return form.format(coin.name)
    if venue == "hyperliquid":
        return coin.name if price_unit == 1 else f"k{coin.name}"
    if venue == "htx":
        return f"{coin.name.lower()}usdt"
    return f"{'' if price_unit == 1 else f'{price_unit:.0f}'}{coin.name}USDT"
