"""Which numbers of a view nobody explains: the check that tests of views share.

The rule. A span is looked at word by word. A word is a *value* where it contains a digit, or is nothing but `?` or `·`
(unknown, none seen), also behind `≥`, `~`, a sign or a bracket. A value needs a mark (`about`) with a topic of
`tui.topics`. No values are, in whatever style:

- names: a cluster's number (`◆1`, `#1`), a coin that begins with digits (`1000PEPE`), a key (`1-7`);

and in the styles of headings and small words alone (`HEADINGS`):

- lengths of windows and intervals as they are named: `15m`, `1h`, `24h`, `30d`, `60s`, `1 %`. An age or a
  countdown never looks like that: `12s`, `3m20s`, `2h05m` are values (an age of `60s` is written `1m00s`).

So a clock, an age, a price in a sentence, a dash of `·` for nothing seen: all values. A sentence with numbers in it
(evidence of a feed, a reason) gets one mark for the whole span.
"""

import re
from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.topics import TOPICS
from tui.views.row import Row, style_of, topic_of

HEADINGS = ("muted", "title", "accent")
"""Styles in which lengths of time are names of windows."""
_WINDOW = re.compile(r"\(?(\d+[mhd]|60s|1%)[,:)]?")
_NAME = re.compile(r"[◆#]\d+|\d+[A-Z]{2}[A-Z0-9]*|\d-\d")
_BLANK_VALUES = re.compile(r"[(≥~+−>=]*[?·][,;)]?")


def unexplained(rows: Sequence[Row]) -> list[str]:
    """The texts with a value and no topic, or one that doesn't exist (named behind an arrow)."""
    found = []
    for row in rows:
        for text, mark in row:
            topic, _ = topic_of(mark)
            if topic and topic not in TOPICS:
                found.append(f"{text.strip()} -> {topic}")
            elif not topic and _has_value(text, style_of(mark)):
                found.append(text.strip())
    return found


def _has_value(text: str, style: str) -> bool:
    words = text.replace(" %", "%").split()
    return any(_is_value(word) and not (style in HEADINGS and _WINDOW.fullmatch(word)) for word in words)


def _is_value(word: str) -> bool:
    if _NAME.fullmatch(word):
        return False
    return any(character.isdigit() for character in word) or bool(_BLANK_VALUES.fullmatch(word))


def wrongly_told(rows: Sequence[Row], view: MarketView, controls: Controls) -> list[str]:
    """The topics whose facts are no pairs of harmless, non-empty texts; a crash of one is a crash of the test."""
    found = []
    for topic, of in sorted({topic_of(mark) for row in rows for _, mark in row}):
        if topic in TOPICS:
            for name, text in TOPICS[topic].facts(view, controls, of):
                if not (name.strip() and text.strip() and (name + text).isprintable()):
                    found.append(f"{topic}/{of}: {name!r} {text!r}")
    return found
