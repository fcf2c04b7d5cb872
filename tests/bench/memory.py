"""Memory after one million events of the demo market, and after two: the difference is what grows."""

import gc
from itertools import islice

import psutil

from feeds.demo import records
from feeds.pipeline import Pipeline
from feeds.settings import IntakeSettings
from scoring.market import Market
from scoring.settings import ScoringSettings

STEPS = (250_000, 500_000, 1_000_000, 2_000_000)


def main() -> None:
    """Print the table."""
    pipeline, market = Pipeline(IntakeSettings()), Market(ScoringSettings())
    own, events = psutil.Process(), 0
    print("\nMemory of pipeline and market (simulated hours at the demo's rate times 10)")
    print(f"{'events':>10} {'memory':>9} {'simulated':>10}")
    source = records(seed=1, rate=10.0)
    started = None
    for step in STEPS:
        now_ms = 0
        while events < step:
            for record in islice(source, 10_000):
                batch = pipeline.feed(record)
                market.apply(batch)
                events += len(batch)
                now_ms = record.received_ms
                started = started if started is not None else now_ms
            market.advance(now_ms)
        gc.collect()
        hours = (now_ms - (started or 0)) / 3_600_000
        print(f"{events:10,} {own.memory_info().rss / 1e6:6.0f} MB {hours:7.1f} h")


if __name__ == "__main__":
    main()
