"""One coin's open interest and crowd, a sample every five minutes: the two days before the demo, then as simulated."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from feeds.demo.chart import Chart
from feeds.demo.coins import Coin
from feeds.demo.market import CoinMarket

SAMPLE_MS = 300_000
_SAMPLES = 588  # 49 hours: two days of whole hours are asked for
_INTEREST_STEP = 0.0016  # of log open interest in a sample: a day moves it by less than three percent
_SHARE_STEP = 0.004
_REVERSION = 0.03  # of a share to its usual value, in a sample
_USUAL = {"accounts": 0.57, "top_accounts": 0.53, "top_positions": 0.5}
_LEANING = {"accounts": 0.55, "top_accounts": 0.35, "top_positions": -0.15}  # with the simulated leverage; against it
_LEAST_SHARE, _MOST_SHARE = 0.12, 0.88


@dataclass(frozen=True, slots=True)
class Shares:
    """Longs among all accounts, among the top accounts, and among the top positions, 0 to 1."""

    accounts: float
    top_accounts: float
    top_positions: float


@dataclass(frozen=True, slots=True)
class Sample:
    """One moment: USD per whole coin, open interest of all venues in whole coins, who is long."""

    at_ms: int
    price: float
    interest: float
    shares: Shares


class Crowd:
    """The samples of one coin. Those before `now_ms` are made when someone first asks for them."""

    def __init__(self, market: CoinMarket, chart: Chart, seed: int, now_ms: int) -> None:
        self._market = market
        self._chart = chart
        self._seed = seed
        self._start = Sample(now_ms, market.quote().price, market.quote().interest, stand(market))
        self._last_ms = now_ms - now_ms % SAMPLE_MS
        self._samples: list[Sample] = []
        self._complete = False

    def move(self, now_ms: int) -> None:
        """Take a sample where five minutes are over."""
        if now_ms - self._last_ms >= SAMPLE_MS:
            quote = self._market.quote()
            self._last_ms = now_ms - now_ms % SAMPLE_MS
            self._samples.append(Sample(self._last_ms, quote.price, quote.interest, stand(self._market)))

    def samples(self, every_ms: int, most: int) -> Sequence[Sample]:
        """The latest samples at whole multiples of `every_ms`, oldest first."""
        if not self._complete:
            self._complete = True
            self._samples = [*_past(self._market.coin, self._chart, self._seed, self._start), *self._samples]
        step = every_ms // SAMPLE_MS
        last = next(back for back in range(1, step + 1) if self._samples[-back].at_ms % every_ms == 0)
        return self._samples[-last::-step][:most][::-1]


def stand(market: CoinMarket) -> Shares:
    """How the crowd stands now: accounts lean with the leveraged positions, the largest positions a little against."""
    book = market.book
    both = book.long_usd + book.short_usd
    leaning = book.long_usd / both - 0.5 if both > 0 else 0.0
    return _shares({name: usual + _LEANING[name] * leaning for name, usual in _USUAL.items()})


def _past(coin: Coin, chart: Chart, seed: int, start: Sample) -> list[Sample]:
    """The samples up to the last whole five minutes before `start`, walked back from there."""
    random = Random(f"{seed}:{coin.name}:crowd")
    interest, now = start.interest, start.shares
    shares = {"accounts": now.accounts, "top_accounts": now.top_accounts, "top_positions": now.top_positions}
    samples = []
    at_ms = start.at_ms - start.at_ms % SAMPLE_MS
    for _ in range(_SAMPLES):
        samples.append(Sample(at_ms, chart.price_at(at_ms), interest, _shares(shares)))
        at_ms -= SAMPLE_MS
        interest *= math.exp(random.gauss(0.0, _INTEREST_STEP))
        for name, usual in _USUAL.items():
            shares[name] += random.gauss(0.0, _SHARE_STEP) + _REVERSION * (usual - shares[name])
    return samples[::-1]


def _shares(shares: dict[str, float]) -> Shares:
    kept = {name: min(_MOST_SHARE, max(_LEAST_SHARE, share)) for name, share in shares.items()}
    return Shares(kept["accounts"], kept["top_accounts"], kept["top_positions"])
