"""What is predicted of a cluster, and the controls beside it."""

from itertools import islice
from math import log
from statistics import NormalDist

import pytest

from scoring.record.prediction import DAY_MS, draws, predict
from scoring.settings.record import RecordSettings
from tests.scoring.record.bands import NOON_MS, Drawn, forecast

SETTINGS = RecordSettings()


def chance_of(distance: float, sigma: float = 0.025) -> float:
    """The reflection principle for one day, from the standard library's normal distribution."""
    return 2 * NormalDist().cdf(-distance / sigma)


def test_the_nearest_edge_is_predicted_with_its_chance_by_the_reflection_principle() -> None:
    found = predict(Drawn(1, "above", 102.0, 103.0), forecast(), SETTINGS)
    assert found is not None
    assert (found.level, found.due_ms) == (102.0, NOON_MS + DAY_MS)
    assert found.chance == pytest.approx(chance_of(log(1.02)))
    below = predict(Drawn(2, "below", 96.0, 98.0), forecast(), SETTINGS)
    assert below is not None
    assert below.level == 98.0
    assert below.distance == pytest.approx(-0.02)


def test_a_price_that_is_only_sampled_makes_a_touch_less_likely() -> None:
    """By the discrete shift: 0.5826 deviations of five minutes further away."""
    found = predict(Drawn(1, "above", 102.0, 103.0), forecast(sampled_seconds=300), SETTINGS)
    assert found is not None
    assert found.chance == pytest.approx(chance_of(log(1.02) + 0.5826 * 0.025 * (300 / 86_400) ** 0.5))


def test_the_mirror_is_as_far_away_on_the_other_side() -> None:
    found = predict(Drawn(1, "below", 96.0, 98.0), forecast(), SETTINGS)
    assert found is not None
    assert log(found.mirror / 100) == pytest.approx(-log(98 / 100))


@pytest.mark.parametrize("identity", range(1, 30))
def test_a_shifted_control_lies_three_to_ten_buckets_beside_on_the_same_side(identity: int) -> None:
    found = predict(Drawn(identity, "above", 100.7, 101.0), forecast(), SETTINGS)
    assert found is not None
    assert 3 <= abs(log(found.shifted / found.level)) / 0.001 <= 10
    assert found.shifted > 100
    assert found.shifted_chance == pytest.approx(chance_of(log(found.shifted / 100)))


def test_shifts_follow_from_the_identity_alone() -> None:
    """The same in every run, different from one another, nearer about as often as further."""
    shifted = []
    for _ in range(2):
        found = [predict(Drawn(identity, "above", 103.0, 104.0), forecast(), SETTINGS) for identity in range(400)]
        shifted.append([one.shifted for one in found if one is not None])
    assert shifted[0] == shifted[1]
    assert len(set(shifted[0])) == 400
    assert 160 < sum(level < 103 for level in shifted[0]) < 240


@pytest.mark.parametrize(
    "band",
    [
        Drawn(1, "above", 100.05, 101.0),  # a touch is nearly certain
        Drawn(2, "above", 110.0, 111.0),  # nearly impossible
        Drawn(3, "above", 99.0, 101.0),  # the price is inside
        Drawn(4, "below", 99.0, 101.0),
        Drawn(5, "above", 98.0, 99.0),  # on the wrong side
    ],
)
def test_what_chance_nearly_decides_is_not_predicted(band: Drawn) -> None:
    assert predict(band, forecast(), SETTINGS) is None


def test_draws_are_even_from_0_to_1_and_differ_by_any_seed() -> None:
    drawn = list(islice(draws(1, 2), 10_000))
    tenths = [sum(part / 10 <= one < (part + 1) / 10 for one in drawn) for part in range(10)]
    assert all(880 < count < 1120 for count in tenths)
    assert len({next(draws(*seeds)) for seeds in [(1, 2), (2, 1), (1, 3), (0, 2), (1,), (-1, 2)]}) == 6
