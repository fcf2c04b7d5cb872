"""A coin that is moved second by second, as tests of states need it."""

import math
from dataclasses import replace

from scoring.cascades.detector import CoinCascades
from scoring.cascades.surroundings import Surroundings
from scoring.settings import LevelSettings
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import Direction, StateName, Transition
from tests.cascades_market import DEPTH_PER_BP, PRICE, forced_order

NOW = 1_737_979_440_000
RULES = CascadeRules()


class Script:
    """A coin second by second. Depth is 40,000 USD a basis point; the usual volatility that of 2 % a day."""

    def __init__(self, complete: bool = True) -> None:
        self.coin = CoinCascades("WIF", RULES, LevelSettings())
        self.coin.seed_volatility(0.02)
        self.second = 0
        self.price = PRICE
        self.around = Surroundings(complete=complete, taker_usd=0.0)
        self.changes: list[Transition] = []
        self.coins: float | None = 1_000_000.0

    @property
    def now_ms(self) -> int:
        return NOW + self.second * 1000

    def pass_(
        self, seconds: int, bp: float = 0.0, usd: float = 0.0, position: str = "long", orders: int = 1,
        trades: bool = True, reads: bool = True,
    ) -> None:  # fmt: skip
        """Seconds that each move the price and force orders; depth and open interest are read every ten."""
        for _ in range(seconds):
            self.second += 1
            self.price *= math.exp(bp * 1e-4)
            for order in range(orders if usd else 0):
                at_ms = self.now_ms - 900 + order * 800 // orders
                self.coin.take(forced_order(at_ms, position, usd / orders, self.price, not self.around.complete))
            if self.second % 10 == 0:
                self.coin.take_depth("bybit", self.now_ms, DEPTH_PER_BP * 100, DEPTH_PER_BP * 100)
                if reads and self.coins is not None:
                    self.coin.take_interest("bybit", self.now_ms, self.coins)
            seen_ms = self.now_ms if trades else self.around.trades_at_ms
            self.around = replace(self.around, price=self.price, trades_at_ms=seen_ms)
            self.changes += self.coin.step(self.now_ms, self.around)

    def state(self, direction: Direction = "down") -> StateName:
        view = self.coin.view()
        return (view.down if direction == "down" else view.up).state

    def after(self) -> list[StateName]:
        return [change.after for change in self.changes]


def calm(complete: bool = True) -> Script:
    """Half an hour with a small forced order a minute on either side: states are known, rates usual."""
    script = Script(complete)
    for minute in range(30):
        script.pass_(1, usd=3_000.0, position="long" if minute % 2 else "short")
        script.pass_(59)
    script.changes.clear()
    return script


def cascading(complete: bool = True) -> Script:
    """Falling 3 bp a second while forced orders grow: 600,000 USD and 60 bp in 20 s."""
    script = calm(complete)
    for second in range(20):
        script.pass_(1, -3.0, 3_000.0 * (second + 1), orders=min(4, 1 + second // 4) if complete else 1)
    return script


def exhausted() -> Script:
    script = cascading()
    script.coins = 970_000.0
    script.pass_(120)
    return script
