"""A card: all there is to know of one row of a screen, scrolled and copied by the usual keys."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from tui.commands import BY_NAME
from tui.controls import Controls
from tui.format import to_ascii
from tui.language import ENGLISH, label
from tui.panes.lines import LinePane
from tui.steering import FAR, PAGE
from tui.theme import Palette
from tui.views.row import Row

_SCROLLS = {"up": -1, "down": 1, "page_up": -PAGE, "page_down": PAGE, "start": -FAR, "end": FAR}


class CardScreen(ModalScreen[None]):
    """Shows the rows that `make` makes for a width, below a title; `copy` takes them as text and says where it went."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it
        Binding(",".join(("escape", "enter", *BY_NAME["leave"].keys)), "dismiss"),
        Binding(",".join(BY_NAME["copy"].keys), "copy"),
        *(Binding(",".join(BY_NAME[name].keys), f"scroll({by})") for name, by in _SCROLLS.items()),
        Binding(",".join(BY_NAME["screenshot"].keys), "app.command('screenshot')"),
    ]

    def __init__(
        self,
        palette: Palette,
        title: str,
        make: Callable[[int], list[Row]],
        copy: Callable[[str], str],
        controls: Controls = ENGLISH,
    ) -> None:
        super().__init__()
        self._palette = palette
        self._title = title
        self._make = make
        self._copy = copy
        self._controls = controls
        self._first = 0
        self._said = ""

    def compose(self) -> ComposeResult:
        """The card, and how to leave."""
        yield LinePane(self._palette, id="card")
        yield LinePane(self._palette, id="foot")

    def on_resize(self) -> None:
        """Show what fits."""
        self.call_after_refresh(self._paint)

    def _rows(self, width: int) -> list[Row]:
        rows: list[Row] = [((f" {self._title}", "accent"),), (), *self._make(width)]
        return [tuple((to_ascii(text), style) for text, style in row) for row in rows] if self._controls.ascii else rows

    def _paint(self) -> None:
        pane = self.query_one("#card", LinePane)
        width, height = pane.size
        rows = self._rows(width)
        self._first = min(max(self._first, 0), max(len(rows) - height, 0))
        pane.show(rows[self._first : self._first + height])
        below = len(rows) - self._first - height
        more = f"   j {label('{n} more', self._controls, n=below)}" if below > 0 else ""
        keys = f"esc {label('close', self._controls)}   y {label('copy', self._controls)}"
        foot = self._said or f"{keys}{more}"
        self.query_one("#foot", LinePane).show([((f" {to_ascii(foot) if self._controls.ascii else foot}", "muted"),)])

    def action_copy(self) -> None:
        """Copy the card as text."""
        rows = self._rows(self.query_one("#card", LinePane).size.width)
        self._said = self._copy("\n".join("".join(text for text, _ in row).rstrip() for row in rows))
        self._paint()

    def action_scroll(self, by: int) -> None:
        """Move by so many rows."""
        self._first += by
        self._said = ""
        self._paint()

    def on_line_pane_wheel(self, message: LinePane.Wheel) -> None:
        """The wheel scrolls."""
        self.action_scroll(message.rows)
