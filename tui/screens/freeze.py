"""Keeping a checklist in the journal: for which direction, and with what note."""

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Input

from scoring.view import DirectionVerdict, MarketView, Verdict
from scoring.view.journal import Direction
from tui.controls import Controls
from tui.format import cell_width, clean, to_ascii
from tui.language import ENGLISH, label
from tui.panes.lines import LinePane
from tui.theme import Palette
from tui.views.checklist import answer
from tui.views.row import Row

MOST_CHARACTERS = 200
"""The longest note."""
_ORDER: tuple[Verdict, ...] = ("OK", "WAIT", "NO ENTRY", "INSUFFICIENT DATA")

Frozen = tuple[Direction, str]
"""What was chosen: the direction and the note."""


def better(view: MarketView) -> Direction:
    """The direction of the better verdict; of two alike that of the higher score, and then long."""
    long, short = view.checklist.long, view.checklist.short
    return "short" if _rank(short) > _rank(long) else "long"


def _rank(given: DirectionVerdict) -> tuple[int, float]:
    return -_ORDER.index(given.verdict), given.score or 0.0


def _names(controls: Controls) -> tuple[str, str]:
    return label("long", controls), label("short", controls)


class FreezeScreen(ModalScreen[Frozen | None]):
    """Asks for the direction by a key, then for the note. Ends with both, or None."""

    AUTO_FOCUS = ""  # the input line would take the keys that choose
    BINDINGS = [  # noqa: RUF012 - Textual declares it
        Binding("escape", "cancel"),
        Binding("l", "take('long')"),
        Binding("s", "take('short')"),
        Binding("enter", "take('')"),
    ]

    def __init__(self, palette: Palette, view: MarketView, where: str, controls: Controls = ENGLISH) -> None:
        super().__init__()
        self._palette = palette
        self._view = view
        self._where = where
        self._controls = controls
        self._better = better(view)
        self._direction: Direction | None = None

    def compose(self) -> ComposeResult:
        """The input line, which comes once the direction is chosen, and what is kept."""
        line = Input(placeholder=label("a note, or nothing", self._controls), id="typed", max_length=MOST_CHARACTERS)
        line.cursor_blink = False
        line.display = False
        yield line
        yield LinePane(self._palette, id="asked")

    def on_resize(self) -> None:
        """Show what fits."""
        self.call_after_refresh(self._paint)

    def _paint(self) -> None:
        rows = self._rows()
        if self._controls.ascii:
            rows = [tuple((to_ascii(text), style) for text, style in row) for row in rows]
        self.query_one("#asked", LinePane).show(rows)

    def _rows(self) -> list[Row]:
        checked, controls = self._view.checklist, self._controls
        asked = label("keep this checklist of {coin}", controls, coin=clean(self._view.coin))
        title: Row = ((f" {label('JOURNAL', controls)}", "accent"), (f"  {asked}", "muted"))
        back = f"esc {label('back', controls)}"
        if self._direction is not None:
            return [
                title,
                self._side(self._direction, getattr(checked, self._direction)),
                ((f" {self._where}", "muted"),),
                ((f" enter {label('keep', controls)}   {back}", "muted"),),
            ]
        long, short = _names(controls)
        keys = f" l {long}   s {short}   enter {short if self._better == 'short' else long}   {back}"
        return [title, self._side("long", checked.long), self._side("short", checked.short), ((keys, "muted"),)]

    def _side(self, direction: Direction, given: DirectionVerdict) -> Row:
        mark = "›" if direction == self._better and self._direction is None else " "
        names = _names(self._controls)
        name, wide = names[direction == "short"], max(map(cell_width, names))
        padded = name + " " * (wide + 1 - cell_width(name))
        reason = f"  {clean(given.reason)}"
        return ((mark, "accent"), (padded, direction), *answer(given, direction, self._controls), (reason, "muted"))

    def action_take(self, direction: str) -> None:
        """Take a direction, and ask for the note."""
        if self._direction is not None:
            return
        self._direction = "long" if direction == "long" else "short" if direction == "short" else self._better
        line = self.query_one(Input)
        line.display = True
        line.focus()
        self.call_after_refresh(self._paint)

    def on_input_submitted(self) -> None:
        """Keep it."""
        if self._direction is not None:
            self.dismiss((self._direction, self.query_one(Input).value.strip()))

    def action_cancel(self) -> None:
        """Back without keeping anything."""
        self.dismiss(None)
