"""The tour's screen: one pane of the live picture after another, and a box that tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.geometry import Region

from tui.commands import BY_NAME, shown
from tui.controls import PANES
from tui.format import to_ascii
from tui.language import label
from tui.panes.cells import Cell
from tui.panes.lines import LinePane
from tui.screens.over import OverScreen, box_width, framed, placed, restyled
from tui.touring import Stop, stops_of
from tui.views.layout import row_width
from tui.views.prose import lines_of
from tui.views.row import Row

if TYPE_CHECKING:
    from tui.app import LiqtopApp

_ELSEWHERE = "old"
"""The style of all that isn't told of."""
_GAP = "   "


class TourScreen(OverScreen):
    """Steps through the panes of the layout."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it
        Binding(",".join(("escape", *BY_NAME["leave"].keys)), "dismiss"),
        Binding("enter,space,right,down,l,j,tab", "step(1)"),
        Binding("left,up,h,k,shift+tab,backspace", "step(-1)"),
        Binding(",".join(BY_NAME["screenshot"].keys), "app.command('screenshot')"),
    ]

    def __init__(self, app: LiqtopApp) -> None:
        super().__init__(app)
        self._at = 0

    @property
    def stop(self) -> Stop:
        """What is told of now."""
        stops = self._stops
        self._at = min(max(self._at, 0), len(stops) - 1)
        return stops[self._at]

    @property
    def _stops(self) -> tuple[Stop, ...]:
        return stops_of([pane.name for pane in placed(self._monitor.main)])

    def _drawn(self, grid: list[list[Cell]]) -> list[list[Cell]]:
        stop = self.stop
        place = next((pane.region for pane in placed(self._monitor.main) if pane.name == stop.pane), Region())
        lit = [line[place.x : place.right] for line in grid[place.y : place.bottom]]
        restyled(grid, Region(0, 0, *self.size), _ELSEWHERE)
        for y, line in enumerate(lit, place.y):
            grid[y][place.x : place.right] = line
        width = box_width(self.size.width)
        return self._with_box(grid, self._box(stop, bool(place.area), width), place)

    def _box(self, stop: Stop, is_placed: bool, width: int) -> list[Row]:
        controls = self._monitor.controls
        rows: list[Row] = [((line, "text"),) for line in lines_of(label(stop.shows, controls), width)]
        rows += [((line, "strong"),) for line in lines_of(label(stop.use, controls), width)]
        if stop.pane and not is_placed:
            rows += [((line, "warn"),) for line in lines_of(self._absent(stop), width)]
        rows += self._keys(stop, width)
        foot = label("enter next   left back   esc leave", controls)
        where = f"{self._at + 1}/{len(self._stops)}"
        return framed(label(stop.title, controls), where, rows, foot, width, controls.ascii)

    def _absent(self, stop: Stop) -> str:
        """How to see a pane that has no place."""
        controls = self._monitor.controls
        if stop.pane not in PANES:
            return label("it has no place on a terminal of this size", controls)
        key, whole = BY_NAME[f"pane_{stop.pane}"].keys[0], BY_NAME["maximise"].keys[0]
        return label("it has no place in this layout: {key} and {whole} show it", controls, key=key, whole=whole)

    def _keys(self, stop: Stop, width: int) -> list[Row]:
        """Each command's key and title, as many in a row as fit."""
        controls = self._monitor.controls
        rows: list[Row] = []
        for name in stop.commands:
            key, words = shown(BY_NAME[name].keys[0]), label(BY_NAME[name].title, controls)
            part: Row = ((to_ascii(key) if controls.ascii else key, "accent"), (f" {words}", "muted"))
            if rows and row_width(rows[-1]) + row_width(part) + len(_GAP) <= width:
                rows[-1] = (*rows[-1], (_GAP, "text"), *part)
            else:
                rows.append(part)
        return rows

    def action_step(self, by: int) -> None:
        """Go to the next or the previous stop; behind the last one the tour ends."""
        if self._at + by >= len(self._stops):
            self.dismiss()
            return
        self._at = max(self._at + by, 0)
        self._monitor.tick()

    def on_line_pane_clicked(self, message: LinePane.Clicked) -> None:
        """A click goes on."""
        message.stop()
        self.action_step(1)

    def on_line_pane_wheel(self, message: LinePane.Wheel) -> None:
        """The wheel goes on or back."""
        message.stop()
        self.action_step(1 if message.rows > 0 else -1)
