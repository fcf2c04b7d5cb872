"""Where an item's value stands in the coin's own history, in words."""

from scoring.view import CheckItem

_HOUR_MS = 3_600_000


def place(item: CheckItem) -> str:
    """The percentile alone: p61; "" where it isn't known."""
    return "" if item.percentile is None else f"p{item.percentile:.0f}"


def place_of_history(item: CheckItem) -> str:
    """The percentile and how much time it is told of: p61 of 31 d, p93 of 23 h; "" where it isn't known."""
    if item.percentile is None or item.history_ms is None:
        return place(item)
    hours = item.history_ms / _HOUR_MS
    return f"{place(item)} of {hours:.0f} h" if hours < 48 else f"{place(item)} of {hours / 24:.0f} d"
