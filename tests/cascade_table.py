"""The trial's rows as text: the score with its intervals, and how often the price went on against what was stated."""

from collections.abc import Sequence

from scoring.cascades.evaluate_blocks import Figure
from scoring.record.calibration import reliability, skill
from tests.cascade_bench import Trial

_EDGES = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_Z = 1.96


def table(trials: Sequence[Trial]) -> str:
    """Precision to Brier, each with the middle 95 % of resampled blocks."""
    head = ["", "fitted", "warned", "precision", "recall", "F1", "a day", "lead s", "left bp", "Brier"]
    lines = [head]
    for row in trials:
        one = row.figures
        counts = f"{one.warned} of {one.labels}"
        shares = [_share(figure) for figure in (one.precision, one.recall, one.f1)]
        rest = [_number(one.per_day, 1), _number(one.lead, 0), _number(one.left, 0), _number(one.brier, 4)]
        lines.append([row.name, row.fitted, counts, *shares, *rest])
    return aligned(lines)


def onward(trials: Sequence[Trial]) -> str:
    """How often the price went on before it turned, and how good the chance stated for it was.

    The skill is against the one share that was learned for all warnings of the row's own judged half.
    """
    lines = [["", "decided", "went on", "Brier", "skill", "stated: came (n)"]]
    for row in trials:
        groups = reliability(row.onward, _EDGES, _Z)
        came = sum(happened for _, happened in row.onward)
        rate = came / len(row.onward) if row.onward else 0.0
        error = row.figures.onward_brier.value
        gained = None if error is None else skill(error, rate * (1 - rate))
        told = ", ".join(f"{100 * one.stated:.0f} %: {100 * one.observed:.0f} % ({one.n})" for one in groups)
        figures = [_share(row.figures.onward), _number(row.figures.onward_brier, 3)]
        lines.append([row.name, str(len(row.onward)), *figures, "?" if gained is None else f"{gained:+.2f}", told])
    return aligned(lines)


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their longest cell."""
    widths = [max(len(line[place]) for line in lines) for place in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)


def _share(figure: Figure) -> str:
    if figure.value is None:
        return "?"
    between = "" if figure.between is None else f" {figure.between[0]:.2f}-{figure.between[1]:.2f}"
    return f"{figure.value:.2f}{between}"


def _number(figure: Figure, digits: int) -> str:
    if figure.value is None:
        return "?"
    low_high = figure.between
    between = "" if low_high is None else f" {low_high[0]:.{digits}f}-{low_high[1]:.{digits}f}"
    return f"{figure.value:.{digits}f}{between}"
