"""How a coin moves with bitcoin, on returns whose answer is known."""

import pytest

from scoring.candles import Bar
from scoring.context import with_bitcoin

QUARTER = 900_000


def bars(returns: list[float], first: int = 0) -> list[Bar]:
    closes = [100.0]
    for change in returns:
        closes.append(closes[-1] * (1 + change))
    return [Bar((first + number) * QUARTER, close, close, close) for number, close in enumerate(closes)]


WAVE = [0.01, -0.005, 0.002, -0.012, 0.006] * 6


@pytest.mark.parametrize(("factor", "correlation"), [(2.0, 1.0), (0.5, 1.0), (-1.0, -1.0)])
def test_a_coin_that_moves_a_multiple_of_bitcoin(factor: float, correlation: float) -> None:
    """Has that multiple as its beta."""
    found = with_bitcoin(bars([factor * change for change in WAVE]), bars(WAVE), 96.0)
    assert found == (pytest.approx(correlation), pytest.approx(factor))


def test_recent_returns_weigh_more() -> None:
    """Half-life of one candle, bitcoin +-1 %: the coin did twice that at last and nothing before.

    Weights 1, 1/2, 1/4, ... from the newest; covariance over variance with them, by plain sums.
    """
    btc = [0.01, -0.01] * 15
    coin = [0.0] * 28 + [0.02, -0.02]
    weights = [0.5**age for age in reversed(range(30))]
    total = sum(weights)
    x_mean = sum(w * x for w, x in zip(weights, coin, strict=True)) / total
    y_mean = sum(w * y for w, y in zip(weights, btc, strict=True)) / total
    both = sum(w * x * y for w, x, y in zip(weights, coin, btc, strict=True)) / total - x_mean * y_mean
    variance = sum(w * y * y for w, y in zip(weights, btc, strict=True)) / total - y_mean**2
    found = with_bitcoin(bars(coin), bars(btc), 1.0)
    assert found is not None
    assert found[1] == pytest.approx(both / variance)
    assert found[1] > 1.0


def test_six_hours_in_common_are_needed() -> None:
    """25 common candles have 24 returns; those of other times don't count."""
    assert with_bitcoin(bars(WAVE), bars(WAVE, first=6), 96.0) is not None
    assert with_bitcoin(bars(WAVE), bars(WAVE, first=7), 96.0) is None


def test_a_price_that_does_not_move_has_no_correlation() -> None:
    """On either side."""
    still = bars([0.0] * 30)
    assert with_bitcoin(still, bars(WAVE), 96.0) is None
    assert with_bitcoin(bars(WAVE), still, 96.0) is None
