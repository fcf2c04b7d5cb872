"""A coin's course put together for one window: its slots, and which of them were seen by which feeds."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from scoring.candles import Bar
from scoring.course import Timeline
from scoring.course_interest import Readings, together
from scoring.coverage import Uptime
from scoring.feed import Feed
from scoring.ladder import MICRO
from scoring.slots import Slots
from scoring.view import Course
from scoring.window import MINUTE_MS

STEPS_MS = {15: 5_000, 60: 10_000, 240: 60_000, 720: 120_000, 1440: 240_000}
"""How long the slots of each window are: 180 to 360 of them, as many as a wide screen has dots."""
_SEEN = 0.5
"""A slot of which less was seen is not known. Judgement."""
BARS_A_WINDOW = 8
"""A candle longer than this part of the window draws no line."""


@dataclass(frozen=True, slots=True)
class Around:
    """What else the course is made of, at one moment.

    `forced`: the feeds that tell the coin's liquidations, `trading`: those it is traded on. `interest`: open interest
    in coins by exchange; `funding`: the median per 8 h of now, `price`: that of now. `candles`: by length in ms, the
    shortest first.
    """

    now_ms: int
    forced: Sequence[Feed] = ()
    trading: Sequence[Feed] = ()
    interest: Mapping[str, Readings] = field(default_factory=dict)
    funding: float | None = None
    price: float | None = None
    candles: Sequence[tuple[int, Sequence[Bar]]] = ()


_Key = tuple[object, ...]


class Courses:
    """The courses of one coin by window: what is over is made anew only where it changed, the rest once a second."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[int, tuple[int, _Key, Course, Course]] = {}

    def is_of(self, window: int, now_ms: int) -> bool:
        """Whether the window's course is of this second already."""
        return window in self._known and self._known[window][0] == now_ms // 1000

    def last(self, window: int) -> Course:
        """The window's course as it was made last."""
        return self._known[window][3]

    def view(self, timeline: Timeline, window: int, around: Around) -> Course:
        """The course of a window in minutes; the same object where nothing changed. Empty where nothing was told."""
        if not timeline.known and around.price is None and not any(bars for _, bars in around.candles):
            return Course()
        known = self._known.get(window)
        step_ms = STEPS_MS[window]
        number, count = around.now_ms // step_ms, window * MINUTE_MS // step_ms
        key = _key(timeline, number, number * step_ms, around)
        making = _Making(timeline, step_ms, around)
        same = known is not None and known[1] == key
        over = known[2] if known is not None and same else making.course(number - count + 1, number)
        course = _joined(over, making.course(number, number + 1, over.interest_of))
        if known is not None and course == known[3]:
            course = known[3]
        self._known[window] = (around.now_ms // 1000, key, over, course)
        return course


def _key(timeline: Timeline, number: int, end_ms: int, around: Around) -> _Key:
    """Changes with everything that slots which are over, at `end_ms`, are made of; a gap may be told later."""
    versions = [slots.version for slots in timeline.slots] if timeline.known else []
    last = [(venue, len(rows), rows[-1:]) for venue, rows in around.interest.items()]
    bars = [(length, len(run), run[-1].open_ms if run else 0) for length, run in around.candles]
    forced = [(feed.number, feed.sampling, feed.uptime.covered_ms(0, end_ms)) for feed in around.forced]
    trading = [(feed.number, feed.uptime.covered_ms(0, end_ms)) for feed in around.trading]
    return (number, *versions, *last, *bars, *forced, *trading)


def _joined(over: Course, running: Course) -> Course:
    series = {
        one.name: getattr(over, one.name) + getattr(running, one.name)
        for one in fields(Course)
        if one.name not in ("first_ms", "step_ms", "interest_of")
    }
    return Course(first_ms=over.first_ms, step_ms=over.step_ms, interest_of=over.interest_of, **series)


class _Making:
    """Makes stretches of one course."""

    def __init__(self, timeline: Timeline, step_ms: int, around: Around) -> None:
        self._timeline = timeline
        self._step_ms = step_ms
        self._around = around
        fine, minutes = timeline.slots
        self._minutes: Slots = minutes
        self._base: Slots = fine if step_ms < MINUTE_MS else minutes
        self._each = step_ms // self._base.step_ms

    def course(self, first: int, end: int, interest_of: Sequence[str] | None = None) -> Course:
        """The slots from `first` up to, without, `end`. `interest_of`: whose open interest counts, None to choose."""
        step_ms, now_ms = self._step_ms, self._around.now_ms
        starts = [number * step_ms for number in range(first, end)]
        edges = [*starts, min(end * step_ms, now_ms + 1)]
        prices = self._prices(starts)
        long, short, sampled = self._forced(starts, edges)
        spot, perp = self._flows(starts, edges)
        interest, counted = together(self._around.interest, edges[1:], interest_of)
        return Course(
            first_ms=first * step_ms,
            step_ms=step_ms,
            price=tuple(price and price[0] for price in prices),
            low=tuple(price and price[1] for price in prices),
            high=tuple(price and price[2] for price in prices),
            long_usd=long,
            short_usd=short,
            sampled=sampled,
            interest=interest,
            funding=tuple(self._funding(start) for start in starts),
            spot=spot,
            perp=perp,
            filled=tuple(price is not None and price[3] for price in prices),
            interest_of=counted,
        )

    def _prices(self, starts: Sequence[int]) -> list[tuple[float, float, float, bool] | None]:
        """Last, lowest and highest price of each slot, and whether they are those of a longer stretch of time."""
        return [self._price(start) for start in starts]

    def _price(self, start: int) -> tuple[float, float, float, bool] | None:
        base, born_ms = self._base, self._timeline.born_ms
        first = start // base.step_ms
        found, timeline = base.range_of(first, first + self._each), self._timeline
        if self._runs(start) and timeline.last is not None:
            found = _widened(found, timeline.last, timeline.low, timeline.high)
        if self._around.price is not None and start + self._step_ms > self._around.now_ms:
            found = _widened(found, *(self._around.price,) * 3)
        if found:
            return (*found, False)
        if born_ms and start >= born_ms:
            return None
        minute, minutes = start // MINUTE_MS, self._minutes
        stored = base is not minutes and minute < born_ms // MINUTE_MS
        if stored and (found := minutes.range_of(minute, minute + 1)):
            return (*found, True)
        for length, bars in self._around.candles:
            place = bisect_right(bars, start, key=lambda bar: bar.open_ms) - 1
            if place >= 0 and start < bars[place].open_ms + length:
                return bars[place].close, bars[place].low, bars[place].high, True
        return None

    def _forced(
        self, starts: Sequence[int], edges: Sequence[int]
    ) -> tuple[tuple[float | None, ...], tuple[float | None, ...], tuple[bool, ...]]:
        """Liquidated longs and shorts, and whether they are lower bounds. What came unseen, as a backlog, counts."""
        feeds = self._around.forced
        seen = [_shares(feed.uptime, edges) for feed in feeds]
        sampling = any(feed.sampling for feed in feeds)
        long: list[float | None] = []
        short: list[float | None] = []
        sampled: list[bool] = []
        for place, start in enumerate(starts):
            first = start // self._base.step_ms
            sums = self._base.forced_of(first, first + self._each)
            if self._runs(start):
                sums = sums[0] + self._timeline.forced[0], sums[1] + self._timeline.forced[1]
            shares = [share[place] for share in seen]
            known = any(sums) or max(shares, default=0.0) >= _SEEN
            long.append(sums[0] / MICRO if known else None)
            short.append(sums[1] / MICRO if known else None)
            sampled.append(known and (sampling or min(shares, default=0.0) < 1.0))
        return tuple(long), tuple(short), tuple(sampled)

    def _flows(
        self, starts: Sequence[int], edges: Sequence[int]
    ) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
        """Spot and perpetual flow. Fine slots of the stored time know only what stands in them."""
        seen = {
            market: [_shares(feed.uptime, edges) for feed in self._around.trading if feed.market == market]
            for market in ("spot", "perp")
        }
        spot: list[float | None] = []
        perp: list[float | None] = []
        timeline = self._timeline
        for place, start in enumerate(starts):
            first = start // self._base.step_ms
            sums = self._base.flows_of(first, first + self._each)
            if self._runs(start):
                sums = sums[0] + timeline.spot, sums[1] + timeline.perp
            stored = self._base is not self._minutes and start < timeline.born_ms // self._step_ms * self._step_ms
            for series, market, amount in ((spot, "spot", sums[0]), (perp, "perp", sums[1])):
                watched = not stored and any(share[place] >= _SEEN for share in seen[market])
                series.append(amount / MICRO if amount or watched else None)
        return tuple(spot), tuple(perp)

    def _runs(self, start: int) -> bool:
        """Whether what the timeline has not settled yet belongs to the slot."""
        return start <= self._timeline.since_ms < start + self._step_ms

    def _funding(self, start: int) -> float | None:
        end = start + self._step_ms
        if end > self._around.now_ms and self._around.funding is not None:
            return self._around.funding
        minutes, first = self._minutes, start // MINUTE_MS
        last = (min(end, self._around.now_ms + 1) - 1) // MINUTE_MS + 1
        rate = minutes.funding_of(first, last)
        if rate is None and start < self._timeline.born_ms and minutes.range_of(first, last):
            return self._timeline.stored_rate(start)
        return rate


def _widened(
    before: tuple[float, float, float] | None, last: float, low: float, high: float
) -> tuple[float, float, float]:
    """The last, lowest and highest price of a stretch of time and what came after it."""
    return (last, low, high) if before is None else (last, min(low, before[1]), max(high, before[2]))


def _shares(uptime: Uptime, edges: Sequence[int]) -> list[float]:
    """The share of each slot between two edges in which a feed was up."""
    up = uptime.until(edges)
    return [
        (after - before) / max(end - start, 1)
        for before, after, start, end in zip(up, up[1:], edges, edges[1:], strict=False)
    ]
