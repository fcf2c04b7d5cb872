"""Symbols without an instrument list: linear ones read off their spelling, contract values from a small dated table.

Only for frames that come without their venue's list (`liqtop decode`). Contract values as of 2026-09: OKX instruments
and tickers, Gate and BitMEX contracts (coins per contract), Binance COIN-M exchangeInfo (USD per contract). Other
symbols stay unknown.
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
_GATE_COINS_PER_CONTRACT = {"BTC": 0.0001, "ETH": 0.01, "PEPE": 1e7, "SHIB": 1e4}
_BITMEX = {"XBTUSD": (None, 1.0), "XBTUSDT": (1e-6, None)}
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
    read = _BY_VENUE.get(venue)
    if read is not None and (found := read(market, symbol)) is not None:
        return found
    if venue in _LINEAR_VENUES and (match := _LINEAR.match(symbol)):
        return _linear(venue, market, symbol, match.group(1), match.group(2))
    return None


def _binance(market: Market, symbol: str) -> Instrument | None:
    match = re.match(r"^([A-Z0-9]+)USD_PERP$", symbol)
    value = _BINANCE_USD_PER_CONTRACT.get(match.group(1)) if match else None
    if match is None or value is None or market != "perp":
        return None
    return _inverse("binance", symbol, match.group(1), value)


def _bybit(market: Market, symbol: str) -> Instrument | None:
    match = re.match(r"^([A-Z0-9]+)PERP$", symbol)
    return _linear("bybit", market, symbol, match.group(1), "USDC") if match and market == "perp" else None


def _hyperliquid(market: Market, symbol: str) -> Instrument | None:
    plain = re.match(r"^[A-Za-z0-9]{1,20}$", symbol)
    return _linear("hyperliquid", market, symbol, symbol, "USDC") if plain and market == "perp" else None


def _coinbase(market: Market, symbol: str) -> Instrument | None:
    base, _, quote = symbol.partition("-")
    if market != "spot" or quote not in ("USD", "USDC", "USDT"):
        return None
    return _linear("coinbase", market, symbol, base, quote)


def _htx(market: Market, symbol: str) -> Instrument | None:
    spelled = re.match(r"^([a-z0-9]{1,20}?)(usdt|usdc)$" if market == "spot" else r"^([A-Z0-9]{1,20})-(USDT)$", symbol)
    return _linear("htx", market, symbol, spelled.group(1).upper(), spelled.group(2).upper()) if spelled else None


def _gate(market: Market, symbol: str) -> Instrument | None:
    base, _, quote = symbol.partition("_")
    value = _GATE_COINS_PER_CONTRACT.get(base)
    if market != "perp" or quote != "USDT" or value is None:
        return None
    return Instrument("gate", "perp", symbol, base, quote, coins_per_unit=value)


def _bitmex(market: Market, symbol: str) -> Instrument | None:
    if market != "perp" or symbol not in _BITMEX:
        return None
    coins, usd = _BITMEX[symbol]
    return Instrument(
        "bitmex", "perp", symbol, "BTC", symbol.removeprefix("XBT"), coins_per_unit=coins, usd_per_unit=usd
    )


def _deribit(market: Market, symbol: str) -> Instrument | None:
    match = re.match(r"^([A-Z0-9]+?)(?:_(USDC))?-PERPETUAL$", symbol)
    if match is None or market != "perp":
        return None
    if match.group(2):
        return _linear("deribit", market, symbol, match.group(1), "USDC")
    return _inverse("deribit", symbol, match.group(1), 1.0) if match.group(1) in ("BTC", "ETH") else None


def _okx(market: Market, symbol: str) -> Instrument | None:
    base, quote, *kind = [*symbol.split("-"), ""][:3]
    if market == "spot" and kind == [""] and quote in ("USDT", "USDC"):
        return _linear("okx", "spot", symbol, base, quote)
    if market != "perp" or kind != ["SWAP"]:
        return None
    if quote == "USD" and base in _OKX_USD_PER_CONTRACT:
        return _inverse("okx", symbol, base, _OKX_USD_PER_CONTRACT[base])
    if quote in ("USDT", "USDC") and base in _OKX_COINS_PER_CONTRACT:
        return Instrument("okx", "perp", symbol, base, quote, coins_per_unit=_OKX_COINS_PER_CONTRACT[base])
    return None


def _linear(venue: str, market: Market, symbol: str, base: str, quote: str) -> Instrument:
    coin, unit = unscale(base)
    return Instrument(venue, market, symbol, coin, quote, price_unit=unit, coins_per_unit=unit)


def _inverse(venue: str, symbol: str, coin: str, usd: float) -> Instrument:
    return Instrument(venue, "perp", symbol, coin, "USD", coins_per_unit=None, usd_per_unit=usd)


_LINEAR_VENUES = ("binance", "bybit", "bitget")
_BY_VENUE: dict[str, Callable[[Market, str], Instrument | None]] = {
    "binance": _binance,
    "bybit": _bybit,
    "okx": _okx,
    "hyperliquid": _hyperliquid,
    "coinbase": _coinbase,
    "htx": _htx,
    "gate": _gate,
    "bitmex": _bitmex,
    "deribit": _deribit,
}


def known_symbols() -> SymbolTable:
    """A fresh table of known symbols, for all venues."""
    return KnownSymbols()
