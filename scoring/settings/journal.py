"""Settings of the journal."""

from pydantic import Field

from scoring.settings.base import Strict


class JournalSettings(Strict):
    """`[journal]`: how frozen checklists are graded afterwards."""

    hours: tuple[float, ...] = (1.0, 4.0, 24.0)
    """After how many hours an entry is graded."""
    late_share: float = Field(0.02, gt=0, lt=1)
    """A price this share of the time too late still counts as the last one. Judgement."""
    late_least_seconds: float = Field(60.0, gt=0)
    """But one at most so late always does. Judgement: a minute is the step of candles."""
    least: int = Field(10, ge=2)
    """With fewer passes, or fewer others, nothing is said of an item. Judgement: means of fewer are chance."""
