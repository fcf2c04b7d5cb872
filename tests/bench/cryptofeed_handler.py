"""Runs in cryptofeed's environment: its Binance futures handler over a file of frames; prints microseconds a frame."""

import asyncio
import json
import sys
import time

from cryptofeed.defines import BINANCE_FUTURES, LIQUIDATIONS, PERPETUAL, TRADES
from cryptofeed.exchanges import BinanceFutures
from cryptofeed.symbols import Symbol, Symbols


async def ignore(*_):
    return None


async def main(path, rounds):
    with open(path, encoding="utf-8") as lines:
        frames = [line.rstrip("\n") for line in lines]
    names = set()
    for frame in frames:
        data = json.loads(frame)["data"]
        names.add(data["s"] if "s" in data else data["o"]["s"])
    mapping = {}
    for name in names:
        quote = "USDC" if name.endswith("USDC") else "USDT"
        mapping[Symbol(name.removesuffix(quote), quote, type=PERPETUAL).normalized] = name
    Symbols.set(BINANCE_FUTURES, mapping, {})
    pair = next(iter(mapping))
    feed = BinanceFutures(
        symbols=[pair], channels=[TRADES, LIQUIDATIONS], callbacks={TRADES: ignore, LIQUIDATIONS: ignore}
    )
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        for frame in frames:
            await feed.message_handler(frame, None, 1.0)
        best = min(best, time.perf_counter() - start)
    print(best / len(frames) * 1e6)


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
