"""Help: every key, read from the list of commands."""

from collections.abc import Sequence
from itertools import groupby

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from tui.commands import BY_NAME, COMMANDS, Command, shown
from tui.controls import Controls
from tui.format import to_ascii
from tui.language import label
from tui.panes.cells import cells, runs
from tui.panes.lines import LinePane
from tui.steering import FAR, PAGE
from tui.theme import Palette
from tui.views.prose import lines_of
from tui.views.row import Row

_KEYS_WIDTH = 16
_TWO_COLUMNS = 116
"""From this width on the groups stand in two columns."""


def help_rows(controls: Controls, width: int) -> list[Row]:
    """A title a group, a row a command: its keys and its sentence, which takes further rows where it must."""
    head: Row = ((" liqtop", "accent"), (f"  {label('every key', controls)}", "muted"))
    if width < _TWO_COLUMNS:
        return [head, *_column(_groups(), controls, width)]
    groups = [_column([group], controls, width // 2) for group in _groups()]
    return [head, *_side_by_side(groups, width // 2)]


def _groups() -> list[list[Command]]:
    """The commands of each group, the groups in the order in which they come first."""
    order = list(dict.fromkeys(command.group for command in COMMANDS))
    ordered = sorted(COMMANDS, key=lambda command: order.index(command.group))
    return [list(commands) for _, commands in groupby(ordered, key=lambda command: command.group)]


def _column(groups: Sequence[Sequence[Command]], controls: Controls, width: int) -> list[Row]:
    rows: list[Row] = []
    for commands in groups:
        rows += [(), ((f" {label(commands[0].group, controls)}", "title"),)]
        for command in commands:
            rows += _command(command, controls, width)
    return rows


def _command(command: Command, controls: Controls, width: int) -> list[Row]:
    keys = "  ".join(shown(key) for key in command.keys)
    keys = f"   {to_ascii(keys) if controls.ascii else keys}".ljust(_KEYS_WIDTH)
    lines = lines_of(label(command.help, controls), width - max(_KEYS_WIDTH, len(keys) + 1) - 1)
    gap = " " if len(keys) >= _KEYS_WIDTH and not keys.endswith(" ") else ""
    first: Row = ((keys + gap, "strong"), (lines[0] if lines else "", "text"))
    return [first, *(((" " * len(keys + gap), "text"), (line, "text")) for line in lines[1:])]


def _side_by_side(groups: Sequence[list[Row]], width: int) -> list[Row]:
    """Groups in two columns of about the same height, each group whole."""
    total = sum(map(len, groups))
    left: list[Row] = []
    right: list[Row] = []
    for group in groups:
        (left if not right and len(left) + len(group) // 2 <= total / 2 else right).extend(group)
    tall = max(len(left), len(right))
    left += [()] * (tall - len(left))
    right += [()] * (tall - len(right))
    return [(*runs(cells(one, width)), *other) for one, other in zip(left, right, strict=True)]


_SCROLLS = {"up": -1, "down": 1, "page_up": -PAGE, "page_down": PAGE, "start": -FAR, "end": FAR}


class HelpScreen(ModalScreen[bool | None]):
    """Every key, scrolled by the keys that scroll a pane. Ends with True where the tour is asked for."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it
        Binding(",".join(("escape", "enter", *BY_NAME["leave"].keys)), "dismiss"),
        Binding(",".join(BY_NAME["help"].keys), "dismiss(True)"),
        *(Binding(",".join(BY_NAME[name].keys), f"scroll({by})") for name, by in _SCROLLS.items()),
        Binding(",".join(BY_NAME["screenshot"].keys), "app.command('screenshot')"),
    ]

    def __init__(self, palette: Palette, controls: Controls) -> None:
        super().__init__()
        self._palette = palette
        self._controls = controls
        self._first = 0

    def compose(self) -> ComposeResult:
        """The keys, and how to leave."""
        yield LinePane(self._palette, id="keys")
        yield LinePane(self._palette, id="foot")

    def on_resize(self) -> None:
        """Show what fits."""
        self.call_after_refresh(self._paint)

    def _paint(self) -> None:
        pane, controls = self.query_one("#keys", LinePane), self._controls
        width, height = pane.size
        rows = help_rows(controls, width)
        self._first = min(max(self._first, 0), max(len(rows) - height, 0))
        pane.show(rows[self._first : self._first + height])
        below = len(rows) - self._first - height
        keys = " ".join(shown(key) for key in BY_NAME["down"].keys)
        keys = to_ascii(keys) if controls.ascii else keys
        more = f"   {label('{keys} {rows} more', controls, keys=keys, rows=below)}" if below > 0 else ""
        tour = label("{key} again: a tour of the panes", controls, key=shown(BY_NAME["help"].keys[0]))
        left: Row = ((f" {label('esc close', controls)}", "muted"), (f"   {tour}", "text"))
        self.query_one("#foot", LinePane).show([(*left, (more, "muted"))])

    def action_scroll(self, by: int) -> None:
        """Move by so many rows."""
        self._first += by
        self._paint()

    def on_line_pane_wheel(self, message: LinePane.Wheel) -> None:
        """The wheel scrolls."""
        self.action_scroll(message.rows)
