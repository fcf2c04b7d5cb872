"""Frame to folded state, against `json.loads` of the same frames and against cryptofeed's own handlers on them."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import IntakeSettings
from scoring.market import Market
from scoring.settings import ScoringSettings
from tests.bench.other_python import cryptofeed_python
from tests.bench.workload import burst, recorded, write

ROUNDS = 9


def fold(listings: Sequence[Record], frames: Sequence[Record]) -> float:
    """Seconds for frames -> events -> admitted -> folded into a fresh market."""
    pipeline, market = Pipeline(IntakeSettings()), Market(ScoringSettings())
    for record in listings:
        pipeline.feed(record)
    feed, apply = pipeline.feed, market.apply
    start = time.perf_counter()
    for record in frames:
        apply(feed(record))
    return time.perf_counter() - start


def bare_json(frames: Sequence[Record]) -> float:
    """Seconds for `json.loads` of every frame."""
    loads = json.loads
    start = time.perf_counter()
    for record in frames:
        loads(record.payload)
    return time.perf_counter() - start


def best_of(rounds: int, *measured: Callable[[], float]) -> list[float]:
    """The least seconds of each, taken in turn so that a slow moment hits all alike."""
    times = [[run() for run in measured] for _ in range(rounds)]
    return [min(column) for column in zip(*times, strict=True)]


def main() -> None:
    """Print the table."""
    listings, frames = recorded()
    kinds = {
        "trades": [record for record in frames if b"aggTrade" in record.payload[:60]],
        "liquidations": burst([record for record in frames if b"forceOrder" in record.payload[:60]], 10),
    }
    python, why_not = cryptofeed_python()
    print(f"\nFrames to folded state (Python {sys.version.split()[0]}, best of {ROUNDS}, microseconds a frame)")
    columns = "{:14} {:>7} {:>7} {:>10} {:>11} {:>6} {:>11} {:>6}"
    print(columns.format("", "frames", "liqtop", "per s", "json.loads", "ratio", "cryptofeed", "ratio"))
    for kind, chosen in kinds.items():
        ours, bare = best_of(
            ROUNDS, lambda chosen=chosen: fold(listings, chosen), lambda chosen=chosen: bare_json(chosen)
        )
        theirs = cryptofeed(python, chosen) if python else None
        count = len(chosen)
        us, json_us = ours / count * 1e6, bare / count * 1e6
        other = f"{theirs:11.2f} {us / theirs:6.2f}" if theirs else f"{'-':>11} {'-':>6}"
        print(f"{kind:14} {count:7} {us:7.2f} {count / ours:10,.0f} {json_us:11.2f} {us / json_us:6.2f} {other}")
    print("trades as recorded; liquidations of 198 coins, one a millisecond")
    if python:
        print(f"cryptofeed 3.0.1: its message handler alone, nothing folded, on {python} (aim: ratio at or under 0.50)")
    else:
        print(f"cryptofeed skipped: {why_not}")


def cryptofeed(python: str, frames: list[Record]) -> float:
    """Microseconds a frame of cryptofeed's own handler."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frames.jsonl"
        write(frames, path)
        script = Path(__file__).with_name("cryptofeed_handler.py")
        answer = subprocess.run(
            [python, str(script), str(path), str(ROUNDS)], capture_output=True, text=True, check=True
        )
    return float(answer.stdout.split()[-1])


if __name__ == "__main__":
    main()
