"""What the commands do that is more than a change of the controls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui import copying
from tui.exporting import export, screenshot
from tui.format import to_ascii
from tui.inspecting import inspect
from tui.keeping import freeze, open_alert, open_entry, snooze, snooze_all
from tui.language import label
from tui.scenes import next_scenario, only_a_tape, seek_by, seek_mark
from tui.screens.arrangement import SPLIT_WIDTH
from tui.screens.find import FindScreen
from tui.screens.help import HelpScreen
from tui.steering import focus, next_layout, show_coin, split
from tui.switching import next_list, reload_config
from tui.text import snapshot_text
from tui.touring import tour
from tui.views.heading import heading
from tui.views.overview import chosen

if TYPE_CHECKING:
    from tui.app import LiqtopApp

SEEK_MS = 60_000
"""How far one key goes in a tape."""


def leave(app: LiqtopApp) -> None:
    """Leave the monitor."""
    app.exit()


def show_help(app: LiqtopApp) -> None:
    """Show every key; from there the tour may follow."""

    def closed(wants_tour: bool | None) -> None:
        app.tick()
        if wants_tour:
            tour(app)

    app.push_screen(HelpScreen(app.style_palette, app.controls), closed)


def find(app: LiqtopApp) -> None:
    """Ask for a coin and show it."""

    def found(coin: str | None) -> None:
        if coin is not None:
            app.steer(show_coin(coin, app.controls))
        app.tick()

    app.push_screen(FindScreen(app.style_palette, app.session.coins, app.controls), found)


def choose(app: LiqtopApp) -> None:
    """Open what is chosen where the focus is."""
    if (opens := _OPENS.get(app.controls.focus)) is not None:
        opens(app)


def show_chosen(app: LiqtopApp) -> None:
    """Show the coin that is chosen on the overview, in the panes."""
    coin = chosen(app.view, app.controls)
    if coin in app.session.coins:
        app.steer(show_coin(coin, focus(app.controls.home, app.controls)))


_OPENS: Mapping[str, Callable[[LiqtopApp], None]] = {
    "overview": show_chosen,
    "checklist": freeze,
    "alerts": open_alert,
    "journal": open_entry,
}


def paste(app: LiqtopApp, text: str = "") -> None:
    """Show how pasted tables are read, beside the view of now."""
    from tui.screens.paste import PasteScreen, paste_lines  # only for who pastes: the reader of tables is large

    def analyse(pasted: str) -> list[str]:
        return paste_lines(pasted, app.view, app.session.scoring, app.controls)

    screen = PasteScreen(app.style_palette, text, analyse, app.controls)
    app.push_screen(screen, lambda _: app.tick())


def pause(app: LiqtopApp) -> None:
    """Hold the picture, or let it go on."""
    pausing = app.controls.paused_at_ms is None
    if app.session.drive is not None:
        app.session.drive.pause(pausing)
    app.controls = replace(app.controls, paused_at_ms=app.session.source.now_ms() if pausing else None)


def step(app: LiqtopApp) -> None:
    """Play one record of a tape, and wait behind it."""
    if app.session.drive is None:
        only_a_tape(app)
        return
    app.session.drive.step()
    if app.controls.paused_at_ms is None:
        app.controls = replace(app.controls, paused_at_ms=app.session.source.now_ms())


def change_speed(by: int, app: LiqtopApp) -> None:
    """Play a tape faster or slower."""
    if app.session.drive is None:
        only_a_tape(app)
    else:
        app.session.drive.change_speed(by)


def copy_pane(app: LiqtopApp) -> None:
    """Copy the focused pane, or all of a screen, as text under a line that tells what it is of."""
    _copy(f"{heading(app.view, app.controls)}\n{app.main.copied(app.view, app.controls)}", app)


def copy_all(app: LiqtopApp) -> None:
    """Copy all tables of the coin, as `liqtop snapshot` prints them."""
    _copy(snapshot_text(app.view, app.controls, "text").rstrip("\n"), app)


def _copy(text: str, app: LiqtopApp) -> None:
    app.say(copying.copy(to_ascii(text) if app.controls.ascii else text, app.write).sentence(app.controls))


def change_layout(app: LiqtopApp) -> None:
    """Arrange the panes the next way, and say which it is."""
    app.steer(next_layout(app.controls, app.main.layouts))
    app.say(label("layout {name}", app.controls, name=app.controls.layout))


def split_screen(app: LiqtopApp) -> None:
    """Show a second coin beside this one, or this one alone again; say so where there is no room or no other coin."""
    width = app.main.size.width
    if width < SPLIT_WIDTH:
        app.say(
            label(
                "two coins side by side need {needed} columns; this terminal has {width}",
                app.controls,
                needed=SPLIT_WIDTH,
                width=width,
            )
        )
    elif len(app.session.coins) < 2:
        app.say(label("the list has no second coin to show", app.controls))
    else:
        app.steer(split(app.controls, app.session.coins))


def change_theme(app: LiqtopApp) -> None:
    """Look the next way, and say which it is."""
    app.say(label("theme {name}", app.controls, name=app.wear_next()))


ACTIONS: Mapping[str, Callable[[LiqtopApp], None]] = {
    "help": show_help,
    "layout": change_layout,
    "split": split_screen,
    "inspect": inspect,
    "export": export,
    "screenshot": screenshot,
    "theme": change_theme,
    "scenario": next_scenario,
    "find": find,
    "choose": choose,
    "snooze": snooze,
    "snooze_all": snooze_all,
    "paste": paste,
    "pause": pause,
    "step": step,
    "slower": partial(change_speed, -1),
    "faster": partial(change_speed, 1),
    "back": partial(seek_by, -SEEK_MS),
    "ahead": partial(seek_by, SEEK_MS),
    "previous_mark": partial(seek_mark, -1),
    "next_mark": partial(seek_mark, 1),
    "next_list": next_list,
    "reload": reload_config,
    "copy": copy_pane,
    "copy_all": copy_all,
    "leave": leave,
    "interrupt": leave,
}
"""By the command's name. The palette is Textual's own."""
