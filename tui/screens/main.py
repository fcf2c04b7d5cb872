"""The main screen: the panes, where they are, and one painting of all of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.geometry import NULL_OFFSET, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from scoring.view import MarketView
from tui.controls import PANES, SCREENS, Controls
from tui.panes.lines import LinePane
from tui.screens.arrangement import LEAST_HEIGHT, LEAST_WIDTH, Arrangement, arrange
from tui.steering import FAR
from tui.theme import Palette
from tui.views.above import above
from tui.views.below import below
from tui.views.cascade import cascade
from tui.views.chart import chart
from tui.views.checklist import checklist
from tui.views.compact import cascade_lines, checklist_lines
from tui.views.feeds import feeds
from tui.views.header import header
from tui.views.ladder import ladder
from tui.views.overview import overview
from tui.views.row import Row
from tui.views.seek import seek
from tui.views.status import status
from tui.views.tape import tape
from tui.views.venues import venue_column, venues

View = Callable[[MarketView, Controls, int, int], list[Row]]

VIEWS: dict[str, View] = {
    "header": header, "ladder": ladder, "above": above, "below": below,
    "cascade": cascade, "checklist": checklist, "tape": tape, "status": status,
    "overview": overview, "venues": venues, "feeds": feeds, "reports": venue_column, "chart": chart, "seek": seek,
}  # fmt: skip
SHORT_VIEWS: dict[str, View] = {"cascade": cascade_lines, "checklist": checklist_lines}
"""What takes the place of a view where its pane has too few rows for it."""
SHORT_ROWS = 3

_RULES = 2


class PaneLayout(Layout):
    """Places panes by name; one without a place is not shown."""

    name = "panes"

    def __init__(self) -> None:
        self.maximised: str | None = None
        self.current = Arrangement()

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """The placements for a screen of this size."""
        self.current = arrange(size.width, size.height, self.maximised)
        places = dict(self.current.panes)
        places |= {f"rule{number}": region for number, region in enumerate(self.current.rules)}
        if not places:
            places = {"message": size.region}
        return [
            WidgetPlacement(places[child.id], NULL_OFFSET, Spacing(), child) for child in children if child.id in places
        ]


class MainScreen(Screen[None], inherit_bindings=False):
    """All panes. Paints views into them and tells the app where the focus went.

    `others`: the views of screens that show more than the market.
    """

    AUTO_FOCUS = f"#{PANES[0]}"

    class Focused(Message):
        """A click or the app itself moved the focus to a pane."""

        def __init__(self, pane: str) -> None:
            super().__init__()
            self.pane = pane

    class Pasted(Message):
        """The terminal pasted a text."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Resized(Message):
        """The panes have new sizes: what they show has to be made anew."""

    def __init__(self, palette: Palette, others: Mapping[str, View]) -> None:
        super().__init__()
        self._views = VIEWS | dict(others)
        rules = [f"rule{number}" for number in range(_RULES)]
        self._panes = {
            name: LinePane(palette, id=name, focusable=name in (*PANES, *SCREENS))
            for name in (*self._views, *rules, "message")
        }
        self._places = PaneLayout()

    @property
    def layout(self) -> Layout:
        """Our own, instead of one from the style sheet."""
        return self._places

    def compose(self) -> ComposeResult:
        """One pane a view, the lines between them, and a message for a terminal that is too small."""
        yield from self._panes.values()

    @property
    def layouts(self) -> tuple[str, ...]:
        """The names of the arrangements to choose from."""
        return ("standard",)

    def pane(self, name: str) -> LinePane:
        """The pane of a view."""
        return self._panes[name]

    def repaint(self) -> None:
        """Paint every pane anew: the palette's styles look different now."""
        for pane in self._panes.values():
            pane.repaint()

    def paint(self, view: MarketView, controls: Controls, second: MarketView | None = None) -> None:
        """Show a view under these controls in every pane that has a place; `second`: the coin beside it."""
        maximised = controls.focus if controls.maximised or controls.focus in SCREENS else None
        if maximised != self._places.maximised:
            self._places.maximised = maximised
            self.pane("header").refresh(layout=True)
            self._paint_after_layout()
            return
        with self.app.batch_update():
            if not self._places.current.panes:
                self.pane("message").show(self._too_small())
                return
            for name in self._places.current.panes:
                self.pane(name).show(self._rows(name, view, controls))
            for number in range(len(self._places.current.rules)):
                self._paint_rule(self.pane(f"rule{number}"), controls.ascii)

    def _rows(self, name: str, view: MarketView, controls: Controls) -> list[Row]:
        width, height = self.pane(name).size
        if not width or not height:
            return []
        make = SHORT_VIEWS.get(name, self._views[name]) if height <= SHORT_ROWS else self._views[name]
        return make(view, controls, width, height)

    def settled(self, view: MarketView, before: Controls, after: Controls) -> int:
        """The scroll position that `after` reaches: not further than where the focused pane's rows end."""
        far = FAR if after.scroll > before.scroll else -FAR

        def rows(scroll: int) -> list[Row]:
            return self._rows(after.focus, view, replace(after, scroll=scroll))

        last = rows(far)
        if rows(after.scroll) != last:
            return after.scroll
        near, there = 0, abs(after.scroll)
        while near < there:
            middle = (near + there) // 2
            if rows(middle if far > 0 else -middle) == last:
                there = middle
            else:
                near = middle + 1
        return there if far > 0 else -there

    def copied(self, view: MarketView, controls: Controls) -> str:
        """The focused pane as text: a screen in full, a pane as it is shown."""
        name = controls.focus
        if name not in SCREENS:
            return self.pane(name).text
        rows = self._views[name](view, replace(controls, scroll=0), self.size.width, FAR)
        return "\n".join("".join(text for text, _ in row).rstrip() for row in rows)

    @property
    def text(self) -> str:
        """The whole screen as text."""
        places = dict(self._places.current.panes)
        places |= {f"rule{number}": region for number, region in enumerate(self._places.current.rules)}
        if not places:
            return self.pane("message").text
        grid = [[" "] * self.size.width for _ in range(self.size.height)]
        for name, region in places.items():
            for y, line in enumerate(self.pane(name).grid, region.y):
                grid[y][region.x : region.x + len(line)] = line
        return "\n".join("".join(line).rstrip() for line in grid)

    def _paint_rule(self, pane: LinePane, ascii_only: bool) -> None:
        width, height = pane.size
        upright, level = ("|", "-") if ascii_only else ("│", "─")
        pane.show([((upright if width == 1 else level * width, "rule"),)] * height)

    def _too_small(self) -> list[Row]:
        width, height = self.app.size
        needs = f"liqtop needs {LEAST_WIDTH}x{LEAST_HEIGHT}"
        has = f"this terminal has {width}x{height}"
        blank: Row = ()
        return [blank] * (max(height // 2 - 1, 0)) + [
            ((needs.center(width), "strong"),),
            ((has.center(width), "muted"),),
        ]

    def on_resize(self, event: events.Resize) -> None:
        """Another size of the terminal."""
        self._paint_after_layout()

    def _paint_after_layout(self) -> None:
        """Have the rows made again once the panes have their new sizes."""
        self.call_after_refresh(self.post_message, self.Resized())

    def on_paste(self, event: events.Paste) -> None:
        """Tell the app what was pasted, unless it is blank."""
        event.stop()
        if event.text.strip():
            self.post_message(self.Pasted(event.text))

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tell the app which pane has the focus."""
        if event.widget.id in (*PANES, *SCREENS):
            self.post_message(self.Focused(event.widget.id))
