"""Settings of the verdicts on streams: when a silence is quiet, suspect or dead."""

from pydantic import Field

from scoring.settings.base import Strict


class HealthSettings(Strict):
    """`[health]`: when a stream that says nothing is doubted. Judgement."""

    liquidation_venues: tuple[str, ...] = (
        "binance",
        "bybit",
        "okx",
        "htx",
        "gate",
        "bitmex",
        "deribit",
        "bitget",
    )
    """The exchanges that publish liquidations, so that their silence means none happened."""
    quiet_seconds: float = Field(60.0, gt=0)
    """A connected stream without an event for so long is quiet."""
    suspect_seconds: float = Field(15.0, gt=0)
    """No silence of a whole stream that is shorter is suspect, and none of one kind of its data that is shorter than
    `quiet_seconds`, however unusual. Judgement: a venue's hiccup is no fault."""
    dead_seconds: float = Field(45.0, gt=0)
    """A stream that is silent in everything it carries, against its habit, for so long is dead; so is one that answers
    for so long and tells nothing while others tell plenty. Judgement: a minute less what the judgement may take."""
    alarm_chance: float = Field(0.001, gt=0, lt=1)
    """A silence that is less likely than this at the usual rate is suspect. Judgement: once in a thousand, because a
    false alarm costs trust."""
    caution: float = Field(4.0, gt=0)
    """How little the usual rate is trusted: the chance of a silence is that of a rate which itself is spread like a
    gamma distribution of this shape. At 4 a silence is suspect after 18.5 expected events, not after 6.9."""
    memory_minutes: float = Field(15.0, gt=0)
    """The usual rate is the lower one of two means: over about so long, and over `long_memory_minutes`. Judgement."""
    long_memory_minutes: float = Field(360.0, gt=0)
    """The longer one. Judgement: liquidations come in bursts, and a night is quieter than the evening before."""
    told_chance: float = Field(0.2, gt=0, le=1)
    """A silence that is less likely than this is told beside the state, though nothing is wrong yet. Judgement."""
    forced_only: tuple[str, ...] = ("bitget perp", "htx perp notification")
    """Streams that carry liquidations and nothing else: by their silence alone they are never dead."""
    rate_seconds: float = Field(60.0, gt=0)
    """Over how long the shown rate of a stream is averaged."""
    lag_samples: int = Field(15, gt=0)
    """The lag is the median of so many samples, one a second."""
