"""How good stated chances were: reliability by groups, Brier score and its skill, log loss. Pure Python."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from scoring.record.evidence import wilson

Outcome = tuple[float, bool]
"""A stated chance, and whether it happened."""
_LEAST_CHANCE = 1e-6
"""Log loss takes no chance as nearer to 0 or 1 than this: one impossible hit would outweigh all else."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Predictions with chances from `low` to `high`: the mean of what was stated, and the share that happened."""

    low: float
    high: float
    n: int
    stated: float
    observed: float
    observed_low: float
    observed_high: float


def reliability(outcomes: Iterable[Outcome], edges: Sequence[float], z: float) -> tuple[Bin, ...]:
    """The groups that have any prediction, with Wilson's interval of the observed share."""
    groups: list[list[Outcome]] = [[] for _ in range(len(edges) + 1)]
    for outcome in outcomes:
        groups[bisect_right(edges, outcome[0])].append(outcome)
    bounds = [0.0, *edges, 1.0]
    return tuple(_bin(bounds[place], bounds[place + 1], group, z) for place, group in enumerate(groups) if group)


def _bin(low: float, high: float, group: Sequence[Outcome], z: float) -> Bin:
    n, hits = len(group), sum(hit for _, hit in group)
    return Bin(low, high, n, sum(chance for chance, _ in group) / n, hits / n, *wilson(hits, n, z))


def brier(outcomes: Sequence[Outcome]) -> float:
    """The mean squared error of the chances: 0 is perfect. Raises `ZeroDivisionError` for none."""
    return sum((chance - hit) ** 2 for chance, hit in outcomes) / len(outcomes)


def skill(score: float, reference: float) -> float | None:
    """How much better a Brier score is than the reference's: 1 perfect, 0 no better; None against a perfect one."""
    return 1 - score / reference if reference > 0 else None


def log_loss(outcomes: Sequence[Outcome]) -> float:
    """The mean negative logarithm of the chance given to what happened. Raises `ZeroDivisionError` for none."""
    total = 0.0
    for chance, hit in outcomes:
        given = chance if hit else 1 - chance
        total -= log(min(1 - _LEAST_CHANCE, max(_LEAST_CHANCE, given)))
    return total / len(outcomes)
