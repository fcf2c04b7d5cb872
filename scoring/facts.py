"""What the checklist grades: the readings of one coin at one moment, and of bitcoin beside it."""

from dataclasses import dataclass

from scoring.percentile import Place
from scoring.view import (
    CascadesView,
    CrowdReading,
    FlowReading,
    FundingReading,
    InterestReading,
    LargeTradesView,
    MapView,
    OptionsReading,
    TrendReading,
    WindowTotal,
)


@dataclass(frozen=True, slots=True)
class Bitcoin:
    """Bitcoin's trend on 1 h candles, how the coin moves with it (None: too few common candles), its cascades."""

    trend: TrendReading
    correlation: float | None
    beta: float | None
    is_itself: bool
    cascades: CascadesView | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All readings. Price changes are fractions over 1 h and 24 h; None: not that much history.

    `blind`: why no liquidation can be seen at the moment; None where some can. `map`: the estimated one of the default
    lens and preset, whatever is shown. `hour`: where the last hour of liquidations stands among the day's.
    `heard_ms`: when a feed that tells liquidations was last heard of.
    """

    now_ms: int
    blind: str | None
    fundings: tuple[FundingReading, ...]
    day: WindowTotal
    interest: tuple[InterestReading, ...] = ()
    price_1h: float | None = None
    price_24h: float | None = None
    flow: tuple[FlowReading, ...] = ()
    large: LargeTradesView | None = None
    crowd: tuple[CrowdReading, ...] = ()
    options: tuple[OptionsReading, ...] = ()
    trend: tuple[TrendReading, ...] = ()
    bitcoin: Bitcoin | None = None
    map: MapView | None = None
    cascades: CascadesView | None = None
    hour: Place | None = None
    heard_ms: int | None = None
