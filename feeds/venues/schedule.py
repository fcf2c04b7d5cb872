"""How often a venue is polled: intervals that stretch with the number of coins until they fit its budgets."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from feeds.symbols import Instrument
from feeds.venue import Budget, Poll

SHARE = 0.5
"""Of a budget that repeated polls may take together: the rest is for the start, for retries, and for other programs."""

_DEPTH_FASTEST_SECONDS = 10.0
_DEPTH_SLOWEST_SECONDS = 60.0  # a book older than this tells little about what an order would meet
_DEPTH_CALLS_PER_MINUTE = 24.0  # a book is the heaviest answer there is: weight 20 on Binance, 50 kB on Bybit

MINUTE, FIVE_MINUTES = 60.0, 300.0


def perpetuals(instruments: Iterable[Instrument]) -> list[Instrument]:
    """The perpetuals among them, in their order."""
    return [item for item in instruments if item.market == "perp"]


def deep(instruments: Sequence[Instrument]) -> tuple[Sequence[Instrument], float]:
    """Whose books to ask for, and every how many seconds: the first coins only, as many as can be kept fresh."""
    most = int(_DEPTH_CALLS_PER_MINUTE * _DEPTH_SLOWEST_SECONDS / 60)
    first = instruments[:most]
    return first, max(_DEPTH_FASTEST_SECONDS, len(first) * 60 / _DEPTH_CALLS_PER_MINUTE)


def load(polls: Iterable[Poll], budget: Budget) -> float:
    """The share of a budget that repeated polls take: 1.0 is all of it."""
    repeated = (poll for poll in polls if poll.budget == budget.name and poll.every_seconds is not None)
    return sum(poll.weight / (poll.every_seconds or 1.0) for poll in repeated) * budget.seconds / budget.weight


def fitted(polls: Sequence[Poll], budgets: Sequence[Budget]) -> tuple[Poll, ...]:
    """The same polls, their intervals stretched alike where they would take more than `SHARE` of a budget."""
    stretch = {budget.name: max(1.0, load(polls, budget) / SHARE) for budget in budgets}
    return tuple(
        poll
        if poll.every_seconds is None
        else replace(poll, every_seconds=poll.every_seconds * stretch.get(poll.budget, 1.0))
        for poll in polls
    )
