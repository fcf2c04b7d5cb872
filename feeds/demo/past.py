"""What is remembered of one coin: its candles and its crowd, from before the simulation until now."""

from feeds.demo.chart import Chart
from feeds.demo.crowd import Crowd
from feeds.demo.market import CoinMarket


class Past:
    """One coin's candles and crowd beside its market."""

    def __init__(self, market: CoinMarket, seed: int, now_ms: int) -> None:
        self.market = market
        self.chart = Chart(market.coin, seed, market.quote().price, now_ms)
        self.crowd = Crowd(market, self.chart, seed, now_ms)

    def move(self, now_ms: int) -> None:
        """Remember the market as it is now."""
        self.chart.move(now_ms, self.market.price, self.market.stress)
        self.crowd.move(now_ms)
