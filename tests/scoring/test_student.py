"""Student's t against published quantiles and exact cases."""

from math import pi, tan

import pytest

from scoring.student import student_probability, student_quantile


@pytest.mark.parametrize(
    ("probability", "degrees", "quantile"),
    [
        (0.975, 1, 12.7062047),
        (0.975, 2, 4.30265273),
        (0.975, 10, 2.22813885),
        (0.995, 5, 4.03214298),
        (0.95, 30, 1.69726089),
        (0.975, 120, 1.97993041),
        (0.975, 1e6, 1.9599664),
    ],
)
def test_it_has_the_quantiles_of_the_tables(probability: float, degrees: float, quantile: float) -> None:
    assert student_quantile(probability, degrees) == pytest.approx(quantile, rel=2e-6)


@pytest.mark.parametrize("probability", [0.01, 0.3, 0.5, 0.77, 0.9999])
def test_one_degree_is_cauchys(probability: float) -> None:
    assert student_quantile(probability, 1) == pytest.approx(tan(pi * (probability - 0.5)), rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("degrees", [1.0, 2.5, 17.3, 4000.0])
def test_a_quantile_has_its_probability(degrees: float) -> None:
    assert student_probability(student_quantile(0.9, degrees), degrees) == pytest.approx(0.9, abs=1e-9)


def test_what_is_no_probability_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a probability within 0 to 1"):
        student_quantile(1.0, 5)
