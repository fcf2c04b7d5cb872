"""The detector against price alone, a z-score and chance, on a market whose cascades are known.

Run as `python -m tests.cascade_trial [PATHS]`: thresholds are fitted on the even seeds and scored on the odd ones.
"""

import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from statistics import fmean, median

from scoring.cascades.detector import CoinCascades
from scoring.cascades.evaluate import Path, Score, Warned, best, brier, distinct, score
from scoring.cascades.surroundings import Surroundings
from scoring.settings import LevelSettings
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import StateName, Transition
from tests.cascade_rivals import DAILY, DIRECTIONS, by_chance, crossings, moves, z_scores
from tests.cascades_market import SECONDS, START_MS, Plot, Recording, record, throttled

_DRAWS = 50


@dataclass(frozen=True, slots=True)
class Trial:
    """One row of the table, with what was fitted."""

    name: str
    fitted: str
    score: Score
    brier: float


def watch(recording: Recording, sampled: bool, rules: CascadeRules) -> list[Transition]:
    """The detector's changes of state on a path, on the feed of all orders or on that of one a second."""
    coin = CoinCascades("WIF", rules, LevelSettings())
    coin.seed_volatility(DAILY)
    found: list[Transition] = []
    for second, price in enumerate(recording.prices):
        now_ms = START_MS + second * 1000 + 999
        forced = recording.forced[second]
        for order in throttled(forced) if sampled else forced:
            coin.take(order)
        interest, depth = recording.interest[second], recording.depth[second]
        if interest is not None:
            coin.take_interest("binance", now_ms, interest)
        if depth is not None:
            coin.take_depth("binance", now_ms, *depth)
        taker_usd = recording.takers[second]
        around = Surroundings(price=price, trades_at_ms=now_ms, complete=not sampled, taker_usd=taker_usd)
        found += coin.step(now_ms, around)
    return found


def warned(transitions: Iterable[Transition], state: StateName = "cascading") -> tuple[Warned, ...]:
    """A warning where a state is entered."""
    return tuple(Warned(change.direction, change.at_ms) for change in transitions if change.after == state)


class Bench:
    """Recordings in two halves, and the contenders on one kind of feed."""

    def __init__(self, recordings: Sequence[Recording], sampled: bool) -> None:
        self._sampled = sampled
        self._halves = (recordings[0::2], recordings[1::2])
        self._watched: dict[tuple[int, str], list[list[Transition]]] = {}

    def watched(self, half: int, rules: CascadeRules) -> list[list[Transition]]:
        """What the detector does on a half."""
        key = (half, rules.model_dump_json())
        if key not in self._watched:
            self._watched[key] = [watch(one, self._sampled, rules) for one in self._halves[half]]
        return self._watched[key]

    def _paths(self, half: int, warnings: Iterable[tuple[Warned, ...]]) -> list[Path]:
        pairs = zip(self._halves[half], warnings, strict=True)
        return [Path(len(one.prices) * 1000, one.labels, given) for one, given in pairs]

    def detector(self, choices: Sequence[CascadeRules], state: StateName = "cascading") -> tuple[Trial, CascadeRules]:
        """Fitted on the first half, scored on the second."""

        def paths(half: int, rules: CascadeRules) -> list[Path]:
            return self._paths(half, [warned(changes, state) for changes in self.watched(half, rules)])

        rules, _ = best(choices, lambda choice: paths(0, choice))
        enter = rules.enter
        bp = enter.cascade_sampled_bp if self._sampled else enter.cascade_bp
        fitted = f"H {bp:g} bp, move {enter.move * 1e4:g} bp" + ("" if self._sampled else f", R {enter.renewal_low:g}")
        learned, judged = paths(0, rules), paths(1, rules)
        return Trial(f"detector, {state}", fitted, score(judged), brier(learned, judged)), rules

    def threshold(self, name: str, thresholds: Sequence[float]) -> Trial:
        """Price alone or the z-score, fitted likewise."""
        scored = [
            [moves(one) if name == "price alone" else z_scores(one, self._sampled) for one in half]
            for half in self._halves
        ]

        def paths(half: int, threshold: float) -> list[Path]:
            return self._paths(half, [crossings(scores, threshold) for scores in scored[half]])

        threshold, _ = best(thresholds, lambda choice: paths(0, choice))
        learned, judged = paths(0, threshold), paths(1, threshold)
        return Trial(name, f"{threshold:g}", score(judged), brier(learned, judged))

    def chance(self, rules: CascadeRules) -> Trial:
        """As many warnings as the detector gives, at random: the mean of many draws."""
        halves = [self._paths(half, map(warned, self.watched(half, rules))) for half in (0, 1)]
        counts = [sum(len(distinct(path.warned)) for path in half) for half in halves]
        pairs = list(zip(halves, counts, strict=True))
        draws = [[by_chance(half, count, seed) for half, count in pairs] for seed in range(_DRAWS)]
        scores = [score(judged) for _, judged in draws]
        total = Score(
            sum(one.right for one in scores), sum(one.wrong for one in scores), sum(one.labels for one in scores),
            sum(one.found for one in scores), tuple(lead for one in scores for lead in one.leads_ms),
            sum(one.hours for one in scores),
        )  # fmt: skip
        return Trial("chance, same rate", "", total, fmean(brier(learned, judged) for learned, judged in draws))

    def trials(self, choices: Sequence[CascadeRules]) -> list[Trial]:
        """All rows."""
        detector, rules = self.detector(choices)
        plain, _ = self.detector([CascadeRules()])
        early, _ = self.detector([rules], "igniting")
        price = self.threshold("price alone", [2 + 0.5 * step for step in range(21)])
        z = self.threshold("z-score", [1.5 + 0.25 * step for step in range(23)])
        return [detector, replace(plain, name="the same, unfitted"), early, price, z, self.chance(rules)]


