"""One side's clusters in one density after another: which band is which cluster's, and what the price took of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np

from scoring.map.finder import Found, find, radius, smooth
from scoring.map.grid import Array, Density, bucket_of
from scoring.peaks import Band
from scoring.settings import ClusterSettings
from scoring.settings.estimate import TrackerSettings
from scoring.view import Side


@dataclass(frozen=True, slots=True)
class Tracked:
    """A cluster: longs below the price or shorts above it. `usd` is modelled; `born_ms` is when it was first found.

    `first`, `peak`, `last` are numbers of buckets of height `bucket`, the last one included. `swept_at_ms`: when the
    price reached its peak, None while it lives.
    """

    identity: int
    side: Side
    first: int
    peak: int
    last: int
    bucket: float
    usd: float
    born_ms: int
    swept_at_ms: int | None = None

    @property
    def low(self) -> float:
        """The lower edge, a price."""
        return exp(self.first * self.bucket)

    @property
    def high(self) -> float:
        """The upper edge, a price."""
        return exp((self.last + 1) * self.bucket)

    @property
    def peak_price(self) -> float:
        """The middle of the densest bucket."""
        return exp((self.peak + 0.5) * self.bucket)


@dataclass(slots=True)
class Track:
    """A band that is followed. `identity`: 0 until it is confirmed. `missed`: so many times in a row."""

    band: Band
    born_ms: int
    usd: float = 0.0
    identity: int = 0
    found: int = 1
    missed: int = 0


class SideTracks:
    """One side's tracks. `_crossed`: the furthest bucket that the price has taken since the last update."""

    __slots__ = ("_bucket", "_crossed", "_density", "_first", "_level", "_settings", "_shape", "_side", "_tracks")

    def __init__(self, side: Side, shape: ClusterSettings, settings: TrackerSettings) -> None:
        self._side: Side = side
        self._shape = shape
        self._settings = settings
        self._tracks: list[Track] = []
        self._first, self._bucket = 0, shape.bucket
        self._level: Array = np.zeros(0)
        self._density: Array = self._level
        self._crossed: int | None = None

    def update(self, density: Density, price: float, now_ms: int, weight: float, settle: bool) -> list[Track]:
        """Move on to a new density; the confirmed tracks."""
        raw = density.shorts if self._side == "above" else density.longs
        self._remember(raw, density.first, weight)
        self._bucket = density.bucket
        found, edge = self._found(price)
        self._match(found, edge, now_ms, settle)
        kept = []
        for track in self._tracks:
            track.band = self._filled(track.band)
            track.usd = self._mass(track.band)
            if track.usd > 0:
                kept.append(track)
        self._tracks = kept
        return self._confirmed(settle)

    def _remember(self, raw: Array, first: int, weight: float) -> None:
        """Mix the smoothed density into the followed one, except near what was just crossed: nothing is left there."""
        fresh = smooth(raw, self._shape.smoothing)
        if weight < 1 and len(self._level):
            level = _moved(self._level, self._first - first, len(fresh))
            level += weight * (fresh - level)
            if self._crossed is not None:
                reach = radius(self._shape.smoothing)
                at = self._crossed - first
                taken = slice(None, max(at + reach, 0)) if self._side == "above" else slice(max(at - reach, 0), None)
                level[taken] = fresh[taken]
            fresh = level
        self._level, self._density, self._first, self._crossed = fresh, raw, first, None

    def _found(self, price: float) -> tuple[list[Found], int]:
        """The bands of this side, and the furthest bucket in which a new cluster may have its peak."""
        margin = 2 * radius(self._shape.smoothing)
        here = bucket_of(price, self._bucket)
        if self._side == "above":
            edge = bucket_of(price * (1 + self._settings.reach), self._bucket)
            low, high = here - margin, edge + margin
        else:
            edge = bucket_of(price * (1 - self._settings.reach), self._bucket)
            low, high = edge - margin, here + margin
        start = max(low - self._first, 0)
        level = self._level[start : max(high - self._first + 1, 0)]
        return find(level, self._first + start, self._shape, self._settings), edge

    def _match(self, found: Sequence[Found], edge: int, now_ms: int, settle: bool) -> None:
        """Give each track the nearest free band, nearest pairs first; the others are missed, and may end."""
        pairs = sorted(
            (distance, number, place)
            for number, track in enumerate(self._tracks)
            for place, one in enumerate(found)
            if (distance := abs(track.band.peak - one.band.peak)) <= self._settings.follow
        )
        matched: dict[int, int] = {}
        taken: set[int] = set()
        for _, number, place in pairs:
            if number not in matched and place not in taken:
                matched[number] = place
                taken.add(place)
        kept = []
        for number, track in enumerate(self._tracks):
            if number in matched:
                track.band, track.missed, track.found = found[matched[number]].band, 0, track.found + 1
                kept.append(track)
            elif track.identity and not settle and track.missed + 1 < self._settings.miss:
                track.missed += 1
                kept.append(track)
        for place, (band, plain) in enumerate(found):
            if place not in taken and plain and (band.peak <= edge if self._side == "above" else band.peak >= edge):
                kept.append(Track(band, now_ms))
        self._tracks = kept

    def _confirmed(self, settle: bool) -> list[Track]:
        enough = 1 if settle else self._settings.confirm
        return [track for track in self._tracks if track.identity or track.found >= enough]

    def sweep(self, price: float, at_ms: int) -> list[Tracked]:
        """Take what the price reached; the clusters that ended by it."""
        at = bucket_of(price, self._bucket)
        above = self._side == "above"
        if self._crossed is None or (at > self._crossed if above else at < self._crossed):
            self._crossed = at
        swept, kept = [], []
        for track in self._tracks:
            first, peak, last = track.band
            if (peak <= at) if above else (peak >= at):
                if track.identity:
                    swept.append(self._shown(track, at_ms))
                continue
            if (first <= at) if above else (last >= at):
                track.band = Band(at + 1, peak, last) if above else Band(first, peak, at - 1)
                track.usd = self._mass(track.band)
            kept.append(track)
        self._tracks = kept
        return swept

    def live(self) -> list[Tracked]:
        """The confirmed clusters, from the lowest to the highest."""
        known = [track for track in self._tracks if track.identity]
        return [self._shown(track, None) for track in sorted(known, key=lambda track: track.band.peak)]

    def _shown(self, track: Track, swept_at_ms: int | None) -> Tracked:
        first, peak, last = track.band
        return Tracked(
            track.identity, self._side, first, peak, last, self._bucket, track.usd, track.born_ms, swept_at_ms
        )

    def _mass(self, band: Band) -> float:
        start = max(band.first - self._first, 0)
        return float(self._density[start : max(band.last - self._first + 1, 0)].sum())

    def _filled(self, band: Band) -> Band:
        """The band without the empty buckets at its ends, where only the smoothing has put something."""
        start = max(band.first - self._first, 0)
        filled = np.flatnonzero(self._density[start : max(band.last - self._first + 1, 0)])
        if not len(filled):
            return band
        first, last = self._first + start + int(filled[0]), self._first + start + int(filled[-1])
        return Band(first, min(max(band.peak, first), last), last)


def _moved(level: Array, by: int, length: int) -> Array:
    """A copy of an array with its content `by` places further up, of a new length; what has no value is 0."""
    moved = np.zeros(length)
    start, end = max(by, 0), min(by + len(level), length)
    if start < end:
        moved[start:end] = level[start - by : end - by]
    return moved
