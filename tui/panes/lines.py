"""The pane: a widget that holds rows and paints again only the cells that changed."""

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.panes.cells import Cell, cells, changes, characters, plain, runs
from tui.panes.ink import Brush
from tui.theme import Palette
from tui.views.row import Row

WHEEL_ROWS = 3
"""Rows that one notch of the wheel moves a pane."""


class LinePane(Widget):
    """Shows rows of text and style names, cut or padded to its width."""

    class Wheel(Message):
        """The wheel turned over this pane, by so many rows, down if positive."""

        def __init__(self, pane: "LinePane", rows: int) -> None:
            super().__init__()
            self.pane = pane
            self.rows = rows

    class Clicked(Message):
        """A click on a word of this pane, at one of its cells."""

        def __init__(self, pane: "LinePane", word: str, x: int, y: int) -> None:
            super().__init__()
            self.pane = pane
            self.word = word
            self.x = x
            self.y = y

    def __init__(self, palette: Palette, *, id: str, focusable: bool = False) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.can_focus = focusable
        self._palette = palette
        self._rows: list[Row] = []
        self._lines: list[list[Cell]] = []
        self._strips: dict[int, Strip] = {}

    @property
    def text(self) -> str:
        """What the pane shows, as text."""
        return "\n".join(plain(line) for line in self._lines).rstrip()

    @property
    def grid(self) -> list[list[str]]:
        """What the pane shows, a character a cell."""
        return [characters(line) for line in self._lines]

    @property
    def rows(self) -> list[Row]:
        """The rows as they were handed over, with their marks."""
        return list(self._rows)

    def word_at(self, x: int, y: int) -> str:
        """What stands at a cell, up to the blanks around it."""
        line = characters(self._lines[y]) if 0 <= y < len(self._lines) else []
        if not 0 <= x < len(line) or line[x] == " ":
            return ""
        before, after = "".join(line[:x]), "".join(line[x:])
        return before.rpartition(" ")[2] + after.partition(" ")[0]

    def on_click(self, event: events.Click) -> None:
        """Pass on what was clicked."""
        self.post_message(self.Clicked(self, self.word_at(event.x, event.y), event.x, event.y))

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows from the top; those beyond the pane's height are left out."""
        width, height = self.size
        regions: list[Region] = []
        brush = self._brush()
        if any(len(line) != width for line in self._lines) or len(self._lines) != height:
            self._rows, self._lines = [()] * height, [cells((), width) for _ in range(height)]
            self._strips.clear()
            regions.append(Region(0, 0, width, height))
            brush = None
        for y in range(height):
            row = rows[y] if y < len(rows) else ()
            if row == self._rows[y]:
                continue
            if brush is not None:
                self._stroke(y, row, width, brush)
            else:
                regions += [Region(start, y, end - start, 1) for start, end in self._replace(y, row, width)]
        if regions:
            self.refresh(*regions)

    def _brush(self) -> Brush | None:
        """The brush of the frame that is painted, None where the pane has to ask for a refresh."""
        brush: Brush | None = getattr(self.app, "brush", None)
        return brush if brush is not None and brush.wet else None

    def _stroke(self, y: int, row: Row, width: int, brush: Brush) -> None:
        """Have what changed in one line written in this very frame, around Textual, which only has to know of it."""
        line, old = cells(row, width), self._lines[y]
        self._rows[y], self._lines[y] = row, line
        if line != old:
            self._strips.pop(y, None)
            self._styles_cache.set_dirty(Region(0, y, width, 1))
            corner = self.region
            brush.add(old, line, (corner.x, corner.y + y))

    def repaint(self) -> None:
        """Paint all anew: the palette's styles look different now."""
        self._strips.clear()
        self.refresh()

    def _replace(self, y: int, row: Row, width: int) -> list[tuple[int, int]]:
        line = cells(row, width)
        spans = changes(self._lines[y], line)
        self._rows[y], self._lines[y] = row, line
        if spans:
            self._strips.pop(y, None)
        return spans

    def render_line(self, y: int) -> Strip:
        """The strip of one line."""
        if not 0 <= y < len(self._lines):
            return Strip.blank(self.size.width, self._palette["text"])
        strip = self._strips.get(y)
        if strip is None:
            segments = [Segment(text, self._palette[style]) for text, style in runs(self._lines[y])]
            strip = self._strips[y] = Strip(segments, len(self._lines[y]))
        return strip

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Pass the wheel on to whoever makes the rows."""
        event.stop()
        self.post_message(self.Wheel(self, WHEEL_ROWS))

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Pass the wheel on to whoever makes the rows."""
        event.stop()
        self.post_message(self.Wheel(self, -WHEEL_ROWS))
