"""Help: every key, read from the list of commands."""

from itertools import groupby

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from tui.commands import BY_NAME, COMMANDS, shown
from tui.format import to_ascii
from tui.panes.lines import LinePane
from tui.steering import FAR, PAGE
from tui.theme import Palette
from tui.views.row import Row

_KEYS_WIDTH = 16


def help_rows(ascii_only: bool = False) -> list[Row]:
    """A title a group, a row a command: its keys and its sentence."""
    rows: list[Row] = [((" liqtop", "accent"), ("  every key", "muted"))]
    ordered = sorted(COMMANDS, key=lambda command: command.group)
    for group, commands in groupby(ordered, key=lambda command: command.group):
        rows += [(), ((f" {group}", "title"),)]
        for command in commands:
            keys = "  ".join(_written(key, ascii_only) for key in command.keys)
            rows.append(((f"   {keys}".ljust(_KEYS_WIDTH), "strong"), (command.help, "text")))
    return rows


def _written(key: str, ascii_only: bool) -> str:
    return to_ascii(shown(key)) if ascii_only else shown(key)


_SCROLLS = {"up": -1, "down": 1, "page_up": -PAGE, "page_down": PAGE, "start": -FAR, "end": FAR}


class HelpScreen(ModalScreen[None]):
    """Every key, scrolled by the keys that scroll a pane."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it
        Binding(",".join(("escape", "enter", *BY_NAME["help"].keys, *BY_NAME["leave"].keys)), "dismiss"),
        *(Binding(",".join(BY_NAME[name].keys), f"scroll({by})") for name, by in _SCROLLS.items()),
    ]

    def __init__(self, palette: Palette, ascii_only: bool = False) -> None:
        super().__init__()
        self._palette = palette
        self._ascii = ascii_only
        self._first = 0

    def compose(self) -> ComposeResult:
        """The keys, and how to leave."""
        yield LinePane(self._palette, id="keys")
        yield LinePane(self._palette, id="foot")

    def on_resize(self) -> None:
        """Show what fits."""
        self.call_after_refresh(self._paint)

    def _paint(self) -> None:
        pane = self.query_one("#keys", LinePane)
        rows = help_rows(self._ascii)
        self._first = min(max(self._first, 0), max(len(rows) - pane.size.height, 0))
        pane.show(rows[self._first :])
        below = len(rows) - self._first - pane.size.height
        keys = " ".join(_written(key, self._ascii) for key in BY_NAME["down"].keys)
        more = f"   {keys} {below} more" if below > 0 else ""
        self.query_one("#foot", LinePane).show([((" esc close", "muted"), (more, "muted"))])

    def action_scroll(self, by: int) -> None:
        """Move by so many rows."""
        self._first += by
        self._paint()

    def on_line_pane_wheel(self, message: LinePane.Wheel) -> None:
        """The wheel scrolls."""
        self.action_scroll(message.rows)
