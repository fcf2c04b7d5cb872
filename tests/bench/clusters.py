"""One look for clusters of the estimated map per coin and minute: its cost, and the share of a core by coins."""

import time
from collections.abc import Sequence
from math import exp

import numpy as np

from scoring.map.asymmetry import map_asymmetries, side_masses
from scoring.map.grid import Density
from scoring.map.reading import ReadingSettings, Surroundings, read_clusters
from scoring.map.tracker import Tracker
from scoring.settings import ReachSettings
from scoring.settings.estimate import StrengthSettings, TrackerSettings

BUCKETS = 640
BUCKET = 0.001
MIDDLE = 4_605
PRICE = exp((MIDDLE + 0.5) * BUCKET)
MINUTE_MS = 60_000
ROUNDS = 20


def densities(count: int) -> list[Density]:
    """Maps with six to a side of noisy hills, as many as asked for."""
    chance, places = np.random.default_rng(4), np.arange(BUCKETS)
    made = []
    for _ in range(count):
        at, size = chance.uniform(60, 580, 12), chance.uniform(1, 8, 12)
        hills = 1e6 * (1 + (size[:, None] * np.exp(-0.5 * ((places - at[:, None]) / 5) ** 2)).sum(0))
        both = hills * np.clip(1 + 0.1 * chance.standard_normal(BUCKETS), 0, None)
        below = places < BUCKETS // 2
        made.append(Density(MIDDLE - BUCKETS // 2, BUCKET, np.where(below, both, 0.0), np.where(below, 0.0, both)))
    return made


def _per_coin(start: float, coins: int) -> float:
    return (time.perf_counter() - start) / ROUNDS / coins * 1e6


def measure(coins: int) -> tuple[float, float, float, float]:
    """Microseconds per coin: of an update, of a sweep that takes nothing, of a reading, of the asymmetries."""
    maps = densities(coins)
    trackers = [Tracker(TrackerSettings(), StrengthSettings()) for _ in maps]
    start = time.perf_counter()
    for minute in range(ROUNDS):
        for tracker, density in zip(trackers, maps, strict=True):
            tracker.update(density, PRICE, minute * MINUTE_MS)
    update = _per_coin(start, coins)
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for tracker in trackers:
            tracker.sweep(PRICE, PRICE, 0)
    sweep = _per_coin(start, coins)
    return update, sweep, _reading(trackers, maps), _asymmetries(maps)


def _reading(trackers: Sequence[Tracker], maps: Sequence[Density]) -> float:
    settings = ReadingSettings()
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for tracker, density in zip(trackers, maps, strict=True):
            around = Surroundings(
                PRICE,
                *side_masses(density, PRICE, 0.25),
                daily_sigma=0.025,
                bid_usd=1e6,
                ask_usd=1e6,
                volume_usd=1e9,
                kappa_price=0.01,
                kappa_open=0.3,
                masses=tracker.masses,
            )
            read_clusters(tracker.live, tracker.swept(0), around, settings)
    return _per_coin(start, len(maps))


def _asymmetries(maps: Sequence[Density]) -> float:
    settings = ReachSettings()
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for density in maps:
            map_asymmetries(density, PRICE, 0.025, settings)
    return _per_coin(start, len(maps))


def main() -> None:
    """Print the table."""
    print(f"\nClusters of the estimated map: {BUCKETS} buckets, one look a minute and coin")
    print(f"{'coins':>6} {'update':>9} {'sweep':>9} {'reading':>9} {'asymmetry':>10} {'core, updates':>14}")
    for coins in (1, 10, 50, 200):
        update, sweep, reading, asymmetry = measure(coins)
        core = 100 * update * 1e-6 * coins / 60
        print(f"{coins:6} {update:6.0f} us {sweep:6.1f} us {reading:6.0f} us {asymmetry:7.0f} us {core:12.3f} %")


if __name__ == "__main__":
    main()
