"""The frozen picture of one coin's market at one moment: all that a pane or a headless command may show.

A value that is not known is None, and a reason stands beside it. USD unless a name says otherwise, times UNIX ms,
shares and rates fractions.
"""

from dataclasses import dataclass, field

from scoring.view.cascades import CascadesView
from scoring.view.course import Course
from scoring.view.estimated import (
    Asymmetry,
    EstimatedCell,
    EstimatedCluster,
    Lens,
    MapView,
    Preset,
    Record,
    Significance,
    Strength,
    Volatility,
)
from scoring.view.judged import CascadeView, CheckItem, ChecklistView, DirectionVerdict, Grade, Verdict
from scoring.view.readings import (
    Change,
    CrowdReading,
    DepthReading,
    FlowReading,
    FundingMedian,
    FundingReading,
    InterestReading,
    LargeTradesView,
    OptionsReading,
    Reading,
    TrendReading,
)
from scoring.view.realised import Cluster, LadderCell, LadderView, Side, SideTotal, TapeRow, VenueTotal, WindowTotal
from scoring.view.streams import CoinSummary, Counts, FeedHealth, Health, VenueState

__all__ = [
    "EMPTY",
    "Asymmetry",
    "CascadeView",
    "CascadesView",
    "Change",
    "CheckItem",
    "ChecklistView",
    "Cluster",
    "CoinSummary",
    "Counts",
    "Course",
    "CrowdReading",
    "DepthReading",
    "DirectionVerdict",
    "EstimatedCell",
    "EstimatedCluster",
    "FeedHealth",
    "FlowReading",
    "FundingMedian",
    "FundingReading",
    "Grade",
    "Health",
    "InterestReading",
    "LadderCell",
    "LadderView",
    "LargeTradesView",
    "Lens",
    "MapView",
    "MarketView",
    "OptionsReading",
    "Preset",
    "Reading",
    "Record",
    "Side",
    "SideTotal",
    "Significance",
    "Strength",
    "TapeRow",
    "TrendReading",
    "VenueState",
    "VenueTotal",
    "Verdict",
    "Volatility",
    "WindowTotal",
]


@dataclass(frozen=True, slots=True)
class MarketView:
    """Everything the screen shows of one coin, at one moment. `EMPTY` is the view before the first event."""

    at_ms: int = 0
    coin: str = ""
    price: Reading = field(default_factory=Reading)
    change: Change | None = None
    ladder: LadderView = field(default_factory=LadderView)
    above: tuple[Cluster, ...] = ()
    below: tuple[Cluster, ...] = ()
    map: MapView = field(default_factory=MapView)
    cascade: CascadeView = field(default_factory=CascadeView)
    cascades: CascadesView = field(default_factory=CascadesView)
    checklist: ChecklistView = field(default_factory=ChecklistView)
    tape: tuple[TapeRow, ...] = ()
    funding: tuple[FundingReading, ...] = ()
    funding_median: FundingMedian | None = None
    totals: tuple[WindowTotal, ...] = ()
    feeds: tuple[FeedHealth, ...] = ()
    coins: tuple[CoinSummary, ...] = ()
    interest: tuple[InterestReading, ...] = ()
    crowd: tuple[CrowdReading, ...] = ()
    flow: tuple[FlowReading, ...] = ()
    large: LargeTradesView = field(default_factory=LargeTradesView)
    depth: tuple[DepthReading, ...] = ()
    options: tuple[OptionsReading, ...] = ()
    trend: tuple[TrendReading, ...] = ()
    venues: tuple[VenueState, ...] = ()
    course: Course = field(default_factory=Course)
    counts: Counts = field(default_factory=Counts)
    store: str = ""
    notes: tuple[str, ...] = ()


EMPTY = MarketView()
