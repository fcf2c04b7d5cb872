"""The words after `liqtop config`."""

from typing import Annotated

import typer

from tui import options
from tui.words import settings_of

config_commands = typer.Typer(rich_markup_mode=None, help="Where the settings come from, and whether they are right.")


@config_commands.command("path")
def config_path(config: options.Config = None) -> int:
    """The file in effect, or the one that would be; on stderr all places in their order."""
    from tui.headless.config import print_path

    return print_path(str(config) if config else None)


@config_commands.command("show")
def config_show(
    default: Annotated[bool, typer.Option("--default", help="The shipped config.toml.")] = False,
    config: options.Config = None,
    gateway: options.Gateway = None,
) -> int:
    """Every setting in effect, as TOML, with the file, the option or the default that it comes from."""
    from tui.headless.config import print_default, print_settings

    return print_default() if default else print_settings(settings_of(config, gateway=gateway))


@config_commands.command("check")
def config_check(config: options.Config = None) -> int:
    """Read the config and tell everything that is wrong with it; exit 2 where there is something."""
    from tui.headless.config import print_check

    return print_check(settings_of(config))
