"""What the price does after a warning is read off its path alone, and is unknown where the path ends."""

from math import exp, nan

import pytest

from scoring.cascades.evaluate_onward import Trace, Warned, learn_onward, left_bp, went_on

DOWN = Warned("down", 0)


def trace(*bp: float, seconds: int = 0) -> Trace:
    """A path in bp from the start, a second each, its last price held for so many more."""
    return Trace(0, 1000, [100 * exp(one * 1e-4) for one in (*bp, *[bp[-1]] * seconds)])


@pytest.mark.parametrize(
    ("path", "came"),
    [
        ((0, -30, -61), True),
        ((0, 41, -61), False),
        ((0, -59, 39), None),
        ((0, -59, nan, -61), None),
    ],
)
def test_a_warning_went_on_when_the_far_barrier_came_before_the_near_one(
    path: tuple[float, ...], came: bool | None
) -> None:
    """60 bp onward before 40 bp back; a path that ends or has a gap before leaves it open."""
    assert went_on(trace(*path), DOWN) is came


def test_a_price_that_stands_for_an_hour_did_not_go_on() -> None:
    assert went_on(trace(0, -10, seconds=3_600), DOWN) is False


def test_what_was_left_is_the_move_until_the_extreme_in_the_warnings_direction() -> None:
    path = trace(0, -20, -100, -50)
    assert left_bp(path, Warned("down", 1_000), 2_000) == pytest.approx(80)
    assert left_bp(path, Warned("up", 2_000), 3_000) == pytest.approx(50)


def test_the_chance_is_learned_for_weak_and_strong_warnings_apart() -> None:
    """Of three weak none went on, of two strong both: 1/5 and 3/4 with one of each counted beforehand."""
    learned = learn_onward([(Warned("down", 0, one), one > 3) for one in (1.0, 2.0, 3.0, 4.0, 5.0)])
    assert learned.of(Warned("up", 0, 3.0)) == pytest.approx(1 / 5)
    assert learned.of(Warned("up", 0, 3.5)) == pytest.approx(3 / 4)
    assert learn_onward([]).of(DOWN) == 0.5
