"""Where an item's value stands in the coin's own history, in words."""

from scoring.view import CheckItem
from tui.controls import Controls
from tui.language import ENGLISH, label

_HOUR_MS = 3_600_000


def place(item: CheckItem) -> str:
    """The percentile alone: p61; "" where it isn't known."""
    return "" if item.percentile is None else f"p{item.percentile:.0f}"


def place_of_history(item: CheckItem, controls: Controls = ENGLISH) -> str:
    """The percentile and how much time it is told of: p61 of 31 d, p93 of 23 h; "" where it isn't known."""
    if item.percentile is None or item.history_ms is None:
        return place(item)
    hours = item.history_ms / _HOUR_MS
    if hours < 48:
        return label("{place} of {hours} h", controls, place=place(item), hours=f"{hours:.0f}")
    return label("{place} of {days} d", controls, place=place(item), days=f"{hours / 24:.0f}")
