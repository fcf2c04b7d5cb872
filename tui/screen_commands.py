"""The commands that open the monitor: on live exchanges, on the embedded market, on a recording."""

from typing import Annotated

import typer

from tui import options
from tui.exits import BadUsage
from tui.sources import SAMPLE, Choice, open_source
from tui.watchlists import watchlists_of
from tui.words import coins_of, reader_of

_DEMO_SECONDS = 60.0


def monitor(
    coins: options.Coins = None,
    list_name: options.ListName = None,
    config: options.Config = None,
    gateway: options.Gateway = None,
    record: options.Record = None,
    no_store: options.NoStore = False,
    fps: options.Fps = None,
    theme: options.Theme = None,
    bandwidth: options.Bandwidth = None,
    language: options.Language = None,
    no_mouse: options.NoMouse = False,
    ascii: options.Ascii = False,  # noqa: A002  # the option's name
) -> int:
    """The monitor on live exchanges; the word may be left out: liqtop BTC ETH."""
    from tui.monitor import show
    from tui.program import COMMANDS

    store = False if no_store else None
    read = reader_of(gateway=gateway, store=store, **_display(fps, theme, bandwidth, language, no_mouse, ascii))
    lists = watchlists_of(read, config, coins, list_name, COMMANDS)
    return show(Choice(), lists, record, "liqtop events, liqtop snapshot COIN")


def demo(
    coins: options.Coins = None,
    headless: options.Headless = False,
    json: options.Json = False,
    seconds: options.Seconds = None,
    seed: options.Seed = 1,
    scenario: options.Scenario = "story",
    rate: Annotated[float, typer.Option(min=0.1, max=100, help="How busy the market is, in times the usual.")] = 1.0,
    config: options.Config = None,
    record: options.Record = None,
    fps: options.Fps = None,
    theme: options.Theme = None,
    bandwidth: options.Bandwidth = None,
    language: options.Language = None,
    no_mouse: options.NoMouse = False,
    ascii: options.Ascii = False,  # noqa: A002  # the option's name
) -> int:
    """The monitor on the embedded market: seeded, no network. Headless: 60 s of it unless --seconds says otherwise."""
    read = reader_of(**_display(fps, theme, bandwidth, language, no_mouse, ascii))
    if headless or json:
        from tui.headless.totals import print_totals

        loaded = read(config)
        if record:
            raise BadUsage(f"--record goes with the screen; without it: liqtop record {record} --demo")
        chosen = coins_of(coins)
        choice = Choice(demo=True, seed=seed, scenario=scenario, rate=rate, seconds=seconds or _DEMO_SECONDS)
        return print_totals(open_source(choice, loaded.settings, chosen), loaded.settings, chosen, json)
    from tui.monitor import show

    choice = Choice(demo=True, seed=seed, scenario=scenario, rate=rate, speed=1.0, seconds=seconds)
    lists = watchlists_of(read, config, coins)
    return show(choice, lists, record, "liqtop demo --headless, liqtop events --demo")


def replay(
    tape: Annotated[
        str, typer.Argument(metavar="TAPE", help="A tape, or 'sample': the recording that ships with liqtop.")
    ],
    coins: options.Coins = None,
    headless: options.Headless = False,
    json: options.Json = False,
    seconds: options.Seconds = None,
    speed: Annotated[
        float | None,
        typer.Option(min=1, max=100, help="How many times the recorded pace; by default 1, and 10 for the sample."),
    ] = None,
    at: Annotated[str | None, typer.Option(metavar="HH:MM", help="Begin at this time (UTC) of the tape.")] = None,
    config: options.Config = None,
    fps: options.Fps = None,
    theme: options.Theme = None,
    bandwidth: options.Bandwidth = None,
    language: options.Language = None,
    no_mouse: options.NoMouse = False,
    ascii: options.Ascii = False,  # noqa: A002  # the option's name
) -> int:
    """The monitor on a recording, at 1 to 100 times its pace. Headless: all of it at once, and its totals.

    Without coins the totals are those of all symbols.
    """
    read = reader_of(**_display(fps, theme, bandwidth, language, no_mouse, ascii))
    if headless or json:
        from tui.headless.totals import print_totals

        loaded = read(config)
        source = open_source(Choice(tape=tape, start=at, seconds=seconds), loaded.settings)
        return print_totals(source, loaded.settings, coins_of(coins), json)
    from tui.monitor import show

    choice = Choice(tape=tape, speed=speed or (10.0 if tape == SAMPLE else 1.0), start=at, seconds=seconds)
    return show(choice, watchlists_of(read, config, coins), None, f"liqtop replay {tape} --headless")


def _display(
    fps: float | None,
    theme: str | None,
    bandwidth: str | None,
    language: str | None,
    no_mouse: bool,
    ascii: bool,  # noqa: A002  # the option's name
) -> dict[str, object]:
    return {
        "fps": fps,
        "theme": theme,
        "bandwidth": bandwidth,
        "language": language,
        "mouse": False if no_mouse else None,
        "ascii": True if ascii else None,
    }


SCREEN_COMMANDS = (
    monitor,
    demo,
    replay,
)
"""In the order of the help."""
