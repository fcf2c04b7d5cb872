"""Settings of what a level is worth: its reach and its strength."""

from pydantic import Field

from scoring.settings.base import Strict


class ReachSettings(Strict):
    """`[reach]`: what of an estimated map is near enough to count."""

    daily_volatility: float = Field(0.025, gt=0)
    """Standard deviation of a day's return where none is measured: about that of bitcoin; coins move more."""
    entry_days: float = Field(1.0, gt=0)
    """The horizon of an entry, in days."""
    horizons_days: tuple[float, ...] = (1.0, 7.0, 30.0)
    """The horizons an asymmetry is shown for, in days: its sign may differ between them."""
    map_horizons_hours: tuple[float, ...] = (4.0, 24.0, 168.0, 720.0)
    """The horizons the estimated map's asymmetry is shown for, in hours."""
    dominant: float = Field(0.3, gt=0, lt=1)
    """From this asymmetry on one side dominates. Judgement: about two to one."""
    extreme: float = Field(0.6, gt=0, lt=1)
    """From this asymmetry on it does so extremely. Judgement: four to one."""
    reached_least: float = Field(0.01, ge=0, lt=1)
    """Where a smaller share of the mass is expected to be touched, the map is out of reach. Judgement."""
    unplaced_distances: tuple[float, ...] = (0.04, 0.08)
    """Where a side's mass is told without its price, what would follow if it were this far away. Judgement."""


class LevelSettings(Strict):
    """`[levels]`: how a level of a ladder compares with the one before it, and with the book."""

    accelerates: float = Field(1.2, gt=1)
    """From this growth per width on, the liquidations accelerate. Judgement."""
    sustains: float = Field(0.8, gt=0, lt=1)
    """From this growth per width on they go on, below it they fade. Judgement."""
    moderate: float = Field(0.25, gt=0)
    """From this many times the depth within 1 % on, a level is moderate. Judgement."""
    strong: float = Field(1.0, gt=0)
    """From this many times the depth within 1 % on, a level is strong. Judgement."""
    book_sized: float = Field(3.0, gt=0)
    """From this many times the depth within 1 % on, a level is as large as the book. Judgement."""
