"""Symbols without an instrument list: linear ones read off their spelling, contract values from a small dated table.

Only for frames that come without their venue's list (`liqtop decode`). Contract values as of 2026-09: OKX instruments
and tickers (coins per contract), Binance COIN-M exchangeInfo (USD per contract). Other symbols stay unknown.
"""

import re
from collections.abc import Callable

from feeds.events import Market
from feeds.symbols import Instrument, SymbolTable, unscale

KNOWN_AS_OF = "2026-09"

_OKX_COINS_PER_CONTRACT = {
    "BTC": 0.01, "ETH": 0.1, "SOL": 1.0, "PEPE": 1e7, "SHIB": 1e6, "SATS": 1e7, "POPCAT": 10.0,
}  # fmt: skip
_OKX_USD_PER_CONTRACT = {"BTC": 100.0}
_BINANCE_USD_PER_CONTRACT = {"BTC": 100.0}
_LINEAR = re.compile(r"^([A-Za-z0-9]{1,20}?)(USDT|USDC)$")


class _BySpelling(dict[str, Instrument]):
    """A market's instruments that reads a symbol when it is asked for one it doesn't hold."""

    def __init__(self, read: Callable[[str], Instrument | None]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, symbol: str) -> Instrument:
        found = self._read(symbol)
        if found is None:
            raise KeyError(symbol)
        self[symbol] = found
        return found


class KnownSymbols(SymbolTable):
    """A symbol table that needs no list."""

    def of(self, venue: str, market: Market) -> dict[str, Instrument]:
        """The instruments of one market, each read off its spelling when first asked for."""
        key = (venue, market)
        if key not in self._markets:
            self._markets[key] = _BySpelling(lambda symbol: _spelled(venue, market, symbol))
        return self._markets[key]


def _spelled(venue: str, market: Market, symbol: str) -> Instrument | None:
    if venue == "okx":
        return _okx(market, symbol)
    if venue == "binance" and (match := re.match(r"^([A-Z0-9]+)USD_PERP$", symbol)):
        value = _BINANCE_USD_PER_CONTRACT.get(match.group(1))
        if value is None or market != "perp":
            return None
        return Instrument(venue, "perp", symbol, match.group(1), "USD", coins_per_unit=None, usd_per_unit=value)
    if venue == "bybit" and market == "perp" and (match := re.match(r"^([A-Z0-9]+)PERP$", symbol)):
        return _linear(venue, market, symbol, match.group(1), "USDC")
    if match := _LINEAR.match(symbol):
        return _linear(venue, market, symbol, match.group(1), match.group(2))
    return None


def _okx(market: Market, symbol: str) -> Instrument | None:
    base, quote, *kind = [*symbol.split("-"), ""][:3]
    if market == "spot" and kind == [""] and quote in ("USDT", "USDC"):
        return _linear("okx", "spot", symbol, base, quote)
    if market != "perp" or kind != ["SWAP"]:
        return None
    if quote == "USD" and base in _OKX_USD_PER_CONTRACT:
        value = _OKX_USD_PER_CONTRACT[base]
        return Instrument("okx", "perp", symbol, base, "USD", coins_per_unit=None, usd_per_unit=value)
    if quote in ("USDT", "USDC") and base in _OKX_COINS_PER_CONTRACT:
        return Instrument("okx", "perp", symbol, base, quote, coins_per_unit=_OKX_COINS_PER_CONTRACT[base])
    return None


def _linear(venue: str, market: Market, symbol: str, base: str, quote: str) -> Instrument:
    coin, unit = unscale(base)
    return Instrument(venue, market, symbol, coin, quote, price_unit=unit, coins_per_unit=unit)


def known_symbols() -> SymbolTable:
    """A fresh table of known symbols, for all venues."""
    return KnownSymbols()
