"""The numbers on the screen: where each is, what it is about, and which one lies in a direction from another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from textual.geometry import Region

from tui.format import cell_width
from tui.views.row import Row, style_of, topic_of

_ROW_COST = 4
"""A row further away counts as much as so many columns: a terminal's cells are higher than wide, and rows are read."""
_FIRST, _LAST = "header", "status"
"""The panes that come before and behind all others, wherever they stand."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A pane that has a place on the screen, and the rows it shows."""

    name: str
    region: Region
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Number:
    """A stretch of text with a topic. `x`, `y` and `width` are cells of the screen; `text` is what stands there.

    `heading`: it stands in the row of a title.
    """

    pane: str
    topic: str
    of: str
    text: str
    x: int
    y: int
    width: int
    heading: bool = False

    @property
    def right(self) -> int:
        """The first column behind it."""
        return self.x + self.width

    @property
    def region(self) -> Region:
        """Its cells."""
        return Region(self.x, self.y, self.width, 1)


def numbers_of(panes: Iterable[Placed]) -> list[Number]:
    """The numbers of all panes that are on the screen, from top to bottom and left to right within each."""
    found: list[Number] = []
    for pane in panes:
        region = pane.region
        rows = pane.rows[: region.height]
        lines = [_of_row(pane.name, row, Region(region.x, y, region.width, 1)) for y, row in enumerate(rows, region.y)]
        for place, line in enumerate(lines):
            below = lines[place + 1] if place + 1 < len(lines) else []
            heading = _is_title(rows[place])
            found += [replace(one, heading=heading and not _stands_on(one, below)) for one in line]
    return found


def _is_title(row: Row) -> bool:
    """Whether a row begins with a name of a pane or of a part of it, focused or not."""
    styles = [style_of(mark) for _, mark in row[:2]]
    return "title" in styles or styles == ["accent", "accent"]


def _stands_on(one: Number, below: Iterable[Number]) -> bool:
    """Whether a number is the first of a column: a short pane has its title before the first of its rows."""
    return any((other.topic, other.x) == (one.topic, one.x) for other in below)


def _of_row(pane: str, row: Row, cells: Region) -> list[Number]:
    """The numbers of one row: neighbours about the same thing are one, also with a single blank between them."""
    found: list[Number] = []
    x = cells.x
    for text, mark in row:
        width = cell_width(text)
        topic, of = topic_of(mark)
        words = text.strip()
        if topic and words and x < cells.right:
            start = x + cell_width(text) - cell_width(text.lstrip())
            end = min(start + cell_width(words), cells.right)
            last = found[-1] if found else None
            if last is not None and (last.topic, last.of) == (topic, of) and start - last.right <= 1:
                words, start = last.text + " " * (start - last.right) + words, last.x
                found.pop()
            if end > start:
                found.append(Number(pane, topic, of, words, start, cells.y, end - start))
        x += width
    return found


def number_at(numbers: Iterable[Number], x: int, y: int) -> Number | None:
    """The number that covers a cell of the screen."""
    return next((one for one in numbers if one.y == y and one.x <= x < one.right), None)


def first_of(numbers: Sequence[Number], pane: str) -> Number | None:
    """The first number of a pane below its title, else in its title, else the first of all."""
    own = [one for one in numbers if one.pane == pane]
    first = own[0] if own else numbers[0] if numbers else None
    return next((one for one in own if not one.heading), first)


def found_again(numbers: Sequence[Number], last: Number) -> Number | None:
    """The same number in a newer picture: the nearest about the same thing, else in its pane, else of all."""
    alike = [one for one in numbers if (one.pane, one.topic, one.of) == (last.pane, last.topic, last.of)]
    near = alike or [one for one in numbers if one.pane == last.pane] or numbers
    return min(near, key=lambda one: _ROW_COST * abs(one.y - last.y) + abs(one.x - last.x), default=None)


def towards(numbers: Sequence[Number], now: Number, across: int, down: int) -> Number:
    """The next number to a side (`across` or `down` is -1 or 1), never out of its pane; the same where there is none.

    Across it goes as one reads, from the end of a row to the next; up and down to the nearest.
    """
    own = [one for one in numbers if one.pane == now.pane]
    here = found_again(own, now)
    if here is None:
        return now
    if across:
        return own[min(max(own.index(here) + across, 0), len(own) - 1)]
    beyond = [one for one in own if (one.y - here.y) * down > 0]
    return min(beyond, key=lambda one: _far(one, here), default=here)


def _far(one: Number, now: Number) -> tuple[int, int]:
    gap = max(one.x - now.right + 1, now.x - one.right + 1, 0)
    return abs(one.y - now.y) + gap, abs(one.right - now.right)


def in_next_pane(numbers: Sequence[Number], now: Number, by: int) -> Number:
    """The first number of the next pane that has any, by `by` panes on and around the end.

    The header is first and the status bar last; all others come as they are read.
    """
    panes = sorted(dict.fromkeys(one.pane for one in numbers), key=lambda pane: (pane == _LAST) - (pane == _FIRST))
    if now.pane not in panes:
        return first_of(numbers, "") or now
    pane = panes[(panes.index(now.pane) + by) % len(panes)]
    return first_of(numbers, pane) or now
