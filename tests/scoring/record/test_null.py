"""The null test: clusters of a walk without magnets are touched as often as chance says, and any bias is seen.

What makes it worth having are the other tests: markets and evaluations that are biased on purpose do not pass it.
"""

from collections.abc import Iterable
from math import log

import pytest

from scoring.record.evidence import by_day, judge, mirror_ratio
from scoring.record.hits import HitRecord
from scoring.record.prediction import Band, Fate, Forecast, Prediction
from scoring.record.setup import TrialSettings
from scoring.record.trial import Trial, controls
from scoring.settings.record import RecordSettings
from scoring.view.estimated import Record
from tests.scoring.record.walks import walk

DAYS = 120


def judged(fates: Iterable[Fate]) -> tuple[Record, tuple[float, float, float]]:
    days = tuple(by_day(fates).values())
    return judge(days, RecordSettings()), mirror_ratio(days, 1.96)


@pytest.fixture(scope="module")
def null() -> Trial:
    return walk(DAYS, 7)


def test_a_walk_without_magnets_shows_no_lift(null: Trial) -> None:
    """Both intervals hold 1, and there was enough to see a lift of half as much again."""
    record, (_, low, high) = judged(null.arms[0].fates)
    assert record.n >= 300
    assert record.low is not None
    assert record.high is not None
    assert record.low < 1 < record.high < 1.3
    assert low < 1 < high
    assert record.significance == "no lift"


def test_levels_at_random_times_of_the_same_days_show_none_either(null: Trial) -> None:
    for any_side in (False, True):
        fates = controls(null.arms[0].fates, null, any_side=any_side)
        record, _ = judged(fates)
        assert record.n > 0.9 * len(null.arms[0].fates)
        assert record.low is not None
        assert record.high is not None
        assert record.low < 1 < record.high


def towards(trial: Trial, price: float) -> float:
    """A drift towards the nearest level that is predicted and was not touched yet."""
    nearest = min(trial.arms[0].record.waiting, key=lambda one: abs(log(one.level / price)), default=None)
    if nearest is None:
        return 0.0
    return 0.25 if nearest.level > price else -0.25


def test_a_market_that_is_pulled_to_its_clusters_shows_a_lift() -> None:
    record, (_, low, _) = judged(walk(DAYS, 7, pull=towards).arms[0].fates)
    assert record.significance == "lift"
    assert low > 1


class Hindsight(HitRecord):
    """Predicts an hour later as if it were then: only levels that the price has come nearer to meanwhile."""

    def __init__(self, settings: TrialSettings) -> None:
        super().__init__(settings.record)
        self._then: list[tuple[Forecast, tuple[Band, ...]]] = []

    def predict(self, forecast: Forecast, bands: Iterable[Band]) -> tuple[Prediction, ...]:
        self._then.append((forecast, tuple(bands)))
        if len(self._then) <= 4:
            return ()
        earlier, known = self._then.pop(0)
        up = forecast.price > earlier.price
        return super().predict(earlier, [one for one in known if (one.side == "above") == up])


def test_an_evaluation_that_looks_ahead_is_caught() -> None:
    record, (_, low, _) = judged(walk(DAYS, 7, record=Hindsight).arms[0].fates)
    assert record.significance == "lift"
    assert low > 1
