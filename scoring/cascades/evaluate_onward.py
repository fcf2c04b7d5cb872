"""What the price did after a warning: how much of the move was left, and whether it went on before it turned.

The second is the question of whoever stands in the way, and it has an answer at any moment, labels or not: a barrier
onward and a nearer one back, and which of the two is met first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, log
from statistics import median

from scoring.view.cascades import Direction

Outcome = tuple[float, bool]
"""A stated chance, and whether it happened."""


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, as it was given at that moment. `strength`: how far beyond its threshold the detector's figure was."""

    direction: Direction
    at_ms: int
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Trace:
    """Prices in equal steps; the first is known at `start_ms`."""

    start_ms: int
    step_ms: int
    prices: Sequence[float]

    def place(self, at_ms: int) -> int:
        """The place of the last price known at a time, kept within the trace."""
        return max(0, min(len(self.prices) - 1, (at_ms - self.start_ms) // self.step_ms))


@dataclass(frozen=True, slots=True)
class Barriers:
    """A warning went on when the price moves `more` onward before `back`; neither within the time is no.

    The figures are those of the evaluation's protocol, the time is judgement.
    """

    more: float = 60e-4
    back: float = 40e-4
    within_ms: int = 3_600_000


def went_on(trace: Trace, warned: Warned, barriers: Barriers | None = None) -> bool | None:
    """Whether the price went on before it turned; None where the trace ends, or has a gap, before either."""
    rule = barriers or Barriers()
    sign = -1 if warned.direction == "down" else 1
    begin = trace.place(warned.at_ms)
    end = begin + rule.within_ms // trace.step_ms
    origin = log(trace.prices[begin])
    for place in range(begin + 1, min(end, len(trace.prices) - 1) + 1):
        move = (log(trace.prices[place]) - origin) * sign
        if isnan(move):
            return None
        if move >= rule.more:
            return True
        if move <= -rule.back:
            return False
    return None if end > len(trace.prices) - 1 else False


def left_bp(trace: Trace, warned: Warned, extreme_ms: int) -> float:
    """How far the price still moved in the warning's direction until the extreme, bp."""
    sign = -1 if warned.direction == "down" else 1
    return log(trace.prices[trace.place(extreme_ms)] / trace.prices[trace.place(warned.at_ms)]) * sign * 1e4


@dataclass(frozen=True, slots=True)
class OnwardChance:
    """The chance that the price goes on after a warning: one for those up to a strength, one for the stronger."""

    edge: float
    weak: float
    strong: float

    def of(self, warned: Warned) -> float:
        """The chance for one warning."""
        return self.strong if warned.strength > self.edge else self.weak


def learn_onward(outcomes: Sequence[tuple[Warned, bool]]) -> OnwardChance:
    """The shares below and above the median strength, one of each outcome counted beforehand (Laplace)."""
    edge = median([warned.strength for warned, _ in outcomes]) if outcomes else 0.0
    groups = [[came for warned, came in outcomes if (warned.strength > edge) is strong] for strong in (False, True)]
    weak, strong = ((sum(group) + 1) / (len(group) + 2) for group in groups)
    return OnwardChance(edge, weak, strong)
