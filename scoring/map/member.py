"""One venue's part in a coin's map: its open interest, its map, the build that will replace it, its measurements."""

from collections.abc import Iterable

from feeds.tiers import MarginTier
from scoring.map.calibrate import Factor
from scoring.map.interest import InterestLog
from scoring.map.path import Piece
from scoring.map.seed import Build
from scoring.map.venue import VenueMap
from scoring.settings.map import MapSettings


class Member:
    """One venue. `dirty`: history has changed since its map was built. `since_ms`: its first reading of then."""

    __slots__ = ("_kappa_share", "build", "dirty", "interest", "kappa", "map", "since_ms", "tier")

    def __init__(self, settings: MapSettings) -> None:
        self._kappa_share = settings.kappa_share
        self.interest = InterestLog()
        self.map: VenueMap | None = None
        self.build: Build | None = None
        self.dirty = True
        self.since_ms = 0
        self.tier: MarginTier | None = None
        self.kappa = Factor(settings.kappa_half_life_days)

    def turn_minute(self, piece: Piece, realised_usd: float | None) -> None:
        """Move the map on by a minute. `realised_usd`: all that was liquidated in it, None where not all was seen."""
        self.interest.thin()
        if self.map is not None:
            self._fold(self.map, piece)
            if realised_usd is not None:
                self._measure(self.map, piece.close, realised_usd)

    def go_on(self, steps: int, minutes: Iterable[Piece]) -> int:
        """Build for so many steps; how many were left to spare. The finished map catches up with the live `minutes`."""
        if self.build is None:
            return steps
        left = self.build.run(steps)
        if left > 0:
            built, self.build = self.build.map, None
            if built is not None:
                self.map, self.since_ms = built, self.interest.times[0]
                for piece in minutes:
                    if piece.at_ms > built.at_ms:
                        self._fold(built, piece)
        return left

    def _fold(self, state: VenueMap, piece: Piece) -> None:
        """Step with the newest reading, where one has come since the last."""
        times = self.interest.times
        told = bool(times) and times[-1] > state.reading_ms
        if told:
            state.reading_ms = times[-1]
        state.step(piece, self.interest.coins[-1] if told else None)

    def _measure(self, state: VenueMap, price: float, realised_usd: float) -> None:
        """Hold a minute's liquidations against what of the map was consumed in it."""
        if not state.coins or not (state.consumed_usd > 0 or realised_usd > 0):
            return
        sample_usd = self._kappa_share * state.coins * price
        self.kappa.take(realised_usd, state.consumed_usd, state.at_ms, min(1.0, state.consumed_usd / sample_usd))
