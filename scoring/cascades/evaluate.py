"""How often warnings of cascades are right, against labels that no detector had a part in.

A label is a run of the price with its direction, beginning and extreme. A warning is right between the two, or shortly
before, in that direction; one at the extreme or later is of no use to anybody, and wrong. Of several warnings within
`rest_ms` of each other in one direction only the first counts, so that repeating oneself neither pays nor costs.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import TypeVar

from scoring.cascades.evaluate_onward import Trace, Warned
from scoring.view.cascades import Direction

__all__ = [
    "Label", "Path", "Score", "Trace", "Warned", "best", "brier", "chances", "distinct", "forecasts", "meets", "score",
]  # fmt: skip

Choice = TypeVar("Choice")
_REST_MS = 600_000
_EARLY_MS = 60_000
"""A warning so long before a cascade began was of it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A cascade that happened: when it began, and when the price stood at its extreme."""

    direction: Direction
    began_ms: int
    extreme_ms: int


@dataclass(frozen=True, slots=True)
class Path:
    """One stretch of a market with its labels, the warnings given in it, and its prices where they are known."""

    length_ms: int
    labels: tuple[Label, ...]
    warned: tuple[Warned, ...]
    trace: Trace | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """What came of the warnings. `leads_ms`: from each right warning to the extreme."""

    right: int
    wrong: int
    labels: int
    found: int
    leads_ms: tuple[int, ...]
    hours: float

    @property
    def precision(self) -> float | None:
        """The share of warnings that were right; None without one."""
        given = self.right + self.wrong
        return self.right / given if given else None

    @property
    def recall(self) -> float | None:
        """The share of cascades that were warned of; None without one."""
        return self.found / self.labels if self.labels else None

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 0 where nothing was right."""
        precision, recall = self.precision or 0.0, self.recall or 0.0
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def per_day(self) -> float:
        """Warnings a day."""
        return (self.right + self.wrong) * 24 / self.hours if self.hours else 0.0

    @property
    def lead_ms(self) -> float | None:
        """The median time from a right warning to the extreme; None without one."""
        return median(self.leads_ms) if self.leads_ms else None


def distinct(warned: Iterable[Warned], rest_ms: int = _REST_MS) -> list[Warned]:
    """The warnings that do not repeat an earlier one of their direction."""
    last: dict[Direction, int] = {}
    kept = []
    for one in sorted(warned, key=lambda item: item.at_ms):
        if one.direction not in last or one.at_ms - last[one.direction] >= rest_ms:
            kept.append(one)
            last[one.direction] = one.at_ms
    return kept


def score(paths: Iterable[Path], rest_ms: int = _REST_MS) -> Score:
    """All warnings against all labels."""
    right = wrong = labels = found = 0
    leads: list[int] = []
    length_ms = 0
    for path in paths:
        length_ms += path.length_ms
        labels += len(path.labels)
        met: set[Label] = set()
        for one in distinct(path.warned, rest_ms):
            hit = next((label for label in path.labels if meets(one, label)), None)
            if hit is None:
                wrong += 1
                continue
            right += 1
            leads.append(hit.extreme_ms - one.at_ms)
            met.add(hit)
        found += len(met)
    return Score(right, wrong, labels, found, tuple(leads), length_ms / 3_600_000)


def meets(one: Warned, label: Label) -> bool:
    """Whether a warning is right about a cascade."""
    return one.direction == label.direction and label.began_ms - _EARLY_MS <= one.at_ms < label.extreme_ms


def forecasts(paths: Sequence[Path], span_ms: int | None = None) -> list[tuple[bool, bool]]:
    """For each path and direction whether it was warned of, and whether it had a cascade.

    `span_ms` cuts each path into spans of that length: a cascade belongs to that of its beginning, a warning that is
    right to the cascade's. Raises `ValueError` for a span of a path without a trace.
    """
    directions: tuple[Direction, Direction] = ("down", "up")
    return [
        (place in warned, place in came)
        for path in paths
        for way in directions
        for warned, came in (_spans(path, way, span_ms),)
        for place in range(1 if span_ms is None else max(1, path.length_ms // span_ms))
    ]


def _spans(path: Path, way: Direction, span_ms: int | None) -> tuple[set[int], set[int]]:
    """The spans of a path that were warned of, and those that had a cascade."""
    labels = [label for label in path.labels if label.direction == way]
    given = [one for one in path.warned if one.direction == way]
    if span_ms is None:
        return {0 for _ in given}, {0 for _ in labels}
    if path.trace is None:
        raise ValueError("span_ms: expected a trace in each path")
    start_ms = path.trace.start_ms
    hits = [next((label.began_ms for label in labels if meets(one, label)), one.at_ms) for one in given]
    return {(at_ms - start_ms) // span_ms for at_ms in hits}, {(one.began_ms - start_ms) // span_ms for one in labels}


def chances(learned: Sequence[tuple[bool, bool]]) -> tuple[float, float]:
    """How often a cascade came without and with a warning, one of each counted beforehand (Laplace)."""
    answers = ([came for warned, came in learned if not warned], [came for warned, came in learned if warned])
    quiet, warned = ((sum(came) + 1) / (len(came) + 2) for came in answers)
    return quiet, warned


def brier(learned: Sequence[Path], judged: Sequence[Path], span_ms: int | None = None) -> float:
    """The mean squared error of the chance that the learned half gives to each case of the judged half.

    Raises `statistics.StatisticsError` without a path to judge.
    """
    chance = chances(forecasts(learned, span_ms))
    return fmean((chance[warned] - came) ** 2 for warned, came in forecasts(judged, span_ms))


def best(
    choices: Iterable[Choice], paths_of: Callable[[Choice], Iterable[Path]], rest_ms: int = _REST_MS
) -> tuple[Choice, Score]:
    """The choice with the highest F1, the first of equals; fit it on one half, score it on the other.

    Raises `ValueError` without a choice.
    """
    scored = [(choice, score(paths_of(choice), rest_ms)) for choice in choices]
    if not scored:
        raise ValueError("choices: expected at least one, found none")
    return max(scored, key=lambda pair: pair[1].f1)
