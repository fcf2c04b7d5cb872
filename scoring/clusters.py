"""Price bands in which liquidations were dense: peaks of a smoothed density over logarithmic price buckets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, floor, log
from statistics import median

from scoring.ladder import MICRO, Ladder
from scoring.peaks import Band, find_bands, smooth
from scoring.settings import ClusterSettings
from scoring.view import Cluster, Side

Bucket = list[int]
"""Long and short in millionths of a USD, 1 where a sampling venue has a part, and the last liquidation's time."""


@dataclass(slots=True)
class _Found:
    at_ms: int = -1
    window: int = 0
    above: tuple[Cluster, ...] = ()
    below: tuple[Cluster, ...] = ()


@dataclass(slots=True)
class _Density:
    key: tuple[int, int] = (0, -1)
    buckets: dict[int, Bucket] = field(default_factory=dict)


class ClusterFinder:
    """The clusters of one coin's ladder, looked for again at most every `refresh_seconds` of market time."""

    def __init__(self, settings: ClusterSettings) -> None:
        self._settings = settings
        self._found = _Found()
        self._closed = _Density()

    def find(
        self, ladder: Ladder, window: int, price: float, now_ms: int
    ) -> tuple[tuple[Cluster, ...], tuple[Cluster, ...]]:
        """Clusters above and below `price`, nearest first, from the realised liquidations of a window."""
        found = self._found
        fresh = 0 <= now_ms - found.at_ms < self._settings.refresh_seconds * 1000
        if found.at_ms < 0 or found.window != window or not fresh:
            above, below = clusters(self._density(ladder, window), price, self._settings)
            found = self._found = _Found(now_ms, window, above, below)
        return found.above, found.below

    def _density(self, ladder: Ladder, window: int) -> dict[int, Bucket]:
        key = (window, ladder.slots.closed_version)
        if key != self._closed.key:
            buckets: dict[int, Bucket] = {}
            _pour(ladder, ladder.slots.closed(window), buckets, self._settings.bucket)
            self._closed = _Density(key, buckets)
        if not ladder.slots.open:
            return self._closed.buckets
        merged = {index: bucket.copy() for index, bucket in self._closed.buckets.items()}
        _pour(ladder, ladder.slots.open, merged, self._settings.bucket)
        return merged


def _pour(ladder: Ladder, amounts: Mapping[int, int], buckets: dict[int, Bucket], height: float) -> None:
    per_key, last_at_ms = 0.25 / ladder.per_usd, ladder.last_at_ms
    for key, amount in amounts.items():
        if key < 0:
            continue
        index = floor(log(((key | 3) - 1) * per_key) / height)
        bucket = buckets.get(index)
        if bucket is None:
            bucket = buckets[index] = [0, 0, 0, 0]
        bucket[key & 1] += amount
        if key & 2:
            bucket[2] = 1
        at_ms = last_at_ms[key >> 2]
        if at_ms > bucket[3]:
            bucket[3] = at_ms


def clusters(
    buckets: Mapping[int, Bucket], price: float, settings: ClusterSettings
) -> tuple[tuple[Cluster, ...], tuple[Cluster, ...]]:
    """Clusters above and below `price` in a density by bucket index, nearest first."""
    margin = floor(4 * settings.smoothing)
    first = floor(log(price * (1 - settings.reach)) / settings.bucket)
    last = floor(log(price * (1 + settings.reach)) / settings.bucket)
    start = first - margin
    raw = [0.0] * (last + margin - start + 1)
    for index, bucket in buckets.items():
        if 0 <= index - start < len(raw):
            raw[index - start] = bucket[0] + bucket[1]
    smoothed = smooth(raw, settings.smoothing, margin)
    filled = [value for value in smoothed if value > 0]
    if not filled:
        return (), ()
    least = settings.height * median(filled)
    bands = find_bands(smoothed, least, settings.prominence * max(filled), settings.separation)
    inside = [_shift(band, start) for band in bands if first <= band.peak + start <= last]
    found = [cluster for band in inside if (cluster := _cluster(band, buckets, price, settings.bucket))]
    return _nearest(found, "above", settings.each_side), _nearest(found, "below", settings.each_side)


def _shift(band: Band, start: int) -> Band:
    return Band(band.first + start, band.peak + start, band.last + start)


def _cluster(band: Band, buckets: Mapping[int, Bucket], price: float, height: float) -> Cluster | None:
    hit = [bucket for index in range(band.first, band.last + 1) if (bucket := buckets.get(index))]
    if not hit:
        return None
    low, high = exp(band.first * height), exp((band.last + 1) * height)
    centre = exp((band.first + band.last + 1) / 2 * height)
    return Cluster(
        side="above" if centre > price else "below",
        low=low,
        high=high,
        peak=exp((band.peak + 0.5) * height),
        distance=centre / price - 1.0,
        long_usd=sum(bucket[0] for bucket in hit) / MICRO,
        short_usd=sum(bucket[1] for bucket in hit) / MICRO,
        sampled=any(bucket[2] for bucket in hit),
        last_at_ms=max(bucket[3] for bucket in hit),
    )


def _nearest(found: Sequence[Cluster], side: Side, most: int) -> tuple[Cluster, ...]:
    return tuple(sorted((item for item in found if item.side == side), key=lambda item: abs(item.distance))[:most])
