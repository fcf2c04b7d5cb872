"""Settings of the estimated map and of what is read off it."""

from typing import Literal

from pydantic import Field

from scoring.settings.base import Strict


class MixSettings(Strict):
    """`[map.mix]`: the share of new positions by leverage (5, 10, 25, 50, 100 times), by preset."""

    observed: tuple[float, float, float, float, float] = (0.40, 0.27, 0.18, 0.10, 0.05)
    """A coarse fit to isolated positions on Hyperliquid: median 8.3, upper quartile 18.5, top tenth 48 times."""
    retail: tuple[float, float, float, float, float] = (0.10, 0.20, 0.30, 0.25, 0.15)
    """What published heatmaps assume; it has no measured source."""
    flat: tuple[float, float, float, float, float] = (0.20, 0.20, 0.20, 0.20, 0.20)
    """Every leverage alike, for comparison."""


class MapSettings(Strict):
    """`[map]`: where leverage probably sits, estimated from open interest, taker flow and the mark price's path."""

    lens: Literal["12h", "24h", "3d", "7d", "30d"] = "24h"
    """How far back positions count at the start: 12h, 24h, 3d, 7d or 30d; older ones fade."""
    preset: Literal["observed", "retail", "flat", "untilted"] = "observed"
    """Which leverage mix is assumed: observed, retail, flat, or untilted (observed without the flow's tilt)."""
    mix: MixSettings = Field(default_factory=MixSettings)
    """The leverage mix of each preset."""
    bucket: float = Field(0.001, gt=0)
    """Height of a bucket in the logarithm of the price: ten basis points."""
    step_seconds: float = Field(60.0, gt=0)
    """The map is moved on so often."""
    half_life_share: float = Field(1 / 3, gt=0)
    """Within a lens, positions count half after this share of it (30d: after 10 days). Closing hazards suggest ten."""
    tilt: float = Field(0.3, ge=0, lt=1)
    """How much more of the aggressor's side is levered near liquidation, at a wholly one-sided flow. A hypothesis."""
    spread: float = Field(0.30, gt=0)
    """Spread of real liquidation prices around the textbook line, of log distance: added margin, funding, tiers."""
    maintenance_rate: float = Field(0.005, gt=0, lt=0.01)
    """Maintenance margin of small positions where a venue's tiers aren't known, a fraction. Most coins start here."""
    most_leverage: float = Field(100.0, gt=1)
    """Highest leverage where a venue's tiers aren't known; positions above a venue's highest count at that one."""
    swept_share: float = Field(0.1, ge=0, le=1)
    """A consumed bucket is marked as swept if it held at least this share of the densest. Judgement."""
    kappa_open: float = Field(0.3, gt=0, le=1)
    """Fall of open interest per consumed USD of map, until it is measured. Judgement."""
    kappa_price: float = Field(0.003, gt=0, le=1)
    """Realised liquidations per consumed USD of map, until it is measured: 1.05 % of the assumed fall of open interest,
    which is what a feed that publishes every liquidation showed. Strengths that rest on it are marked."""
    kappa_least: float = Field(1e-3, gt=0)
    """A measured factor is never taken as less than this."""
    kappa_half_life_days: float = Field(7.0, gt=0)
    """A measured factor is forgotten at this pace."""
    kappa_share: float = Field(1e-3, gt=0)
    """A factor is measured where at least this share of a venue's open interest was consumed. Judgement."""
    kappa_least_samples: int = Field(20, gt=0)
    """A factor counts as measured from so many such moments on. Judgement."""
    venues: tuple[str, ...] = ("binance", "bybit", "okx", "hyperliquid", "htx")
    """The exchanges that tell open interest, so that the map could be made of them."""
    complete_venues: tuple[str, ...] = ("bybit",)
    """The exchanges that publish every liquidation, so that the map can be measured against them."""
    view_smoothing: float = Field(2.5, gt=0)
    """Standard deviation of the gaussian that the shown map is smoothed with, in buckets."""
