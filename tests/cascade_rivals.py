"""What a detector of cascades must beat: the price alone, a z-score of liquidated USD, and chance."""

import math
from collections.abc import Sequence
from random import Random

from scoring.cascades.evaluate import Path, Warned
from scoring.view.cascades import Direction
from tests.cascades_market import SECONDS, START_MS, Recording, throttled

DIRECTIONS: tuple[Direction, Direction] = ("down", "up")
DAILY = 0.03
"""The deviation of a day's return that a detector begins with, as from candles."""


def moves(recording: Recording) -> dict[Direction, list[float]]:
    """Price alone: the move of a minute in deviations of such moves, forgetting in half an hour."""
    logs = [math.log(price) for price in recording.prices]
    ends = [0.0] * len(logs)
    variance = DAILY**2 / 1440
    for second in range(60, len(logs)):
        move = logs[second] - logs[second - 60]
        ends[second] = move / math.sqrt(variance)
        variance += (move * move - variance) / 1800
    return {"down": [-end for end in ends], "up": ends}


def z_scores(recording: Recording, sampled: bool) -> dict[Direction, list[float]]:
    """The logarithm of USD forced in 10 s against its own mean and deviation of half an hour."""
    found: dict[Direction, list[float]] = {}
    for direction, position in zip(DIRECTIONS, ("long", "short"), strict=True):
        shown = [throttled(forced) if sampled else forced for forced in recording.forced]
        usd = [sum(order.notional_usd for order in orders if order.position == position) for orders in shown]
        mean, variance, scores = 0.0, 1.0, []
        for second in range(len(usd)):
            value = math.log1p(sum(usd[max(0, second - 9) : second + 1]))
            scores.append((value - mean) / math.sqrt(variance) if second > 300 else 0.0)
            variance += ((value - mean) ** 2 - variance) / 1800
            mean += (value - mean) / 1800
        found[direction] = scores
    return found


def crossings(scores: dict[Direction, list[float]], threshold: float) -> tuple[Warned, ...]:
    """A warning where a score rises through a threshold."""
    return tuple(
        Warned(direction, START_MS + second * 1000 + 999)
        for direction in DIRECTIONS
        for second in range(1, len(scores[direction]))
        if scores[direction][second - 1] < threshold <= scores[direction][second]
    )


def by_chance(paths: Sequence[Path], count: int, seed: int) -> list[Path]:
    """The same paths with so many warnings at random."""
    random = Random(f"{seed}:chance")
    given: list[list[Warned]] = [[] for _ in paths]
    for _ in range(count):
        at_ms = START_MS + random.randrange(300, SECONDS) * 1000
        given[random.randrange(len(paths))].append(Warned(random.choice(DIRECTIONS), at_ms))
    return [Path(path.length_ms, path.labels, tuple(one)) for path, one in zip(paths, given, strict=True)]
