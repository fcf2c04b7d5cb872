"""What was liquidated: rows, totals, the tape."""

from dataclasses import dataclass, field
from typing import Literal

from feeds.events import Market, Position, Taker

Side = Literal["above", "below"]


@dataclass(frozen=True, slots=True)
class LadderCell:
    """Realised liquidations of one price row in the window. The flags: some of it comes from a sampling venue."""

    long_usd: float = 0.0
    short_usd: float = 0.0
    long_sampled: bool = False
    short_sampled: bool = False


@dataclass(frozen=True, slots=True)
class LadderView:
    """Realised liquidations by price row: row i covers [i * step, (i + 1) * step)."""

    window_minutes: int = 240
    step: float = 1.0
    cells: dict[int, LadderCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SideTotal:
    """Realised liquidations of one side. `sampled`: at least this much."""

    usd: float = 0.0
    count: int = 0
    sampled: bool = False


@dataclass(frozen=True, slots=True)
class VenueTotal:
    """Realised liquidations of one venue in one window. `coverage`: share of the window its feed was seen live."""

    venue: str
    long: SideTotal
    short: SideTotal
    coverage: float


@dataclass(frozen=True, slots=True)
class WindowTotal:
    """Realised liquidations of all venues in one window. `coverage` is that of the worst venue."""

    window_minutes: int
    long: SideTotal
    short: SideTotal
    venues: tuple[VenueTotal, ...]
    coverage: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """A price band where liquidations were dense. `basis` says whether they were measured or modelled."""

    side: Side
    low: float
    high: float
    peak: float
    distance: float
    long_usd: float
    short_usd: float
    sampled: bool
    last_at_ms: int
    basis: Literal["realised", "estimated"] = "realised"

    @property
    def usd(self) -> float:
        """All that was liquidated in the band, both sides."""
        return self.long_usd + self.short_usd


@dataclass(frozen=True, slots=True)
class TapeRow:
    """A liquidation (`position` set) or a large trade (`taker` set)."""

    at_ms: int
    venue: str
    market: Market
    position: Position | None
    taker: Taker | None
    usd: float
    price: float
    sampled: bool
