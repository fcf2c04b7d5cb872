"""How far the price moves in a day is measured where it can be, and called assumed where it can't."""

from math import exp, log, sqrt

import pytest

from scoring.candles import Bar
from scoring.settings.estimate import VolatilitySettings
from scoring.view.estimated import Volatility
from scoring.volatility import PriceSteps, SquaredReturns, candle_returns, read_volatility

SETTINGS = VolatilitySettings()
MINUTE, STEP, QUARTER, HOUR = 60_000, 300_000, 900_000, 3_600_000
START = 1_780_000_200_000 // STEP * STEP


def bars(closes: list[float], length_ms: int = QUARTER, start: int = START) -> list[Bar]:
    return [Bar(start + place * length_ms, close, close, close) for place, close in enumerate(closes)]


def zigzag(count: int, size: float) -> list[float]:
    """Prices whose log returns are `size` up and down in turn."""
    return [100 * exp(size * (place % 2)) for place in range(count)]


def own(count: int, size: float, start: int = START) -> SquaredReturns:
    steps = PriceSteps(SETTINGS)
    for place, price in enumerate(zigzag(count, size)):
        steps.take(start + place * STEP, price)
    return steps.returns


def test_even_returns_scale_to_the_day_by_the_square_root_of_time() -> None:
    """10 basis points every five minutes are 0.1 % x 288^0.5 = 1.70 % a day; every 15 minutes x 96^0.5 = 0.98 %."""
    assert own(50, 0.001).daily == pytest.approx(0.001 * sqrt(288))
    assert candle_returns(bars(zigzag(50, 0.001)), QUARTER, SETTINGS).daily == pytest.approx(0.001 * sqrt(96))


def test_returns_of_six_hours_ago_count_half() -> None:
    """One move of 1 %, then 72 steps of calm: the plain weighted sum says so too."""
    prices = [100.0, 101.0, *[101.0] * 72]
    steps = PriceSteps(SETTINGS)
    for place, price in enumerate(prices):
        steps.take(START + place * STEP, price)
    weights = [0.5 ** (age / 72) for age in range(73)]
    variance = log(1.01) ** 2 * weights[72] / sum(weights)
    assert weights[72] == 0.5
    assert steps.returns.daily == pytest.approx(sqrt(variance * 288))


def test_of_the_prices_in_five_minutes_the_first_counts() -> None:
    """A minute's price before the next boundary changes nothing."""
    steps = PriceSteps(SETTINGS)
    for minute, price in enumerate([100, 150, 50, 100, 170, 101]):
        steps.take(START + minute * MINUTE, price)
    assert steps.returns.daily == pytest.approx(log(1.01) * sqrt(288))


def test_a_hole_makes_no_return() -> None:
    """A move that nobody saw the way of would be taken for one of five minutes."""
    steps = PriceSteps(SETTINGS)
    for place, price in ((0, 100), (1, 101), (9, 200), (10, 202)):
        steps.take(START + place * STEP, price)
    assert steps.returns.daily == pytest.approx(log(1.01) * sqrt(288))
    candles = bars([100, 101]) + bars([200, 202], start=START + 20 * QUARTER)
    assert candle_returns(candles, QUARTER, SETTINGS).daily == pytest.approx(log(1.01) * sqrt(96))


def test_own_returns_are_taken_once_they_cover_three_hours() -> None:
    """36 returns; until then candles, and without these the assumption."""
    candles = candle_returns(bars(zigzag(97, 0.002)), QUARTER, SETTINGS)
    now = START + 96 * QUARTER + QUARTER
    few, enough = own(36, 0.001, now - 35 * STEP), own(37, 0.001, now - 36 * STEP)
    assert read_volatility(enough, candles, 0.025, now, SETTINGS) == Volatility(enough.daily, "5m returns", True)
    found = read_volatility(few, candles, 0.025, now, SETTINGS, "15m candles of okx")
    assert found == Volatility(pytest.approx(0.002 * sqrt(96)), "15m candles of okx", True)  # type: ignore[arg-type]
    assert read_volatility(few, None, 0.025, now, SETTINGS) == Volatility(0.025, "assumed 2.5 %", False)


def test_what_is_known_from_long_ago_does_not_serve() -> None:
    """Half an hour after the newest return, and the step itself, it is stale."""
    returns = own(100, 0.001)
    last = START + 99 * STEP
    fresh = last + 30 * MINUTE + STEP
    assert read_volatility(returns, None, 0.025, fresh, SETTINGS).measured
    assert not read_volatility(returns, None, 0.025, fresh + 1, SETTINGS).measured


def test_after_a_long_break_few_new_returns_are_not_enough() -> None:
    """What was before weighs next to nothing after two days."""
    steps = PriceSteps(SETTINGS)
    later = START + 48 * HOUR
    for start in (START, later):
        for place, price in enumerate(zigzag(20 if start == later else 100, 0.001)):
            steps.take(start + place * STEP, price)
    assert not read_volatility(steps.returns, None, 0.025, later + 20 * STEP, SETTINGS).measured


def test_a_price_that_never_moved_is_no_measurement() -> None:
    """A volatility of nothing would make every touch impossible."""
    assert read_volatility(own(100, 0.0), None, 0.03, START + 99 * STEP, SETTINGS) == Volatility(
        0.03, "assumed 3 %", False
    )


def test_without_a_return_there_is_no_deviation() -> None:
    assert SquaredReturns(STEP, SETTINGS).daily == 0.0
    assert candle_returns([], QUARTER, SETTINGS).daily == 0.0
