"""A market with known cascades: an order book that gives way to forced orders, and the same market without them.

Every path is a sum of two parts: what happens anyway (noise, news) and what forced orders do to the price. Only a
simulation knows both, so only here it is known whether a fall was a cascade: when forced orders moved the price by at
least 60 bp within ten minutes and made at least half of the move. All figures are those of an invented middling coin.
"""

import math
from bisect import bisect_left
from dataclasses import dataclass, field
from random import Random

from feeds.events import Liquidation
from scoring.cascades.evaluate import Label
from scoring.view.cascades import Direction

START_MS = 1_737_979_440_000
SECONDS = 2_700
QUIET_SECONDS = 900  # nothing happens before, so that usual rates are known
PRICE = 100.0
DEPTH_PER_BP = 40_000.0
INTEREST = 1_500_000.0  # coins on each of two exchanges
_NOISE = 1.0e-4  # a second
_MOODS = (0.6, 1.0, 1.6)
_MOOD_SECONDS = 240.0
_THINNEST = 3.4  # a book under stress
_STRESS_SECONDS = 20.0
_EXHAUSTING_BP = 25.0
_WORKING_SECONDS = 2.5
_RECOVERY_SECONDS = 900.0
_BACKGROUND = 0.02  # forced orders a second and side that happen anyway
_MIDDLE_USD, _SIGMA = 2_500.0, 1.8
_MOST_USD = 250_000.0
_CLOSED_PER_FORCED = 3.0  # open interest that closes with a forced USD: stops, margin added back, fear
_LABEL_SECONDS, _LABEL_BP, _LABEL_SHARE = 600, 60e-4, 0.5


@dataclass(frozen=True, slots=True)
class Plot:
    """What a path is about. `fuel`: by side, leverage per basis point in thin depths (1 feeds itself) between two
    distances in bp; `news`: start, length, log move."""

    fuel: dict[int, tuple[float, float, float]]
    news: tuple[int, int, float] | None = None
    noise: float = 1.0


@dataclass(slots=True)
class Recording:
    """One path, second by second: prices, forced orders, what two exchanges report, and its labels."""

    prices: list[float] = field(default_factory=list)
    forced: list[list[Liquidation]] = field(default_factory=list)
    interest: list[float | None] = field(default_factory=list)
    depth: list[tuple[float, float] | None] = field(default_factory=list)
    takers: list[float] = field(default_factory=list)
    labels: tuple[Label, ...] = ()


def calm() -> Plot:
    """Noise, and leverage far too thin to matter."""
    return Plot({-1: (0.1, 5.0, 400.0), +1: (0.1, 5.0, 400.0)})


def plot(seed: int) -> Plot:
    """A plot by chance: calm, news without leverage, leverage without news, both."""
    random = Random(f"{seed}:plot")
    kind = random.choice(("calm", "news", "news", "thin", "fuel", "fuel", "both", "both"))
    fuel = {side: (random.uniform(0.05, 0.35), random.uniform(3, 10), 500.0) for side in (-1, +1)}
    side = random.choice((-1, +1))
    if kind in ("fuel", "both"):
        start = random.uniform(15, 60)
        fuel[side] = (random.uniform(0.6, 2.4), start, start + random.uniform(80, 300))
    news = None
    if kind != "calm":
        size = random.uniform(40, 220) if kind in ("news", "both") else random.uniform(20, 70)
        seconds = round(math.exp(random.uniform(math.log(15), math.log(240))))
        news = (random.randint(QUIET_SECONDS, 1_700), seconds, side * size * 1e-4)
    return Plot(fuel, news, random.choice((0.7, 1.0, 1.0, 1.4)))


