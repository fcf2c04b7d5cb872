"""The price's path in pieces: minutes that were watched, and candles for the time before."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scoring.candles import LENGTHS_MS
from scoring.map.grid import bucket_of

Run = tuple[int, int, float]
"""Positions were entered evenly over the buckets from the first to the second, with this weight (traded USD)."""

_MOST_BARS = 600
_MOST_RUNS = 8
_SPLIT_MS = 5 * 60_000
"""Candles longer than this are cut where open interest was told in between."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of the path that ends at `at_ms`: its range, its last price, where was traded, the net taker USD."""

    at_ms: int
    elapsed_ms: float
    low: float
    high: float
    close: float
    runs: tuple[Run, ...]
    net_usd: float = 0.0


class Bars:
    """The closed candles of one venue and interval, oldest first, the newest of them."""

    __slots__ = ("_columns", "length_ms", "opens")

    def __init__(self, length_ms: int) -> None:
        self.length_ms = length_ms
        self.opens = array("q")
        self._columns = tuple(array("d") for _ in range(4))

    def __len__(self) -> int:
        return len(self.opens)

    def take(self, open_ms: int, high: float, low: float, close: float, usd: float) -> bool:
        """Take a candle in; whether it was not known before."""
        place = bisect_left(self.opens, open_ms)
        known = place < len(self.opens) and self.opens[place] == open_ms
        if not known:
            self.opens.insert(place, open_ms)
        for column, value in zip(self._columns, (high, low, close, usd), strict=True):
            if known:
                column[place] = value
            else:
                column.insert(place, value)
        if len(self.opens) > _MOST_BARS:
            del self.opens[:-_MOST_BARS]
            for column in self._columns:
                del column[:-_MOST_BARS]
        return not known

    def pieces(self, since_ms: int, until_ms: int, bucket: float) -> Iterator[Piece]:
        """The candles that open at or after the one time and end at or before the other."""
        for i in range(bisect_left(self.opens, since_ms), bisect_right(self.opens, until_ms - self.length_ms)):
            high, low, close, usd = (column[i] for column in self._columns)
            run = (bucket_of(low, bucket), bucket_of(high, bucket), max(usd, 1.0))
            yield Piece(self.opens[i] + self.length_ms, self.length_ms, low, high, close, (run,))


def runs_of(entries: Mapping[int, float]) -> tuple[Run, ...]:
    """A histogram of traded USD by bucket as at most `_MOST_RUNS` runs."""
    buckets = sorted(entries)
    size = -(-len(buckets) // _MOST_RUNS)
    groups = (buckets[i : i + size] for i in range(0, len(buckets), size or 1))
    return tuple((group[0], group[-1], sum(entries[bucket] for bucket in group)) for group in groups)


def history(bars: Mapping[str, Bars], minutes: Sequence[Piece], bucket: float) -> list[Piece]:
    """The path by the finest that is known of each time: candles by interval, then the watched minutes."""
    live_ms = minutes[0].at_ms - round(minutes[0].elapsed_ms) if minutes else None
    known = sorted((one for one in bars.values() if len(one)), key=lambda one: -one.length_ms)
    spans: list[Piece] = []
    for place, one in enumerate(known):
        finer = [after.opens[0] for after in known[place + 1 :]]
        until_ms = min([*finer, *([] if live_ms is None else [live_ms]), one.opens[-1] + one.length_ms])
        since_ms = spans[-1].at_ms if spans else one.opens[0]
        spans.extend(one.pieces(since_ms, until_ms, bucket))
    return [*spans, *minutes]


def with_readings(path: Sequence[Piece], readings: Sequence[tuple[int, float]]) -> Iterator[tuple[Piece, float | None]]:
    """The path from the first reading of (time, coins) on, each piece with what was told at its end, if anything.

    A candle in which several readings fall is cut at them, its last price taken to have moved evenly.
    """
    place = 0
    before = path[0].close if path else 0.0
    for span in path:
        inside = []
        while place < len(readings) and readings[place][0] <= span.at_ms:
            inside.append(readings[place])
            place += 1
        if place:
            yield from _cut(span, before, inside)
        before = span.close


def _cut(span: Piece, before: float, inside: Sequence[tuple[int, float]]) -> Iterator[tuple[Piece, float | None]]:
    start_ms = span.at_ms - span.elapsed_ms
    within = [reading for reading in inside if reading[0] > start_ms]
    if len(within) < 2 or span.elapsed_ms <= _SPLIT_MS:
        yield span, inside[-1][1] if inside else None
        return
    ended_ms = start_ms
    for number, (at_ms, coins) in enumerate(within, 1):
        end_ms = span.at_ms if number == len(within) else at_ms
        share = (end_ms - start_ms) / span.elapsed_ms
        close = before + (span.close - before) * share
        close = min(max(close, span.low), span.high)
        yield replace(span, at_ms=end_ms, elapsed_ms=end_ms - ended_ms, close=close), coins
        ended_ms = end_ms


def interval_ms(interval: str) -> int | None:
    """The length of an interval; None for one that isn't understood."""
    return LENGTHS_MS.get(interval)
