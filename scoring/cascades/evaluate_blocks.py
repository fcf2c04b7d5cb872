"""The whole score of warnings with intervals: figures summed by block, blocks drawn again and again.

A block is what may be taken as independent: a simulated path, a recorded day. The draws come from outside.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from scoring.cascades.evaluate import Path, chances, distinct, forecasts, meets
from scoring.cascades.evaluate_onward import OnwardChance, Outcome, Warned, learn_onward, left_bp, went_on
from scoring.map.grid import Array
from scoring.record.bootstrap import Draws, interval, quotient, resampled


@dataclass(slots=True)
class Block:
    """What came of the warnings in one block. `leads`: seconds from right warnings to the extreme, `lefts`: bp until
    then; `onward` and `cases`: stated chances and outcomes, of warnings and of paths and directions."""

    right: int = 0
    wrong: int = 0
    labels: int = 0
    found: int = 0
    hours: float = 0.0
    leads: list[float] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    onward: list[Outcome] = field(default_factory=list)
    cases: list[Outcome] = field(default_factory=list)

    def add(self, other: "Block") -> None:
        """Count another one's as well."""
        for name in ("right", "wrong", "labels", "found", "hours", "leads", "lefts", "onward", "cases"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and the middle 95 % of what resampled blocks give: None is not known, or of one block alone."""

    value: float | None
    between: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The score. `lead`: median seconds to the extreme; `left`: median bp until then; `onward`: the share of warnings
    after which the price went on before it turned, with its own Brier score; `brier`: of the chance of a cascade."""

    warned: int
    labels: int
    precision: Figure
    recall: Figure
    f1: Figure
    per_day: Figure
    lead: Figure
    left: Figure
    onward: Figure
    onward_brier: Figure
    brier: Figure


def onward_of(paths: Iterable[Path], rest_ms: int) -> list[tuple[Warned, bool]]:
    """Each distinct warning with whether the price went on; those that the path leaves open are left out."""
    found = []
    for path in paths:
        for one in distinct(path.warned, rest_ms):
            came = None if path.trace is None else went_on(path.trace, one)
            if came is not None:
                found.append((one, came))
    return found


def blocks(learned: Sequence[Path], judged: Sequence[Path], rest_ms: int, span_ms: int | None = None) -> list[Block]:
    """A block for each judged path, its chances learned on the other half. `span_ms`: of a case, None for the path."""
    case = chances(forecasts(learned, span_ms))
    onward = learn_onward(onward_of(learned, rest_ms))
    found = [_block(path, onward, rest_ms) for path in judged]
    for block, path in zip(found, judged, strict=True):
        block.cases = [(case[warned], came) for warned, came in forecasts([path], span_ms)]
    return found


def _block(path: Path, onward: OnwardChance, rest_ms: int) -> Block:
    block = Block(labels=len(path.labels), hours=path.length_ms / 3_600_000)
    met = set()
    for one in distinct(path.warned, rest_ms):
        hit = next((label for label in path.labels if meets(one, label)), None)
        if hit is None:
            block.wrong += 1
            continue
        block.right += 1
        met.add(hit)
        block.leads.append((hit.extreme_ms - one.at_ms) / 1000)
        if path.trace is not None:
            block.lefts.append(left_bp(path.trace, one, hit.extreme_ms))
    block.found = len(met)
    block.onward = [(onward.of(one), came) for one, came in onward_of([path], rest_ms)]
    return block


_COLUMNS = ("right", "wrong", "labels", "found", "hours", "came", "decided", "onward_error", "error", "cases")
_PLACE = {name: place for place, name in enumerate(_COLUMNS)}


def figures(found: Sequence[Block], draws: Draws) -> Figures:
    """The score of all blocks; `draws`: a row per resample, as many numbers of blocks as there are blocks."""
    rows = [_row(block) for block in found]
    whole = np.asarray(rows, dtype=np.float64).reshape(len(rows), len(_COLUMNS)).sum(0, keepdims=True)

    def figure(statistic: Callable[[Array], Array]) -> Figure:
        value = float(statistic(whole)[0])
        between = interval(resampled(rows, draws, statistic)) if len(rows) > 1 else None
        return Figure(value if np.isfinite(value) else None, between)

    return Figures(
        warned=int(whole[0, 0] + whole[0, 1]),
        labels=int(whole[0, 2]),
        precision=figure(lambda sums: quotient(_of(sums, "right"), _of(sums, "right") + _of(sums, "wrong"))),
        recall=figure(lambda sums: quotient(_of(sums, "found"), _of(sums, "labels"))),
        f1=figure(_f1),
        per_day=figure(lambda sums: quotient(24 * (_of(sums, "right") + _of(sums, "wrong")), _of(sums, "hours"))),
        lead=_middle([block.leads for block in found], draws),
        left=_middle([block.lefts for block in found], draws),
        onward=figure(lambda sums: quotient(_of(sums, "came"), _of(sums, "decided"))),
        onward_brier=figure(lambda sums: quotient(_of(sums, "onward_error"), _of(sums, "decided"))),
        brier=figure(lambda sums: quotient(_of(sums, "error"), _of(sums, "cases"))),
    )


def _row(block: Block) -> tuple[float, ...]:
    came = sum(happened for _, happened in block.onward)
    errors = (sum((chance - happened) ** 2 for chance, happened in told) for told in (block.onward, block.cases))
    onward_error, error = errors
    counts = (block.right, block.wrong, block.labels, block.found, block.hours)
    return (*counts, came, len(block.onward), onward_error, error, len(block.cases))


def _of(sums: Array, name: str) -> Array:
    column: Array = sums[:, _PLACE[name]]
    return column


def _f1(sums: Array) -> Array:
    precision = quotient(_of(sums, "right"), _of(sums, "right") + _of(sums, "wrong"))
    recall = quotient(_of(sums, "found"), _of(sums, "labels"))
    f1 = quotient(2 * precision * recall, precision + recall)
    return np.where(np.isfinite(f1), f1, 0.0)


def _middle(values: Sequence[Sequence[float]], draws: Draws) -> Figure:
    """The median of all values, and that of each resample."""
    arrays = [np.asarray(block, dtype=np.float64) for block in values]
    together = np.concatenate(arrays) if arrays else np.empty(0)
    if not len(together):
        return Figure(None)
    drawn = (np.concatenate([arrays[place] for place in draw]) for draw in draws)
    medians = np.asarray([np.median(one) if len(one) else np.nan for one in drawn])
    return Figure(float(np.median(together)), interval(medians) if len(arrays) > 1 else None)
