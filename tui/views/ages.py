"""How old things are written: dimmer as they grow, and on a thin line without what changes each second."""

from tui.controls import Controls
from tui.format import duration, minutes

AGED_MS, OLD_MS = 60_000, 600_000
"""From these ages on what is told is dimmed, and dimmed more."""


def age_style(age_ms: int) -> str:
    """The style of what is so old."""
    return "old" if age_ms >= OLD_MS else "aged" if age_ms >= AGED_MS else "muted"


def age_text(age_ms: int, controls: Controls) -> str:
    """An age; on a thin line in whole minutes."""
    return minutes(age_ms) if controls.thrift else duration(age_ms)
