"""A day of ten coins as wire frames, at a low cost: the demo's exchanges write one frame of a kind, and it is varied.

The rates are those of ten coins on a busy day: liquidations come in clumps, and a fifth of each hour is a burst of five
times the trades and twenty times the liquidations.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from feeds.record import Record
from tests.exchanges import frames

COINS = ("BTC", "ETH", "SOL", "DOGE", "XRP", "LINK", "AVAX", "WIF", "SUI", "ADA")
START_MS = 1_790_000_000_000
HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
_BURST = 5.0  # times the ordinary trades
_BURST_MS = (40 * 60_000, 52 * 60_000)  # of each hour
_FORCED = 0.02  # liquidations a trade
_SWING, _SWING_MS = 0.01, 20 * 60_000 / math.tau  # prices go up and down by so much in so long, and longs go with them
_PRICE = {coin: 10.0 ** (4 - rank / 2) for rank, coin in enumerate(COINS)}


@dataclass(frozen=True, slots=True)
class Forced:
    """A liquidation as it was sent: what a recount adds up."""

    coin: str
    long: bool
    usd: float
    at_ms: int


def listing() -> Record:
    """The instruments."""
    rows = [
        {
            "symbol": f"{coin}USDT",
            "contractType": "PERPETUAL",
            "status": "TRADING",
            "baseAsset": coin,
            "quoteAsset": "USDT",
        }
        for coin in COINS
    ]
    url = "https://fapi.binance.com/fapi/v1/exchangeInfo"
    return Record(START_MS, "listing", "binance", "perp", url, json.dumps({"symbols": rows}).encode())


def day(
    hours: float, trades_per_second: float, start_ms: int = START_MS, marks_ms: int = 1000, forced: float = _FORCED
) -> Iterator[tuple[Record, Forced | None]]:
    """Frames in order of receipt; with a liquidation what it is. `forced`: liquidations a trade."""
    random, now, number = Random(start_ms), float(start_ms), start_ms // 10
    price, end = dict(_PRICE), start_ms + hours * HOUR_MS
    marked = start_ms
    while now < end:
        burst = _BURST_MS[0] <= (now - start_ms) % HOUR_MS < _BURST_MS[1]
        now += random.expovariate(trades_per_second * (_BURST if burst else 1.0) / 1000)
        number += 1
        coin = COINS[min(int(random.expovariate(0.4)), len(COINS) - 1)]
        before, at_ms = price[coin], int(now)
        price[coin] = _PRICE[coin] * (1 + _SWING * math.sin(now / _SWING_MS)) * (1 + random.gauss(0.0, 2e-5))
        yield _trade(coin, price[coin], price[coin] < before, random, at_ms, number), None
        if random.random() < forced * (4 if burst else 1):
            yield _forced(coin, price[coin], math.cos(now / _SWING_MS) < 0, random, at_ms)
        if at_ms - marked >= marks_ms:
            marked = at_ms
            for name in COINS:
                yield _mark(name, price[name], at_ms), None


def _record(text: str, at_ms: int) -> Record:
    return Record(at_ms + 20, "frame", "binance", "perp", "binance perp", text.encode())


def _trade(coin: str, price: float, fell: bool, random: Random, at_ms: int, number: int) -> Record:
    maker, size = "true" if fell else "false", 40_000 * random.random() / price
    symbol = f"{coin}USDT"
    return _record(
        f'{{"stream":"{symbol.lower()}@aggTrade","data":{{"e":"aggTrade","E":{at_ms + 5},"s":"{symbol}","a":{number},'
        f'"p":"{price:.8f}","q":"{size:.8f}","f":1,"l":1,"T":{at_ms},"m":{maker}}}}}',
        at_ms,
    )


def _forced(coin: str, price: float, falls: bool, random: Random, at_ms: int) -> tuple[Record, Forced]:
    long, size = falls == (random.random() < 0.9), f"{1000 * random.paretovariate(1.5) / price:.6f}"
    told = f"{price * (1 + random.gauss(0.0, 1e-3)):.8f}"
    stream, frame = frames.binance_liquidation(f"{coin}USDT", "SELL" if long else "BUY", size, told, at_ms)
    usd = float(told) * float(size)
    return _record(json.dumps({"stream": stream, "data": frame}), at_ms), Forced(coin, long, usd, at_ms)


def _mark(coin: str, price: float, at_ms: int) -> Record:
    told = f"{price:.8f}"
    stream, frame = frames.binance_mark_price(f"{coin}USDT", told, told, "0.0001", at_ms + HOUR_MS, at_ms)
    return _record(json.dumps({"stream": stream, "data": frame}), at_ms)
