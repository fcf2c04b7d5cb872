"""The commands of `liqtop`: words and options in, one call out. What a command does is written elsewhere."""

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from tui import VERSION
from tui.alert_commands import alert_commands
from tui.coin_commands import COIN_COMMANDS
from tui.config_commands import config_commands
from tui.data_commands import DATA_COMMANDS
from tui.exits import FINE, INTERRUPTED, USAGE, BadUsage
from tui.headless.output import narrate
from tui.judging_commands import JUDGING_COMMANDS
from tui.screen_commands import SCREEN_COMMANDS


class _Program(TyperGroup):
    """Ends with the code that the command returns, and without a traceback where the reader is to blame."""

    def invoke(self, ctx: Any) -> Any:
        try:
            code = super().invoke(ctx)
        except BadUsage as error:
            for line in error.lines:
                narrate(f"liqtop: {line}")
            code = USAGE
        except KeyboardInterrupt:
            code = INTERRUPTED
        except BrokenPipeError:
            # Whoever read our output has enough; what is still buffered must not fail again when Python shuts down.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = FINE
        raise typer.Exit(code or FINE)


app = typer.Typer(
    cls=_Program,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(config_commands, name="config")
app.add_typer(alert_commands, name="alerts")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"liqtop {VERSION}")
        raise typer.Exit


@app.callback()
def liqtop(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it and exit.")
    ] = False,
) -> None:
    """Live liquidations of crypto perpetuals in the terminal.

    Without a command: the monitor, `liqtop [COIN...]`. stdout is data, stderr is narration. Exit codes: 0 fine,
    1 a negative answer, 2 bad usage or config, 3 no data.
    """


for command in (*SCREEN_COMMANDS, *COIN_COMMANDS, *DATA_COMMANDS, *JUDGING_COMMANDS):
    app.command()(command)

COMMANDS = (*(one.callback.__name__ for one in app.registered_commands if one.callback), "alerts", "config")
"""The words that are commands in the first place; any other is a coin."""
