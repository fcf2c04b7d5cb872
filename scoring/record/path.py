"""The price's path of one coin in steps: what levels drawn at other times are held against."""

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import replace

from scoring.record.prediction import DAY_MS, Fate, Forecast, Prediction, draws


class PricePath:
    """Low, high, close and deviation of each step, by when it ended; further apart than the longest gap is a gap."""

    def __init__(self, longest_gap_ms: int) -> None:
        self._longest_gap_ms = longest_gap_ms
        self._times = array("q")
        self._lows, self._highs, self._closes, self._sigmas = array("d"), array("d"), array("d"), array("d")
        self._unbroken_from = array("q")
        """Of each step, the first step since which no gap was."""

    def __len__(self) -> int:
        return len(self._times)

    def add(self, at_ms: int, low: float, high: float, close: float, sigma: float) -> None:
        """A step that ended at `at_ms`; `sigma` 0 where no deviation was known then."""
        broken = not self._times or at_ms - self._times[-1] > self._longest_gap_ms
        self._unbroken_from.append(len(self._times) if broken else self._unbroken_from[-1])
        self._times.append(at_ms)
        for column, value in ((self._lows, low), (self._highs, high), (self._closes, close), (self._sigmas, sigma)):
            column.append(value)

    def elsewhere(self, fate: Fate, seed: int, forecast: Forecast, *, any_side: bool) -> Fate | None:
        """The fate of a level as far away at another time of the same day, drawn by the seed; on a drawn side too.

        None where the drawn time has no deviation, or its horizon no whole path.
        """
        prediction = fate.prediction
        draw = draws(seed, prediction.identity, prediction.at_ms)
        day_ms = prediction.at_ms // DAY_MS * DAY_MS
        start = bisect_left(self._times, day_ms)
        end = bisect_left(self._times, day_ms + DAY_MS)
        if start == end:
            return None
        place = start + int(next(draw) * (end - start))
        due_ms = self._times[place] + prediction.due_ms - prediction.at_ms
        last = bisect_right(self._times, due_ms)
        whole = last < len(self._times) and self._unbroken_from[last] <= place
        if not self._sigmas[place] or not whole:
            return None
        price = self._closes[place]
        away = prediction.level / prediction.price
        if any_side and next(draw) < 0.5:
            away = 1 / away
        there = replace(forecast, at_ms=self._times[place], price=price, sigma=self._sigmas[place])
        return self._fate(prediction, there, price * away, place, last)

    def _fate(self, model: Prediction, there: Forecast, level: float, place: int, last: int) -> Fate:
        price, hours = there.price, (model.due_ms - model.at_ms) / 3_600_000
        low, high = min(self._lows[place + 1 : last]), max(self._highs[place + 1 : last])
        mirror = price * price / level
        shifted = price * model.shifted / model.price
        prediction = replace(
            model,
            side="above" if level > price else "below",
            level=level,
            mirror=mirror,
            shifted=shifted,
            chance=there.chance(level, hours),
            shifted_chance=there.chance(shifted, hours),
            price=price,
            sigma=there.sigma,
            at_ms=there.at_ms,
            due_ms=there.at_ms + model.due_ms - model.at_ms,
        )
        return Fate(
            prediction,
            *(one <= high if one > price else one >= low for one in (level, mirror, shifted)),
        )
