"""The trend of closed candles: averages in order, a directional index, swings and Supertrend, added to one score.

Averages and swings as commonly used; ADX by Wilder, "New Concepts in Technical Trading Systems" (1978); Supertrend by
Seban.
"""

from collections.abc import Sequence
from itertools import pairwise

from scoring.candles import Bar
from scoring.settings import TrendSettings
from scoring.view import TrendReading

_SWING = 2  # candles on each side of a swing: a fractal of five


def trend(interval: str, bars: Sequence[Bar], settings: TrendSettings) -> TrendReading:
    """The score from -3 to +3 of unbroken closed candles, oldest first; None with the reason where they are too few.

    One point each for averages in order, swings, and Supertrend; a market without direction (low ADX) has one at most.
    """
    if len(bars) < settings.slow:
        return TrendReading(interval, None, None, f"{len(bars)} of {settings.slow} candles in a row")
    closes = [bar.close for bar in bars]
    stack = _stack(closes, settings)
    swings = _swings(bars)
    line = _supertrend(bars, settings)
    strength = adx(bars, settings.adx)
    score = stack + swings + line
    if strength is not None and strength < settings.adx_trend:
        score = max(-1, min(1, score))
    words = ", ".join(
        f"{name} {'up' if value > 0 else 'down' if value < 0 else 'mixed'}"
        for name, value in (("averages", stack), ("swings", swings), ("Supertrend", line))
    )
    return TrendReading(interval, score, strength, words, bars[-1].open_ms)


def ema(values: Sequence[float], length: int) -> float:
    """The exponential average of `values`, begun with the plain average of the first `length`."""
    average = sum(values[:length]) / length
    weight = 2 / (length + 1)
    for value in values[length:]:
        average += weight * (value - average)
    return average


def _stack(closes: Sequence[float], settings: TrendSettings) -> int:
    fast, middle, slow = (ema(closes, length) for length in (settings.fast, settings.middle, settings.slow))
    if fast > middle > slow:
        return 1
    return -1 if fast < middle < slow else 0


def _swings(bars: Sequence[Bar]) -> int:
    """+1 for higher highs and higher lows among the last swings, -1 for lower ones."""
    highs, lows = [], []
    for place in range(_SWING, len(bars) - _SWING):
        around = bars[place - _SWING : place + _SWING + 1]
        if bars[place].high == max(bar.high for bar in around):
            highs.append(bars[place].high)
        if bars[place].low == min(bar.low for bar in around):
            lows.append(bars[place].low)
    if len(highs) < 2 or len(lows) < 2:
        return 0
    if highs[-1] > highs[-2] and lows[-1] > lows[-2]:
        return 1
    return -1 if highs[-1] < highs[-2] and lows[-1] < lows[-2] else 0


def true_ranges(bars: Sequence[Bar]) -> list[float]:
    """How far each candle after the first ranged, the step from the close before it included."""
    return [max(bar.high, before.close) - min(bar.low, before.close) for before, bar in pairwise(bars)]


def _wilder(values: Sequence[float], length: int) -> list[float]:
    """Wilder's average of `values` at each place from `length` on."""
    average = sum(values[:length]) / length
    out = [average]
    for value in values[length:]:
        average += (value - average) / length
        out.append(average)
    return out


def adx(bars: Sequence[Bar], length: int) -> float | None:
    """The average directional index, 0 to 100; None where there are fewer than twice `length` candles."""
    if len(bars) < 2 * length:
        return None
    ups, downs = [], []
    for before, bar in pairwise(bars):
        up, down = bar.high - before.high, before.low - bar.low
        ups.append(up if up > down and up > 0 else 0.0)
        downs.append(down if down > up and down > 0 else 0.0)
    ranges, plus, minus = (_wilder(values, length) for values in (true_ranges(bars), ups, downs))
    index = []
    for size, up, down in zip(ranges, plus, minus, strict=True):
        both = up + down
        index.append(100 * abs(up - down) / both if size > 0 and both > 0 else 0.0)
    return _wilder(index, length)[-1]


def _supertrend(bars: Sequence[Bar], settings: TrendSettings) -> int:
    """+1 while the close stays above the trailing band, -1 below."""
    length = settings.supertrend
    averages = _wilder(true_ranges(bars), length)
    upper = lower = 0.0
    way = 1
    for place, average in enumerate(averages, start=length):
        bar, before = bars[place], bars[place - 1]
        center, reach = (bar.high + bar.low) / 2, settings.supertrend_factor * average
        first = place == length
        upper = center + reach if first or center + reach < upper or before.close > upper else upper
        lower = center - reach if first or center - reach > lower or before.close < lower else lower
        if bar.close > upper:
            way = 1
        elif bar.close < lower:
            way = -1
    return way
