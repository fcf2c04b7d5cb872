"""The commands that judge liqtop itself: its clusters and warnings, its answers, its surroundings."""

from typing import Annotated, Literal

import typer

from tui import options
from tui.words import settings_of, venue_of


def backtest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Tapes, files of recorded series, or folders of them.")
    ],
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    config: options.Config = None,
) -> int:
    """What the map's clusters came to on recordings, against chance and against simpler maps."""
    from tui.headless import backtest as command

    return command.backtest(paths, settings_of(config).settings, json)


def journal(
    mode: Annotated[
        Literal["live", "demo", "replay"], typer.Option(help="Whose: each has a file of its own.")
    ] = "live",
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    config: options.Config = None,
) -> int:
    """Checklists that were kept in the monitor, what became of them, and which items told good from bad."""
    from tui.headless.journal import print_journal

    return print_journal(settings_of(config).settings.journal, mode.upper(), json)


def doctor(
    venues: Annotated[str | None, typer.Option(metavar="A,B", help="Only these exchanges, e.g. binance,okx.")] = None,
    seconds: Annotated[float, typer.Option(metavar="N", min=1, max=600, help="How long an exchange may take.")] = 20.0,
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    config: options.Config = None,
    gateway: options.Gateway = None,
) -> int:
    """What works here and what doesn't, from the config to each exchange's first real event.

    Exit code 0 where nothing failed, 1 where something did, 2 where the config can't be obeyed.
    """
    from tui.headless.doctor import print_doctor

    named = [venue_of(word.strip()).name for word in (venues or "").split(",") if word.strip()]
    return print_doctor(
        str(config) if config else None, lambda: settings_of(config, gateway=gateway), named, seconds, json
    )


JUDGING_COMMANDS = (
    backtest,
    journal,
    doctor,
)
"""In the order of the help."""
