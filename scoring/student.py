"""Quantiles of Student's t distribution, for any number of degrees of freedom from one on."""

from math import exp, fabs, lgamma, log

_STEPS = 200
_SMALL = 1e-15


def student_quantile(probability: float, degrees: float) -> float:
    """The value below which t lies with this probability, by bisection of the distribution; accurate to 1e-9.

    Raises `ValueError` outside of 0 < probability < 1 and degrees >= 1.
    """
    if not 0 < probability < 1 or degrees < 1:
        raise ValueError(f"expected a probability within 0 to 1 and degrees from 1 on, found {probability}, {degrees}")
    if probability < 0.5:
        return -student_quantile(1 - probability, degrees)
    low, high = 0.0, 1.0
    while student_probability(high, degrees) < probability and high < 1e300:
        low, high = high, 2 * high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if student_probability(middle, degrees) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def student_probability(value: float, degrees: float) -> float:
    """The probability that t is at most `value`: the incomplete beta function of degrees / (degrees + value²)."""
    tail = 0.5 * _incomplete_beta(degrees / 2, 0.5, degrees / (degrees + value * value))
    return 1 - tail if value > 0 else tail


def _incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function (DLMF 8.17.22), by Lentz's method."""
    value = c = 1.0
    d = 1 - (a + b) * x / (a + 1)
    d = 1 / (d if fabs(d) > _SMALL else _SMALL)
    value = d
    for m in range(1, 500):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 + term * d
            d = 1 / (d if fabs(d) > _SMALL else _SMALL)
            c = 1 + term / c
            c = c if fabs(c) > _SMALL else _SMALL
            value *= c * d
        if fabs(c * d - 1) < _SMALL:
            break
    return value
