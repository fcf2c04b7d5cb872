"""What a detector of cascades must beat: the price alone, a z-score of liquidated USD, and chance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from feeds.events import Liquidation
from scoring.cascades.evaluate import Label, Path, Trace, Warned
from scoring.view.cascades import Direction
from tests.cascades_market import START_MS, Recording, throttled

DIRECTIONS: tuple[Direction, Direction] = ("down", "up")
DAILY = 0.03
"""The deviation of a day's return that a detector begins with, as from candles."""
_WARM_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Stretch:
    """One path as all contenders see it: a price and the forced orders of each second, and its labels."""

    start_ms: int
    prices: Sequence[float]
    forced: Sequence[Sequence[Liquidation]]
    labels: tuple[Label, ...]

    def at(self, second: int) -> int:
        """When a second is over, ms."""
        return self.start_ms + second * 1000 + 999

    def path(self, warned: Sequence[Warned]) -> Path:
        """The stretch with what was warned of."""
        trace = Trace(self.at(0), 1000, self.prices)
        return Path(len(self.prices) * 1000, self.labels, tuple(warned), trace)


def stretch(recording: Recording, sampled: bool) -> Stretch:
    """A simulated path on the feed of all orders or on that of one a second."""
    forced = [throttled(orders) if sampled else orders for orders in recording.forced]
    return Stretch(START_MS, recording.prices, forced, recording.labels)


Scores = dict[Direction, list[float]]
"""A rival's figure for each second, by direction."""


def moves(one: Stretch) -> Scores:
    """Price alone: the move of a minute in deviations of such moves, forgetting in half an hour."""
    logs = [math.log(price) for price in one.prices]
    ends = [0.0] * len(logs)
    variance = DAILY**2 / 1440
    for second in range(60, len(logs)):
        move = logs[second] - logs[second - 60]
        ends[second] = move / math.sqrt(variance)
        variance += (move * move - variance) / 1800
    return {"down": [-end for end in ends], "up": ends}


def z_scores(one: Stretch) -> Scores:
    """The logarithm of USD forced in 10 s against its own mean and deviation of half an hour."""
    found: Scores = {}
    for direction, position in zip(DIRECTIONS, ("long", "short"), strict=True):
        usd = [sum(order.notional_usd for order in orders if order.position == position) for orders in one.forced]
        mean, variance, scores = 0.0, 1.0, []
        for second in range(len(usd)):
            value = math.log1p(sum(usd[max(0, second - 9) : second + 1]))
            scores.append((value - mean) / math.sqrt(variance) if second > _WARM_SECONDS else 0.0)
            variance += ((value - mean) ** 2 - variance) / 1800
            mean += (value - mean) / 1800
        found[direction] = scores
    return found


def crossings(one: Stretch, scores: Scores, threshold: float) -> tuple[Warned, ...]:
    """A warning where a figure rises through a threshold."""
    return tuple(
        Warned(direction, one.at(second), scores[direction][second] / threshold)
        for direction in DIRECTIONS
        for second in range(1, len(scores[direction]))
        if scores[direction][second - 1] < threshold <= scores[direction][second]
    )


def by_chance(paths: Sequence[Path], count: int, seed: int) -> list[Path]:
    """The same paths with so many warnings at random."""
    random = Random(f"{seed}:chance")
    given: list[list[Warned]] = [[] for _ in paths]
    for _ in range(count):
        place = random.randrange(len(paths))
        trace = paths[place].trace
        if trace is None:
            raise ValueError("paths: expected a trace in each")
        second = random.randrange(_WARM_SECONDS, len(trace.prices))
        given[place].append(Warned(random.choice(DIRECTIONS), trace.start_ms + second * 1000, random.random()))
    return [replace(path, warned=tuple(one)) for path, one in zip(paths, given, strict=True)]
