"""The simulated market: prices, leveraged positions, and forced orders that move the price into the next level.

All figures are invented, and chosen so that a build-up ends in a cascade that one recognises.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from feeds.demo.coins import LEADER, Coin, leader
from feeds.demo.positions import Level, PositionBook, liquidation_log_distance
from feeds.demo.script import Moment, Script
from feeds.events import Position

_BP = 1e-4
_LEVERAGE = (5, 10, 25, 50, 100)
_USUAL_MIX = (*accumulate((0.40, 0.27, 0.18, 0.10, 0.05)),)
_CROWDED_MIX = (*accumulate((0.05, 0.10, 0.20, 0.35, 0.30)),)
_LEVEL_SPREAD = 0.28  # of log distance: added margin and higher tiers move a level off the textbook's
_NEARLY_GONE = 0.02  # share of new positions whose margin is almost used up: what calm minutes liquidate
_MARK_SECONDS = 0.8  # the mark price follows the traded price this slowly
_WORKING_SECONDS = 2.5  # the venues' engines work a forced order into the book this slowly
_STRESS_SECONDS = 12.0
_REVERSION_SECONDS = 400.0
_CLOSING_SECONDS = 500.0
_WARM_SECONDS = 240
_OPENING_SECONDS = 2.0
_CLOSING_EVERY_SECONDS = 20.0
_MOOD_SECONDS = 45.0  # how long a volatility lasts, on average
_MOODS = (0.6, 1.0, 1.7)
_PUSH_SECONDS = 8  # for how long a cascade is pushed; after that it feeds on its own forced orders
_PUSH_BP = {-1: 9, 1: 8}  # a second, by direction
_RETRACED = 0.65  # share of a cascade's move that a rejection takes back
_RETRACING_SECONDS = 8
_BUILD_UP_BP = 0.15  # a second
_EXHAUSTING = 15  # depths taken at once that bring stress to 63 %
_CROWDED_SHARE = 0.35  # of new positions, moved to the crowding side in a build-up
_SWEPT_SHARE = 0.3  # the same for funding alone while a cascade runs
_CALM_FUNDING = 0.0001  # per 8 h
_CROWDED_FUNDING = 0.0014  # per 8 h, on top where all new positions stand on one side
_FUNDING_SECONDS = 40.0


@dataclass(frozen=True, slots=True)
class Quote:
    """One coin at one moment: USD per whole coin, the running funding rate per 8 h.

    `interest`: open interest of all venues in coins, one side.
    """

    coin: Coin
    price: float
    mark: float
    index: float
    funding: float
    interest: float


class CoinMarket:
    """One coin's price and positions. `before` is the price one step ago; both prices are logarithms."""

    def __init__(self, coin: Coin, seed: int) -> None:
        self.coin = coin
        self.log_price = self._anchor = self._log_mark = math.log(coin.price)
        self.before = self.log_price
        self.stress = 0.0
        self.book = PositionBook()
        self._pending_usd = 0.0
        self._random = Random(f"{seed}:{coin.name}:price")
        self._funding = _CALM_FUNDING
        self._volatility = 1.0
        self._unopened = 0.0
        self._unclosed = 0.0
        self._phase = -1
        self._turns = (self.log_price, self.log_price)

    def warm(self, script: Script, now_ms: int) -> None:
        """Open the positions that the minutes before `now_ms` would have left behind."""
        for ago in range(_WARM_SECONDS, 0, -2):
            entry = self.log_price + self._random.gauss(0.0, 12 * _BP)
            self._open(_OPENING_SECONDS, entry, script.at(now_ms - ago * 1000))
        self._close(_WARM_SECONDS / 4)

    def advance(self, seconds: float, leader_move: float, moment: Moment) -> list[Level]:
        """Move the price by one step; the levels that the mark price met, whose orders have moved the price on."""
        random, coin = self._random, self.coin
        if moment.index != self._phase:
            self._turn(moment)
        if random.random() < seconds / _MOOD_SECONDS:
            self._volatility = random.choice(_MOODS)
        noise = coin.noise_bp * _BP * self._volatility * (1 + 1.5 * self.stress) * math.sqrt(seconds)
        self.before = self.log_price
        self.log_price += random.gauss(0.0, noise) + self._pressure(moment) * seconds
        if coin.name != LEADER:
            self.log_price += coin.beta * leader_move
        mark = self._log_mark
        self._log_mark += (self.log_price - mark) * (1 - math.exp(-seconds / _MARK_SECONDS))
        levels = self.book.sweep(mark, self._log_mark)
        self.stress *= math.exp(-seconds / _STRESS_SECONDS)
        for level in levels:
            self._pending_usd += level.usd if level.position == "short" else -level.usd
        if self._pending_usd:
            self._strike(seconds)
        self._trade_positions(seconds, moment)
        return levels

    @property
    def price(self) -> float:
        """The traded price, USD per whole coin."""
        return math.exp(self.log_price)

    def quote(self) -> Quote:
        """The coin as the venues quote it now."""
        interest = (self.coin.interest_usd + self.book.long_usd + self.book.short_usd) / self.coin.price
        mark = math.exp(self._log_mark)
        return Quote(self.coin, self.price, mark, mark * (1 - self._funding / 8), self._funding, interest)

    def _turn(self, moment: Moment) -> None:
        """Remember the price at which the phase began, and the one before it."""
        self._phase = moment.index
        self._turns = (self._turns[1], self.log_price)

    def _pressure(self, moment: Moment) -> float:
        """Log price a second that the script adds."""
        phase = moment.phase
        if phase.name == "cascade":
            pushed = self.coin.name == LEADER and moment.elapsed < _PUSH_SECONDS
            return phase.direction * _PUSH_BP[phase.direction] * _BP if pushed else 0.0
        if phase.name == "rejection":
            origin, extreme = self._turns
            return (extreme + _RETRACED * (origin - extreme) - self.log_price) / _RETRACING_SECONDS
        drift = phase.direction * _BUILD_UP_BP * _BP if phase.name == "build-up" else 0.0
        return drift - (self.log_price - self._anchor) / _REVERSION_SECONDS

    def _strike(self, seconds: float) -> None:
        """Work the forced orders: depth thins, and the price gives way by what is left of it."""
        usd = self._pending_usd * (1 - math.exp(-seconds / _WORKING_SECONDS))
        self._pending_usd = self._pending_usd - usd if abs(self._pending_usd) > 1 else 0.0
        taken = usd / self.coin.depth_usd
        self.stress = 1 - (1 - self.stress) * math.exp(-abs(taken) / _EXHAUSTING)
        self.log_price += taken / (1 - 0.5 * self.stress) * _BP

    def _trade_positions(self, seconds: float, moment: Moment) -> None:
        self._unopened += seconds
        self._unclosed += seconds
        if self._unopened >= _OPENING_SECONDS:
            self._open(self._unopened, self.log_price, moment)
            self._unopened = 0.0
        if self._unclosed >= _CLOSING_EVERY_SECONDS:
            self._close(self._unclosed)
            self._unclosed = 0.0

    def _open(self, seconds: float, entry: float, moment: Moment) -> None:
        """Open positions at the traded price; in a build-up more of them, on one side, with more leverage."""
        crowding = moment.phase.name == "build-up"
        long_share = 0.5 + (_CROWDED_SHARE * moment.phase.direction if crowding else 0.0)
        mix = _CROWDED_MIX if crowding else _USUAL_MIX
        usd = seconds * self.coin.depth_usd * (2.4 if crowding else 0.8)
        self._open_side("long", usd * long_share, entry, mix)
        self._open_side("short", usd * (1 - long_share), entry, mix)
        leaning = _CROWDED_SHARE if crowding else _SWEPT_SHARE if moment.phase.name == "cascade" else 0.0
        rate = _CALM_FUNDING + _CROWDED_FUNDING * moment.phase.direction * leaning
        self._funding += (rate - self._funding) * (1 - math.exp(-seconds / _FUNDING_SECONDS))

    def _open_side(self, position: Position, usd: float, entry: float, mix: tuple[float, ...]) -> None:
        random, coin = self._random, self.coin
        for leverage in random.choices(_LEVERAGE, cum_weights=mix, k=2):
            used = min(leverage, coin.most_leverage)
            distance = liquidation_log_distance(position, used, coin.maintenance)
            distance *= math.exp(random.gauss(0.0, _LEVEL_SPREAD))
            level = entry - distance if position == "long" else entry + distance
            self.book.open(position, level, self._log_mark, usd / 2)
        near = random.uniform(3, 20) * _BP
        level = entry - near if position == "long" else entry + near
        self.book.open(position, level, self._log_mark, usd * _NEARLY_GONE)

    def _close(self, seconds: float) -> None:
        self.book.keep(math.exp(-seconds / _CLOSING_SECONDS), self.coin.depth_usd / 500)


class Market:
    """All coins of the demo. The leader is simulated even where nobody asked for it, because the others follow it."""

    def __init__(self, coins: Iterable[Coin], seed: int, script: Script, now_ms: int) -> None:
        self._script = script
        self._coins = tuple(CoinMarket(coin, seed) for coin in coins)
        self._leader = next((coin for coin in self._coins if coin.coin.name == LEADER), None)
        self._lead = self._leader or CoinMarket(leader(), seed)
        for coin in self._coins if self._leader else (*self._coins, self._lead):
            coin.warm(script, now_ms)

    def __iter__(self) -> Iterator[CoinMarket]:
        return iter(self._coins)

    def advance(self, now_ms: int, seconds: float) -> list[tuple[CoinMarket, list[Level]]]:
        """Move every coin to `now_ms`; each with the levels that its mark price met on the way."""
        moment = self._script.at(now_ms)
        hit = self._lead.advance(seconds, 0.0, moment)
        move = self._lead.log_price - self._lead.before
        return [(coin, hit if coin is self._lead else coin.advance(seconds, move, moment)) for coin in self._coins]
