"""Textual's layout of the main screen: panes by name, where the arrangement of the moment has them."""

from collections.abc import Callable

from textual.geometry import NULL_OFFSET, Region, Size, Spacing
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.widget import Widget

from tui.screens.arrangement import Arrangement, Wish, arrange


class PaneLayout(Layout):
    """Places panes by name; one without a place is not shown.

    `when_moved` is called once the panes have sizes of another arrangement.
    """

    name = "panes"

    def __init__(self, when_moved: Callable[[], object]) -> None:
        self._when_moved = when_moved
        self.wish = Wish()
        self.current = Arrangement()

    @property
    def regions(self) -> dict[str, Region]:
        """Where each pane is, and each line between them."""
        return self.current.panes | {f"rule{number}": region for number, region in enumerate(self.current.rules)}

    def arrange(self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True) -> ArrangeResult:
        """The placements for a screen of this size."""
        before, self.current = self.current, arrange(size.width, size.height, self.wish)
        if self.current != before:
            parent.call_next(self._when_moved)
        places = self.regions or {"message": size.region}
        return [
            WidgetPlacement(places[child.id], NULL_OFFSET, Spacing(), child) for child in children if child.id in places
        ]
