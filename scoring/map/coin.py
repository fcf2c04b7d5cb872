"""One coin's estimated map: what its venues' maps need gathered from events, minute by minute and from history.

Nothing here is quick but the hooks of single events; the work is done once a minute and in `seed`.
"""

from collections import deque
from collections.abc import Collection, Sequence

import numpy as np

from feeds.tiers import MarginTier
from scoring.map.calibrate import pooled
from scoring.map.confidence import VenueState, confidence, span
from scoring.map.grid import BUCKETS, Density, bucket_of
from scoring.map.kernel import Kernels, kernels
from scoring.map.member import Member
from scoring.map.path import Bars, Piece, interval_ms
from scoring.map.running import RunningMinute
from scoring.map.seed import STEPS, Build
from scoring.map.venue import LENS_HOURS
from scoring.settings.map import MapSettings
from scoring.view.estimated import Lens, Preset

_DAY_MS = 86_400_000
_MINUTES = 120
"""Minutes of the path that are kept in case history comes late; before them candles stand."""
_SETTLE_MS = 1_000
"""A build waits until history has been quiet for so long, because it comes in several answers."""
_PATH_VENUES = ("binance", "bybit", "okx")
"""Whose candles are the path of a venue that has none of its own, in this order."""


class CoinMap:
    """The map of one coin. Only the presets that were asked for are kept; another one is built when it is first shown.

    `take_trade(price, usd)` and `take_mark(price)` take what is positive; they are called for every event. The marks
    must be those of one source at a time: a stray one would consume what no other has reached.
    """

    __slots__ = (
        "_arrived", "_bars", "_live_ms", "_minutes", "_presets", "_quiet_ms", "_running", "_settings", "_venues",
        "take_mark", "take_trade",
    )  # fmt: skip

    def __init__(self, settings: MapSettings) -> None:
        self._settings = settings
        self._presets: tuple[Preset, ...] = (settings.preset,)
        self._venues: dict[str, Member] = {}
        self._bars: dict[tuple[str, str], Bars] = {}
        self._minutes: deque[Piece] = deque(maxlen=_MINUTES)
        self._running = RunningMinute(settings.bucket)
        self._live_ms: int | None = None
        self._arrived, self._quiet_ms = False, 0
        self.take_trade = self._running.trade
        self.take_mark = self._running.mark

    def take_interest(self, venue: str, at_ms: int, coins: float) -> None:
        """Take a venue's open interest in coins, of now or of the past."""
        known = self._venues.get(venue)
        if known is None:
            known = self._venues[venue] = Member(self._settings)
            self._arrived = True
        if known.interest.take(at_ms, coins):
            self._late(known)

    def take_bar(
        self, venue: str, interval: str, open_ms: int, high: float, low: float, close: float, volume: float
    ) -> None:
        """Take a closed candle; `volume` in coins. Intervals that aren't understood are left out."""
        length = interval_ms(interval)
        if length is None or not 0 < low <= close <= high:
            return
        bars = self._bars.setdefault((venue, interval), Bars(length))
        new = bars.take(open_ms, high, low, close, volume * close)
        if new and (self._live_ms is None or open_ms + length <= self._live_ms):
            for known in self._venues.values():
                self._late(known)

    def take_tiers(self, venue: str, tiers: Sequence[MarginTier]) -> None:
        """Take a venue's margin tiers: the first is that of small positions."""
        known = self._venues.setdefault(venue, Member(self._settings))
        if tiers and known.tier != tiers[0]:
            known.tier = tiers[0]
            self._late(known)

    def take_liquidation(self, venue: str, position: str, price: float, usd: float, at_ms: int) -> None:
        """Take a liquidation, to measure the map by."""
        liquidated = self._running.liquidated
        liquidated[venue] = liquidated.get(venue, 0.0) + usd

    def _late(self, known: Member) -> None:
        known.dirty, self._arrived = True, True

    def turn_minute(
        self, ended_ms: int, price: float, net_taker_usd: float, complete: Collection[str] = ("bybit",)
    ) -> None:
        """End a minute at a price. `complete`: venues whose every liquidation was seen in that minute."""
        liquidated = self._running.liquidated
        piece = self._running.turn(ended_ms, price, net_taker_usd)
        if piece is None:
            return
        if self._live_ms is None:
            self._live_ms = ended_ms - round(piece.elapsed_ms)
        self._minutes.append(piece)
        for name, venue in self._venues.items():
            venue.turn_minute(piece, liquidated.get(name, 0.0) if name in complete else None)

    @property
    def reached(self) -> tuple[float, float] | None:
        """The lowest and the highest mark price of the running minute; None where none is known."""
        return self._running.reached

    @property
    def pending(self) -> bool:
        """Whether `seed` has something to do."""
        return any(venue.build is not None or self._buildable(name, venue) for name, venue in self._venues.items())

    def seed(self, now_ms: int, steps: int = STEPS) -> int:
        """Build what history changed, at most so many steps of some 60 us; how many were left to spare."""
        if self._arrived:
            self._arrived, self._quiet_ms = False, now_ms
        for name, venue in self._venues.items():
            if venue.build is None and self._buildable(name, venue) and now_ms - self._quiet_ms >= _SETTLE_MS:
                venue.dirty = False
                venue.build = Build(
                    self._kernels(name, venue), self._settings, self._path_bars(name), self._minutes, venue.interest
                )
            if venue.build is not None:
                steps = venue.go_on(steps, self._minutes)
            if steps <= 0:
                break
        return steps

    def _buildable(self, name: str, venue: Member) -> bool:
        return venue.dirty and bool(venue.interest.times) and bool(self._minutes or self._path_bars(name))

    def _kernels(self, name: str, venue: Member) -> Kernels:
        return kernels(name, venue.tier, self._presets, self._settings)

    def _path_bars(self, venue: str) -> dict[str, Bars]:
        """For every interval the venue's own candles, else those of the first venue that has some."""
        others = sorted({name for name, _ in self._bars} - {venue, *_PATH_VENUES})
        found: dict[str, Bars] = {}
        for name in (venue, *_PATH_VENUES, *others):
            for interval in {interval for known, interval in self._bars if known == name}:
                found.setdefault(interval, self._bars[name, interval])
        return found

    def density(self, lens: Lens, preset: Preset, now_ms: int) -> Density | None:
        """The sum of the venues, without what the running minute has consumed. None until it is built.

        A preset that was never shown is built first; `pending` tells.
        """
        self._want(preset)
        place = self._presets.index(preset)
        reached = self._running.reached
        maps = [venue.map for venue in self._venues.values() if venue.map is not None]
        if not maps or reached is None or min(one.presets for one in maps) <= place:
            return None
        bucket = self._settings.bucket
        first = bucket_of(self._running.close or reached[0], bucket) - BUCKETS // 2
        total = np.zeros((2, BUCKETS))
        for one in maps:
            shift = one.first - first
            part = total[:, max(shift, 0) : BUCKETS + min(shift, 0)]
            part += one.density(place, lens)[:, max(-shift, 0) : BUCKETS - max(shift, 0)]
        total[0, max(bucket_of(reached[0], bucket) - first, 0) :] = 0.0
        total[1, : max(bucket_of(reached[1], bucket) - first + 1, 0)] = 0.0
        return Density(first, bucket, total[0], total[1])

    def _want(self, preset: Preset) -> None:
        if preset not in self._presets:
            self._presets = (*self._presets, preset)
            for venue in self._venues.values():
                venue.dirty = True

    def swept(self, now_ms: int) -> dict[int, int]:
        """When the buckets that the price consumed in the last day were consumed, by the bucket's number."""
        found: dict[int, int] = {}
        for venue in self._venues.values():
            if venue.map is not None:
                venue.map.forget_sweeps(now_ms - _DAY_MS)
                for bucket, at_ms in venue.map.swept.items():
                    found[bucket] = max(at_ms, found.get(bucket, 0))
        return found

    @property
    def venues(self) -> tuple[str, ...]:
        """The venues that the map is made of."""
        return tuple(sorted(name for name, venue in self._venues.items() if venue.map is not None))

    @property
    def nbytes(self) -> int:
        """Bytes of all its buckets."""
        return sum(venue.map.nbytes for venue in self._venues.values() if venue.map is not None)

    def missing(self, wanted: Collection[str]) -> tuple[str, ...]:
        """Which of these venues it lacks."""
        known = self.venues
        return tuple(name for name in wanted if name not in known)

    def kappa_price(self, now_ms: int) -> float | None:
        """USD liquidated per USD of map consumed, on venues that publish every liquidation; None until measured."""
        settings = self._settings
        factors = [venue.kappa for venue in self._venues.values()]
        return pooled(factors, now_ms, settings.kappa_least, settings.kappa_least_samples)

    def kappa_open(self, now_ms: int) -> float:
        """USD of open interest closed per USD of map consumed; the assumed one until measured."""
        settings = self._settings
        factors = [venue.map.drop for venue in self._venues.values() if venue.map is not None]
        measured = pooled(factors, now_ms, settings.kappa_least, settings.kappa_least_samples)
        return settings.kappa_open if measured is None else measured

    def confidence(self, now_ms: int, wanted: Collection[str] = ()) -> tuple[int, str]:
        """0 to 100 and its parts in words; `wanted`: the venues that could be part of it."""
        price = self._running.close or 0.0
        states = tuple(
            VenueState(name, venue.since_ms, venue.interest.times[-1], price * (venue.interest.coins[-1]))
            for name, venue in self._venues.items()
            if venue.map is not None
        )
        count = len({*wanted, *self.venues})
        lens_ms = LENS_HOURS[self._settings.lens] * 3_600_000
        return confidence(states, count, lens_ms, self.kappa_price(now_ms) is not None, now_ms)

    def seeded(self, now_ms: int) -> str:
        """How it was started: from how much history of whom, and since when it is watched; "" without a map."""
        built = {name: venue for name, venue in sorted(self._venues.items()) if venue.map is not None}
        if not built:
            return ""
        start_ms = now_ms if self._live_ms is None else self._live_ms
        parts = []
        with_history = {name: venue for name, venue in built.items() if venue.since_ms < start_ms - 60_000}
        if with_history:
            oldest_ms = min(venue.since_ms for venue in with_history.values())
            parts.append(f"from {span((start_ms - oldest_ms) / 1000)} of open interest of {', '.join(with_history)}")
        parts.append(f"live for {span(max(0, now_ms - start_ms) / 1000)}")
        return "; ".join(parts)