class Simulated:
    """One path in the making."""

    def __init__(self, seed: int, plot_: Plot) -> None:
        self._random = Random(f"{seed}:market")
        self._plot = plot_
        self._mood = 1.0
        self.outside = 0.0
        self.forced = {-1: 0.0, +1: 0.0}
        self._stress = 0.0
        self._waiting = {-1: 0.0, +1: 0.0}
        self._interest = INTEREST
        self._levels = {side: self._fuel(side) for side in (-1, +1)}
        self.path: list[float] = []
        self.pushed: dict[int, list[float]] = {-1: [], +1: []}

    def _fuel(self, side: int) -> list[tuple[float, float]]:
        """Orders by the log distance that sets them off, nearest first."""
        ratio, near, far = self._plot.fuel[side]
        mass = ratio * DEPTH_PER_BP / _THINNEST * (far - near)
        orders = []
        while mass > 0:
            usd = self._size()
            orders.append((self._random.uniform(near, far) * 1e-4, usd))
            mass -= usd
        return sorted(orders)

    def _size(self) -> float:
        return min(_MOST_USD, _MIDDLE_USD * math.exp(self._random.gauss(0.0, _SIGMA)))

    def advance(self, second: int) -> list[tuple[int, float]]:
        """One second: the forced orders as side and USD."""
        random, plot_ = self._random, self._plot
        if random.random() < 1 / _MOOD_SECONDS:
            self._mood = random.choice(_MOODS)
        jump = 2.5 if random.random() < 0.02 else 1.0
        self.outside += _NOISE * plot_.noise * self._mood * jump * random.gauss(0.0, 1.0)
        if plot_.news and plot_.news[0] <= second < plot_.news[0] + plot_.news[1]:
            self.outside += plot_.news[2] / plot_.news[1]
            self._interest *= 1 - 2e-3 / plot_.news[1]
        price = self.outside + sum(self.forced.values())
        orders = []
        for side in (-1, +1):
            self.forced[side] -= self.forced[side] / _RECOVERY_SECONDS
            orders += [(side, usd) for usd in self._hit(side, price * side)]
            if random.random() < _BACKGROUND:
                orders.append((side, self._size()))
        for side, usd in orders:
            self._waiting[side] += usd
        self._work()
        self._interest *= 1 + random.gauss(0.0, 2e-5)
        self._interest -= _CLOSED_PER_FORCED * sum(usd for _, usd in orders) / PRICE / 2
        self.path.append(self.outside + sum(self.forced.values()))
        for side, pushed in self.pushed.items():
            pushed.append(self.forced[side] * side)
        return orders

    def _hit(self, side: int, distance: float) -> list[float]:
        levels = self._levels[side]
        place = bisect_left(levels, (distance, math.inf))
        hit = [usd for _, usd in levels[:place]]
        del levels[:place]
        return hit

    def _work(self) -> None:
        """The engines work what waits into the book, which thins."""
        self._stress *= math.exp(-1 / _STRESS_SECONDS)
        for side in (-1, +1):
            usd = self._waiting[side] * (1 - math.exp(-1 / _WORKING_SECONDS))
            self._waiting[side] -= usd
            taken = usd / DEPTH_PER_BP
            self._stress = 1 - (1 - self._stress) * math.exp(-taken / _EXHAUSTING_BP)
            self.forced[side] += side * taken * (1 + (_THINNEST - 1) * self._stress) * 1e-4

    def reports(self, second: int) -> tuple[float | None, tuple[float, float] | None]:
        """Open interest and depth where this second has them; displayed depth flees from stress."""
        random = self._random
        interest = self._interest * (1 + random.gauss(0.0, 1e-4)) if second % 30 == 7 else None
        shown = DEPTH_PER_BP * 100 / (1 + (_THINNEST - 1) * self._stress)
        depth = (shown * random.uniform(0.8, 1.2), shown * random.uniform(0.8, 1.2)) if second % 20 == 3 else None
        return interest, depth


def record(seed: int, plot_: Plot | None = None, seconds: int = SECONDS) -> Recording:
    """The path of a seed."""
    market, random = Simulated(seed, plot_ or plot(seed)), Random(f"{seed}:prints")
    recording = Recording()
    for second in range(seconds):
        orders = market.advance(second)
        price = PRICE * math.exp(market.path[-1])
        recording.prices.append(price)
        recording.forced.append(_prints(orders, second, price, random))
        interest, depth = market.reports(second)
        recording.interest.append(interest)
        recording.depth.append(depth)
        recording.takers.append((market.path[-1] - market.path[max(0, second - 10)]) * 1e4 * DEPTH_PER_BP)
    recording.labels = labels(market.path, market.pushed)
    return recording


def _prints(orders: list[tuple[int, float]], second: int, price: float, random: Random) -> list[Liquidation]:
    """Each order in one to four prints within an eighth of a second."""
    found = []
    for side, usd in orders:
        at_ms = START_MS + second * 1000 + random.randrange(870)
        parts = random.choice((1, 1, 2, 3, 4))
        for part in range(parts):
            found.append(forced_order(at_ms + 30 * part, "long" if side < 0 else "short", usd / parts, price))
    return sorted(found, key=lambda order: order.at_ms)


def forced_order(at_ms: int, position: str, usd: float, price: float = PRICE, sampled: bool = False) -> Liquidation:
    """A forced order of an exchange that publishes all, or samples."""
    return Liquidation(
        venue="binance" if sampled else "bybit", market="perp", symbol="WIFUSDT", coin="WIF", at_ms=at_ms,
        received_ms=at_ms, position="long" if position == "long" else "short", price=price, quantity=usd / price,
        notional_usd=usd, sampled=sampled,
    )  # fmt: skip


def throttled(forced: list[Liquidation]) -> list[Liquidation]:
    """The largest order of a second, as a sampling feed shows it."""
    if not forced:
        return []
    whole: dict[tuple[str, int], float] = {}
    for order in forced:
        key = (order.position, order.at_ms // 125)
        whole[key] = whole.get(key, 0.0) + order.notional_usd
    (position, _), usd = max(whole.items(), key=lambda item: item[1])
    return [forced_order(forced[-1].at_ms, position, usd, forced[-1].price, sampled=True)]


def labels(path: list[float], pushed: dict[int, list[float]]) -> tuple[Label, ...]:
    """The cascades of a path (logarithms), by what forced orders did to it: at most one in each direction."""
    return tuple(label for sign in (-1, +1) if (label := _label(path, pushed[sign], sign)))


def _label(path: list[float], pushed: list[float], sign: int) -> Label | None:
    """The largest push within ten minutes; it begins where a twentieth of it is done."""
    best, ends = 0.0, None
    for begin in range(0, len(path) - 60, 5):
        for end in range(begin + 10, min(len(path), begin + _LABEL_SECONDS), 5):
            own = pushed[end] - pushed[begin]
            if own > best and own >= _LABEL_BP and own >= _LABEL_SHARE * (path[end] - path[begin]) * sign:
                best, ends = own, (begin, end)
    if ends is None:
        return None
    begin, end = ends
    begin = max(second for second in range(begin, end) if pushed[second] <= pushed[begin] + 0.05 * best)
    extreme = max(range(begin, min(len(path), end + 60)), key=lambda second: path[second] * sign)
    direction: Direction = "down" if sign < 0 else "up"
    return Label(direction, START_MS + begin * 1000, START_MS + extreme * 1000)
