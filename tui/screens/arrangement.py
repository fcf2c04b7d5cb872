"""Where the panes are, for every size of the terminal and every layout."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from textual.geometry import Region

from tui.screens.arranging.fitting import columns, fitted, rows
from tui.screens.arranging.plan import Beside, Brief, Part, Plan, Stack
from tui.screens.arranging.presets import STANDARD, WIDE_HEIGHT, WIDE_WIDTH, built_in, half
from tui.steering import SECOND

LEAST_WIDTH, LEAST_HEIGHT = 60, 20
SPLIT_WIDTH = 160
"""From this width on two coins fit side by side."""
MOST_RULES = 9
"""More lines between panes than any plan has."""

_TABS_HEIGHT = 28
"""From this height on the header takes a second row, for the tabs."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Regions by pane name, and the lines between them. Without panes nothing fits but a message."""

    panes: dict[str, Region] = field(default_factory=dict)
    rules: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown: a layout's name and its plan where it is no built-in one, or one pane alone.

    `split`: two coins side by side, where the terminal is wide enough. `seek`: a row for the time of a tape.
    """

    layout: str = STANDARD
    own: Plan | None = None
    alone: str | None = None
    split: bool = False
    seek: bool = False


@lru_cache(64)
def arrange(width: int, height: int, wish: Wish) -> Arrangement:
    """The arrangement of a terminal. It is shared: not to be changed."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return Arrangement()
    split = wish.split and width >= SPLIT_WIDTH and wish.alone is None
    wide = width >= WIDE_WIDTH and height >= WIDE_HEIGHT
    top = 2 if split else 3 if wide or wish.alone else 2 if height >= _TABS_HEIGHT else 1
    body = Region(0, top, width, height - top - 1 - wish.seek)
    ends = {"header": Region(0, 0, width, top), "status": Region(0, height - 1, width, 1)}
    if wish.seek:
        ends["seek"] = Region(0, height - 2, width, 1)
    if wish.alone:
        return Arrangement(ends | {wish.alone: body})
    if split:
        found = list(_halves(body, height))
    else:
        plan = wish.own or built_in(wish.layout, width, height) or built_in(STANDARD, width, height) or Plan("ladder")
        found = list(_places(fitted(plan, width, body.height), body))
    panes = {name: region for name, region in found if name}
    return Arrangement(ends | panes, tuple(region for name, region in found if not name))


def _halves(body: Region, height: int) -> Iterator[tuple[str, Region]]:
    """Two coins side by side, each under a line of its own."""
    left, right = Region(0, body.y, body.width // 2, body.height), body
    right = Region(left.right + 1, body.y, body.width - left.width - 1, body.height)
    yield "", Region(left.right, body.y, 1, body.height)
    plan = half(right.width, height)
    for first, side in (("", left), (SECOND, right)):
        yield f"{first}coin", Region(side.x, side.y, side.width, 1)
        under = Region(side.x, side.y + 1, side.width, side.height - 1)
        for name, region in _places(fitted(plan, side.width, under.height), under):
            yield f"{first}{name}" if name else "", region


def _places(part: Part, region: Region) -> Iterator[tuple[str, Region]]:
    """Each pane with its region; a line between panes has no name."""
    x, y, width, height = region
    match part:
        case str():
            yield part, region
        case Brief():
            yield part.name, region
        case Beside():
            for at, (one, size) in enumerate(zip(part.parts, columns(part, width), strict=True)):
                if at:
                    yield "", Region(x, y, 1, height)
                    x += 1
                yield from _places(one, Region(x, y, size, height))
                x += size
        case Stack():
            sizes, gap = rows(part, height)
            for at, (one, size) in enumerate(zip(part.parts, sizes, strict=True)):
                if at and part.ruled:
                    yield "", Region(x, y - gap, width, 1)
                yield from _places(one, Region(x, y, width, size))
                y += size + gap
