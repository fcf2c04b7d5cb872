"""Two hundred coins on all the demo's venues: the share of a core they take, and how full the inbox gets."""

import asyncio
import time
from collections.abc import Sequence

import psutil

from feeds.demo import DemoSource
from feeds.events import AnyEvent
from feeds.settings import FeedsSettings
from scoring.market import Market
from scoring.settings import ScoringSettings
from tui.controls import Controls
from tui.session import Session

COINS = ("BTC", "ETH", "SOL", "PEPE", "POPCAT", "WIF", *(f"C{number:03d}" for number in range(194)))
SIMULATED_SECONDS = 30.0
PACED_SECONDS = 15.0


def unpaced(coins: Sequence[str]) -> tuple[int, float]:
    """Events of a while of the market, and the CPU seconds of a second of it (simulator, decoding and folding)."""
    market = Market(ScoringSettings(), coins)
    counted = 0

    def emit(events: Sequence[AnyEvent]) -> bool:
        nonlocal counted
        market.apply(events)
        counted += len(events)
        return True

    source = DemoSource(FeedsSettings(), coins=coins, speed=None, seconds=SIMULATED_SECONDS)
    start = time.process_time()
    asyncio.run(source.run(emit))
    return counted, (time.process_time() - start) / SIMULATED_SECONDS


def paced(coins: Sequence[str]) -> tuple[float, int, int]:
    """Share of a core at the market's own pace with four frames a second, the fullest inbox, and what it dropped."""
    settings = FeedsSettings()
    source = DemoSource(settings, coins=coins, speed=1.0, history_seconds=0)
    session = Session(source, settings, ScoringSettings(), coins)
    session.start()
    own, fullest = psutil.Process(), 0
    try:
        controls = Controls(coin=coins[0])
        warm = time.monotonic() + 5.0
        before, end = 0.0, warm + PACED_SECONDS
        while (now := time.monotonic()) < end:
            if now < warm:
                before = sum(own.cpu_times()[:2])
            fullest = max(fullest, len(session.inbox))
            session.frame(controls)
            time.sleep(0.25)
        cpu = sum(own.cpu_times()[:2]) - before
    finally:
        session.stop()
    return 100 * cpu / PACED_SECONDS, fullest, session.inbox.dropped


def main() -> None:
    """Print the table."""
    print(
        f"\nCoins on all venues of the demo ({SIMULATED_SECONDS:.0f} s of it, then {PACED_SECONDS:.0f} s at its pace)"
    )
    print(f"{'coins':>6} {'events/s':>9} {'CPU per s':>10} {'core, paced':>12} {'fullest inbox':>14} {'dropped':>8}")
    for count in (10, 50, 200):
        events, seconds = unpaced(COINS[:count])
        core, fullest, dropped = paced(COINS[:count])
        rate = events / SIMULATED_SECONDS
        print(f"{count:6} {rate:9,.0f} {seconds:9.2f}s {core:10.1f} % {fullest:14,} {dropped:8,}")
    print(f"the inbox holds {FeedsSettings().intake.inbox_events:,} events")


if __name__ == "__main__":
    main()
