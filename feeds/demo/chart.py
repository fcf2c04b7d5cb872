"""One coin's candles: a seeded path of the weeks before the demo begins, and the simulated price ever since.

The path ends at the price with which the simulation starts. All figures are invented.
"""

import math
from dataclasses import dataclass
from functools import cache
from random import Random

from feeds.demo.coins import LEADER, Coin, leader

QUARTER_MS = 900_000
_QUARTERS = 1208  # 302 hours
MOST = 300
"""The most candles that are told at once: as many as OKX has in a page, so that an EMA over 200 has nearly settled."""

_STEP_BP = 21.0  # of a coin's usual noise, in a quarter of an hour: a day moves bitcoin by two percent
_TREND_BP = 2.6  # a quarter of an hour, in a stretch that goes one way
_TREND_QUARTERS = 150  # how long such a stretch lasts, on average
_WICK = 0.75  # of a usual step: the farthest beyond open and close
_TURNOVER = 14_000  # depths (of one basis point) that change hands in a day
_DAY_SECONDS = 86_400


@dataclass(slots=True)
class Bar:
    """A candle: USD per whole coin, the volume in whole coins. The last one is still forming."""

    at_ms: int
    open: float
    high: float
    low: float
    close: float
    volume: float


class Chart:
    """The candles of a quarter of an hour, oldest first; longer ones are put together from them.

    The path before `now_ms`, when the price stood at `price`, is made when someone first asks for it.
    """

    def __init__(self, coin: Coin, seed: int, price: float, now_ms: int) -> None:
        self._coin = coin
        self._moved_ms = now_ms
        self._start = seed, price, now_ms
        self._bars = [Bar(now_ms - now_ms % QUARTER_MS, price, price, price, price, 0.0)]
        self._complete = False

    def move(self, now_ms: int, price: float, stress: float) -> None:
        """The price at `now_ms`, since the last call; more is traded under stress."""
        bar = self._bars[-1]
        if now_ms - bar.at_ms >= QUARTER_MS:
            close = bar.close
            bar = Bar(now_ms - now_ms % QUARTER_MS, close, close, close, close, 0.0)
            self._bars.append(bar)
        if price > bar.high:
            bar.high = price
        elif price < bar.low:
            bar.low = price
        bar.close = price
        seconds = (now_ms - self._moved_ms) / 1000
        self._moved_ms = now_ms
        bar.volume += _coins_a_second(self._coin, price) * seconds * (1 + 8 * stress)

    @property
    def quarters(self) -> list[Bar]:
        """All candles, the last one forming."""
        if not self._complete:
            self._complete = True
            past = _past(self._coin, *self._start)
            self._bars = [*past[:-1], _joined([past[-1], self._bars[0]]), *self._bars[1:]]
        return self._bars

    def bars(self, minutes: int, most: int) -> list[Bar]:
        """The latest candles of so many minutes (a multiple of 15), oldest first."""
        most = min(most, MOST)
        if minutes == 15:
            return self.quarters[-most:]
        each = minutes // 15
        told = self.quarters[-(most + 1) * each :]
        start = next(index for index, bar in enumerate(told) if bar.at_ms % (minutes * 60_000) == 0)
        return [_joined(told[index : index + each]) for index in range(start, len(told), each)][-most:]

    def price_at(self, at_ms: int) -> float:
        """The price at a past time, between the open and the close of its candle."""
        bars = self.quarters
        index = (at_ms - bars[0].at_ms) // QUARTER_MS
        bar = bars[max(0, min(index, len(bars) - 1))]
        share = min(1.0, max(0.0, (at_ms - bar.at_ms) / QUARTER_MS))
        return bar.open + (bar.close - bar.open) * share


def _past(coin: Coin, seed: int, price: float, now_ms: int) -> list[Bar]:
    """The candles up to the one that is forming at `now_ms`, which then stands at `price`."""
    chance = (own := Random(f"{seed}:{coin.name}:past")).random
    lead = _steps(seed, leader())
    steps = lead if coin.name == LEADER else [coin.beta * step for step in lead]
    if coin.name != LEADER:
        noise = coin.noise_bp * _STEP_BP * 1e-4
        steps = [step + own.gauss(0.0, noise) for step in steps]
    last_ms = now_ms - now_ms % QUARTER_MS
    formed = (now_ms - last_ms) / QUARTER_MS
    usual = coin.noise_bp * _STEP_BP * 1e-4 * _WICK
    bars: list[Bar] = []
    close = price
    for ago, step in enumerate(steps):
        share = formed if ago == 0 else 1.0
        opened = close * math.exp(-step * share)
        wick = usual * share
        high = max(opened, close) * (1 + wick * chance() ** 2)
        low = min(opened, close) / (1 + wick * chance() ** 2)
        busy = share * (0.4 + chance()) * (1 + 0.3 * abs(step) / usual)
        volume = _coins_a_second(coin, close) * QUARTER_MS / 1000 * busy
        bars.append(Bar(last_ms - ago * QUARTER_MS, opened, high, low, close, volume))
        close = opened
    return bars[::-1]


@cache
def _steps(seed: int, coin: Coin) -> list[float]:
    """The leader's moves in log price, the latest first."""
    random = Random(f"{seed}:{coin.name}:past steps")
    trend, found = _TREND_BP, []
    for _ in range(_QUARTERS):
        if random.random() < 1 / _TREND_QUARTERS:
            trend = random.choice((-_TREND_BP, 0.0, _TREND_BP))
        found.append((random.gauss(0.0, coin.noise_bp * _STEP_BP) + trend) * 1e-4)
    return found


def _joined(bars: list[Bar]) -> Bar:
    return Bar(
        bars[0].at_ms,
        bars[0].open,
        max(bar.high for bar in bars),
        min(bar.low for bar in bars),
        bars[-1].close,
        sum(bar.volume for bar in bars),
    )


def _coins_a_second(coin: Coin, price: float) -> float:
    return coin.depth_usd * _TURNOVER / _DAY_SECONDS / price
