"""What is estimated of the future: where leverage probably sits, its clusters, and what came of earlier estimates.

All of it is modelled, none of it measured. USD are those of the model unless a name says `calibrated`.
"""

from dataclasses import dataclass, field
from typing import Literal

from scoring.view.realised import Side

Lens = Literal["12h", "24h", "3d", "7d", "30d"]
Preset = Literal["observed", "retail", "flat", "untilted"]
Strength = Literal["minor", "moderate", "strong", "book-sized"]
Significance = Literal["unproven", "no lift", "lift"]


@dataclass(frozen=True, slots=True)
class EstimatedCell:
    """One price row of the map: longs below the price, shorts above it. `swept_at_ms`: consumed by the price then."""

    long_usd: float = 0.0
    short_usd: float = 0.0
    swept_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """What came of such clusters so far: `hits` of `n` touched within the horizon, where `expected` were by chance.

    `lift` is hits over expected with its interval; None until anything has come due. `significance` stays "unproven"
    until `n` deserves more.
    """

    n: int = 0
    hits: int = 0
    expected: float = 0.0
    lift: float | None = None
    low: float | None = None
    high: float | None = None
    significance: Significance = "unproven"


@dataclass(frozen=True, slots=True)
class EstimatedCluster:
    """A tracked band of estimated liquidations: shorts above the price, longs below it.

    `identity` lives on while the peak drifts. `distance`: of the band's nearest edge, a fraction of the price, negative
    below. `usd`: modelled mass; `calibrated_usd`: times what such mass was worth when consumed, None until measured.
    `share`: of all mass of that side in reach. `stars`: 1 to 5 against the coin's own clusters, None without history.
    `depth_ratio`: calibrated mass over the resting USD within 1 % of the side it would hit. `push_bp`: how far it might
    move the price, lowest and highest of two rules. `touch`: chance of touch in 24 h without any pull. `pull`: its part
    of all clusters' chance times mass. `swept_at_ms`: when the price went through it.
    """

    identity: int
    side: Side
    low: float
    high: float
    peak: float
    distance: float
    usd: float
    calibrated_usd: float | None
    share: float
    born_ms: int
    touch: float | None = None
    pull: float | None = None
    stars: int | None = None
    depth_ratio: float | None = None
    strength: Strength | None = None
    push_bp: tuple[float, float] | None = None
    record: Record = field(default_factory=Record)
    swept_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """Shorts above against longs below at one horizon, (shorts - longs) / (shorts + longs), -1 to +1.

    `reached`: each weighed by its chance of touch within `hours`; None where nothing is in reach. `reached_share`: the
    part of the whole mass that is expected to be touched.
    """

    hours: float
    reached: float | None
    reached_share: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Volatility:
    """Standard deviation of a day's log return, where it comes from, and whether it was measured or assumed."""

    daily: float
    source: str
    measured: bool


@dataclass(frozen=True, slots=True)
class MapView:
    """The estimated map of one coin, on the ladder's rows. `reason` says why there is none, "" where there is one.

    `confidence`: 0 to 100, `confidence_why` its parts in words. `seeded`: how it was started. `raw`: shorts over longs
    within `reach` of the price, (shorts - longs) / both. `kappa`: realised over modelled where consumed, None until it
    was measured. `cells` has the same step and row numbers as the ladder.
    """

    lens: Lens = "24h"
    preset: Preset = "observed"
    reason: str = "not estimated yet"
    step: float = 1.0
    cells: dict[int, EstimatedCell] = field(default_factory=dict)
    densest_usd: float = 0.0
    above: tuple[EstimatedCluster, ...] = ()
    below: tuple[EstimatedCluster, ...] = ()
    swept: tuple[EstimatedCluster, ...] = ()
    long_usd: float = 0.0
    short_usd: float = 0.0
    reach: float = 0.1
    raw: float | None = None
    asymmetry: tuple[Asymmetry, ...] = ()
    volatility: Volatility | None = None
    record: Record = field(default_factory=Record)
    confidence: int = 0
    confidence_why: str = ""
    seeded: str = ""
    venues: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    kappa: float | None = None
    at_ms: int | None = None
