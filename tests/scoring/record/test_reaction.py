"""What the price did after a touch."""

from math import log, sqrt

import pytest

from scoring.record.reaction import Reactions, sum_reactions
from scoring.settings.record import BacktestSettings

SECONDS = (30, 60, 300)
DUE_MS = 10**9


def followed(prices: list[tuple[int, float]], level: float = 101.0, due_ms: int = DUE_MS) -> Reactions:
    """A level watched from 100 at a daily deviation of 2 %, with prices at so many seconds."""
    reactions = Reactions(BacktestSettings())
    reactions.watch(level, 100.0, 0.02, due_ms, control=False)
    for second, price in prices:
        reactions.follow(price, second * 1000)
    return reactions


def test_moves_after_a_touch_are_signed_onward_and_in_deviations() -> None:
    """Touched at 10 s; 30 s later the last price was 101.1. Two hours later all is known."""
    prices = [(0, 100.0), (10, 101.0), (35, 101.1), (55, 101.05), (75, 100.9), (320, 101.3), (7300, 101.0)]
    done = followed(prices).done
    assert len(done) == 1
    expected = [
        log(price / 101) / (0.02 * sqrt(wait / 86_400))
        for wait, price in zip(SECONDS, (101.1, 101.05, 100.9), strict=True)
    ]
    assert done[0].moves == [pytest.approx(move) for move in expected]


@pytest.mark.parametrize(
    ("level", "after", "continued"),
    [(101.0, 101.6, True), (101.0, 100.4, False), (99.0, 98.4, True), (99.0, 99.6, False), (101.0, 101.2, None)],
)
def test_the_price_goes_on_or_turns_by_which_of_50_bp_comes_first(
    level: float, after: float, continued: bool | None
) -> None:
    prices = [(0, 100.0), (10, level), (900, after), (1000, level), (7300, level)]
    assert [one.continued for one in followed(prices, level).done] == [continued]


def test_a_touch_after_its_time_is_none() -> None:
    assert followed([(0, 100.0), (20, 101.0), (9000, 101.0)], due_ms=10_000).done == []


def test_sums_leave_out_what_is_not_known() -> None:
    done = followed([(0, 100.0), (10, 101.0), (900, 101.6), (7300, 101.0)]).done
    found = sum_reactions(done, SECONDS)
    assert (found.n, found.decided, found.continued) == (1, 1, 1)
    assert sum_reactions([], SECONDS).moves == (None, None, None)
