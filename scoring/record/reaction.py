"""What the price did after touching a level: did it go on, as stop-loss orders would make it, or turn (Osler's test).

Needs prices by the second: where only bars are known, nothing is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import log, sqrt

from scoring.settings.record import BacktestSettings

_DAY_MS = 86_400_000


@dataclass(slots=True)
class Reaction:
    """One touch. `direction`: +1 where the level was reached from below, so that going on is positive.

    `moves`: signed log returns after each of the settings' seconds, over the deviation of such a stretch; None where
    unknown. `continued`: whether it went on before it turned back; None where neither happened in time.
    """

    level: float
    direction: int
    at_ms: int
    sigma: float
    control: bool
    moves: list[float | None]
    continued: bool | None = None
    over: bool = field(default=False, repr=False)


@dataclass(frozen=True, slots=True, order=True)
class _Watched:
    """A level that was not touched yet; `nearness` orders them by how soon the price reaches them."""

    nearness: float
    level: float
    direction: int
    sigma: float
    due_ms: int
    control: bool


class Reactions:
    """Levels and their controls, watched at every price until they are touched, and then for what follows."""

    def __init__(self, settings: BacktestSettings) -> None:
        self._settings = settings
        self._waits_ms = [1000 * seconds for seconds in settings.reaction_seconds]
        self._far = settings.continue_bp / 10_000
        self._longest_ms = round(max(settings.continue_minutes * 60, *settings.reaction_seconds) * 1000)
        self._above: list[_Watched] = []
        self._below: list[_Watched] = []
        self._running: list[Reaction] = []
        self._before = 0.0
        self.done: list[Reaction] = []

    def watch(self, level: float, price: float, sigma: float, due_ms: int, *, control: bool) -> None:
        """Wait for a level's touch until `due_ms`; `sigma` is the deviation of a day's log return."""
        if level > price:
            heappush(self._above, _Watched(level, level, 1, sigma, due_ms, control))
        else:
            heappush(self._below, _Watched(-level, level, -1, sigma, due_ms, control))

    def follow(self, price: float, at_ms: int) -> None:
        """The next price. The one before it counts for the moments in between."""
        for one in self._running:
            self._move(one, self._before, price, at_ms)
        if self._running and any(one.over for one in self._running):
            self.done += [one for one in self._running if one.over]
            self._running = [one for one in self._running if not one.over]
        while self._above and self._above[0].level <= price:
            self._touch(heappop(self._above), at_ms)
        while self._below and self._below[0].level >= price:
            self._touch(heappop(self._below), at_ms)
        self._before = price

    def _touch(self, one: _Watched, at_ms: int) -> None:
        if at_ms <= one.due_ms:
            nothing: list[float | None] = [None] * len(self._waits_ms)
            self._running.append(Reaction(one.level, one.direction, at_ms, one.sigma, one.control, nothing))

    def _move(self, one: Reaction, before: float, price: float, at_ms: int) -> None:
        passed_ms = at_ms - one.at_ms
        for place, wait_ms in enumerate(self._waits_ms):
            if one.moves[place] is None and passed_ms >= wait_ms:
                known = price if passed_ms == wait_ms else before
                one.moves[place] = one.direction * log(known / one.level) / (one.sigma * sqrt(wait_ms / _DAY_MS))
        gone = one.direction * log(price / one.level)
        if one.continued is None and abs(gone) >= self._far and passed_ms <= self._settings.continue_minutes * 60_000:
            one.continued = gone > 0
        one.over = passed_ms >= self._longest_ms


@dataclass(frozen=True, slots=True)
class ReactionSums:
    """Levels after their touch: how many, the mean signed move in deviations by seconds, and how many went on."""

    n: int
    moves: tuple[float | None, ...]
    decided: int
    continued: int


def sum_reactions(reactions: Iterable[Reaction], seconds: Sequence[int]) -> ReactionSums:
    """The reactions together; a mean is None where no move is known."""
    found = list(reactions)
    means: list[float | None] = []
    for place in range(len(seconds)):
        moves = [move for one in found if (move := one.moves[place]) is not None]
        means.append(sum(moves) / len(moves) if moves else None)
    decided = [one.continued for one in found if one.continued is not None]
    return ReactionSums(len(found), tuple(means), len(decided), sum(decided))
