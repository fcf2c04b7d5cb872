"""The form in which a view hands text to a pane, the style names it may use, and what a number is about."""

Span = tuple[str, str]
"""Text and its mark: the name of a style, and behind a bar the topic that explains the text (`about`)."""

Row = tuple[Span, ...]
"""One line of a pane; the pane cuts or pads it to its width."""

STYLES = (
    "text", "muted", "strong", "title", "accent", "price_row", "rule",
    "long", "short", "up", "down", "pass", "warn", "fail", "unknown", "stale", "struck",
    "live", "replay", "demo", "paused", "selected", "pointed", "alarm", "recent", "aged", "old", "curve",
    *(f"heat{level}" for level in range(10)),
)  # fmt: skip
"""All style names. heat0 to heat9 run from viridis purple to yellow and colour the background of bars.

`up` and `down` are a price that rose or fell; `recent`, `aged` and `old` what came just now, a while ago, long ago;
`pointed` is the number that is explained, `alarm` what must be seen from across the room, `curve` a drawn line.
"""


def about(topic: str, row: Row, of: str = "") -> Row:
    """The row with its words marked as being about a topic of `tui.topics`; `of`: which one of its kind (an exchange).

    What is marked already keeps its mark.
    """
    mark = f"|{topic}/{of}" if of else f"|{topic}"
    return tuple((text, style if "|" in style or not text.strip() else style + mark) for text, style in row)


def style_of(mark: str) -> str:
    """The style's name of a span's mark."""
    return mark.partition("|")[0]


def topic_of(mark: str) -> tuple[str, str]:
    """The topic of a span's mark and which one of its kind it is of; ("", "") where it is about none."""
    topic, _, of = mark.partition("|")[2].partition("/")
    return topic, of
