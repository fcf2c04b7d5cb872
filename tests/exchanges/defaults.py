"""The market data that the exchanges tell where a test gives none: round numbers that differ from venue to venue.

With a venue's number n (binance 1 ... deribit 8) and a coin's price and size: the mark price is price * (1 + n/10000)
and the index price; open interest is n * size coins, its value an hour ago was (1 - n/1000) of that and a day ago
(1 - n/100); funding is n * 0.00002; the long share of accounts is 0.50 + n/100 and was n/200 less a day ago, the top
accounts' is 0.08 higher and the top positions' 0.06 lower.
"""

from collections.abc import Sequence
from datetime import date

from .facts import Bar, Option, Perp, Series, Tier

COINS = {
    "BTC": (60_000.0, 1_000.0),
    "ETH": (3_000.0, 20_000.0),
    "SOL": (150.0, 400_000.0),
    "PEPE": (0.00001, 5e12),
    "SHIB": (0.00002, 2e12),
    "BONK": (0.00003, 1e12),
    "POPCAT": (0.5, 1e8),
    "WIF": (2.0, 2e7),
}
"""Price in USD and size in coins."""

VENUES = {
    "binance": 1,
    "bybit": 2,
    "okx": 3,
    "hyperliquid": 4,
    "htx": 5,
    "gate": 6,
    "bitmex": 7,
    "deribit": 8,
}

SYMBOLS = {
    "binance": "BTCUSDT ETHUSDT SOLUSDT 1000PEPEUSDT 1000SHIBUSDT 1000BONKUSDT POPCATUSDT WIFUSDT",
    "bybit": "BTCUSDT ETHUSDT SOLUSDT 1000PEPEUSDT SHIB1000USDT - POPCATUSDT WIFUSDT",
    "okx": "BTC-USDT-SWAP ETH-USDT-SWAP SOL-USDT-SWAP PEPE-USDT-SWAP SHIB-USDT-SWAP - POPCAT-USDT-SWAP -",
    "hyperliquid": "BTC ETH SOL kPEPE kSHIB kBONK POPCAT WIF",
    "htx": "BTC-USDT ETH-USDT SOL-USDT PEPE-USDT SHIB-USDT - - -",
    "gate": "BTC_USDT ETH_USDT SOL_USDT PEPE_USDT SHIB_USDT - POPCAT_USDT WIF_USDT",
    "bitmex": "XBTUSD ETHUSD SOLUSDT - - - - -",
    "deribit": "BTC-PERPETUAL ETH-PERPETUAL SOL_USDC-PERPETUAL - - - - -",
}
"""In the order of the coins; "-": not listed there."""

BESIDE = {
    "binance": "BTCUSDC",
    "bybit": "BTCPERP",
    "okx": "BTC-USD-SWAP BTC-USDC-SWAP",
    "bitmex": "XBTUSDT",
    "deribit": "BTC_USDC-PERPETUAL",
}
"""Other perpetuals of BTC: a tenth of the open interest and of the book, everything else the same."""

_FUNDING_HOURS = {
    ("binance", "PEPE"): 4.0,
    ("binance", "POPCAT"): 1.0,
    ("bybit", "PEPE"): 4.0,
    ("bybit", "POPCAT"): 1.0,
    ("okx", "POPCAT"): 4.0,
    ("gate", "POPCAT"): 4.0,
}
_LEVELS = 150
_LEVEL_STEP = 0.0001
_BARS = 300


def perps() -> dict[tuple[str, str], Perp]:
    """Every perpetual of the default listings but those of COIN-M; a coin's main one comes first."""
    told = {}
    for venue, symbols in SYMBOLS.items():
        for coin, symbol in zip(COINS, symbols.split(), strict=True):
            if symbol != "-":
                told[venue, symbol] = _perp(venue, coin)
    for venue, symbols in BESIDE.items():
        told |= {(venue, symbol): _perp(venue, "BTC", 0.1) for symbol in symbols.split()}
    return told


def _perp(venue: str, coin: str, part: float = 1.0) -> Perp:
    index, size = COINS[coin]
    n = VENUES[venue]
    price = index * (1 + n / 10_000)
    held = n * size * part
    share = 0.5 + n / 100
    return Perp(
        coin=coin,
        price=price,
        index=index,
        funding_rate=n * 0.00002,
        funding_hours=1.0 if venue == "hyperliquid" else _FUNDING_HOURS.get((venue, coin), 8.0),
        open_interest=Series.told(held, held * (1 - n / 1000), held * (1 - n / 100)),
        accounts=Series.told(share, share, share - n / 200),
        top_accounts=Series.told(share + 0.08, share + 0.08, share + 0.08 - n / 200),
        top_positions=Series.told(share - 0.06, share - 0.06, share - 0.06 - n / 200),
        bars=_rising(price, held),
        bids=[(price * (1 - _LEVEL_STEP * (rank + 0.5)), held / 1000) for rank in range(_LEVELS)],
        asks=[(price * (1 + _LEVEL_STEP * (rank + 0.5)), held / 2000) for rank in range(_LEVELS)],
        tiers=_tiers(n),
    )


def _rising(price: float, held: float) -> list[Bar]:
    """A price that rose by a thousandth of today's price a candle, the last candle ending at the price."""
    bars = []
    for back in reversed(range(_BARS)):
        opened, closed = price * (1 - (back + 1) / 1000), price * (1 - back / 1000)
        bars.append(Bar(opened, closed + price / 2000, opened - price / 2000, closed, held / 100))
    return bars


def _tiers(n: int) -> tuple[Tier, ...]:
    million = 1_000_000.0 * n
    return Tier(2 * million, 0.005, 100.0), Tier(10 * million, 0.01, 50.0), Tier(50 * million, 0.025, 20.0)


def options() -> dict[tuple[str, str], Sequence[Option]]:
    """Puts per call by open interest and volume: Deribit 0.6 and 0.5, OKX 0.8 and 1.25, Bybit 0.75 and 2, all coins."""
    ratios = {"deribit": (0.6, 0.5), "okx": (0.8, 1.25), "bybit": (0.75, 2.0)}
    return {(venue, coin): _chain(COINS[coin][0], *ratio) for venue, ratio in ratios.items() for coin in ("BTC", "ETH")}


def _chain(price: float, interest: float, volume: float) -> list[Option]:
    """Calls of 1000 coins open and 400 traded in all, and the puts to them; one option hasn't traded."""
    near, far = date(2026, 12, 4), date(2027, 3, 26)
    return [
        Option(near, price, "C", 600.0, 400.0),
        Option(far, price * 1.25, "C", 400.0, None),
        Option(near, price, "P", 700.0 * interest, 100.0 * volume),
        Option(far, price * 0.75, "P", 300.0 * interest, 300.0 * volume),
    ]
