"""Who trades what: the ordinary trades of a step, and how a level's forced closing is spread over the venues."""

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate
from random import Random

from feeds.demo.exchange import LATENCY_MS, Fill, ForcedOrder
from feeds.demo.lines import Line
from feeds.demo.market import CoinMarket
from feeds.demo.positions import Level

_SHARES = {
    ("binance", "perp"): 0.32,
    ("bybit", "perp"): 0.2,
    ("okx", "perp"): 0.18,
    ("binance", "spot"): 0.14,
    ("bybit", "spot"): 0.08,
    ("okx", "spot"): 0.08,
    ("hyperliquid", "perp"): 0.06,
    ("coinbase", "spot"): 0.06,
    ("htx", "perp"): 0.015,
    ("htx", "spot"): 0.015,
    ("gate", "perp"): 0.02,
    ("bitmex", "perp"): 0.01,
    ("deribit", "perp"): 0.015,
    ("bitget", "perp"): 0.0,
}
_LARGE_VENUES = ("binance", "bybit", "okx")
_SMALL_VENUES = {"htx": 0.03, "gate": 0.03, "bitmex": 0.05, "deribit": 0.05, "bitget": 0.05}
"""How likely a level has a forced order on a venue that publishes few; Hyperliquid publishes none."""
_SMALL_PART = 0.04  # of what stands at a level
_LARGE = 0.012  # share of trades that are large
_SPREAD = 0.00005


class Flow:
    """Draws trades and forced orders, and numbers the trades of each line."""

    def __init__(self, lines: Sequence[Line], seed: int) -> None:
        self._random = Random(f"{seed}:flow")
        self._lines = lines
        self._weights = [*accumulate(line.coin.share * _SHARES[line.venue, line.market] for line in lines)]
        self._perps: dict[str, list[Line]] = {}
        self._small: dict[str, list[Line]] = {}
        for line in lines:
            if line.market == "perp" and line.venue in _LARGE_VENUES:
                self._perps.setdefault(line.coin.name, []).append(line)
            elif line.market == "perp" and line.venue in _SMALL_VENUES:
                self._small.setdefault(line.coin.name, []).append(line)
        self._numbers = {(line.venue, line.symbol): self._random.randrange(10**8, 10**9) for line in lines}

    def trades(self, markets: Iterable[CoinMarket], expected: float, now_ms: int, step_ms: int) -> list[Fill]:
        """Ordinary trades of a step, in the order of their times; more of them under stress."""
        by_coin = {market.coin.name: market for market in markets}
        stress = sum(market.stress for market in by_coin.values()) / len(by_coin)
        count = self._poisson(expected * (1 + 2 * stress))
        chosen = self._random.choices(self._lines, cum_weights=self._weights, k=count)
        moments = sorted(self._random.random() for _ in range(count))
        return [
            self._trade(line, by_coin[line.coin.name], share, now_ms - int((1 - share) * step_ms))
            for line, share in zip(chosen, moments, strict=True)
        ]

    def forced(self, market: CoinMarket, level: Level, now_ms: int, step_ms: int) -> list[ForcedOrder]:
        """The forced orders that close what stood at a level: small levels on one venue, others on the large ones."""
        return [*self._rare(market, level, now_ms, step_ms), *self._usual(market, level, now_ms, step_ms)]

    def _rare(self, market: CoinMarket, level: Level, now_ms: int, step_ms: int) -> list[ForcedOrder]:
        return [
            self._order(line, level, level.usd * _SMALL_PART, now_ms, step_ms)
            for line in self._small.get(market.coin.name, ())
            if self._random.random() < _SMALL_VENUES[line.venue]
        ]

    def _usual(self, market: CoinMarket, level: Level, now_ms: int, step_ms: int) -> list[ForcedOrder]:
        random, lines = self._random, self._perps[market.coin.name]
        usual = market.coin.depth_usd * 0.3
        weights = [_SHARES[line.venue, line.market] for line in lines]
        if level.usd < usual:
            return [self._order(random.choices(lines, weights)[0], level, level.usd, now_ms, step_ms)]
        parts = [weight * random.uniform(0.3, 1.7) for weight in weights]
        orders = []
        for line, part in zip(lines, parts, strict=True):
            usd = level.usd * part / sum(parts)
            pieces = [random.uniform(0.2, 1.0) for _ in range(1 + min(4, int(usd / usual)))]
            orders += [self._order(line, level, usd * piece / sum(pieces), now_ms, step_ms) for piece in pieces]
        return orders

    def fills(self, orders: Iterable[ForcedOrder]) -> list[Fill]:
        """The trades that forced orders make, one per line: closing a long sells."""
        by_line: dict[tuple[str, str], list[ForcedOrder]] = {}
        for order in orders:
            if order.line.venue not in _SMALL_VENUES:
                by_line.setdefault((order.line.venue, order.line.symbol), []).append(order)
        return [self._closing(told[0], sum(order.usd for order in told)) for told in by_line.values()]

    def _closing(self, first: ForcedOrder, usd: float) -> Fill:
        return self._number(first.line, first.at_ms, first.price, usd, first.position == "short")

    def _order(self, line: Line, level: Level, usd: float, now_ms: int, step_ms: int) -> ForcedOrder:
        at_ms = now_ms - int(self._random.random() * step_ms)
        price = level.price * (1 + self._random.gauss(0.0, _SPREAD))
        return ForcedOrder(line, at_ms, level.position, price, usd)

    def _trade(self, line: Line, market: CoinMarket, share: float, at_ms: int) -> Fill:
        random, move = self._random, market.log_price - market.before
        buy = random.random() < 0.5 + 0.3 * math.tanh(move * 3000)
        price = math.exp(market.before + share * move) * (1 + _SPREAD if buy else 1 - _SPREAD)
        usd = market.coin.depth_usd * 0.003 * math.exp(random.gauss(0.0, 1.2))
        if random.random() < _LARGE:
            usd = market.coin.depth_usd * 0.15 * random.paretovariate(1.3)
        return self._number(line, at_ms, price, min(usd, market.coin.depth_usd * 5), buy)

    def _number(self, line: Line, at_ms: int, price: float, usd: float, buy: bool) -> Fill:
        """The next trade of a line, so that it is received at `at_ms`."""
        key = line.venue, line.symbol
        self._numbers[key] += 1
        return Fill(line, at_ms - LATENCY_MS, price, usd, buy, self._numbers[key])

    def _poisson(self, expected: float) -> int:
        if expected > 50:
            return max(0, round(self._random.gauss(expected, math.sqrt(expected))))
        limit, product, count = math.exp(-expected), self._random.random(), 0
        while product > limit:
            product *= self._random.random()
            count += 1
        return count