def choices(full: bool = True) -> list[CascadeRules]:
    """Thresholds to choose from, the defaults first."""
    plain = CascadeRules()
    impulses = (10.0, 14.0, 20.0, 28.0, 40.0) if full else (10.0, 20.0, 28.0)
    lows, moves_ = ((1.0, 0.0), (0.004, 0.006)) if full else ((1.0,), (0.004,))
    found = []
    for bp, low, move in product(impulses, lows, moves_):
        update = {"cascade_bp": bp, "cascade_sampled_bp": bp / 2, "renewal_low": low, "move": move}
        found.append(plain.model_copy(update={"enter": plain.enter.model_copy(update=update)}))
    return found


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
    return ", ".join(f"{state} {median(seconds):.0f} s (n {len(seconds)})" for state, seconds in found.items())


def cascaded(watched: Iterable[Sequence[Transition]]) -> list[list[Transition]]:
    """The changes of each path and direction in which a cascade was told."""
    each = [[change for change in changes if change.direction == way] for changes in watched for way in DIRECTIONS]
    return [own for own in each if any(change.after == "cascading" for change in own)]


def table(trials: Sequence[Trial]) -> str:
    """The rows as text."""
    lines = [f"{'':22}{'fitted':>26}{'n':>6}{'prec':>7}{'recall':>8}{'F1':>7}{'a day':>8}{'lead s':>8}{'Brier':>8}"]
    for row in trials:
        one = row.score
        precision, recall, lead = one.precision or 0.0, one.recall or 0.0, (one.lead_ms or 0.0) / 1000
        lines.append(
            f"{row.name:22}{row.fitted:>26}{one.labels:6}{precision:7.2f}{recall:8.2f}{one.f1:7.2f}{one.per_day:8.1f}"
            f"{lead:8.0f}{row.brier:8.4f}"
        )
    return "\n".join(lines)


def calm_rate(seeds: Iterable[int], rules: CascadeRules) -> float:
    """Changes of state an hour and path in random walks without leverage, the start left out."""
    nothing = Plot({-1: (0.0, 5.0, 6.0), +1: (0.0, 5.0, 6.0)})
    changes, hours = 0, 0.0
    for seed in seeds:
        found = watch(record(seed, nothing), False, rules)
        changes += sum(change.before != "blind" for change in found)
        hours += SECONDS / 3600
    return changes / hours


def main(count: int) -> None:
    """Print the table for both kinds of feed."""
    recordings = [record(seed) for seed in range(count)]
    for sampled in (False, True):
        started = time.perf_counter()
        bench = Bench(recordings, sampled)
        print("one order a second" if sampled else "all orders", f"({count} paths, half to fit, half to score)")
        print(table(bench.trials(choices())))
        watched = bench.watched(1, CascadeRules())
        print(f"median stay in cascades {median(stays(watched)):.0f} s: {held(watched)}")
        print(f"took {time.perf_counter() - started:.0f} s\n")
    print(f"changes of state an hour in calm walks: {calm_rate(range(1000, 1040), CascadeRules()):.3f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 240)
