"""One run of the price under forced orders: where it began, its extreme, and the levels it went through."""

from math import ceil, exp, floor

from scoring.settings import LevelSettings
from scoring.settings.cascades import LevelRules
from scoring.step import index_at_most, step_at
from scoring.view.cascades import CrossedLevel, LevelVerdict

_ON_EDGE = 1e-6
"""A price this close to an edge, in steps, stands on it."""


class Run:
    """A run in the direction of `sign` since `began_ms`. Prices are given as logarithms.

    `start_ms`: when the price stood at its `origin`, which lies before the ignition.
    """

    __slots__ = (
        "_edge", "_left_ms", "_level_settings", "_rules", "_usd", "began_ms", "crossed", "extreme", "extreme_ms",
        "levels", "origin", "peak_rate", "sign", "step",
    )  # fmt: skip

    def __init__(
        self, sign: int, began_ms: int, origin: float, start_ms: int, rules: LevelRules, settings: LevelSettings,
        level: float,
    ) -> None:  # fmt: skip
        self.sign = sign
        self.began_ms = began_ms
        self.origin = origin
        self.extreme = origin
        self.extreme_ms = began_ms
        self.peak_rate = 0.0
        self.levels: list[CrossedLevel] = []
        self.crossed = 0
        self.step = step_at(index_at_most(exp(origin) * level))
        self._rules = rules
        self._level_settings = settings
        self._edge = exp(origin)
        self._left_ms = start_ms
        self._usd = 0.0

    def add(self, usd: float) -> None:
        """Count what was liquidated in the level that the price is in."""
        self._usd += usd

    def follow(self, now_ms: int, price: float, rate: float) -> bool:
        """Move to a second's price (a logarithm) and fast rate; whether the price made a new extreme."""
        self.peak_rate = max(self.peak_rate, rate)
        if (price - self.extreme) * self.sign <= 0:
            return False
        self.extreme, self.extreme_ms = price, now_ms
        return True

    @property
    def length(self) -> float:
        """How far the run went, a positive fraction."""
        return (exp(self.extreme - self.origin) - 1) * self.sign

    def retraced(self, price: float) -> float:
        """The share of the run that was taken back."""
        whole = (self.extreme - self.origin) * self.sign
        return max(0.0, (self.extreme - price) * self.sign / whole) if whole > 0 else 0.0

    def cross(self, now_ms: int, price: float, renewal: tuple[float, float] | None) -> list[CrossedLevel]:
        """Close the levels that a price (a logarithm) left behind. `renewal`: the number and its upper bound.

        What was liquidated, and the time it took, are shared by width where a second crosses several.
        """
        edges = self._edges(exp(price))
        if not edges:
            return []
        whole = abs(edges[-1] - self._edge)
        seconds = max(1.0, (now_ms - self._left_ms) / 1000)
        closed = []
        for edge in edges:
            part = abs(edge - self._edge) / whole
            closed.append(self._close(now_ms, edge, self._usd * part, seconds * part, renewal))
            self._edge = edge
        self._usd, self._left_ms = 0.0, now_ms
        self.levels = [*self.levels, *closed][-self._rules.kept :]
        self.crossed += len(closed)
        return closed

    def _edges(self, price: float) -> list[float]:
        """The edges between the last one and a price, in the order in which they were met."""
        step, place = self.step, self._edge / self.step
        if self.sign > 0:
            numbers = range(floor(place + _ON_EDGE) + 1, floor(price / step + _ON_EDGE) + 1)
        else:
            numbers = range(ceil(place - _ON_EDGE) - 1, ceil(price / step - _ON_EDGE) - 1, -1)
        return [number * step for number in numbers][: self._rules.kept]

    def _close(
        self, now_ms: int, edge: float, usd: float, seconds: float, renewal: tuple[float, float] | None
    ) -> CrossedLevel:
        width_bp = abs(edge / self._edge - 1) * 1e4
        per_bp, speed = usd / width_bp, width_bp / seconds
        before = self.levels[-1] if self.levels else None
        growth = per_bp / before.usd_per_bp if before and before.usd_per_bp > 0 else None
        pace = speed / before.bp_per_second if before else None
        judged = None if growth is None or pace is None else self._verdict(growth, pace, renewal)
        return CrossedLevel(now_ms, self._edge, edge, usd, per_bp, speed, growth, pace, judged)

    def _verdict(self, growth: float, pace: float, renewal: tuple[float, float] | None) -> LevelVerdict:
        settings, rules = self._level_settings, self._rules
        spent = renewal is not None and renewal[1] < 1
        if growth < settings.sustains or pace < rules.slower or spent:
            return "fades"
        growing = renewal is None or renewal[0] >= 1
        return "accelerates" if growth >= settings.accelerates and pace >= rules.faster and growing else "sustains"

    def reject(self, now_ms: int, price: float, taker_usd: float | None) -> CrossedLevel | None:
        """The last level, where the price has just come back through it with the takers turned; else None."""
        if not self.levels or taker_usd is None or taker_usd * self.sign >= 0:
            return None
        level = self.levels[-1]
        if level.verdict == "rejected" or now_ms - level.at_ms > self._rules.retrace_seconds * 1000:
            return None
        extreme, now = exp(self.extreme), exp(price)
        run = (extreme - level.near) * self.sign
        if run <= 0 or (extreme - now) * self.sign < run * self._rules.retrace:
            return None
        rejected = CrossedLevel(
            level.at_ms, level.near, level.far, level.usd, level.usd_per_bp, level.bp_per_second, level.growth,
            level.pace, "rejected",
        )  # fmt: skip
        self.levels[-1] = rejected
        return rejected
