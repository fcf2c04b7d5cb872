"""Labels of real recordings: large moves of a quarter of an hour in which open interest fell.

The rule is that of the event studies: 15 minutes move at least 2 % and six usual deviations, and open interest in coins
falls at least 1 % within five minutes. It looks ahead and is for judging alone. Their third condition, forced orders
above the day's 99th percentile, needs a complete feed of a day; where there is none it is left out for all contenders.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import expm1, isnan, log, sqrt

from scoring.cascades.evaluate import Label
from scoring.settings.estimate import VolatilitySettings
from scoring.volatility import SquaredReturns

FIVE_MS = 300_000
QUARTER_MS = 900_000
_LEAST_RETURNS_HOURS = 6.0


@dataclass(frozen=True, slots=True)
class LabelRules:
    """What a label must be. `interest`: None asks for none."""

    move: float = 0.02
    sigmas: float = 6.0
    interest: float | None = -0.01


@dataclass(frozen=True, slots=True)
class Found:
    """A large move: its label, the largest 15-minute move as a fraction with its sign, that in usual deviations, and
    the deepest fall of open interest in five minutes; None is not known."""

    label: Label
    move: float
    sigmas: float | None
    interest: float | None


class OpenInterestPath:
    """Open interest in coins over all exchanges, each one's last reading carried on."""

    def __init__(self, readings: Iterable[tuple[int, str, float]]) -> None:
        last: dict[str, float] = {}
        self.times: list[int] = []
        self._sums: list[float] = []
        for at_ms, venue, coins in sorted(readings):
            fresh = venue not in last
            before = last.get(venue, 0.0)
            last[venue] = coins
            if fresh:  # a new exchange raises all earlier sums: what it held before is taken as what it holds now
                self._sums = [one + coins for one in self._sums]
            total = (self._sums[-1] if self._sums else 0.0) + (0.0 if fresh and self._sums else coins - before)
            self.times.append(at_ms)
            self._sums.append(total)

    def change(self, at_ms: int, span_ms: int = FIVE_MS) -> float | None:
        """The change over the span up to a time, as a fraction; None where a reading is lacking or is as old."""
        end, begin = bisect_right(self.times, at_ms) - 1, bisect_right(self.times, at_ms - span_ms) - 1
        if begin < 0 or begin >= end or at_ms - span_ms - self.times[begin] > span_ms:
            return None
        return self._sums[end] / self._sums[begin] - 1

    def deepest(self, begin_ms: int, end_ms: int) -> float | None:
        """The least change of five minutes that ends at a reading between two times."""
        places = range(bisect_left(self.times, begin_ms), bisect_right(self.times, end_ms))
        changes = [change for place in places if (change := self.change(self.times[place])) is not None]
        return min(changes, default=None)


def find(
    points: Sequence[tuple[int, float]], step_ms: int, interest: OpenInterestPath, rules: LabelRules | None = None
) -> list[Found]:
    """All large moves of a price told every `step_ms` (a divisor of five minutes), those within 15 min of each other
    in one direction as one. One without the fall of open interest is none, one whose open interest is not known is."""
    rule = rules or LabelRules()
    found = []
    for begin, end, sigma in _runs(points, step_ms, rule):
        one = _found(points, begin, end, step_ms, sigma, interest)
        if rule.interest is None or one.interest is None or one.interest <= rule.interest:
            found.append(one)
    return found


def _runs(points: Sequence[tuple[int, float]], step_ms: int, rule: LabelRules) -> list[tuple[int, int, float | None]]:
    """First and last place of each run of large moves, and the usual deviation of 15 minutes before it."""
    back, five = QUARTER_MS // step_ms, FIVE_MS // step_ms
    returns = SquaredReturns(FIVE_MS, VolatilitySettings())
    runs: list[tuple[int, int, float | None]] = []
    running: dict[bool, int] = {}
    for place in range(back, len(points)):
        at_ms, price = points[place]
        before_ms, before = points[place - back]
        if at_ms - before_ms != QUARTER_MS or isnan(price) or isnan(before):
            continue
        sigma = returns.daily / sqrt(96) if returns.covers(_LEAST_RETURNS_HOURS) else None
        move = log(price / before)
        if abs(expm1(move)) >= rule.move and (sigma is None or abs(move) >= rule.sigmas * sigma):
            rising, known = move > 0, running.get(move > 0)
            if known is not None and place - runs[known][1] <= back:
                runs[known] = (runs[known][0], place, runs[known][2])
            else:
                running[rising] = len(runs)
                runs.append((place, place, sigma))
        if place % five == 0:  # the window's first five minutes: no return is in both the deviation and the move
            early_ms, early = points[place - back + five]
            if early_ms - before_ms == FIVE_MS and not isnan(early):
                returns.add(before, early, early_ms)
    return runs


def _found(
    points: Sequence[tuple[int, float]], first: int, last: int, step_ms: int, sigma: float | None,
    interest: OpenInterestPath,
) -> Found:  # fmt: skip
    """One run: it begins at the opposite extreme of the 15 minutes before, and ends at its own."""
    back = QUARTER_MS // step_ms
    sign = 1 if points[first][1] > points[first - back][1] else -1
    begin = min(range(first - back, first + 1), key=lambda place: points[place][1] * sign)
    extreme = max(range(begin, last + 1), key=lambda place: points[place][1] * sign)
    largest = max(
        (log(points[place][1] / points[place - back][1]) * sign for place in range(first, last + 1)), default=0.0
    )
    label = Label("up" if sign > 0 else "down", points[begin][0], points[extreme][0])
    fall = interest.deepest(label.began_ms, label.extreme_ms + FIVE_MS)
    return Found(label, expm1(sign * largest), None if sigma is None else largest / sigma, fall)
