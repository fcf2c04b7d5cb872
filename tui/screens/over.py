"""A screen over the panes: the live picture goes on under it, with something pointed out and a box that tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import Region
from textual.screen import ModalScreen

from scoring.view import MarketView
from tui.format import cell_width, cut, to_ascii
from tui.panes.cells import Cell, cells, runs
from tui.panes.lines import LinePane
from tui.screens.numbers import Placed
from tui.views.row import Row

if TYPE_CHECKING:
    from tui.app import LiqtopApp
    from tui.screens.main import MainScreen

BOX_WIDTH = 74
"""The widest a box gets, its frame included: longer lines are hard to read."""
_FRAME = 2


class OverScreen(ModalScreen[None]):
    """Paints what the panes show, and over it what `_drawn` makes of it. The app tells it of each frame by `follow`."""

    def __init__(self, app: LiqtopApp) -> None:
        super().__init__()
        self._monitor = app
        self._corner = 0
        self._second: MarketView | None = None

    def compose(self) -> ComposeResult:
        """One pane as large as the screen."""
        yield LinePane(self._monitor.style_palette, id="picture")

    def on_resize(self) -> None:
        """Show what fits, once the panes below have their new sizes."""
        self.call_after_refresh(self._monitor.tick)

    def follow(self, second: MarketView | None) -> None:
        """Paint this over what the panes show now; `second`: the view of the coin beside."""
        self._second = second
        if self.is_attached and self.query(LinePane):
            grid = self._drawn(picture(placed(self._monitor.main), *self.size))
            self.query_one("#picture", LinePane).show([tuple(runs(line)) for line in grid])

    def _drawn(self, grid: list[list[Cell]]) -> list[list[Cell]]:
        """What to show over a picture."""
        return grid

    def _with_box(self, grid: list[list[Cell]], rows: Sequence[Row], avoid: Region) -> list[list[Cell]]:
        """The picture with a framed box in the corner that leaves `avoid` free; it stays where it is while it can."""
        size = Region(0, 0, max(map(_width, rows), default=0), len(rows))
        self._corner, place = corner_for(size, Region(0, 0, *self.size), avoid, self._corner)
        for y, row in enumerate(rows, place.y):
            if 0 <= y < len(grid):
                _lay(cells(row, place.width), place.x, grid[y])
        return grid


def placed(main: MainScreen) -> list[Placed]:
    """The panes that have a place now, as they are read: from top to bottom, left to right."""
    panes = [Placed(pane.id or "", pane.region, pane.rows) for pane in main.query(LinePane) if pane.region.area]
    return sorted(panes, key=lambda pane: (pane.region.y, pane.region.x))


def picture(panes: Sequence[Placed], width: int, height: int) -> list[list[Cell]]:
    """The whole screen as cells, from the panes' rows at their places."""
    grid = [cells((), width) for _ in range(height)]
    for pane in panes:
        region = pane.region
        for y, row in enumerate(pane.rows[: region.height], region.y):
            if y < height:
                _lay(cells(row, max(min(region.width, width - region.x), 0)), region.x, grid[y])
    return grid


def _lay(over: Sequence[Cell], x: int, line: list[Cell]) -> None:
    """Put cells over a line; a wide character that is half covered becomes a blank."""
    end = min(x + len(over), len(line))
    if x < end:
        if line[x][0] == "" and x > 0:
            line[x - 1] = (" ", line[x - 1][1])
        if end < len(line) and line[end][0] == "":
            line[end] = (" ", line[end][1])
        line[x:end] = over[: end - x]


def restyled(grid: list[list[Cell]], region: Region, style: str) -> None:
    """Give the cells of a region another style."""
    for line in grid[max(region.y, 0) : region.bottom]:
        for x in range(max(region.x, 0), min(region.right, len(line))):
            line[x] = (line[x][0], style)


def corner_for(size: Region, screen: Region, avoid: Region, before: int) -> tuple[int, Region]:
    """Which corner a box goes to (0 bottom right, 1 bottom left, 2 top right, 3 top left), and its region.

    The corner before stays where it covers nothing of `avoid`; else the first that does so, or covers least.
    """
    right, bottom = max(screen.width - size.width, 0), max(screen.height - size.height - 1, 0)
    corners = [Region(x, y, size.width, size.height) for y in (bottom, min(1, bottom)) for x in (right, 0)]
    order = sorted(range(4), key=lambda number: (corners[number].intersection(avoid).area, number != before, number))
    return order[0], corners[order[0]]


def box_width(screen_width: int) -> int:
    """How many cells the text of a box may take."""
    return max(min(BOX_WIDTH, screen_width) - 2 * _FRAME, 1)


def framed(title: str, value: str, rows: Sequence[Row], foot: str, width: int, ascii_only: bool) -> list[Row]:
    """Rows of at most `width` cells in a frame: the title and a value in its upper line, how to go on in its lower."""
    level, upright, corners = ("-", "|", "++++") if ascii_only else ("─", "│", "┌┐└┘")
    if ascii_only:
        title, value, foot = to_ascii(title), to_ascii(value), to_ascii(foot)
        rows = [tuple((to_ascii(text), style) for text, style in row) for row in rows]
    value = cut(value, max(width - 10, 4))
    shown: Row = ((f" {value} ", "pointed"),) if value else ()
    title = cut(title, max(width - 2 - _width(shown), 1))
    foot = cut(foot, max(width - 2, 1))
    line = level * (width - 2 - cell_width(title) - _width(shown))
    under = level * (width - 2 - cell_width(foot))
    head: Row = ((f"{corners[0]}{level} ", "rule"), (title, "accent"), (f" {line}", "rule"))
    top: Row = (*head, *shown, (level + corners[1], "rule"))
    bottom: Row = ((f"{corners[2]}{level} ", "rule"), (foot, "muted"), (f" {under}{level}{corners[3]}", "rule"))
    middle = [((f"{upright} ", "rule"), *runs(cells(row, width)), (f" {upright}", "rule")) for row in rows]
    return [top, *middle, bottom]


def _width(row: Row) -> int:
    return sum(cell_width(text) for text, _ in row)
