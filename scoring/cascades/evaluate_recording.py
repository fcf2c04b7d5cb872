"""A real recording judged: its labels, and what the detector, or the coarse rule, and the price alone warned of.

A recording of single events is judged second by second; one of readings five minutes apart by the coarse rule; one of
longer steps not at all, and says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from math import isnan, log, sqrt
from typing import Literal

from feeds.events import AnyEvent, Candle, MarkPrice, OpenInterest, Trade
from scoring.cascades.evaluate import Label, Path, Trace, Warned, distinct, meets
from scoring.cascades.evaluate_coarse import moves, warnings
from scoring.cascades.evaluate_labels import FIVE_MS, Found, OpenInterestPath, find
from scoring.cascades.evaluate_replay import CoinReplay
from scoring.cascades.moves import Moves
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import StateName, Transition

Pace = Literal["seconds", "5 min", "none"]
DAY_MS = 86_400_000
_LEAST_HOURS_KNOWN = 24.0
"""A shorter recording has no first half from which a rate could be learned."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One coin of one recording. `paths`: the warnings of each contender by its name. `lacking`: what could not be
    judged, and why. `blind_hours`: for how long nothing could be told; None where that is not asked."""

    name: str
    coin: str
    pace: Pace
    hours: float
    lacking: tuple[str, ...]
    labels: tuple[Found, ...] = ()
    paths: dict[str, Path] = field(default_factory=dict)
    halves: dict[str, tuple[Path, Path]] = field(default_factory=dict)
    blind_hours: float | None = None
    forced: int | None = None
    changes: tuple[Transition, ...] = ()


def judge_seconds(name: str, coin: CoinReplay, rules: CascadeRules) -> Judged:
    """A coin of a tape after it was replayed."""
    points = [(coin.start_ms + 1000 * place, price) for place, price in enumerate(coin.prices)]
    labels = find(points, 1000, OpenInterestPath(coin.interest))
    trace = Trace(coin.start_ms, 1000, coin.prices)
    whole = Path(1000 * len(points), tuple(one.label for one in labels), (), trace)
    states: tuple[StateName, ...] = ("cascading", "igniting")
    paths = {f"detector, {state}": replace(whole, warned=_entered(coin.changes, state)) for state in states}
    paths["price alone"] = replace(whole, warned=price_alone(trace, rules))
    return Judged(
        name,
        coin.coin,
        "seconds",
        len(points) / 3600,
        tuple(_lacking(coin, labels)),
        tuple(labels),
        paths,
        blind_hours=coin.blind_seconds() / 3600,
        forced=coin.events["forced"],
        changes=tuple(coin.changes),
    )


def _entered(changes: Iterable[Transition], state: StateName) -> tuple[Warned, ...]:
    return tuple(
        Warned(change.direction, change.at_ms, change.inputs.impulse_bp or 0.0)
        for change in changes
        if change.after == state
    )


def _lacking(coin: CoinReplay, labels: Sequence[Found]) -> Iterable[str]:
    if not coin.events["forced"]:
        yield "no forced orders: the detector has nothing to go by"
    if not coin.events["depth"]:
        yield "no depth: no impulse, so an ignition can be told and never a cascade"
    if not coin.events["interest"]:
        yield "no open interest: neither a label nor a warning is confirmed by it"
    elif any(one.interest is None for one in labels):
        yield "open interest too rare: some labels are of the price alone"
    if coin.events["forced"]:
        yield "forced orders are no part of a label: their 99th percentile needs a complete feed of a day"


def price_alone(trace: Trace, rules: CascadeRules) -> tuple[Warned, ...]:
    """The detector's condition on the move of two minutes, and nothing else: a warning where it begins to hold."""
    seen, enter, found = Moves(rules.inputs), rules.enter, []
    holds = {"down": False, "up": False}
    for place, price in enumerate(trace.prices):
        at_ms = trace.start_ms + trace.step_ms * place
        if isnan(price):
            continue
        seen.take(at_ms // 1000, price)
        move, sigma = seen.over(120), seen.sigma
        if move is None:
            continue
        needed = max(log(1 + enter.move), enter.move_120_sigmas * (sigma or 0.0) * sqrt(2))
        for direction, sign in (("down", -1), ("up", 1)):
            before, holds[direction] = holds[direction], move * sign >= needed
            if holds[direction] and not before:
                found.append(Warned("down" if sign < 0 else "up", at_ms, move * sign / needed))
    return tuple(found)


class CoarseRecording:
    """A recorded series in the making: its last price of every five minutes, and its open interest."""

    def __init__(self, name: str, coin: str, step_seconds: int) -> None:
        self._name = name
        self._coin = coin
        self._step_seconds = step_seconds
        self._prices: dict[int, float] = {}
        self._interest: list[tuple[int, str, float]] = []
        self._price: float | None = None

    def take(self, event: AnyEvent) -> None:
        """Take the next event, in the order in which they could be known."""
        if isinstance(event, OpenInterest):
            coins = event.coins
            if coins is None and event.notional_usd is not None and self._price is not None:
                coins = event.notional_usd / self._price
            if coins:
                self._interest.append((event.at_ms, event.venue, coins))
        elif isinstance(event, MarkPrice | Trade | Candle):
            self._price = _price(event)
            self._prices[-(-event.received_ms // FIVE_MS) * FIVE_MS] = self._price

    def judge(self, rules: CascadeRules) -> Judged:
        """The whole recording."""
        points = sorted(self._prices.items())
        hours = len(points) * max(FIVE_MS, self._step_seconds * 1000) / 3_600_000
        if self._step_seconds * 1000 > FIVE_MS or len(points) < 2:
            minutes = self._step_seconds / 60
            why = f"a price each {minutes:g} min: a label needs five" if minutes > 5 else "too few prices"
            return Judged(self._name, self._coin, "none", hours, (why,))
        interest = OpenInterestPath(self._interest)
        labels = find(points, FIVE_MS, interest)
        found, enter = moves(points, interest, rules.enter), rules.enter
        start_ms = points[0][0]
        length_ms = points[-1][0] - start_ms + FIVE_MS
        trace = Trace(start_ms, FIVE_MS, _even(points))
        whole = Path(length_ms, tuple(one.label for one in labels), (), trace)
        coarse = replace(whole, warned=warnings(found, enter))
        alone = replace(whole, warned=warnings(found, enter, interest=False))
        middle_ms = (start_ms + length_ms // 2) // DAY_MS * DAY_MS
        wanted = len(distinct(one for one in coarse.warned if one.at_ms < middle_ms))
        sizes = sorted({one.size for one in found if one.warned.at_ms < middle_ms and one.size >= 1.0})
        size = _alike([one.warned for one in found if one.warned.at_ms < middle_ms], sizes, wanted)
        alike = replace(whole, warned=warnings(found, enter, size, interest=False))
        lacking = ["steps of five minutes: no impulse, no renewal number, no states, and not which barrier came first"]
        if any(one.interest is None for one in labels) or not self._interest:
            lacking.append("open interest too rare: labels and warnings are of the price alone")
        paths = {"coarse rule": coarse, "price alone": alone}
        named = {**paths, "price alone, same rate": alike}
        halves = {name: halved(path, middle_ms) for name, path in named.items()} if hours >= _LEAST_HOURS_KNOWN else {}
        return Judged(self._name, self._coin, "5 min", hours, tuple(lacking), tuple(labels), paths, halves)


def _price(event: MarkPrice | Trade | Candle) -> float:
    if isinstance(event, MarkPrice):
        return event.mark
    return event.price if isinstance(event, Trade) else event.close


def _even(points: Sequence[tuple[int, float]]) -> list[float]:
    """Prices in equal steps, the last one kept where one is lacking."""
    prices: list[float] = []
    for at_ms, price in points:
        missing = (at_ms - points[0][0]) // FIVE_MS - len(prices)
        prices += [prices[-1]] * missing if prices else []
        prices.append(price)
    return prices


def _alike(moved: Sequence[Warned], sizes: Sequence[float], wanted: int) -> float:
    """The size from which on about so many distinct warnings are given; 1 where none is wanted."""
    if not sizes or not wanted:
        return 1.0
    low, high = 0, len(sizes) - 1
    while low < high:
        middle = (low + high) // 2
        if len(distinct(one for one in moved if one.strength >= sizes[middle])) > wanted:
            low = middle + 1
        else:
            high = middle
    return sizes[low]


def halved(path: Path, middle_ms: int) -> tuple[Path, Path]:
    """The path before and after a time; a cascade belongs to the half in which it began."""
    first_ms = path.trace.start_ms if path.trace else 0
    lengths = max(0, middle_ms - first_ms), max(0, first_ms + path.length_ms - middle_ms)
    cut: list[Path] = []
    for late in (False, True):
        labels = tuple(one for one in path.labels if (one.began_ms >= middle_ms) is late)
        given = tuple(one for one in path.warned if (_belongs_ms(one, path.labels) >= middle_ms) is late)
        cut.append(replace(path, length_ms=lengths[late], labels=labels, warned=given))
    return cut[0], cut[1]


def by_day(path: Path) -> dict[int, Path]:
    """The path cut into days (UTC, numbered), its warnings made distinct before; a right one is of its label's day."""
    if path.trace is None:
        raise ValueError("path: expected one with a trace")
    labels: dict[int, list[Label]] = {}
    given: dict[int, list[Warned]] = {}
    for label in path.labels:
        labels.setdefault(label.began_ms // DAY_MS, []).append(label)
    for one in distinct(path.warned):
        given.setdefault(_belongs_ms(one, path.labels) // DAY_MS, []).append(one)
    first, last = path.trace.start_ms // DAY_MS, (path.trace.start_ms + path.length_ms - 1) // DAY_MS
    length_ms = path.length_ms // (last - first + 1)
    days = {*range(first, last + 1), *labels, *given}
    return {day: replace(path, length_ms=length_ms, labels=tuple(labels.get(day, ())), warned=tuple(given.get(day, ())))
            for day in sorted(days)}  # fmt: skip


def _belongs_ms(one: Warned, labels: Sequence[Label]) -> int:
    return next((label.began_ms for label in labels if meets(one, label)), one.at_ms)
