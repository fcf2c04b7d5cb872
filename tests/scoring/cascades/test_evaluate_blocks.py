"""Figures and their intervals come from sums by block, and what is unknown stays unknown."""

import numpy as np
import pytest

from scoring.cascades.evaluate import Label, Path, Trace, Warned, brier
from scoring.cascades.evaluate_blocks import blocks, figures

MINUTE = 60_000
FALL = Label("down", 10 * MINUTE, 15 * MINUTE)
PRICES = [100.0] * 600 + [100.0 - 0.01 * second for second in range(300)] + [97.0] * 300
REST = 10 * MINUTE


def path(*minutes: float, labels: tuple[Label, ...] = (FALL,)) -> Path:
    warned = tuple(Warned("down", round(minute * MINUTE)) for minute in minutes)
    return Path(20 * MINUTE, labels, warned, Trace(0, 1000, PRICES))


JUDGED = [path(11.0), path(11.0, 1.0, labels=()), path()]


def test_the_figures_are_plain_counts() -> None:
    """One right of three warnings, one of two falls; 4 min and 2.4 % are left, and the fall goes on after the right
    one: learned half, half."""
    found = figures(blocks([path()], JUDGED, REST), np.array([[0, 1, 2]]))
    assert (found.warned, found.labels) == (3, 2)
    assert found.precision.value == pytest.approx(1 / 3)
    assert found.recall.value == pytest.approx(1 / 2)
    assert found.f1.value == pytest.approx(2 / 5)
    assert found.per_day.value == pytest.approx(3 * 24)
    assert found.lead.value == pytest.approx(240)
    assert found.left.value == pytest.approx(1e4 * np.log(99.4 / 97.0), rel=0.01)
    assert found.brier.value == pytest.approx(brier([path()], JUDGED))


def test_the_interval_is_that_of_the_drawn_blocks() -> None:
    """Drawn three times: the first block alone is all right, the second all wrong, each once is a third."""
    draws = np.array([[0, 0, 0], [1, 1, 1], [0, 1, 2]])
    precision = figures(blocks([path()], JUDGED, REST), draws).precision
    assert precision.between == pytest.approx(tuple(np.quantile([1.0, 0.0, 1 / 3], (0.025, 0.975))))


def test_without_warnings_there_is_no_precision_no_lead_and_no_interval() -> None:
    found = figures(blocks([path()], [path()], REST), np.array([[0]]))
    for one in (found.precision, found.lead, found.left, found.onward, found.onward_brier):
        assert (one.value, one.between) == (None, None)
    assert found.recall.value == 0.0


def test_a_case_of_a_forecast_can_be_a_span_of_a_path() -> None:
    """In spans of ten minutes the right warning and the fall share one; the early one stands in another."""
    block = blocks([path()], [path(11.0, 0.5)], REST, 10 * MINUTE)[0]
    assert [came for _, came in block.cases] == [False, True, False, False]
