"""Pasted tables: how each line was read, the verdicts from them alone, and where they differ from the live view."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from scoring.settings import ScoringSettings
from scoring.view import MarketView
from tui.commands import BY_NAME
from tui.controls import Controls
from tui.format import cell_width, clean, to_ascii
from tui.format import percent as percent_text
from tui.language import label
from tui.panes.lines import LinePane
from tui.steering import FAR, PAGE
from tui.theme import Palette
from tui.views.layout import cell, wrapped
from tui.views.row import Row

MOST_CHARACTERS = 1_000_000
"""What is pasted beyond this is left out, and that is said."""
_EMPTY_WORDS = (
    "Paste tables from a page or a chat with your terminal's own paste key. Nothing is sent anywhere.",
    "Liquidation maps, open interest, funding, long/short, CVD, depth, options: English, Russian or Chinese labels.",
)
_SCROLLS = {"up": -1, "down": 1, "page_up": -PAGE, "page_down": PAGE, "start": -FAR, "end": FAR}


def paste_lines(text: str, view: MarketView, settings: ScoringSettings, controls: Controls) -> list[str]:
    """The analysis of a paste, which is English, and its comparison with the view, line by line."""
    from tui.paste.compare import compare
    from tui.paste.reader import understand
    from tui.paste.text import analysis_text
    from tui.paste.verdicts import judge

    understood = understand(text[:MOST_CHARACTERS])
    lines = analysis_text(understood, judge(understood, settings)).splitlines()
    if len(text) > MOST_CHARACTERS:
        much = label("only the first {number} characters are read", controls, number=f"{MOST_CHARACTERS:,}")
        lines = [much, "", *lines]
    lines += ["", label("COMPARED WITH {coin} NOW", controls, coin=view.coin)]
    if understood.coin and understood.coin != view.coin:
        return [*lines, label("the paste is of {coin}: show that coin to compare", controls, coin=understood.coin)]
    differences = compare(understood, view)
    for one in differences:
        relative = percent_text(one.relative, 1) if one.relative is not None else "?"
        pasted, ours = f"{one.pasted:,.6g}", f"{one.ours:,.6g}"
        told = label("pasted {pasted}, here {ours} ({relative})", controls, pasted=pasted, ours=ours, relative=relative)
        lines.append(f"{one.what} {one.venue}: {told}")
        lines += [f"  {label('perhaps {reason}', controls, reason=reason)}" for reason in one.reasons]
    return lines if differences else [*lines, label("nothing that both know differs by more than rounding", controls)]


class PasteScreen(ModalScreen[None]):
    """Takes what the terminal pastes; a further paste is added to it."""

    BINDINGS = [  # noqa: RUF012 - Textual declares it
        Binding(",".join(("escape", *BY_NAME["paste"].keys, *BY_NAME["leave"].keys)), "dismiss"),
        Binding("x,backspace,delete", "clear"),
        *(Binding(",".join(BY_NAME[name].keys), f"scroll({by})") for name, by in _SCROLLS.items()),
        Binding(",".join(BY_NAME["screenshot"].keys), "app.command('screenshot')"),
    ]

    def __init__(self, palette: Palette, text: str, analyse: Callable[[str], list[str]], controls: Controls) -> None:
        super().__init__()
        self._palette = palette
        self._pasted = text
        self._analyse = analyse
        self._controls = controls
        self._lines = analyse(text) if text else []
        self._first = 0

    def compose(self) -> ComposeResult:
        """What was read, and how to leave."""
        yield LinePane(self._palette, id="read")
        yield LinePane(self._palette, id="foot")

    def on_resize(self) -> None:
        """Show what fits."""
        self.call_after_refresh(self._paint)

    def on_paste(self, event: events.Paste) -> None:
        """Read what was pasted, together with what was pasted before."""
        event.stop()
        self._pasted = f"{self._pasted}\n{event.text}" if self._pasted else event.text
        self._lines, self._first = self._analyse(self._pasted), 0
        self._paint()

    def _rows(self, width: int) -> list[Row]:
        told = f"  {label('what was understood, line by line', self._controls)}"
        rows: list[Row] = [((f" {label('PASTE', self._controls)}", "accent"), (told, "muted")), ()]
        if not self._lines:
            return [*rows, *(row for line in _EMPTY_WORDS for row in wrapped(label(line, self._controls), width))]
        for line in self._lines:
            text = clean(line)
            style = "title" if text.isupper() else "text"
            fits = cell_width(text) < width
            rows += [cell(f" {text}", style)] if fits or not text.strip() else wrapped(text, width, style)
        return rows

    def _paint(self) -> None:
        pane = self.query_one("#read", LinePane)
        width, height = pane.size
        rows = self._rows(width)
        self._first = min(max(self._first, 0), max(len(rows) - height, 0))
        shown = rows[self._first : self._first + height]
        pane.show(
            [tuple((to_ascii(text), style) for text, style in row) for row in shown] if self._controls.ascii else shown
        )
        below = len(rows) - self._first - height
        more = f"   {label('{keys} {rows} more', self._controls, keys='j', rows=below)}" if below > 0 else ""
        foot = f" {label('esc close', self._controls)}   {label('x clear', self._controls)}{more}"
        self.query_one("#foot", LinePane).show([((foot, "muted"),)])

    def action_clear(self) -> None:
        """Forget what was pasted."""
        self._pasted, self._lines, self._first = "", [], 0
        self._paint()

    def action_scroll(self, by: int) -> None:
        """Move by so many rows."""
        self._first += by
        self._paint()

    def on_line_pane_wheel(self, message: LinePane.Wheel) -> None:
        """The wheel scrolls."""
        self.action_scroll(message.rows)
