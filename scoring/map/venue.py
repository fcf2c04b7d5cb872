"""One venue's map of one coin: positions enter with open interest, are consumed by the price, close and fade.

Every contract has a long and a short, so new open interest loads both sides alike. What the mark price reaches is
consumed; what open interest falls beyond that closes in proportion; and each lens forgets at its own pace.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scoring.map.calibrate import Factor
from scoring.map.grid import BUCKETS, Array, bucket_of
from scoring.map.kernel import Kernels
from scoring.map.path import Piece, Run
from scoring.settings.map import MapSettings
from scoring.view.estimated import Lens

LENSES: tuple[Lens, ...] = ("12h", "24h", "3d", "7d", "30d")
LENS_HOURS = {"12h": 12.0, "24h": 24.0, "3d": 72.0, "7d": 168.0, "30d": 720.0}
_DRIFT = BUCKETS // 8
"""The grid is laid anew around the price when that is so many buckets off its middle."""
_SMALLEST_SCALE = 1e-9
"""Scale factors below this are multiplied into the buckets, long before single precision ends."""
_LEAST_LEFT = 1e-6
"""Open interest that falls to nothing leaves this share of the map, so that scales stay above zero."""
_MOST_RUNS = 48

Held = NDArray[np.float32]


@dataclass(slots=True, eq=False)
class Ledger:
    """Where all that was ever added went, USD, each an array of shape (presets, lenses, 2). Only for whoever checks."""

    added: Array = field(default_factory=lambda: np.zeros(()))
    consumed: Array = field(default_factory=lambda: np.zeros(()))
    shrunk: Array = field(default_factory=lambda: np.zeros(()))
    decayed: Array = field(default_factory=lambda: np.zeros(()))
    beyond: Array = field(default_factory=lambda: np.zeros(()))


class VenueMap:
    """The buckets of every preset and lens. The first preset is the one that sweeps and factors go by."""

    __slots__ = (
        "_bottom", "_close", "_consumed", "_default", "_flow", "_half_lives", "_held", "_kernels", "_runs", "_scale",
        "_settings", "_top", "at_ms", "coins", "consumed_usd", "drop", "first", "ledger", "reading_ms", "swept",
    )  # fmt: skip

    def __init__(self, kernels: Kernels, settings: MapSettings, price: float, ledger: Ledger | None = None) -> None:
        presets = len(kernels.tilts)
        self._kernels, self._settings = kernels, settings
        self._held: Held = np.zeros((presets, len(LENSES), 2, BUCKETS), np.float32)
        self._scale = np.ones((presets, len(LENSES)))
        self._half_lives = np.array([LENS_HOURS[lens] * 3_600_000 * settings.half_life_share for lens in LENSES])
        self._default = LENSES.index(settings.lens)
        self._consumed = np.zeros((presets, len(LENSES)))
        self._runs: list[Run] = []
        self._flow = [0.0, 0.0]
        self.first = bucket_of(price, settings.bucket) - BUCKETS // 2
        self._top, self._bottom = 0, BUCKETS
        self._close: float | None = None
        self.coins: float | None = None
        self.at_ms = self.reading_ms = 0
        self.consumed_usd = 0.0
        self.drop = Factor(settings.kappa_half_life_days)
        self.swept: dict[int, int] = {}
        self.ledger = ledger

    def step(self, piece: Piece, coins: float | None) -> None:
        """Move on by a piece of the price's path, at whose end `coins` of open interest were told (None: none).

        Where there is a hole before the piece, the price went straight to it from where it was.
        """
        elapsed_ms = piece.at_ms - self.at_ms if self.at_ms else piece.elapsed_ms
        self._recentre(piece.close)
        self._consume(piece)
        self._gather(piece)
        if coins is not None:
            before, self.coins = self.coins, coins
            if before is not None:
                self._shrink(before, coins, piece)
            self._decay(elapsed_ms)
            if before is not None and coins > before:
                self._add((coins - before) * piece.close, bucket_of(piece.close, self._settings.bucket) - self.first)
            self._consumed[:] = 0.0
            self._runs, self._flow = [], [0.0, 0.0]
        else:
            self._decay(elapsed_ms)
        self.at_ms, self._close = piece.at_ms, piece.close

    def density(self, preset: int, lens: Lens) -> Array:
        """USD by bucket from `first` on, shape (2, BUCKETS): longs, shorts."""
        place = LENSES.index(lens)
        found: Array = self._held[preset, place].astype(np.float64) * self._scale[preset, place]
        return found

    def totals(self) -> Array:
        """USD on the grid, shape (presets, lenses, 2)."""
        return np.asarray(self._held.sum(axis=3, dtype=np.float64) * self._scale[:, :, None])

    @property
    def presets(self) -> int:
        """How many presets it holds."""
        return len(self._held)

    def forget_sweeps(self, before_ms: int) -> None:
        """Forget the sweeps of before a time."""
        self.swept = {bucket: at_ms for bucket, at_ms in self.swept.items() if at_ms >= before_ms}

    @property
    def nbytes(self) -> int:
        """Bytes of the buckets."""
        return self._held.nbytes

    def _recentre(self, price: float) -> None:
        shift = bucket_of(price, self._settings.bucket) - BUCKETS // 2 - self.first
        if abs(shift) <= _DRIFT:
            return
        before = self.totals() if self.ledger is not None else None
        moved = np.zeros_like(self._held)
        if 0 < shift < BUCKETS:
            moved[..., : BUCKETS - shift] = self._held[..., shift:]
        elif -BUCKETS < shift < 0:
            moved[..., -shift:] = self._held[..., : BUCKETS + shift]
        self._held = moved
        self.first += shift
        self._top, self._bottom = min(max(self._top - shift, 0), BUCKETS), min(max(self._bottom - shift, 0), BUCKETS)
        if self.ledger is not None and before is not None:
            self.ledger.beyond = self.ledger.beyond + before - self.totals()

    def _consume(self, piece: Piece) -> None:
        """Zero the buckets that the piece's range touches or lies beyond: longs from its low up, shorts to its high."""
        self.consumed_usd = 0.0
        bucket = self._settings.bucket
        before = self._close or piece.close
        low = max(bucket_of(min(piece.low, before), bucket) - self.first, 0)
        high = min(bucket_of(max(piece.high, before), bucket) - self.first + 1, BUCKETS)
        if low >= self._top and high <= self._bottom:
            return
        for side, part in ((0, slice(low, self._top)), (1, slice(self._bottom, high))):
            if part.start >= part.stop:
                continue
            held = self._held[:, :, side, part]
            gone = held.sum(axis=2) * self._scale
            self._note_sweeps(side, part.start, piece.at_ms, held[0, self._default])
            self._consumed += gone
            self.consumed_usd += float(gone[0, self._default])
            if self.ledger is not None:
                self.ledger.consumed = self.ledger.consumed + gone[:, :, None] * np.eye(2)[side]
            held[...] = 0.0
        self._top, self._bottom = min(self._top, low), max(self._bottom, high)

    def _note_sweeps(self, side: int, start: int, at_ms: int, gone: Held) -> None:
        least = self._settings.swept_share * self._held[0, self._default, side].max()
        if least > 0:
            for place in np.flatnonzero(gone >= least):
                self.swept[self.first + start + int(place)] = at_ms

    def _gather(self, piece: Piece) -> None:
        """Keep where was traded until open interest tells how much of it stayed open."""
        self._runs.extend(piece.runs)
        self._flow[0] += piece.net_usd
        self._flow[1] += sum(run[2] for run in piece.runs)
        if len(self._runs) > _MOST_RUNS:
            first, last = min(run[0] for run in self._runs), max(run[1] for run in self._runs)
            self._runs = [(first, last, self._flow[1])]

    def _shrink(self, before: float, coins: float, piece: Piece) -> None:
        """Close in proportion what open interest fell by beyond what the consumed part explains."""
        fall_usd, open_usd = max(0.0, (before - coins) * piece.close), before * piece.close
        modelled = float(self._consumed[0, self._default])
        if fall_usd > 0:
            closed = np.maximum(0.0, fall_usd - self.kappa_open(piece.at_ms) * self._consumed)
            left = np.maximum(1.0 - closed / open_usd, _LEAST_LEFT)
            if self.ledger is not None:
                self.ledger.shrunk = self.ledger.shrunk + self.totals() * (1.0 - left)[:, :, None]
            self._scale *= left
        if modelled >= self._settings.kappa_share * open_usd > 0:
            self.drop.take(fall_usd, modelled, piece.at_ms)

    def kappa_open(self, at_ms: int) -> float:
        """Fall of open interest per consumed USD: measured here, else assumed."""
        settings = self._settings
        came, modelled, samples = self.drop.sums(at_ms)
        if samples < settings.kappa_least_samples or modelled <= 0:
            return settings.kappa_open
        return min(1.0, max(settings.kappa_least, came / modelled))

    def _decay(self, elapsed_ms: float) -> None:
        left = np.exp2(-elapsed_ms / self._half_lives)
        if self.ledger is not None:
            self.ledger.decayed = self.ledger.decayed + self.totals() * (1.0 - left)[None, :, None]
        self._scale *= left
        if self._scale.min() < _SMALLEST_SCALE:
            self._held *= self._scale[:, :, None, None].astype(np.float32)
            self._scale[:] = 1.0

    def _add(self, usd: float, price_place: int) -> None:
        """Load both sides with new open interest; what the price has passed at the end of the piece is not placed."""
        runs: Sequence[Run] = self._runs
        placed = self._kernels.spread([(a - self.first, b - self.first, weight) for a, b, weight in runs])
        flow = self._flow[0] / self._flow[1] if self._flow[1] > 0 else 0.0
        amounts = usd * (1.0 + self._kernels.tilts * flow)
        if self.ledger is not None:
            self.ledger.added = self.ledger.added + (amounts * np.ones((len(LENSES), 1, 1))).transpose(1, 0, 2)
            self.ledger.beyond = self.ledger.beyond + (amounts * (1.0 - placed.sum(axis=2)))[:, None, :]
        edges = (slice(max(price_place, 0), None), slice(None, max(price_place + 1, 0)))
        for side, edge in enumerate(edges):
            if self.ledger is not None:
                gone = amounts[:, side] * placed[:, side, edge].sum(axis=1)
                self.ledger.consumed = self.ledger.consumed + gone[:, None, None] * np.eye(2)[side]
            placed[:, side, edge] = 0.0
        placed *= amounts[:, :, None]
        self._held += (placed[:, None] / self._scale[:, :, None, None]).astype(np.float32)
        self._top = max(self._top, min(max(price_place, 0), BUCKETS))
        self._bottom = min(self._bottom, min(max(price_place + 1, 0), BUCKETS))
