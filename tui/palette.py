"""What the command palette offers: the commands that the keys have, the demo's scenarios, the coin lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand

from tui.commands import COMMANDS, PALETTE, shown
from tui.language import label
from tui.scenes import choose_scenario, scenario_names
from tui.switching import choose_list, list_names

if TYPE_CHECKING:
    from tui.app import LiqtopApp


def palette_commands(app: LiqtopApp) -> Iterator[SystemCommand]:
    """Each with its title and sentence in the reader's language."""
    controls = app.controls
    for command in COMMANDS:
        if command.name != PALETTE:
            keys = " ".join(shown(key) for key in command.keys)
            words = f"{label(command.help, controls)}  {keys}"
            yield SystemCommand(label(command.title, controls), words, partial(app.action_command, command.name))
    for name in scenario_names(app):
        said = label("Demo scenario: {name}", controls, name=name)
        yield SystemCommand(said, label("Begin it.", controls), partial(choose_scenario, name, app))
    for name in list_names(app):
        said = label("Switch coin list: {name}", controls, name=name or label("the command line's coins", controls))
        yield SystemCommand(said, label("Watch these coins.", controls), partial(_choose_list, name, app))


def _choose_list(name: str, app: LiqtopApp) -> None:
    choose_list(name, app)
    app.tick()
