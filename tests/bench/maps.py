"""The estimated map: a coin's start from history, one minute of it, what is read off it, and that for many coins."""

import math
import random
import time
from collections.abc import Callable

from scoring.map.coin import CoinMap
from scoring.map.rows import rows
from scoring.map.seed import STEPS
from scoring.settings.map import MapSettings
from scoring.view.estimated import Preset

VENUES = {"binance": (500, 300), "bybit": (200, 200), "okx": (100, 100)}
"""Rows of an hour and of five minutes that each answers with."""
MINUTES = 30
_MINUTE_MS, _FIVE_MS, _HOUR_MS = 60_000, 300_000, 3_600_000
_START_MS = 500_000 * _HOUR_MS
_ROWS_5M = 21 * 288


def with_history(seed: int) -> tuple[CoinMap, float]:
    """A coin that has all its history but has built nothing, and its price."""
    chance, price = random.Random(seed), 90_000.0
    coin, path = CoinMap(MapSettings()), [90_000.0]
    for _ in range(_ROWS_5M):
        price *= math.exp(chance.gauss(0, 0.0012))
        path.append(price)
    for venue, (hours, fives) in VENUES.items():
        coins = [100_000.0]
        for _ in range(_ROWS_5M):
            coins.append(coins[-1] * math.exp(chance.gauss(0, 0.001)))
        told = {*range(_ROWS_5M - fives, _ROWS_5M + 1), *range(_ROWS_5M - 12 * hours, _ROWS_5M + 1, 12)}
        for row in sorted(told):
            coin.take_interest(venue, _START_MS - (_ROWS_5M - row) * _FIVE_MS, coins[row])
        for interval, length in (("15m", 3), ("1h", 12)):
            for row in range(_ROWS_5M - length * 499, _ROWS_5M, length):
                part, open_ms = path[row : row + length + 1], _START_MS - (_ROWS_5M - row) * _FIVE_MS
                coin.take_bar(venue, interval, open_ms, max(part) * 1.0003, min(part) * 0.9997, part[-1], 100.0)
    return coin, price


def seeded(coin: CoinMap) -> tuple[float, float, int]:
    """Build it: CPU seconds, those of the longest slice, and the steps."""
    total, longest, steps, now_ms = 0.0, 0.0, 0, _START_MS
    while coin.pending:
        start = time.process_time()
        steps += STEPS - coin.seed(now_ms)
        spent = time.process_time() - start
        total, longest, now_ms = total + spent, max(longest, spent), now_ms + 2_000
    return total, longest, steps


def lived(coin: CoinMap, price: float, minutes: int, after: int = 0) -> tuple[float, float]:
    """CPU seconds of so many turns of the minute after those that were, and the price afterwards."""
    chance, spent = random.Random(7), 0.0
    for minute in range(after + 1, after + minutes + 1):
        ended_ms = _START_MS + minute * _MINUTE_MS
        for _ in range(60):
            price *= math.exp(chance.gauss(0, 0.00005))
            coin.take_trade(price, 1_000.0)
            coin.take_mark(price)
        for venue in VENUES:
            coin.take_interest(venue, ended_ms - 5_000, 100_000.0 * math.exp(chance.gauss(0, 0.001)))
        start = time.process_time()
        coin.turn_minute(ended_ms, price, chance.gauss(0, 1e4))
        spent += time.process_time() - start
    return spent, price


def _microseconds(call: Callable[[], object], times: int = 200) -> float:
    start = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - start) / times * 1e6


def one_coin() -> None:
    """What each part costs for one coin on three venues."""
    coin, price = with_history(1)
    total, longest, steps = seeded(coin)
    print(f"start from history: {1e3 * total:.0f} ms in {steps} steps, longest slice {1e3 * longest:.1f} ms")
    spent, price = lived(coin, price, MINUTES)
    print(f"one minute: {1e6 * spent / MINUTES:.0f} us for {len(coin.venues)} venues")
    density = coin.density("24h", "observed", _START_MS)
    assert density is not None
    print(f"sum of the venues: {_microseconds(lambda: coin.density('24h', 'observed', _START_MS)):.0f} us")
    print(f"the ladder's rows: {_microseconds(lambda: rows(density, 100.0, price, 2.5)):.0f} us")
    print(f"a trade: {_microseconds(lambda: coin.take_trade(price, 1.0), 100_000):.2f} us")
    print(f"buckets: {coin.nbytes / len(coin.venues) / 1024:.0f} KiB a venue")
    wanted: tuple[Preset, ...] = ("retail", "flat", "untilted")
    for preset in wanted:
        coin.density("24h", preset, _START_MS)
    seeded(coin)
    spent, _ = lived(coin, price, MINUTES, after=MINUTES)
    print(f"one minute with all four presets: {1e6 * spent / MINUTES:.0f} us")


def main() -> None:
    """Print the table."""
    print("\nEstimated map (three venues, 640 buckets, five lenses)")
    one_coin()
    print(f"{'coins':>6} {'start, CPU':>11} {'a minute':>10} {'share of a core':>16} {'buckets':>9}")
    for count in (1, 10, 50, 200):
        known = [with_history(seed) for seed in range(min(count, 10))]
        start = sum(seeded(coin)[0] for coin, _ in known) * count / len(known)
        minute = sum(lived(coin, price, MINUTES)[0] for coin, price in known) / MINUTES * count / len(known)
        size = sum(coin.nbytes for coin, _ in known) * count / len(known) / 2**20
        print(f"{count:6} {start:9.2f} s {1e3 * minute:7.2f} ms {100 * minute / 60:14.3f} % {size:6.1f} MiB")


if __name__ == "__main__":
    main()
