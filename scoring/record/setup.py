"""What a trial is made of: the recording it plays, the tables it needs, the maps it compares."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from scoring.map.grid import Density
from scoring.settings import ClusterSettings
from scoring.settings.estimate import StrengthSettings, TrackerSettings, VolatilitySettings
from scoring.settings.map import MapSettings
from scoring.settings.record import BacktestSettings, RecordSettings

PathKind = Literal["marks", "trades", "bars"]


class Estimate(Protocol):
    """A map that moves on step by step."""

    def take_interest(self, venue: str, at_ms: int, coins: float) -> None: ...  # noqa: D102
    def take_mark(self, price: float) -> None: ...  # noqa: D102
    def turn_minute(self, ended_ms: int, price: float, net_taker_usd: float) -> None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Source:
    """What is played: its coin, how often it tells the price, and what of its events are prices.

    `extremes`: highs and lows are known, so a touch can't be missed. `path`: what the price's path is made of. Marks
    always are; trades are too where it says so, or before there is any mark; bars are the path where it says so, else
    they are history for the map.
    """

    name: str
    coin: str
    step_seconds: int
    extremes: bool = True
    path: PathKind = "marks"

    @property
    def sampled_seconds(self) -> float:
        """Between which moments nothing is known of the price."""
        return 0.0 if self.extremes else float(self.step_seconds)


@dataclass(frozen=True, slots=True)
class TrialSettings:
    """All tables that a trial needs."""

    record: RecordSettings = field(default_factory=RecordSettings)
    backtest: BacktestSettings = field(default_factory=BacktestSettings)
    map: MapSettings = field(default_factory=MapSettings)
    clusters: ClusterSettings = field(default_factory=ClusterSettings)
    tracker: TrackerSettings = field(default_factory=TrackerSettings)
    strength: StrengthSettings = field(default_factory=StrengthSettings)
    volatility: VolatilitySettings = field(default_factory=VolatilitySettings)


@dataclass(frozen=True, slots=True)
class Rig:
    """The maps of one trial and the arms that read them; the first arm is the primary one."""

    maps: tuple[Estimate, ...]
    densities: tuple[tuple[str, Callable[[int], Density | None]], ...]


Build = Callable[[], Rig]
"""Makes fresh maps: at the start and after each long gap."""
