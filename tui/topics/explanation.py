"""A number's explanation as rows: what it is, the facts of this very one, how it is made, and what it is good for."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import cell_width
from tui.language import label
from tui.topics import TOPICS
from tui.topics.topic import Fact, Topic
from tui.views.prose import lines_of
from tui.views.row import Row

_GAP = "   "


def topic_title(topic: str, controls: Controls) -> str:
    """What the number is called, in the reader's language; its bare name where nobody has told of it."""
    known = TOPICS.get(topic)
    return label(known.title, controls) if known else topic


def explanation(topic: str, of: str, view: MarketView, controls: Controls, width: int) -> list[Row]:
    """Rows of at most `width` cells. A topic that doesn't exist is said to have no explanation yet."""
    known = TOPICS.get(topic)
    if known is None:
        return _paragraph("", label("nothing is written about this number yet", controls), width)
    meaning = _paragraph("", label(known.meaning, controls), width)
    return [*meaning, *_facts(known.facts(view, controls, of), width), *_made_and_used(known, controls, width)]


def _made_and_used(topic: Topic, controls: Controls, width: int) -> list[Row]:
    rows = _paragraph(label("made by", controls), label(topic.formula, controls), width) if topic.formula else []
    return rows + _paragraph(label("good for", controls), label(topic.use, controls), width)


def _paragraph(name: str, text: str, width: int) -> list[Row]:
    """A sentence behind its name, in as many rows as it takes."""
    name = f"{name}:" if name else ""
    lines = lines_of(f"{name} {text}", width)
    rows: list[Row] = [((line, "text"),) for line in lines]
    if name and lines:
        rows[0] = ((name, "muted"), (lines[0][len(name) :], "text"))
    return rows


def _facts(facts: Sequence[Fact], width: int) -> list[Row]:
    """Short facts share a row."""
    rows: list[Row] = []
    room = 0
    for name, text in facts:
        wide = cell_width(name) + 1 + cell_width(text)
        if rows and wide + len(_GAP) <= room:
            rows[-1] = (*rows[-1], (_GAP, "text"), (name, "muted"), (f" {text}", "text"))
            room -= wide + len(_GAP)
        else:
            lines = lines_of(f"{name} {text}", width)
            if not lines:
                continue
            rows.append(((name, "muted"), (lines[0][len(name) :], "text")))
            rows += [((line, "text"),) for line in lines[1:]]
            room = width - cell_width(lines[-1])
    return rows
