"""The contenders on one kind of feed: thresholds fitted on the first half of the paths, scores from the second."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from scoring.cascades.evaluate import Path, Score, Warned, best, brier, distinct, score
from scoring.cascades.evaluate_blocks import Block, Figures, blocks, figures
from scoring.cascades.evaluate_onward import Outcome
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import StateName, Transition
from tests.cascade_rivals import Scores, Stretch, by_chance, crossings, moves, z_scores

REST_MS = 600_000
_CHANCES = 50
_RESAMPLES, _SEED = 500, 1
_PRICE = [2 + 0.25 * step for step in range(41)]
_Z = [1.5 + 0.125 * step for step in range(45)]
RIVALS: dict[str, tuple[Callable[[Stretch], Scores], list[float]]] = {
    "price alone": (moves, _PRICE),
    "z-score": (z_scores, _Z),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """One row of the table, with what was fitted. `onward`: the chances it stated of the price going on, and what
    came."""

    name: str
    fitted: str
    score: Score
    brier: float
    figures: Figures
    onward: tuple[Outcome, ...]


def warned(transitions: Iterable[Transition], state: StateName = "cascading") -> tuple[Warned, ...]:
    """A warning where a state is entered, as strong as its impulse."""
    return tuple(
        Warned(change.direction, change.at_ms, change.inputs.impulse_bp or 0.0)
        for change in transitions
        if change.after == state
    )


Watch = Callable[[int, CascadeRules], list[Transition]]
"""What the detector does on the stretch of a number."""


class Bench:
    """Stretches in two halves, the even ones to fit and the odd ones to score, and the contenders on them.

    `group`: so many stretches in a row belong together: they are in one half and one block. `span_ms`: of one case of a
    forecast, None for the stretch.
    """

    def __init__(
        self, stretches: Sequence[Stretch], watch: Watch, sampled: bool, rest_ms: int = REST_MS, group: int = 1,
        span_ms: int | None = None,
    ) -> None:  # fmt: skip
        self._stretches = stretches
        self._watch = watch
        self._sampled = sampled
        self._rest_ms = rest_ms
        self._group = group
        self._span_ms = span_ms
        numbers = range(len(stretches))
        self._halves = tuple([number for number in numbers if number // group % 2 == half] for half in (0, 1))
        self._watched: dict[tuple[int, str], list[list[Transition]]] = {}

    def watched(self, half: int, rules: CascadeRules) -> list[list[Transition]]:
        """What the detector does on a half."""
        key = (half, rules.model_dump_json())
        if key not in self._watched:
            self._watched[key] = [self._watch(number, rules) for number in self._halves[half]]
        return self._watched[key]

    def _paths(self, half: int, warnings: Iterable[tuple[Warned, ...]]) -> list[Path]:
        pairs = zip(self._halves[half], warnings, strict=True)
        return [self._stretches[number].path(given) for number, given in pairs]

    def _detected(self, half: int, rules: CascadeRules, state: StateName = "cascading") -> list[Path]:
        return self._paths(half, [warned(changes, state) for changes in self.watched(half, rules)])

    def _trial(self, name: str, fitted: str, learned: list[Path], judged: list[Path]) -> Trial:
        found = blocks(learned, judged, self._rest_ms, self._span_ms)
        error = brier(learned, judged, self._span_ms)
        return self._row(name, fitted, score(judged, self._rest_ms), error, found)

    def _row(self, name: str, fitted: str, total: Score, error: float, each: Sequence[Block]) -> Trial:
        found = [Block() for _ in each[:: self._group]]
        for place, block in enumerate(each):
            found[place // self._group].add(block)
        draws = np.random.default_rng(_SEED).integers(0, len(found), (_RESAMPLES, len(found)))
        onward = tuple(outcome for block in found for outcome in block.onward)
        return Trial(name, fitted, total, error, figures(found, draws), onward)

    def detector(self, choices: Sequence[CascadeRules], state: StateName = "cascading") -> tuple[Trial, CascadeRules]:
        """Fitted on the first half, scored on the second."""
        rules, _ = best(choices, lambda choice: self._detected(0, choice, state), self._rest_ms)
        enter = rules.enter
        bp = enter.cascade_sampled_bp if self._sampled else enter.cascade_bp
        fitted = f"H {bp:g} bp, {enter.move * 1e4:g} bp" + ("" if self._sampled else f", R {enter.renewal_low:g}")
        cool = rules.leave.cool_seconds
        fitted += "" if cool == CascadeRules().leave.cool_seconds else f", cool {cool:g} s"
        fitted = "" if state == "igniting" else fitted
        return self._trial(
            f"detector, {state}", fitted, *(self._detected(half, rules, state) for half in (0, 1))
        ), rules

    def rivals(self, name: str, rate_of: CascadeRules) -> list[Trial]:
        """A rival at the threshold that is best on the first half, and at that which warns there as often as the
        detector."""
        measure, thresholds = RIVALS[name]
        scored = [[measure(self._stretches[number]) for number in half] for half in self._halves]

        def paths(half: int, threshold: float) -> list[Path]:
            pairs = zip(self._halves[half], scored[half], strict=True)
            return self._paths(half, [crossings(self._stretches[number], one, threshold) for number, one in pairs])

        strongest, _ = best(thresholds, lambda choice: paths(0, choice), self._rest_ms)
        wanted = self.count(self._detected(0, rate_of))
        alike = min(thresholds, key=lambda choice: abs(self.count(paths(0, choice)) - wanted))
        rows = (("best", strongest), ("same rate", alike))
        return [self._trial(f"{name}, {how}", f"{one:g}", paths(0, one), paths(1, one)) for how, one in rows]

    def count(self, paths: Iterable[Path]) -> int:
        """The distinct warnings of paths."""
        return sum(len(distinct(path.warned, self._rest_ms)) for path in paths)

    def chance(self, rules: CascadeRules) -> Trial:
        """As many warnings as the detector gives, at random: all of many draws together."""
        halves = [self._detected(half, rules) for half in (0, 1)]
        counts = [self.count(half) for half in halves]
        total: list[Block] = [Block() for _ in halves[1]]
        judged_all: list[Path] = []
        errors = 0.0
        for seed in range(_CHANCES):
            learned, judged = (by_chance(half, count, seed) for half, count in zip(halves, counts, strict=True))
            more = blocks(learned, judged, self._rest_ms, self._span_ms)
            for block, drawn in zip(total, more, strict=True):
                block.add(drawn)
            errors += brier(learned, judged, self._span_ms)
            judged_all += judged
        row = self._row("chance, same rate", "", score(judged_all, self._rest_ms), errors / _CHANCES, total)
        mean = {name: round(getattr(row.figures, name) / _CHANCES) for name in ("warned", "labels")}
        return replace(row, figures=replace(row.figures, **mean))

    def trials(self, choices: Sequence[CascadeRules]) -> list[Trial]:
        """All rows: the detector fitted, unfitted and its earlier state, then what it must beat."""
        detector, rules = self.detector(choices)
        plain, _ = self.detector([CascadeRules()])
        early, _ = self.detector([rules], "igniting")
        others = [row for name in RIVALS for row in self.rivals(name, rules)]
        return [detector, replace(plain, name="the same, unfitted"), early, *others, self.chance(rules)]


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


def demo_choices() -> list[CascadeRules]:
    """The same for the demo, whose cascades follow each other within minutes: the rest after one is fitted as well."""
    plain = CascadeRules()
    found = []
    for bp, cool in product((10.0, 20.0), (plain.leave.cool_seconds, 120.0)):
        enter = {"cascade_bp": bp, "cascade_sampled_bp": bp / 2}
        update = {
            "enter": plain.enter.model_copy(update=enter),
            "leave": plain.leave.model_copy(update={"cool_seconds": cool}),
        }
        found.append(plain.model_copy(update=update))
    return found
