"""On a market with known cascades the detector beats price alone, a z-score and chance, and its states hold."""

from statistics import median

import pytest

from scoring.settings.cascades import CascadeRules
from tests.cascade_trial import Bench, Trial, calm_rate, choices, stays
from tests.cascades_market import Recording, record

PATHS = 40


@pytest.fixture(scope="module")
def recordings() -> list[Recording]:
    return [record(seed) for seed in range(PATHS)]


@pytest.fixture(scope="module", params=[False, True], ids=["all orders", "one a second"])
def benched(request: pytest.FixtureRequest, recordings: list[Recording]) -> tuple[Bench, list[Trial]]:
    bench = Bench(recordings, request.param)
    return bench, bench.trials(choices(full=False))


def test_the_detector_beats_price_alone_a_z_score_and_chance(benched: tuple[Bench, list[Trial]]) -> None:
    """Thresholds from the even seeds, score on the odd ones: higher F1 and lower Brier than each."""
    detector, _, _, *others = benched[1]
    assert detector.score.labels >= 6
    for other in others:
        assert detector.score.f1 > other.score.f1, other.name
        assert detector.brier < other.brier, other.name
    assert detector.score.lead_ms is not None
    assert detector.score.lead_ms >= 5_000


def test_states_hold_for_minutes_in_cascades(benched: tuple[Bench, list[Trial]]) -> None:
    """Four of them at the median, an ignition that cascades being part of the cascade."""
    assert median(stays(benched[0].watched(1, CascadeRules()))) >= 240


def test_states_do_not_flap_in_calm_walks() -> None:
    """At most one change an hour and path."""
    assert calm_rate(range(1000, 1008), CascadeRules()) <= 1.0
