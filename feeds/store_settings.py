"""Settings of the store: where it lies, how long each kind is kept, and how large the file may grow."""

from pydantic import BaseModel, ConfigDict, Field


class StoreSettings(BaseModel):
    """`[store]`: what is remembered between two runs."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    enabled: bool = True
    """Whether anything is stored."""
    path: str = ""
    """The file. Empty: store.sqlite3 in the user's data folder."""
    liquidation_days: float = Field(90.0, gt=0)
    """Liquidations are kept this long."""
    bar_days: float = Field(90.0, gt=0)
    """Minute bars of price, volume and taker flow are kept this long."""
    interest_days: float = Field(365.0, gt=0)
    """Open interest is kept this long."""
    interest_minute_days: float = Field(30.0, gt=0)
    """Open interest older than this keeps one reading in five minutes, the step of the venues' own history."""
    funding_days: float = Field(365.0, gt=0)
    """Funding rates are kept this long."""
    ratio_days: float = Field(365.0, gt=0)
    """Long/short ratios are kept this long."""
    span_days: float = Field(90.0, gt=0)
    """When each stream was connected is kept this long."""
    fate_days: float = Field(365.0, gt=0)
    """What became of clusters is kept this long. The journal is kept for good."""
    most_megabytes: float = Field(500.0, ge=1)
    """The file's bound, in 1,000,000 bytes: beyond it bars older than two days go first, then the oldest rows."""
    commit_seconds: float = Field(0.5, gt=0, le=60)
    """How long what arrived may wait in memory: a crash loses that much."""
    commit_rows: int = Field(500, gt=0)
    """So many waiting rows are written at once."""
    waiting_rows: int = Field(100_000, gt=0)
    """How many rows may wait while the disk refuses; beyond it new ones are counted and not stored."""
    retry_seconds: float = Field(5.0, gt=0)
    """How long after a refusal of the disk the next attempt is made."""
