"""What was understood of a paste: typed rows, each with the line it comes from. Nothing in here was not in the paste.

USD, fractions (0.0001 is 0.01 %) and minutes; None is what the paste doesn't tell.
"""

from dataclasses import dataclass, field
from typing import Literal

from scoring.view import Asymmetry, CascadesView, Grade, Volatility

Basis = Literal["realised", "estimated", ""]
Outcome = Literal["read", "title", "columns", "skipped", "not read"]


@dataclass(frozen=True, slots=True)
class Line:
    """How a line was read. `meaning`: what it says, or why it says nothing. `problems`: numbers in it not read."""

    number: int
    text: str
    outcome: Outcome
    meaning: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LevelRow:
    """Liquidations at a price or in a band; a side that the row leaves open is None.

    `bounded`: whether an amount is "at least" or "at most" so much. `cluster`: a band that was called a cluster.
    """

    line: int
    price: float
    low: float | None
    high: float | None
    long_usd: float | None
    short_usd: float | None
    basis: Basis = ""
    window_minutes: float | None = None
    bounded: str = ""
    cluster: bool = False


@dataclass(frozen=True, slots=True)
class UnplacedRow:
    """Liquidations on one side of the price, told without where."""

    line: int
    side: Literal["long", "short"]
    usd: float
    place: str
    basis: Basis = ""
    bounded: str = ""


@dataclass(frozen=True, slots=True)
class TotalRow:
    """Liquidations of a venue ("" is all) in a window. `seen_minutes`: how much of it was watched, where told."""

    line: int
    venue: str
    window_minutes: float | None
    long_usd: float | None
    short_usd: float | None
    bounded: str = ""
    seen_minutes: float | None = None
    unwatched: bool = False


@dataclass(frozen=True, slots=True)
class InterestRow:
    """Open interest of a venue ("" is all). `change_*`: in a unit that the paste doesn't tell."""

    line: int
    venue: str
    usd: float | None = None
    coins: float | None = None
    change_1h: float | None = None
    change_24h: float | None = None
    usd_1h: float | None = None
    usd_24h: float | None = None
    coins_1h: float | None = None
    coins_24h: float | None = None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class FundingRow:
    """A venue's funding rate ("" where the venue isn't told). `interval_hours` None: not told."""

    line: int
    venue: str
    rate: float
    interval_hours: float | None
    stale: bool = False


@dataclass(frozen=True, slots=True)
class CrowdRow:
    """A venue's share of longs."""

    line: int
    venue: str
    long_share: float
    change_24h: float | None = None
    basis: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True)
class FlowRow:
    """Taker buys minus sells of a venue's market ("" is all). `partly`: not all of the window was seen."""

    line: int
    venue: str
    market: Literal["spot", "perp"]
    usd: float
    window_minutes: float | None = None
    z: float | None = None
    seen_minutes: float | None = None
    partly: bool = False


@dataclass(frozen=True, slots=True)
class DepthRow:
    """Resting orders near the price; None is a side that isn't told."""

    line: int
    venue: str
    bid_usd: float | None
    ask_usd: float | None
    band_percent: float | None = None
    market: str = ""


@dataclass(frozen=True, slots=True)
class OptionsRow:
    """Puts per call, or only whether they rise."""

    line: int
    venue: str
    put_call: float | None
    rising: bool | None = None


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A line of liqtop's own checklist."""

    line: int
    name: str
    long: Grade
    short: Grade
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """What liqtop told of its own estimated map as a whole. None, "" or nothing: not told.

    `raw`: asymmetry of all mass near the price; `horizons`: weighed by the chance of touch. `age_ms`: how old the map
    was when it was copied.
    """

    line: int
    lens: str = ""
    preset: str = ""
    raw: float | None = None
    horizons: tuple[Asymmetry, ...] = ()
    volatility: Volatility | None = None
    confidence: int | None = None
    confidence_why: str = ""
    age_ms: int = 0


@dataclass(frozen=True, slots=True)
class PriceRow:
    """The price, or its relative change (`value` None) over so many minutes (None: not told)."""

    line: int
    value: float | None
    change: float | None = None
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """All rows of a paste, how each line was read, and what had to be assumed, in words.

    `cascades`: the states that liqtop told, a direction's `since_ms` being minus its age when it was copied.
    """

    coin: str = ""
    prices: tuple[PriceRow, ...] = ()
    levels: tuple[LevelRow, ...] = ()
    unplaced: tuple[UnplacedRow, ...] = ()
    totals: tuple[TotalRow, ...] = ()
    interest: tuple[InterestRow, ...] = ()
    funding: tuple[FundingRow, ...] = ()
    crowd: tuple[CrowdRow, ...] = ()
    flow: tuple[FlowRow, ...] = ()
    depth: tuple[DepthRow, ...] = ()
    options: tuple[OptionsRow, ...] = ()
    grades: tuple[GradeRow, ...] = ()
    estimate: EstimateRow | None = None
    cascades: CascadesView | None = None
    blind: str = ""
    lines: tuple[Line, ...] = ()
    assumptions: tuple[str, ...] = field(default=())

    @property
    def price(self) -> float | None:
        """The price that the paste tells, the last one where it tells several."""
        return next((row.value for row in reversed(self.prices) if row.value is not None), None)

    def change(self, minutes: float) -> float | None:
        """The price's change over so many minutes; one without a span counts as over 24 h."""
        told = (row for row in reversed(self.prices) if row.change is not None)
        return next((row.change for row in told if (row.minutes or 1440.0) == minutes), None)

    @property
    def empty(self) -> bool:
        """Whether no row was understood."""
        return not any(
            (
                self.prices, self.levels, self.unplaced, self.totals, self.interest, self.funding, self.crowd,
                self.flow, self.depth, self.options, self.grades, self.estimate, self.cascades,
            )
        )  # fmt: skip
