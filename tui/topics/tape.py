"""The numbers of the tape."""

from tui.topics.facts import feed_facts
from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = (
    Topic(
        "tape.time",
        "Time",
        "When the exchange says that it happened; the row is dimmed after a minute and again after ten.",
        "Several in one second, on several exchanges, are how a cascade begins.",
        "",
        feed_facts,
    ),
    Topic(
        "tape.side",
        "Side",
        "Of a liquidation the position that was liquidated; of a trade what the taker did.",
        "A liquidated long is a forced sale, a liquidated short a forced purchase.",
        "",
        feed_facts,
    ),
    Topic(
        "tape.usd",
        "Size",
        "What it was worth, in thousands of USD; ≥: the exchange tells only a part of its liquidations.",
        "All rows have one unit, so that the longest number is the largest order.",
        "price x quantity; orders of one taker within a moment count as one large trade",
        feed_facts,
    ),
    Topic(
        "tape.price",
        "Price",
        "At which price it was filled, in USD.",
        "Liquidations far from the price of now show how deep the book was run through.",
        "",
        feed_facts,
    ),
)
