"""Finding a coin by typing its name."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input

from tui.controls import Controls
from tui.language import ENGLISH, label
from tui.panes.lines import LinePane
from tui.theme import Palette
from tui.views.row import Row


def matching(typed: str, coins: Sequence[str]) -> list[str]:
    """The coins that begin with what was typed, then those that contain it."""
    wanted = typed.strip().upper()
    begins = [coin for coin in coins if coin.upper().startswith(wanted)]
    return begins + [coin for coin in coins if wanted in coin.upper() and coin not in begins]


class FindScreen(ModalScreen[str | None]):
    """Ends with the coin that was chosen, or None."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it
        Binding("escape", "cancel"),
        Binding("down,tab", "move(1)", priority=True),
        Binding("up,shift+tab", "move(-1)", priority=True),
    ]

    def __init__(self, palette: Palette, coins: Sequence[str], controls: Controls = ENGLISH) -> None:
        super().__init__()
        self._palette = palette
        self._controls = controls
        self._mark = ">" if controls.ascii else "›"
        arrows = "up down" if controls.ascii else "↑ ↓"
        show, choose, back = (label("show", controls), label("choose", controls), label("back", controls))
        self._foot = f" enter {show}   {arrows} {choose}   esc {back}"
        self._coins = tuple(coins)
        self._chosen = 0

    def compose(self) -> ComposeResult:
        """The input line, and the coins that match."""
        line = Input(placeholder=label("coin", self._controls), id="typed", max_length=20)
        line.cursor_blink = False
        yield line
        yield LinePane(self._palette, id="matches")

    def on_mount(self) -> None:
        """Type at once."""
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """Show what fits."""
        self.call_after_refresh(self._paint)

    @property
    def _matches(self) -> list[str]:
        return matching(self.query_one(Input).value, self._coins)

    def _paint(self) -> None:
        pane = self.query_one("#matches", LinePane)
        found = self._matches
        if not found:
            some = label("none of the {n} watched coins is called that", self._controls, n=len(self._coins))
            pane.show([((f" {some}", "warn"),), ((f" esc {label('back', self._controls)}", "muted"),)])
            return
        self._chosen = min(max(self._chosen, 0), len(found) - 1)
        room = max(pane.size.height - 1, 1)
        first = max(self._chosen - room + 1, 0)
        rows: list[Row] = [
            ((f" {self._mark if at == self._chosen else ' '} {coin} ", "selected" if at == self._chosen else "text"),)
            for at, coin in enumerate(found[first : first + room], first)
        ]
        pane.show([*rows, ((self._foot, "muted"),)])

    def on_input_changed(self) -> None:
        """Start from the best match again."""
        self._chosen = 0
        self._paint()

    def on_input_submitted(self) -> None:
        """Show the chosen coin; with no match there is nothing to show."""
        if found := self._matches:
            self.dismiss(found[min(self._chosen, len(found) - 1)])

    def action_move(self, by: int) -> None:
        """Choose the next or the previous match."""
        self._chosen += by
        self._paint()

    def action_cancel(self) -> None:
        """Back without a coin."""
        self.dismiss(None)
