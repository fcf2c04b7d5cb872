"""Fates of several recordings together: which count, and the figures they make with intervals over resampled days."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from scoring.record.bootstrap import Draws, interval, quotient, ratio, resampled
from scoring.record.calibration import Outcome
from scoring.record.evidence import DaySums, by_day, judge
from scoring.record.prediction import DAY_MS, Fate
from scoring.settings.record import RecordSettings

Interval = tuple[float, float]
Verdict = Literal["unproven", "not significant", "lift", "fewer than by chance"]
Draw = Callable[[int], Draws]
"""Resamples of so many days."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What some fates show together.

    `lift`: hits over those expected by chance, `wilson` and `days` its two intervals: from the counts, widened for the
    days' scatter, and from resampled days. `mirror`: hits over those of the mirrored controls, `mirror_days` likewise.
    `against`: this lift over that of the primary map, with `against_days`; None for the primary map itself.
    """

    name: str
    n: int
    day_count: int
    hits: int
    expected: float
    lift: float | None = None
    wilson: Interval | None = None
    days: Interval | None = None
    mirror: float | None = None
    mirror_days: Interval | None = None
    against: float | None = None
    against_days: Interval | None = None
    verdict: Verdict = "unproven"


def finest(played: Sequence[tuple[str, int, Sequence[Fate]]]) -> list[Fate]:
    """The fates that count where several recordings tell of the same coin: each day's from the finest only.

    `played`: the coin, the seconds of a step, and the fates of each recording. Otherwise one touch would count twice.
    """
    ranked = sorted(range(len(played)), key=lambda place: (played[place][1], place))
    owner: dict[tuple[str, int], int] = {}
    for place in ranked:
        coin, _, fates = played[place]
        for fate in fates:
            owner.setdefault((coin, fate.prediction.at_ms // DAY_MS), place)
    return [
        fate
        for place, (coin, _, fates) in enumerate(played)
        for fate in fates
        if owner[coin, fate.prediction.at_ms // DAY_MS] == place
    ]


def figures(
    name: str, fates: Iterable[Fate], settings: RecordSettings, draw: Draw, primary: Iterable[Fate] | None = None
) -> Figures:
    """The figures of some fates; held against those of the `primary` map where they are given."""
    days = by_day(fates)
    n, hits = sum(day.n for day in days.values()), sum(day.hits for day in days.values())
    expected = sum(day.expected for day in days.values())
    mirrors = sum(day.mirror_hits for day in days.values())
    if not n:
        return Figures(name, 0, 0, 0, 0.0)
    record = judge(tuple(days.values()), settings)
    rows = _rows(days, by_day(primary) if primary is not None else {})
    draws = draw(len(rows))
    compared = None
    if primary is not None:
        compared = _compared(rows, draws)
    lift_days = interval(resampled(rows, draws, ratio(0, 1))) if len(days) > 1 else None
    mirror_days = interval(resampled(rows, draws, ratio(0, 2))) if len(days) > 1 else None
    wilson = (record.low, record.high) if record.low is not None and record.high is not None else None
    return Figures(
        name=name,
        n=n,
        day_count=len(days),
        hits=hits,
        expected=expected,
        lift=record.lift,
        wilson=wilson,
        days=lift_days,
        mirror=hits / mirrors if mirrors else None,
        mirror_days=mirror_days,
        against=compared[0] if compared else None,
        against_days=compared[1] if compared else None,
        verdict=_verdict(record.significance == "unproven", wilson, lift_days, mirror_days),
    )


def _verdict(unproven: bool, *intervals: Interval | None) -> Verdict:
    """Every interval must be on the same side of 1 for anything to be said."""
    if unproven or any(one is None for one in intervals):
        return "unproven"
    known = [one for one in intervals if one is not None]
    if all(low > 1 for low, _ in known):
        return "lift"
    return "fewer than by chance" if all(high < 1 for _, high in known) else "not significant"


def _rows(days: Mapping[int, DaySums], primary: Mapping[int, DaySums]) -> list[list[float]]:
    """Hits, expected, mirrored hits, and the primary map's hits and expected, of each day that either has."""
    rows = []
    for day in sorted({*days, *primary}):
        own, other = days.get(day, DaySums()), primary.get(day, DaySums())
        rows.append([own.hits, own.expected, own.mirror_hits, other.hits, other.expected])
    return rows


def _compared(rows: Sequence[Sequence[float]], draws: Draws) -> tuple[float | None, Interval | None]:
    hits, expected, _, other_hits, other_expected = (sum(column) for column in zip(*rows, strict=True))
    if not (expected and other_hits and other_expected):
        return None, None
    own = quotient(resampled(rows, draws, ratio(0, 1)), resampled(rows, draws, ratio(3, 4)))
    return hits / expected / (other_hits / other_expected), interval(own)


def outcomes(fates: Iterable[Fate]) -> list[Outcome]:
    """Stated chance and touch of each fate."""
    return [(fate.prediction.chance, fate.hit) for fate in fates]


def scaled(fates: Iterable[Fate], settings: RecordSettings, cap: float) -> list[Outcome]:
    """The same with each chance times the lift measured by then: of fates that were due before it was stated.

    Before there are `least_n` of them the chance stays as it was. The lift counts as at most `cap` and at least 1/cap.
    """
    made = sorted(fates, key=lambda fate: fate.prediction.at_ms)
    due = sorted(made, key=lambda fate: fate.prediction.due_ms)
    found: list[Outcome] = []
    known = hits = 0
    expected = 0.0
    for fate in made:
        while known < len(due) and due[known].prediction.due_ms <= fate.prediction.at_ms:
            hits += due[known].hit
            expected += due[known].prediction.chance
            known += 1
        lift = hits / expected if known >= settings.least_n and expected > 0 else 1.0
        found.append((min(1.0, fate.prediction.chance * min(cap, max(1 / cap, lift))), fate.hit))
    return found
