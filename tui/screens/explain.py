"""The box that explains the number under the cursor, over the live picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.binding import Binding

from tui.commands import BY_NAME
from tui.format import cell_width
from tui.language import label
from tui.panes.cells import Cell
from tui.panes.lines import LinePane
from tui.screens.numbers import Number, found_again, in_next_pane, number_at, numbers_of, towards
from tui.screens.over import OverScreen, box_width, framed, placed, restyled
from tui.steering import SECOND
from tui.topics.explanation import explanation, topic_title
from tui.views.row import Row

if TYPE_CHECKING:
    from tui.app import LiqtopApp

_MOVES = {"left,h": (-1, 0), "right,l": (1, 0), "up,k": (0, -1), "down,j": (0, 1)}
_LEAST_ROWS = 3
_FRAME = 6
"""Cells of a line of the frame that are no words."""


class ExplainScreen(OverScreen):
    """A cursor on one number after another; `copy` takes an explanation as text and says where it went."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it
        Binding(",".join(("escape", "enter", *BY_NAME["inspect"].keys, *BY_NAME["leave"].keys)), "dismiss"),
        Binding(",".join(BY_NAME["copy"].keys), "copy"),
        *(Binding(keys, f"move({across}, {down})") for keys, (across, down) in _MOVES.items()),
        Binding(",".join(BY_NAME["next_pane"].keys), "pane(1)"),
        Binding(",".join(BY_NAME["previous_pane"].keys), "pane(-1)"),
        Binding(",".join(BY_NAME["page_down"].keys), "scroll(1)"),
        Binding(",".join(BY_NAME["page_up"].keys), "scroll(-1)"),
        Binding(",".join(BY_NAME["screenshot"].keys), "app.command('screenshot')"),
    ]

    def __init__(self, app: LiqtopApp, cursor: Number, copy: Callable[[str], str]) -> None:
        super().__init__(app)
        self._cursor = cursor
        self._copy = copy
        self._first = 0
        self._said = ""

    @property
    def _numbers(self) -> list[Number]:
        return numbers_of(placed(self._monitor.main))

    @property
    def cursor(self) -> Number:
        """The number that is explained."""
        return self._cursor

    def _drawn(self, grid: list[list[Cell]]) -> list[list[Cell]]:
        now = found_again(self._numbers, self._cursor)
        if now is None:
            self.call_after_refresh(self._leave)
            return grid
        self._cursor = now
        restyled(grid, now.region, "pointed")
        width = box_width(self.size.width)
        room = max((self.size.height - 2) // 2 - 2, _LEAST_ROWS)
        return self._with_box(grid, self._box(self._rows(width), width, room), now.region)

    def _leave(self) -> None:
        """There is no number left on the screen."""
        if self.is_current:
            self.dismiss()

    def _rows(self, width: int) -> list[Row]:
        app, now = self._monitor, self._cursor
        beside = self._second is not None and now.pane.startswith(SECOND)
        view, controls = app.view, app.controls
        if beside and self._second is not None:
            view, controls = self._second, replace(controls, coin=controls.beside)
        return explanation(now.topic, now.of, view, controls, width)

    def _box(self, rows: list[Row], width: int, room: int) -> list[Row]:
        controls = self._monitor.controls
        self._first = min(max(self._first, 0), max(len(rows) - room, 0))
        below = len(rows) - self._first - room
        full = label("arrows: next number   tab: next pane   y copy   esc back", controls)
        brief = label("arrows   tab   y copy   esc back", controls)
        more = label("page down: {rows} more", controls, rows=below) + "   " if below > 0 else ""
        title = topic_title(self._cursor.topic, controls)
        shown = rows[self._first : self._first + room]
        keys = next(
            (words for words in (more + full, more + brief) if cell_width(words) <= width - _FRAME), more + brief
        )
        return framed(title, self._cursor.text, shown, self._said or keys, width, controls.ascii)

    def action_move(self, across: int, down: int) -> None:
        """Go to the next number in a direction."""
        self._go(towards(self._numbers, self._cursor, across, down))

    def action_pane(self, by: int) -> None:
        """Go to the first number of another pane."""
        self._go(in_next_pane(self._numbers, self._cursor, by))

    def action_scroll(self, by: int) -> None:
        """Show more of a long explanation."""
        self._first += by * _LEAST_ROWS
        self._said = ""
        self._monitor.tick()

    def _go(self, to: Number) -> None:
        self._cursor, self._first, self._said = to, 0, ""
        self._monitor.tick()

    def action_copy(self) -> None:
        """Copy the explanation as text."""
        now = self._cursor
        lines = ["".join(text for text, _ in row).rstrip() for row in self._rows(box_width(self.size.width))]
        title = topic_title(now.topic, self._monitor.controls)
        self._said = self._copy("\n".join([f"{title}: {now.text}", *lines]))
        self._monitor.tick()

    def on_line_pane_clicked(self, message: LinePane.Clicked) -> None:
        """A click on another number goes there, one on anything else leaves."""
        message.stop()
        clicked = number_at(self._numbers, message.x, message.y)
        if clicked is None:
            self.dismiss()
        else:
            self._go(clicked)

    def on_line_pane_wheel(self, message: LinePane.Wheel) -> None:
        """The wheel shows more of a long explanation."""
        message.stop()
        self.action_scroll(1 if message.rows > 0 else -1)
