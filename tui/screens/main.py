"""The main screen: the panes, where they are, and one painting of all of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.layout import Layout
from textual.message import Message
from textual.screen import Screen

from scoring.view import EMPTY, MarketView
from tui.controls import PANES, SCREENS, Controls
from tui.format import cell_width
from tui.language import label
from tui.layout_settings import OwnLayout, plans_of
from tui.panes.lines import LinePane
from tui.screens.arrangement import LEAST_HEIGHT, LEAST_WIDTH, MOST_RULES, Wish, arrange
from tui.screens.arranging.plan import Plan
from tui.screens.arranging.presets import LAYOUTS
from tui.screens.pane_layout import PaneLayout
from tui.steering import FAR, SECOND
from tui.theme import Palette
from tui.views.above import above
from tui.views.below import below
from tui.views.cascade import cascade
from tui.views.chart import chart
from tui.views.checklist import checklist
from tui.views.coin_line import coin_line
from tui.views.compact import cascade_lines, checklist_lines
from tui.views.feeds import feeds
from tui.views.glance import glance
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
    "coin": coin_line, "glance": glance,
}  # fmt: skip
SHORT_VIEWS: dict[str, View] = {"cascade": cascade_lines, "checklist": checklist_lines}
"""What takes the place of a view where its pane has too few rows for it."""
SHORT_ROWS = 3

_RULE = "rule"
_SPLIT = ("coin", "ladder", "above", "below", "cascade", "checklist")
"""The panes of each of two coins side by side."""


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
        rules = [f"{_RULE}{number}" for number in range(MOST_RULES)]
        seconds = [f"{SECOND}{name}" for name in _SPLIT]
        self._panes = {
            name: LinePane(palette, id=name, focusable=name in (*PANES, *SCREENS))
            for name in (*self._views, *seconds, *rules, "message")
        }
        self._own: Mapping[str, Plan] = {}
        self._placed = PANES[0]
        self._places = PaneLayout(lambda: self.post_message(self.Resized()))

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
        return (*LAYOUTS, *self._own)

    def take_layouts(self, layouts: Mapping[str, OwnLayout]) -> None:
        """The reader's own arrangements, from now on these."""
        self._own = plans_of(layouts)

    @property
    def shown(self) -> tuple[str, ...]:
        """The panes that have a place beside others, also while one has the whole screen."""
        wish = replace(self._places.wish, alone=None)
        return tuple(arrange(self.size.width, self.size.height, wish).panes)

    def pane(self, name: str) -> LinePane:
        """The pane of a view."""
        return self._panes[name]

    def repaint(self) -> None:
        """Paint every pane anew: the palette's styles look different now."""
        for pane in self._panes.values():
            pane.repaint()

    def paint(self, view: MarketView, controls: Controls, second: MarketView | None = None) -> None:
        """Show a view under these controls in every pane that has a place; `second`: the coin beside it."""
        before, wish = self._places.wish, self._wish(controls, split=second is not None)
        if wish != before:
            self._places.wish = wish
            self.pane("header").refresh(layout=True)
            return
        with self.app.batch_update():
            if not self._places.current.panes:
                self.pane("message").show(self._too_small(controls))
                return
            for name in self._places.regions:
                self.pane(name).show(self._rows(name, view, controls, second))

    def _wish(self, controls: Controls, split: bool) -> Wish:
        """What is to be shown. A focused pane that the layout has no place for gets the whole screen.

        Where the place went with the layout or the terminal's size, the focus goes to a pane that is left instead.
        """
        before, focus = self._places.wish, controls.focus
        own = self._own.get(controls.layout)
        wish = Wish(controls.layout, own, split=split, seek=controls.tape is not None)
        if focus in SCREENS or controls.maximised:
            return replace(wish, alone=focus)
        panes = arrange(self.size.width, self.size.height, wish).panes
        left = [name for name in PANES if name in panes]
        if focus in panes or not left:
            self._placed = focus
            return wish
        rearranged = (wish.layout, wish.own, wish.split) != (before.layout, before.own, before.split)
        if rearranged or focus == self._placed:
            self._placed = left[0]
            self.post_message(self.Focused(left[0]))
            return wish
        return replace(wish, alone=focus)

    def _rows(self, name: str, view: MarketView, controls: Controls, second: MarketView | None = None) -> list[Row]:
        width, height = self.pane(name).size
        if not width or not height:
            return []
        if name.startswith(SECOND):
            name, view = name.removeprefix(SECOND), second or EMPTY
            controls = replace(controls, coin=controls.beside, focus="", scroll=0, zoom=0)
        if name.startswith(_RULE):
            return _line(width, height, controls.ascii)
        if name == "header" and "coin" in self._places.current.panes:
            return [*header(view, controls, width, 3)[:1], *_line(width, 1, controls.ascii)]
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
        places = self._places.regions
        if not places:
            return self.pane("message").text
        grid = [[" "] * self.size.width for _ in range(self.size.height)]
        for name, region in places.items():
            for y, line in enumerate(self.pane(name).grid, region.y):
                grid[y][region.x : region.x + len(line)] = line
        return "\n".join("".join(line).rstrip() for line in grid)

    def _too_small(self, controls: Controls) -> list[Row]:
        width, height = self.app.size
        needs = label("liqtop needs {size}", controls, size=f"{LEAST_WIDTH}x{LEAST_HEIGHT}")
        has = label("this terminal has {size}", controls, size=f"{width}x{height}")
        blank: Row = ()
        rows = [
            ((" " * ((width - cell_width(text)) // 2) + text, style),)
            for text, style in ((needs, "strong"), (has, "muted"))
        ]
        return [blank] * (max(height // 2 - 1, 0)) + rows

    def on_resize(self, event: events.Resize) -> None:
        """Another size of the terminal, also of one that is too small."""
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


def _line(width: int, height: int, ascii_only: bool) -> list[Row]:
    """A line between panes: upright where it is one cell wide."""
    upright, level = ("|", "-") if ascii_only else ("│", "─")
    return [((upright if width == 1 else level * width, "rule"),)] * height
