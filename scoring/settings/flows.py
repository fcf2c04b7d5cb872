"""Settings of flows and reports: cascades, CVD, large trades, what is polled."""

from pydantic import Field

from scoring.settings.base import Strict
from scoring.settings.cascades import CascadeRules


class CascadeSettings(Strict):
    """`[cascade]`: rates of forced orders."""

    usual_minutes: int = Field(30, gt=2, le=1440)
    """The usual minute is the mean over this span, without the last minute: the slow rate of cascade detectors."""
    usual_least_minutes: float = Field(10.0, gt=0)
    """The usual minute is unknown until every live feed was seen for so long within that span. Judgement."""
    rules: CascadeRules = Field(default_factory=CascadeRules)
    """When a chain of forced orders begins, goes on and is over."""


class CvdSettings(Strict):
    """`[cvd]`: when a market's taker flow can be compared with its own day."""

    history_minutes: int = Field(240, gt=0)
    """So much of the day must have been seen before a z-score is told. Judgement."""
    history_windows: int = Field(6, gt=0)
    """And so many times the window itself. Judgement: a spread of fewer is no spread."""


class LargeTradeSettings(Strict):
    """`[large_trades]`: which trades are large. The floors stand in `[tape]`."""

    merge_ms: int = Field(250, ge=0)
    """Fills of one side this close together are one order. Judgement: 100 to 250 ms keep splits from hiding it."""
    share: float = Field(0.999, gt=0, lt=1)
    """A large order is larger than this share of the day's orders, or than the floor where that is higher."""
    sizes_least: int = Field(5_000, gt=0)
    """Before so many orders were seen the floor alone decides: the share needs some beyond it."""
    z_pass: float = Field(1.0, gt=0)
    """From this z-score of the balance on, it supports its direction. Judgement."""
    z_fail: float = Field(-2.0, lt=0)
    """Down to this z-score it speaks against a direction. Judgement."""
    quarters_least: int = Field(16, gt=1)
    """Before so many quarters of an hour had large orders no z-score is told. Judgement: four hours."""


class RestDataSettings(Strict):
    """`[rest_data]`: how old what is polled may be, and how far from an hour or a day ago a reading may lie."""

    interest_stale_seconds: float = Field(180.0, gt=0)
    """Open interest older than this is stale. Judgement: it is asked for at least every minute."""
    crowd_stale_seconds: float = Field(1_800.0, gt=0)
    """A long/short ratio older than this is stale: the exchanges publish one every five minutes."""
    depth_stale_seconds: float = Field(90.0, gt=0)
    """Depth older than this is stale. Judgement."""
    options_stale_seconds: float = Field(1_800.0, gt=0)
    """Put/call figures older than this are stale. Judgement."""
    candle_stale_seconds: float = Field(600.0, gt=0)
    """Candles not refreshed for this long are stale. Judgement: they are asked for every minute or two."""
    hour_tolerance_seconds: float = Field(420.0, gt=0)
    """How far from one hour ago a reading may lie to stand for it: the histories come in steps of five minutes."""
    day_tolerance_seconds: float = Field(2_100.0, gt=0)
    """How far from 24 hours ago a reading may lie to stand for it: some histories come in steps of an hour."""
