"""The journal: freezes a checklist, grades it from the prices that follow, and tells which items made a difference."""

from collections.abc import Iterable, Mapping, Sequence
from math import nan, sqrt
from statistics import fmean, variance

from scoring.settings.journal import JournalSettings
from scoring.student import student_quantile
from scoring.view import DirectionVerdict, MarketView
from scoring.view.journal import (
    Difference,
    Direction,
    Entry,
    EntryItem,
    ItemRecord,
    JournalRecord,
    Outcome,
)

HOUR_MS = 3_600_000
MINUTE_MS = 60_000
CONFIDENCE = 0.95
"""That all intervals of one table hold together; each is as much wider as there are items (Bonferroni)."""


def freeze(view: MarketView, direction: Direction, note: str = "") -> Entry:
    """The checklist of a view for one direction. Its identity is the moment, the coin and the direction."""
    verdict: DirectionVerdict = view.checklist.long if direction == "long" else view.checklist.short
    price = view.price
    fresh = price.value is not None and not price.reason
    if price.stale_at_ms is not None and view.at_ms > price.stale_at_ms:
        fresh = False
    return Entry(
        identity=f"{view.at_ms}-{view.coin}-{direction}",
        at_ms=view.at_ms,
        coin=view.coin,
        direction=direction,
        price=price.value if fresh else None,
        price_source=price.source if fresh else price.reason or "the price is stale",
        verdict=verdict.verdict,
        score=verdict.score,
        coverage=verdict.coverage,
        reason=verdict.reason,
        items=tuple(
            EntryItem(
                item.name,
                item.long if direction == "long" else item.short,
                item.value,
                item.reason,
                item.weight,
                item.age_ms,
            )
            for item in view.checklist.items
        ),
        note=note,
    )


