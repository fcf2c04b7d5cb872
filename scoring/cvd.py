"""Taker flow (CVD): buys less sells by feed and window, exact, and how unusual it is against the market's own day."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import sqrt

from scoring.feed import Feed
from scoring.ladder import MICRO
from scoring.percentile import percentile
from scoring.settings import CvdSettings
from scoring.view import FlowReading
from scoring.window import MINUTE_MS

FLOW_WINDOWS = (15, 60, 240, 1440)
"""Windows of the flow, in minutes."""
_DAY = 1440
_BLOCK = 3
"""Windows of the past begin and end at multiples of so many minutes before now."""
_OVERLAP = 5
"""So many windows of the past begin within the length of one."""
_SEEN = 0.9
"""A window of which less was seen is no window. Judgement."""
_MOST = 2**63 - 1
"""What a minute's place holds, millionths of a USD: nine million million USD."""

_Past = dict[int, tuple[list[int], list[bool]]]
"""By window: the flow in windows of that length over the day, newest first, and whether each was seen."""


class Flows:
    """Millionths of a USD, buys positive, by feed number: the running minute in `open`, 1,440 closed ones in a ring.

    A minute's place in the ring is its number modulo 1,440. What is dated ahead of the clock belongs to `open`.
    """

    __slots__ = ("_closed", "_pasts", "_rings", "_settings", "_spreads", "minute", "open")

    def __init__(self, settings: CvdSettings) -> None:
        self.minute = 0
        self.open: dict[int, int] = {}
        self._settings = settings
        self._rings: dict[int, array[int]] = {}
        self._closed: dict[int, tuple[int, ...]] = {}
        self._pasts: dict[int, _Past] = {}
        self._spreads: dict[tuple[int, ...], _Day | None] = {}

    def add_late(self, minute: int, number: int, amount: int) -> bool:
        """Add what was bought (positive) or sold in a minute before; False where it has left the longest window."""
        if self.minute - minute >= _DAY:
            return False
        ring, place = self._ring(number), minute % _DAY
        ring[place] = _held(ring[place] + amount)
        self._closed.pop(number, None)
        return True

    def recall(self, minute: int, number: int, amount: int) -> None:
        """Add what an earlier run saw bought (positive) or sold in a minute; the past is reckoned anew at once."""
        if minute >= self.minute:
            self.open[number] = self.open.get(number, 0) + amount
        elif self.add_late(minute, number, amount):
            self._pasts.pop(number, None)
            self._spreads.clear()

    def _ring(self, number: int) -> "array[int]":
        ring = self._rings.get(number)
        if ring is None:
            ring = self._rings[number] = array("q", bytes(8 * _DAY))
        return ring

    def advance(self, minute: int) -> None:
        """Move the clock to `minute`: the running minute takes its place, those without a trade are zero."""
        last, passed = self.minute, minute - self.minute
        if passed <= 0:
            return
        for number in self.open:
            self._ring(number)
        for number, ring in self._rings.items():
            ring[last % _DAY] = _held(self.open.get(number, 0))
            for empty in range(last + 1, min(minute, last + _DAY)):
                ring[empty % _DAY] = 0
            if passed > _DAY:
                ring[last % _DAY] = 0
        self.minute = minute
        self.open.clear()
        self._closed.clear()
        self._pasts.clear()
        self._spreads.clear()

    def trades_on(self, feed: Feed) -> bool:
        """Whether the coin was ever traded on a feed: where it was not, its flow is unknown, not zero."""
        return feed.number in self.open or feed.number in self._rings

    def net(self, number: int, window: int) -> float:
        """Buys less sells of one feed in one of `FLOW_WINDOWS`, USD."""
        closed = self._closed.get(number)
        if closed is None:
            nets = self._ordered(number)
            closed = self._closed[number] = tuple(sum(nets[_DAY - length + 1 :]) for length in FLOW_WINDOWS)
        return (closed[FLOW_WINDOWS.index(window)] + self.open.get(number, 0)) / MICRO

    def _ordered(self, number: int) -> "array[int]":
        """The last 1,440 closed minutes, oldest first."""
        ring, place = self._ring(number), self.minute % _DAY
        return ring[place:] + ring[:place]

    def readings(self, feeds: Iterable[Feed], now_ms: int) -> tuple[FlowReading, ...]:
        """The flow of every feed that trades the coin in every window, and of all spot and all perps (`venue` "")."""
        trading = [feed for feed in feeds if self.trades_on(feed)]
        rows = [self._reading((feed,), feed.venue, window, now_ms) for feed in trading for window in FLOW_WINDOWS]
        for market in ("spot", "perp"):
            together = [feed for feed in trading if feed.market == market]
            if together:
                rows.extend(self._reading(together, "", window, now_ms) for window in FLOW_WINDOWS)
        return tuple(rows)

    def _reading(self, feeds: Sequence[Feed], venue: str, window: int, now_ms: int) -> FlowReading:
        first_ms = (self.minute - window + 1) * MINUTE_MS
        usd = sum(self.net(feed.number, window) for feed in feeds)
        coverage = min(feed.uptime.share(first_ms, now_ms) for feed in feeds)
        market = feeds[0].market
        at_ms = min((feed.last_ms for feed in feeds if feed.last_ms is not None), default=None)
        day = self._spread(feeds, window) if window < _DAY else None
        if day is None or not day.deviation:
            return FlowReading(venue, market, window, usd, coverage, None, at_ms=at_ms)
        place = percentile(usd, day.ascending)
        return FlowReading(venue, market, window, usd, coverage, usd / day.deviation, place, day.span_ms, at_ms)

    def _spread(self, feeds: Sequence[Feed], window: int) -> "_Day | None":
        """The day's windows of this length that all feeds saw; None until enough were.

        Reckoned once a minute, so that a trade of a minute before changes it with the next.
        """
        key = (window, *(feed.number for feed in feeds))
        if key not in self._spreads:
            pasts = [self._past(feed)[window] for feed in feeds]
            seen = [all(flags) for flags in zip(*(past[1] for past in pasts), strict=True)]
            sums = zip(*(past[0] for past in pasts), strict=True)
            flows = [sum(parts) / MICRO for parts, known in zip(sums, seen, strict=True) if known]
            self._spreads[key] = _Day.of(flows, window) if len(flows) >= self._least(window) else None
        return self._spreads[key]

    def _least(self, window: int) -> int:
        """How many windows must have been seen: so many that end to end they cover the history asked for."""
        length = max(self._settings.history_minutes, self._settings.history_windows * window)
        return (length - window) * _OVERLAP // window + 1

    def _past(self, feed: Feed) -> _Past:
        past = self._pasts.get(feed.number)
        if past is None:
            flow = list(accumulate(self._ordered(feed.number), initial=0))[::_BLOCK]
            first_ms = (self.minute - _DAY) * MINUTE_MS
            up = feed.uptime.until([first_ms + block * _BLOCK * MINUTE_MS for block in range(len(flow))])
            past = self._pasts[feed.number] = {
                window: _windows(flow, up, window // _BLOCK, window // _OVERLAP // _BLOCK)
                for window in FLOW_WINDOWS
                if window < _DAY
            }
        return past


@dataclass(frozen=True, slots=True)
class _Day:
    """The flow in a day's windows: standard deviation and ascending flows in USD, and the time that they span."""

    deviation: float
    ascending: Sequence[float]
    span_ms: int

    @classmethod
    def of(cls, flows: Sequence[float], window: int) -> "_Day":
        minutes = window + (len(flows) - 1) * window // _OVERLAP
        return cls(_deviation(flows), sorted(flows), minutes * MINUTE_MS)


def _windows(flow: Sequence[int], up: Sequence[int], length: int, step: int) -> tuple[list[int], list[bool]]:
    """The flow in windows of `length` blocks every `step` blocks, newest first, and whether each was seen."""
    ends = range(len(flow) - 1, length - 1, -step)
    least_ms = _SEEN * length * _BLOCK * MINUTE_MS
    return [flow[end] - flow[end - length] for end in ends], [up[end] - up[end - length] >= least_ms for end in ends]


def _deviation(values: Sequence[float]) -> float:
    mean = sum(values) / len(values)
    return sqrt(sum([(value - mean) ** 2 for value in values]) / len(values))


def _held(amount: int) -> int:
    return max(-_MOST, min(_MOST, amount))
