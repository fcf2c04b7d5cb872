"""Settings of the scoring: every constant with its meaning and where it comes from."""

from pydantic import Field

from scoring.settings.base import Strict
from scoring.settings.checks import (
    ChecklistSettings,
    ChecklistWeights,
    CrowdSettings,
    FlowSettings,
    FundingSettings,
    InterestSettings,
    PercentileSettings,
    TrendSettings,
)
from scoring.settings.estimate import StrengthSettings, TrackerSettings, VolatilitySettings
from scoring.settings.flows import CascadeSettings, CvdSettings, LargeTradeSettings, RestDataSettings
from scoring.settings.health import HealthSettings
from scoring.settings.ladder import ClusterSettings, LadderSettings, PriceSettings, TapeSettings
from scoring.settings.levels import LevelSettings, ReachSettings
from scoring.settings.map import MapSettings, MixSettings
from scoring.settings.plan import PlanSettings
from scoring.settings.record import BacktestSettings, RecordSettings
from scoring.settings.sanity import SanitySettings

__all__ = [
    "BacktestSettings",
    "CascadeSettings",
    "ChecklistSettings",
    "ChecklistWeights",
    "ClusterSettings",
    "CrowdSettings",
    "CvdSettings",
    "FlowSettings",
    "FundingSettings",
    "HealthSettings",
    "InterestSettings",
    "LadderSettings",
    "LargeTradeSettings",
    "LevelSettings",
    "MapSettings",
    "MixSettings",
    "PercentileSettings",
    "PlanSettings",
    "PriceSettings",
    "ReachSettings",
    "RecordSettings",
    "RestDataSettings",
    "SanitySettings",
    "ScoringSettings",
    "StrengthSettings",
    "Strict",
    "TapeSettings",
    "TrackerSettings",
    "TrendSettings",
    "VolatilitySettings",
]


class ScoringSettings(Strict):
    """All settings of the scoring."""

    ladder: LadderSettings = Field(default_factory=LadderSettings)
    price: PriceSettings = Field(default_factory=PriceSettings)
    tape: TapeSettings = Field(default_factory=TapeSettings)
    clusters: ClusterSettings = Field(default_factory=ClusterSettings)
    cascade: CascadeSettings = Field(default_factory=CascadeSettings)
    funding: FundingSettings = Field(default_factory=FundingSettings)
    percentiles: PercentileSettings = Field(default_factory=PercentileSettings)
    checklist: ChecklistSettings = Field(default_factory=ChecklistSettings)
    health: HealthSettings = Field(default_factory=HealthSettings)
    sanity: SanitySettings = Field(default_factory=SanitySettings)
    interest: InterestSettings = Field(default_factory=InterestSettings)
    crowd: CrowdSettings = Field(default_factory=CrowdSettings)
    flow: FlowSettings = Field(default_factory=FlowSettings)
    reach: ReachSettings = Field(default_factory=ReachSettings)
    levels: LevelSettings = Field(default_factory=LevelSettings)
    cvd: CvdSettings = Field(default_factory=CvdSettings)
    large_trades: LargeTradeSettings = Field(default_factory=LargeTradeSettings)
    rest_data: RestDataSettings = Field(default_factory=RestDataSettings)
    trend: TrendSettings = Field(default_factory=TrendSettings)
    map: MapSettings = Field(default_factory=MapSettings)
    volatility: VolatilitySettings = Field(default_factory=VolatilitySettings)
    tracker: TrackerSettings = Field(default_factory=TrackerSettings)
    strength: StrengthSettings = Field(default_factory=StrengthSettings)
    record: RecordSettings = Field(default_factory=RecordSettings)
    backtest: BacktestSettings = Field(default_factory=BacktestSettings)
    plan: PlanSettings = Field(default_factory=PlanSettings)
