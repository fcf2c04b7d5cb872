"""What can be told of cascades from readings five minutes apart: the move and the fall of open interest alone.

The coarse rule is the detector's last condition carried over to five minutes, without forced orders, depth and levels.
It warns at the end of the five minutes, when both readings are known. It is no measure of the detector itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from scoring.cascades.evaluate import Warned
from scoring.cascades.evaluate_labels import FIVE_MS, OpenInterestPath
from scoring.settings.cascades import EnterRules
from scoring.settings.estimate import VolatilitySettings
from scoring.volatility import SquaredReturns

_WIDER = sqrt(300 / 120)
"""From the detector's two minutes to five, as a walk scales."""


@dataclass(frozen=True, slots=True)
class CoarseMove:
    """A move of five minutes: `size` in units of what counts as large. `interest`: the change of open interest then."""

    warned: Warned
    size: float
    interest: float | None


def moves(points: Sequence[tuple[int, float]], interest: OpenInterestPath, enter: EnterRules) -> list[CoarseMove]:
    """Every move of five minutes with its size, at the time when it was known."""
    returns = SquaredReturns(FIVE_MS, VolatilitySettings())
    found = []
    for (before_ms, before), (at_ms, price) in pairwise(points):
        if at_ms - before_ms != FIVE_MS:
            continue
        move = log(price / before)
        large = max(enter.move * _WIDER, enter.move_120_sigmas * returns.daily / sqrt(288))
        size = abs(move) / large
        warned = Warned("up" if move > 0 else "down", at_ms, size)
        found.append(CoarseMove(warned, size, interest.change(at_ms)))
        returns.add(before, price, at_ms)
    return found


def warnings(
    found: Sequence[CoarseMove], enter: EnterRules, size: float = 1.0, interest: bool = True
) -> tuple[Warned, ...]:
    """Those moves that are large enough and in which open interest fell where it is known; `interest` False: all."""
    return tuple(
        one.warned
        for one in found
        if one.size >= size and not (interest and one.interest is not None and one.interest > enter.interest)
    )
