"""Warnings are scored by plain counting, on half of the paths that nothing was fitted on."""

import pytest

from scoring.cascades.evaluate import Label, Path, Warned, best, brier, chances, distinct, score

MINUTE = 60_000
FALL = Label("down", 100 * MINUTE, 105 * MINUTE)


def path(*warned: Warned, labels: tuple[Label, ...] = (FALL,)) -> Path:
    return Path(120 * MINUTE, labels, warned)


def down(minute: float) -> Warned:
    return Warned("down", round(minute * MINUTE))


def test_a_warning_is_right_from_a_minute_before_until_the_extreme() -> None:
    """At the extreme, later, earlier or in the other direction it is wrong."""
    for minute, right in ((98.9, 0), (99.0, 1), (104.9, 1), (105.0, 0)):
        assert score([path(down(minute))]).right == right
    assert score([path(Warned("up", 101 * MINUTE))]).right == 0


def test_precision_recall_and_lead() -> None:
    """Two right of three, two of four cascades, 3 and 5 min ahead."""
    paths = [path(down(102), down(50)), path(down(100)), path(), path()]
    found = score(paths)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == 0.5
    assert found.f1 == pytest.approx(4 / 7)
    assert found.lead_ms == 4 * MINUTE
    assert found.per_day == pytest.approx(3 * 24 / 8)


def test_repeating_a_warning_neither_pays_nor_costs() -> None:
    up = Warned("up", 5 * MINUTE)
    assert distinct([down(9), down(0), up, down(10)]) == [down(0), up, down(10)]


def test_without_warnings_there_is_no_precision_and_without_cascades_no_recall() -> None:
    assert score([path()]).precision is None
    assert score([path(labels=())]).recall is None
    assert score([path()]).f1 == 0.0


def test_the_brier_score_is_that_of_the_chances_learned_elsewhere() -> None:
    """Two paths, one warned of and right: chances 1/5 and 2/3; judged on a path with a missed fall."""
    learned = [path(down(101)), path(labels=())]
    quiet, warned = chances([(False, False)] * 3 + [(True, True)])
    assert (quiet, warned) == pytest.approx((1 / 5, 2 / 3))
    assert brier(learned, [path()]) == pytest.approx(((1 / 5 - 1) ** 2 + (1 / 5) ** 2) / 2)


def test_the_best_choice_is_the_one_of_the_highest_f1_and_of_equals_the_first() -> None:
    chosen, found = best([50.0, 101.0, 102.0], lambda minute: [path(down(minute))])
    assert (chosen, found.f1) == (101.0, 1.0)
    with pytest.raises(ValueError, match="at least one"):
        best([], lambda _: [])
