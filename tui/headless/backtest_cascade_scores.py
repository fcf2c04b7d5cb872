"""The scores of cascade warnings over recordings: each contender beside chance, days resampled together."""

from collections.abc import Sequence

from scoring.cascades.evaluate import Path as Stretch
from scoring.cascades.evaluate import distinct
from scoring.cascades.evaluate_blocks import Block, Figure, blocks, figures
from scoring.cascades.evaluate_recording import Judged, by_day
from scoring.record.pool import Draw
from tui.headless.backtest_tables import Cell, Column, Table

PACES = {"seconds": "second by second", "5 min": "each 5 min", "none": "not judged"}
"""How a recording was judged, in words."""
_REST_MS = 600_000
_MINUTE_MS = 60_000

_SCORES = (
    Column("judged", "judged"),
    Column("part", "part"),
    Column("contender", "contender"),
    Column("warned", "warned", "count"),
    Column("labels", "labels", "count"),
    Column("precision", "precision", "percent"),
    Column("precision_days", "days 95%"),
    Column("by_chance", "by chance", "percent"),
    Column("recall", "recall", "percent"),
    Column("recall_days", "days 95%"),
    Column("recall_by_chance", "by chance", "percent"),
    Column("per_day", "a day", "number"),
    Column("lead_s", "lead s", "count"),
    Column("left_bp", "left bp", "count"),
    Column("decided", "decided", "count"),
    Column("went_on", "went on", "percent"),
    Column("brier", "Brier", "number"),
)


def score_table(judged: Sequence[Judged], draw: Draw) -> Table:
    """A row for each contender of each pace, all days and the second half. `draw` resamples days."""
    rows: list[tuple[Cell, ...]] = []
    for pace in ("seconds", "5 min"):
        counted = _longest([one for one in judged if one.pace == pace])
        for name in dict.fromkeys(name for one in counted for name in one.paths):
            paths = [one.paths[name] for one in counted if name in one.paths]
            rows.append((PACES[pace], "all", name, *_score([], paths, draw)))
        halved = [one for one in counted if one.halves]
        for name in dict.fromkeys(name for one in halved for name in one.halves):
            first, second = zip(*(one.halves[name] for one in halved), strict=True)
            rows.append((PACES[pace], "second half", name, *_score(first, second, draw)))
    note = (
        "A warning is right from a minute before a label until just before its extreme; one of a direction within 10 "
        "min of another is none. By chance: as many warnings at random moments. Same rate: the threshold that warned "
        "as often as the coarse rule in the first half. Went on: 60 bp more before 40 bp back. Brier: chance of a "
        "label a day, coin and direction, learned in the first half. Of several recordings of one coin at one pace "
        "the longest counts."
    )
    return Table("cascades", "Cascade warnings: scores", note, _SCORES, tuple(rows))


def _longest(judged: Sequence[Judged]) -> list[Judged]:
    """Series that tell the same coin twice are counted once; tapes are of different times."""
    best: dict[str, Judged] = {}
    for one in judged:
        key = one.coin if one.pace == "5 min" else one.name
        if key not in best or one.hours > best[key].hours:
            best[key] = one
    return list(best.values())


def _score(learned: Sequence[Stretch], paths: Sequence[Stretch], draw: Draw) -> tuple[Cell, ...]:
    days: dict[int, Block] = {}
    before = [path for one in learned for path in by_day(one).values()]
    for one in paths:
        cut = by_day(one)
        for day, block in zip(cut, blocks(before, list(cut.values()), _REST_MS), strict=True):
            days.setdefault(day, Block()).add(block)
    found = figures(list(days.values()), draw(len(days)))
    precision, recall = _by_chance(paths)
    coarse = any(path.trace is not None and path.trace.step_ms > _MINUTE_MS for path in paths)
    decided = sum(len(block.onward) for block in days.values())
    onward: tuple[Cell, ...] = (None, None) if coarse else (decided, found.onward.value)
    return (
        found.warned, found.labels, *_shown(found.precision), precision, *_shown(found.recall), recall,
        found.per_day.value, found.lead.value, found.left.value, *onward, found.brier.value if before else None,
    )  # fmt: skip


def _shown(figure: Figure) -> tuple[Cell, Cell]:
    between = None if figure.between is None else f"{100 * figure.between[0]:.0f}..{100 * figure.between[1]:.0f}%"
    return figure.value, between


def _by_chance(paths: Sequence[Stretch]) -> tuple[float | None, float | None]:
    """Precision and recall of as many warnings at random moments and in random directions, on average."""
    right = found = 0.0
    given = labels = 0
    for path in paths:
        count = len(distinct(path.warned))
        shares = [(one.extreme_ms - one.began_ms + _MINUTE_MS) / path.length_ms / 2 for one in path.labels]
        right += count * sum(shares)
        found += sum(1 - (1 - share) ** count for share in shares)
        given, labels = given + count, labels + len(shares)
    return (right / given if given else None), (found / labels if labels else None)
