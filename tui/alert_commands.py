"""The words after `liqtop alerts`."""

from typing import Annotated

import typer

from tui import options
from tui.sources import Choice, open_source
from tui.words import coins_of, settings_of

alert_commands = typer.Typer(rich_markup_mode=None, help="What alerts can watch, and what they would have told.")

Json = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]


@alert_commands.command("metrics")
def metrics(json: Json = False) -> int:
    """Everything that a rule can watch, with its unit and meaning."""
    from tui.headless.alerts import print_metrics

    return print_metrics(json)


@alert_commands.command("dry-run")
def dry_run(
    tape: Annotated[str, typer.Argument(metavar="TAPE", help="A tape, or 'sample': the recording that ships.")],
    coins: options.Coins = None,
    list_name: options.ListName = None,
    json: Json = False,
    seconds: options.Seconds = None,
    config: options.Config = None,
) -> int:
    """How often each rule of the config would have fired on a tape. Without coins: those that the rules name."""
    from tui.headless.alerts import coins_for, print_dry_run, rules_in

    loaded = settings_of(config)
    rules = rules_in(loaded)
    named = coins_of(coins) or (loaded.coins(list_name) if list_name else ())
    chosen = named or coins_for(rules, loaded.coins())
    source = open_source(Choice(tape=tape, seconds=seconds), loaded.settings)
    return print_dry_run(source, loaded, rules, chosen, json)
