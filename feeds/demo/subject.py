"""What a venue can be asked about one of its perpetuals: its part of the open interest, candles, a book, options."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from urllib.parse import parse_qsl, urlsplit

from feeds.demo.chart import Bar
from feeds.demo.lines import Line
from feeds.demo.past import Past
from feeds.venue import Poll

_BP = 1e-4
_HALF_SPREAD_BP = 0.4
_LEVELS = 28
_FARNESS = [(number / (_LEVELS - 1)) ** 1.5 for number in range(_LEVELS)]  # of each level, as a share of the whole
_FAR = 1.35  # of the reach: the last levels of a book lie beyond what it is asked for
_THINNED = 0.75  # share of the depth that full stress takes away
_STRUCK = 0.35  # share of the rest that it takes away on the side that the price runs into


@dataclass(frozen=True, slots=True)
class Question:
    """A poll's address, taken apart, what is posted to it, and when it is answered."""

    path: str
    query: Mapping[str, str]
    body: str
    now_ms: int

    @classmethod
    def of(cls, poll: Poll, now_ms: int) -> "Question":
        """Take a poll apart."""
        parts = urlsplit(poll.url)
        return cls(parts.path, dict(parse_qsl(parts.query)), poll.body or "", now_ms)

    @property
    def limit(self) -> int:
        """How many rows are wanted."""
        return int(self.query["limit"])


class Subject:
    """One perpetual of one venue, with its coin's market, candles and crowd."""

    def __init__(self, line: Line, past: Past, seed: int) -> None:
        self.line = line
        self.market = past.market
        self.chart = past.chart
        self.crowd = past.crowd
        self._price_unit = line.price_unit * line.basis
        self._four = " ".join([f"%.{line.price_decimals}f"] * 4)
        self._random = Random(f"{seed}:{line.venue}:{line.symbol}:book")
        self._walls = {sign: [math.exp(self._random.gauss(0.0, 0.35)) for _ in range(_LEVELS)] for sign in (-1, 1)}

    def coins(self, interest: float) -> float:
        """The venue's part of an open interest, in whole coins."""
        return interest * self.line.interest_share

    def units(self, coins: float) -> str:
        """Whole coins as the venue writes a size."""
        return f"{coins / self.line.size_unit:.{self.line.size_decimals}f}"

    def prices(self, bar: Bar) -> tuple[str, str, str, str]:
        """Open, high, low and close as the venue writes them."""
        unit = self._price_unit
        told = self._four % (bar.open * unit, bar.high * unit, bar.low * unit, bar.close * unit)
        opened, high, low, close = told.split()
        return opened, high, low, close

    def book(self, reach_percent: float) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """Bids and asks, best first, price and size as the venue writes them, to somewhat beyond `reach_percent`."""
        market = self.market
        stress = market.stress
        quote = market.quote()
        left = 1 - _THINNED * stress
        struck = left * (1 - _STRUCK * stress)
        falling = quote.price < quote.mark
        bids = self._side(quote.price, -1, struck if falling else left, reach_percent)
        asks = self._side(quote.price, 1, left if falling else struck, reach_percent)
        return bids, asks

    def _side(self, price: float, sign: int, left: float, reach_percent: float) -> list[tuple[str, str]]:
        line = self.line
        whole = reach_percent * 100 * _FAR
        depth_usd = self.market.coin.depth_usd * line.interest_share * left * math.exp(self._random.gauss(0.0, 0.05))
        rows = []
        before = 0.0
        for share, wall in zip(_FARNESS, self._walls[sign], strict=True):
            beyond = _HALF_SPREAD_BP + whole * share
            at = price * (1 + sign * beyond * _BP)
            usd = depth_usd * (beyond - before) * wall
            rows.append((line.price(at), line.size(usd, at)))
            before = beyond
        return rows
