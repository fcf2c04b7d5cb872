"""Settings of the hit record and of the backtest. All were chosen before any data was looked at."""

from pydantic import Field

from scoring.settings.base import Strict


class RecordSettings(Strict):
    """`[record]`: how predictions of clusters are made and judged."""

    horizon_hours: float = Field(24.0, gt=0)
    """A prediction is whether the level is touched within so many hours."""
    least_chance: float = Field(0.05, gt=0, lt=1)
    """Levels less likely to be touched by chance are not predicted: they would be counted without telling anything."""
    most_chance: float = Field(0.95, gt=0, lt=1)
    """Levels more likely to be touched by chance are not predicted: they can't miss."""
    least_n: int = Field(160, gt=0)
    """With fewer predictions that came due a record is unproven: 1.5 times chance is told from 1 at a base of 30 %."""
    least_days: int = Field(10, gt=1)
    """Over fewer days a record is unproven: levels of one day share one path. Judgement."""
    confidence_z: float = Field(1.96, gt=0)
    """Half width of an interval in standard deviations: 95 %."""
    distances: tuple[float, ...] = (0.01, 0.02, 0.05)
    """Records are kept apart by how far away a level was, between these fractions of the price."""
    shift_least: float = Field(3.0, gt=0)
    """A shifted control lies at least so many buckets beside its level."""
    shift_most: float = Field(10.0, gt=0)
    """A shifted control lies at most so many buckets beside its level."""
    gap_minutes: float = Field(15.0, gt=0)
    """After so long without a price a prediction that runs is void, touched or not: a touch may have been missed."""
    most_open: int = Field(64, gt=0)
    """So many predictions run at once in a coin, further clusters are left out."""
    most_kept: int = Field(500, gt=0)
    """So many of the latest fates are kept in a coin."""


class BacktestSettings(Strict):
    """`[backtest]`: how recordings are evaluated."""

    warmup_hours: float = Field(24.0, ge=0)
    """The map is built for so long before its clusters are predictions."""
    restart_hours: float = Field(24.0, gt=0)
    """After a longer gap in the data the map starts afresh."""
    draws: int = Field(2000, ge=100)
    """So many resamples of the days make an interval."""
    seed: int = 1
    """Of the resampling and of random levels: the same data give the same figures."""
    bins: tuple[float, ...] = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    """Between these chances predictions are grouped for the reliability table."""
    lift_cap: float = Field(1.5, gt=1)
    """A measured lift multiplies a chance by at most this. Judgement."""
    reaction_seconds: tuple[int, ...] = (30, 60, 300)
    """After so many seconds the price's reaction to a touched level is looked at."""
    continue_bp: float = Field(50.0, gt=0)
    """A touched level continued if the price goes so far on before it goes as far back."""
    continue_minutes: float = Field(60.0, gt=0)
    """If it does neither within this time, it is counted as neither."""
    naive_leverages: tuple[float, ...] = (5.0, 10.0, 25.0, 50.0, 100.0)
    """The leverages of the naive lines at 1/L of the entry, each with an equal share."""
