"""Instruments as the venues list them: which symbol is which coin, in which unit, and what one contract is worth."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from feeds.events import Market
from feeds.tiers import BINANCE, MarginTier

QUOTES = ("USDT", "USDC", "USD")
"""Quote currencies counted as US dollars, the preferred one first."""

_LONGEST_NAME = 64
"""No exchange lists a longer symbol or coin; decoders refuse one in a frame as well."""

_PREFIX = re.compile(r"^(1000000|100000|10000|1000|1M|k)(?=[A-Z])")
_SUFFIX = re.compile(r"(?<=[A-Z])(1000000|10000|1000)$")
_UNITS = {"1000000": 1e6, "1M": 1e6, "100000": 1e5, "10000": 1e4, "1000": 1e3, "k": 1e3}


def unscale(base: str) -> tuple[str, float]:
    """The coin and the number of whole coins one unit of `base` stands for.

    >>> unscale("1000PEPE"), unscale("SHIB1000"), unscale("1INCH"), unscale("BTC")
    (('PEPE', 1000.0), ('SHIB', 1000.0), ('1INCH', 1.0), ('BTC', 1.0))
    """
    for pattern in (_PREFIX, _SUFFIX):
        if match := pattern.search(base):
            return pattern.sub("", base).upper(), _UNITS[match.group(1)]
    return base.upper(), 1.0


@dataclass(frozen=True, slots=True)
class Instrument:
    """One listed contract or pair.

    `price_unit`: whole coins the quoted price is for (1000 for 1000PEPEUSDT), so price per coin = price / price_unit.
    `coins_per_unit`: whole coins in one unit of the size the venue sends (contract value or scale); None where the
    size is in USD. `usd_per_unit`: USD in one unit of size (inverse contracts); None where it is in coins.
    `funding_interval_hours`: None where the venue has not told. `main`: the venue's main book of this coin, watched
    before its others (dollars on Coinbase, the inverse perpetual on Deribit).
    """

    venue: str
    market: Market
    symbol: str
    coin: str
    quote: str
    price_unit: float = 1.0
    coins_per_unit: float | None = 1.0
    usd_per_unit: float | None = None
    funding_interval_hours: float | None = None
    main: bool = False

    @property
    def watchable(self) -> bool:
        """Whether it can stand for its coin: quoted in dollars, and linear unless it is the venue's main book."""
        return self.quote in QUOTES and (self.main or self.usd_per_unit is None)

    def size(self, price: float, units: float) -> tuple[float, float, float]:
        """Price per whole coin, whole coins, and USD for `units` as the venue sends them."""
        per_coin = price / self.price_unit
        if self.usd_per_unit is not None:
            usd = units * self.usd_per_unit
            return per_coin, usd / per_coin, usd
        coins = units * (self.coins_per_unit or 0.0)
        return per_coin, coins, coins * per_coin


class SymbolTable:
    """The instruments of one or more venues, by symbol and by coin, and what margin their perpetuals ask.

    `tiers`: the margin tiers that venues told, by venue and symbol, in ascending order.
    """

    def __init__(self, instruments: Iterable[Instrument] = ()) -> None:
        self.tiers: dict[tuple[str, str], tuple[MarginTier, ...]] = {}
        self._markets: dict[tuple[str, Market], dict[str, Instrument]] = {}
        self.add(instruments)

    def add(self, instruments: Iterable[Instrument]) -> None:
        """List further instruments; a symbol listed again replaces the old one.

        One whose name can't be shown (control characters, direction marks) or is no name for its length is left out.
        """
        for item in instruments:
            if _is_name(item.symbol) and _is_name(item.coin):
                self.of(item.venue, item.market)[item.symbol] = item

    def set_funding(self, venue: str, hours: Mapping[str, float], otherwise: float) -> None:
        """Set the funding interval of a venue's listed perpetuals: as told by symbol, else `otherwise`."""
        market = self.of(venue, "perp")
        for symbol, item in market.items():
            market[symbol] = replace(item, funding_interval_hours=hours.get(symbol, otherwise))

    def of(self, venue: str, market: Market) -> dict[str, Instrument]:
        """All instruments of one market of one venue, by symbol: the live table, which grows as more are listed."""
        return self._markets.setdefault((venue, market), {})

    def best(self, venue: str, market: Market, coin: str) -> Instrument | None:
        """The instrument to watch for a coin; None if not listed.

        The venue's main book of it; else a linear one, quoted in USDT before USDC before USD.
        """
        found = [item for item in self.of(venue, market).values() if item.coin == coin and item.watchable]
        return min(found, key=lambda item: (not item.main, QUOTES.index(item.quote), item.symbol), default=None)

    def margin_tiers(self, venue: str, symbol: str) -> tuple[MarginTier, ...]:
        """The tiers of a perpetual: as its venue told them, else a dated table's; empty where neither is known."""
        told = self.tiers.get((venue, symbol))
        if told is None and venue == "binance":
            return BINANCE.get(symbol, ())
        return told or ()

    def __iter__(self) -> Iterator[Instrument]:
        for market in self._markets.values():
            yield from market.values()

    def __len__(self) -> int:
        return sum(map(len, self._markets.values()))

    def coins(self) -> set[str]:
        """Every coin that some listed venue trades."""
        return {item.coin for item in self}


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_NAME and text.isprintable()
