"""What a trader's journal holds: a checklist as it was at one moment, what the price did then, what that teaches."""

from dataclasses import dataclass
from typing import Literal

from scoring.view.judged import Grade, Verdict

Direction = Literal["long", "short"]
Difference = Literal["n too small", "no difference told", "better when it passes", "worse when it passes"]


@dataclass(frozen=True, slots=True)
class EntryItem:
    """One item of the checklist as it was, with the grade for the entry's direction."""

    name: str
    grade: Grade
    value: str
    reason: str
    weight: float
    age_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A frozen checklist. `price` None: it was not known or stale, `price_source` says why; it can't be graded."""

    identity: str
    at_ms: int
    coin: str
    direction: Direction
    price: float | None
    price_source: str
    verdict: Verdict
    score: float | None
    coverage: float
    reason: str
    items: tuple[EntryItem, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an entry after `hours`. Returns are fractions in the entry's direction: positive is a gain.

    `result`: the return at the end; None: not known, `reason` says why. `best`, `worst`: the furthest the price went
    its way (at least 0) and against it (at most 0), as far as it was watched. `seen`: the share of the minutes in which
    it was; below 1 the price may have gone further.
    """

    identity: str
    hours: float
    at_ms: int
    result: float | None
    best: float | None
    worst: float | None
    seen: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """Whether entries in which an item passed came out better than those in which it did not (warn or fail).

    `mean_pass`, `mean_other`: mean return, None without any. `difference` with its interval is the first less the
    second; None where `n_pass` or `n_other` is too small. `words`: what may be said of it.
    """

    name: str
    n_pass: int
    n_other: int
    mean_pass: float | None
    mean_other: float | None
    difference: float | None
    low: float | None
    high: float | None
    words: Difference


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """All items at one horizon. `n`: entries that count; `overlapping`: left out because one of the same coin and
    direction was still running; `ungraded`: without a result. `level`: of every interval, so that all of them together
    hold with 95 %."""

    hours: float
    n: int
    overlapping: int
    ungraded: int
    mean: float | None
    good: int
    level: float
    items: tuple[ItemRecord, ...]