class _Running:
    """One entry at one horizon, while its time runs."""

    __slots__ = ("best", "due_ms", "entry", "hours", "late_ms", "minutes", "worst")

    def __init__(self, entry: Entry, hours: float, settings: JournalSettings) -> None:
        self.entry = entry
        self.hours = hours
        self.due_ms = entry.at_ms + round(hours * HOUR_MS)
        self.late_ms = max(settings.late_least_seconds * 1000, settings.late_share * hours * HOUR_MS)
        self.best: float | None = None
        self.worst: float | None = None
        self.minutes: set[int] = set()

    def take(self, at_ms: int, result: float, best: float, worst: float) -> Outcome | None:
        """Take what the entry stands at; its outcome where its time is over."""
        if at_ms < self.due_ms:
            self.best = max(best, 0.0 if self.best is None else self.best)
            self.worst = min(worst, 0.0 if self.worst is None else self.worst)
            self.minutes.add((at_ms - self.entry.at_ms) // MINUTE_MS)
            return None
        if at_ms > self.due_ms + self.late_ms:
            return self.over(at_ms, None)
        self.best = max(result, 0.0 if self.best is None else self.best)
        self.worst = min(result, 0.0 if self.worst is None else self.worst)
        return self.over(at_ms, result)

    def over(self, at_ms: int, result: float | None) -> Outcome:
        """The outcome. Without a result nobody saw the price when the time was over."""
        whole = max(1, round(self.hours * 60))
        reason = "" if result is not None else f"no price within {self.late_ms / 1000:.0f} s of the end"
        seen = min(1.0, len(self.minutes) / whole)
        return Outcome(self.entry.identity, self.hours, at_ms, result, self.best, self.worst, seen, reason)


class Grader:
    """Follows the prices of entries that are not graded yet. Prices of a coin come in their order."""

    def __init__(self, settings: JournalSettings) -> None:
        self._settings = settings
        self._running: dict[str, list[_Running]] = {}

    @property
    def coins(self) -> tuple[str, ...]:
        """The coins whose prices are needed."""
        return tuple(self._running)

    def add(self, entry: Entry, graded: Iterable[float] = ()) -> None:
        """Follow an entry at every horizon in hours that is not `graded`; one without a price can't be."""
        done = frozenset(graded)
        waiting = [_Running(entry, hours, self._settings) for hours in self._settings.hours if hours not in done]
        if entry.price is not None and entry.price > 0 and waiting:
            self._running.setdefault(entry.coin, []).extend(waiting)

    def take(
        self, coin: str, at_ms: int, price: float, low: float | None = None, high: float | None = None
    ) -> list[Outcome]:
        """A fresh price, or a candle's close with its low and high; returns the outcomes that are due."""
        outcomes: list[Outcome] = []
        going: list[_Running] = []
        for one in self._running.get(coin, ()):
            start = one.entry.price or nan
            if at_ms <= one.entry.at_ms:
                going.append(one)
                continue
            ends = [_gain(value, start, one.entry.direction) for value in (price, low or price, high or price)]
            outcome = one.take(at_ms, ends[0], max(ends), min(ends))
            if outcome is None:
                going.append(one)
            else:
                outcomes.append(outcome)
        if going:
            self._running[coin] = going
        else:
            self._running.pop(coin, None)
        return outcomes

    def advance(self, now_ms: int) -> list[Outcome]:
        """The outcomes of entries whose end nobody saw in time."""
        lost = [one for rows in self._running.values() for one in rows if now_ms > one.due_ms + one.late_ms]
        for coin in {one.entry.coin for one in lost}:
            left = [one for one in self._running[coin] if one not in lost]
            if left:
                self._running[coin] = left
            else:
                del self._running[coin]
        return [one.over(now_ms, None) for one in lost]


def _gain(price: float, start: float, direction: Direction) -> float:
    change = price / start - 1
    return change if direction == "long" else -change


def record(
    entries: Sequence[Entry], outcomes: Iterable[Outcome], hours: float, settings: JournalSettings
) -> JournalRecord:
    """What the items were worth at one horizon. The first outcome of an entry counts; unknown grades count nowhere."""
    by_identity: dict[str, Outcome] = {}
    for outcome in outcomes:
        if outcome.hours == hours:
            by_identity.setdefault(outcome.identity, outcome)
    counted, overlapping, ungraded = _independent(entries, by_identity, hours)
    names = list(dict.fromkeys(item.name for entry, _ in counted for item in entry.items))
    level = 1 - (1 - CONFIDENCE) / max(1, len(names))
    returns = [result for _, result in counted]
    return JournalRecord(
        hours=hours,
        n=len(counted),
        overlapping=overlapping,
        ungraded=ungraded,
        mean=fmean(returns) if returns else None,
        good=sum(result > 0 for result in returns),
        level=level,
        items=tuple(_item(name, counted, level, settings.least) for name in names),
    )


def _independent(
    entries: Sequence[Entry], outcomes: Mapping[str, Outcome], hours: float
) -> tuple[list[tuple[Entry, float]], int, int]:
    """Entries with their results, without those that began while one of their coin and direction was running."""
    counted: list[tuple[Entry, float]] = []
    overlapping = ungraded = 0
    free_ms: dict[tuple[str, str], int] = {}
    for entry in sorted(entries, key=lambda one: one.at_ms):
        outcome = outcomes.get(entry.identity)
        if outcome is None or outcome.result is None:
            ungraded += 1
        elif entry.at_ms < free_ms.get((entry.coin, entry.direction), 0):
            overlapping += 1
        else:
            free_ms[entry.coin, entry.direction] = entry.at_ms + round(hours * HOUR_MS)
            counted.append((entry, outcome.result))
    return counted, overlapping, ungraded


def _item(name: str, counted: Iterable[tuple[Entry, float]], level: float, least: int) -> ItemRecord:
    passed: list[float] = []
    others: list[float] = []
    for entry, result in counted:
        grade = next((item.grade for item in entry.items if item.name == name), "unknown")
        if grade != "unknown":
            (passed if grade == "pass" else others).append(result)
    mean_pass, mean_other = (fmean(group) if group else None for group in (passed, others))
    if len(passed) < least or len(others) < least:
        return ItemRecord(name, len(passed), len(others), mean_pass, mean_other, None, None, None, "n too small")
    difference, low, high = welch(passed, others, level)
    words: Difference = "no difference told"
    if low > 0:
        words = "better when it passes"
    elif high < 0:
        words = "worse when it passes"
    return ItemRecord(name, len(passed), len(others), mean_pass, mean_other, difference, low, high, words)


def welch(one: Sequence[float], other: Sequence[float], level: float) -> tuple[float, float, float]:
    """The difference of two means with its interval, for unequal variances (Welch 1947, Satterthwaite's degrees).

    Raises `StatisticsError` for fewer than two values on a side.
    """
    difference = fmean(one) - fmean(other)
    parts = [variance(group) / len(group) for group in (one, other)]
    error = sum(parts)
    if error == 0:
        return difference, difference, difference
    degrees = error**2 / sum(part**2 / (len(group) - 1) for part, group in zip(parts, (one, other), strict=True))
    reach = student_quantile(0.5 + level / 2, degrees) * sqrt(error)
    return difference, difference - reach, difference + reach
