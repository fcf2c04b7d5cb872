"""The detector against price alone, a z-score and chance, where cascades are known: a simulation, and the demo.

Run as `python -m tests.cascade_trial [PATHS [DEMO_TAPES]]`: thresholds are fitted on the even paths and scored on the
odd ones; intervals are the middle 95 % of resampled paths.
"""

import sys
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from scoring.cascades.evaluate_seconds import Second, detect
from scoring.cascades.surroundings import Surroundings
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import Transition
from tests.cascade_bench import Bench, choices, demo_choices
from tests.cascade_demo import demo_bench
from tests.cascade_rivals import DAILY, DIRECTIONS, stretch
from tests.cascade_table import onward, table
from tests.cascades_market import SECONDS, START_MS, Plot, Recording, record, throttled


def seconds(recording: Recording, sampled: bool) -> list[Second]:
    """A simulated path as the detector sees it."""
    found = []
    for number, price in enumerate(recording.prices):
        now_ms = START_MS + number * 1000 + 999
        forced = recording.forced[number]
        interest, depth = recording.interest[number], recording.depth[number]
        second = Second(now_ms, forced=throttled(forced) if sampled else forced)
        if interest is not None:
            second.interest.append(("binance", now_ms, interest))
        if depth is not None:
            second.depth.append(("binance", now_ms, *depth))
        taker_usd = recording.takers[number]
        second.around = Surroundings(price=price, trades_at_ms=now_ms, complete=not sampled, taker_usd=taker_usd)
        found.append(second)
    return found


def bench_of(recordings: Sequence[Recording], sampled: bool) -> Bench:
    """The contenders on simulated paths."""

    def watch(number: int, rules: CascadeRules) -> list[Transition]:
        return detect("WIF", seconds(recordings[number], sampled), rules, DAILY)

    return Bench([stretch(one, sampled) for one in recordings], watch, sampled)


def stays(watched: Iterable[Sequence[Transition]], end_ms: int = START_MS + SECONDS * 1000) -> list[float]:
    """Seconds in a state, on the paths and directions that cascaded; an ignition that cascades is part of that stay.

    The last stay counts until the end of the path.
    """
    found = []
    for own in cascaded(watched):
        turns = [change.at_ms for change in own if (change.before, change.after) != ("igniting", "cascading")]
        found += [(after - before) / 1000 for before, after in pairwise((*turns, end_ms))]
    return found


def held(watched: Iterable[Sequence[Transition]]) -> str:
    """The median stay in each state on the same paths, in words."""
    found: dict[str, list[float]] = {}
    for own in cascaded(watched):
        for one, after in pairwise(own):
            found.setdefault(one.after, []).append((after.at_ms - one.at_ms) / 1000)
    return ", ".join(f"{state} {median(lengths):.0f} s (n {len(lengths)})" for state, lengths in found.items())


def cascaded(watched: Iterable[Sequence[Transition]]) -> list[list[Transition]]:
    """The changes of each path and direction in which a cascade was told."""
    each = [[change for change in changes if change.direction == way] for changes in watched for way in DIRECTIONS]
    return [own for own in each if any(change.after == "cascading" for change in own)]


def calm_rate(seeds: Iterable[int], rules: CascadeRules) -> float:
    """Changes of state an hour and path in random walks without leverage, the start left out."""
    nothing = Plot({-1: (0.0, 5.0, 6.0), +1: (0.0, 5.0, 6.0)})
    changes, hours = 0, 0.0
    for seed in seeds:
        found = detect("WIF", seconds(record(seed, nothing), False), rules, DAILY)
        changes += sum(change.before != "blind" for change in found)
        hours += SECONDS / 3600
    return changes / hours


def show(title: str, bench: Bench, given: Sequence[CascadeRules]) -> None:
    """Print both tables of a bench."""
    started = time.perf_counter()
    trials = bench.trials(given)
    print(f"{title}\n\n{table(trials)}\n\n60 bp more before 40 bp back\n{onward(trials)}\n")
    print(f"took {time.perf_counter() - started:.0f} s\n")


def main(count: int, tapes: int) -> None:
    """Print the tables for both kinds of feed, of the simulation and of the demo."""
    recordings = [record(seed) for seed in range(count)]
    for sampled in (False, True):
        bench = bench_of(recordings, sampled)
        feed = "one order a second" if sampled else "all orders"
        show(f"SIMULATION, {feed}: {count} paths, half to fit, half to score", bench, choices())
        watched = bench.watched(1, CascadeRules())
        print(f"median stay in cascades {median(stays(watched)):.0f} s: {held(watched)}\n")
    print(f"changes of state an hour in calm walks: {calm_rate(range(1000, 1040), CascadeRules()):.3f}\n")
    for sampled in (False, True):
        feed = "sampling feeds alone" if sampled else "all feeds"
        show(f"DEMO, {feed}: {tapes} tapes, every coin a path", demo_bench(range(tapes), sampled), demo_choices())


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:3]]
    main(*given, *(240, 8)[len(given) :])
