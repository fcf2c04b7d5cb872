"""The form in which a view hands text to a pane, and the style names it may use."""

Span = tuple[str, str]
"""Text and the name of its style."""

Row = tuple[Span, ...]
"""One line of a pane; the pane cuts or pads it to its width."""

STYLES = (
    "text", "muted", "strong", "title", "accent", "price_row", "rule",
    "long", "short", "pass", "warn", "fail", "unknown", "stale", "struck",
    "live", "replay", "demo", "paused", "selected",
    *(f"heat{level}" for level in range(10)),
)  # fmt: skip
"""All style names. heat0 to heat9 run from viridis purple to yellow and colour the background of bars."""
