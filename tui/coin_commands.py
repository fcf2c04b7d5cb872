"""The commands that answer about one coin: its tables, what an entry needs, whether to enter."""

from dataclasses import replace
from typing import Annotated, Literal

import typer

from feeds.source import Source
from feeds.store_settings import StoreSettings
from tui import options
from tui.exits import BadUsage
from tui.headless.output import narrate
from tui.settings import Settings
from tui.sources import Choice, Memory, open_source
from tui.words import coins_of, settings_of

_DEMO_SECONDS = 60.0
_LIVE_SNAPSHOT_SECONDS = 15.0
_LIVE_GATHER_SECONDS = 10.0
_LIVE_CHECK_SECONDS = 60.0
_LEAST = 1e-12


def snapshot(
    coin: Annotated[str | None, typer.Argument(metavar="COIN", help="A coin such as BTC.")] = None,
    format: Annotated[  # noqa: A002  # the option's name
        Literal["text", "tsv", "markdown", "json"], typer.Option(help="How to write it.")
    ] = "text",
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON schema instead.")] = False,
    window: Annotated[
        int | None, typer.Option(metavar="MINUTES", help="The ladder's window: 15, 60, 240, 720, 1440.")
    ] = None,
    seconds: options.Seconds = None,
    config: options.Config = None,
    gateway: options.Gateway = None,
    demo: options.Demo = False,
    seed: options.Seed = 1,
    scenario: options.Scenario = "story",
    replay: options.Replay = None,
) -> int:
    """All tables of a coin as text to paste. Live it watches for 15 s first, the demo for 60 s, a tape to its end."""
    from tui.headless import snapshot as command

    if schema:
        return command.print_schema()
    if coin is None:
        raise BadUsage("snapshot: expected a coin such as BTC, or --schema")
    loaded = settings_of(config, gateway=gateway, window=window)
    chosen = coins_of([coin])
    choice = Choice(demo=demo, seed=seed, scenario=scenario, tape=replay, seconds=seconds)
    source, seconds = _opened(choice, loaded.settings, chosen[0], _LIVE_SNAPSHOT_SECONDS)
    return command.print_snapshot(source, loaded.settings, chosen[0], format, seconds)


def gather(
    coin: Annotated[str, typer.Argument(metavar="COIN", help="A coin such as BTC.")],
    format: Annotated[  # noqa: A002  # the option's name
        Literal["text", "tsv", "markdown"], typer.Option(help="How to write it.")
    ] = "text",
    seconds: options.Seconds = None,
    config: options.Config = None,
    gateway: options.Gateway = None,
    demo: options.Demo = False,
    seed: options.Seed = 1,
    scenario: options.Scenario = "story",
    replay: options.Replay = None,
) -> int:
    """What an entry into a coin needs, from whom it came, what is missing and why. Live it watches for 10 s."""
    from tui.headless.gather import print_gather

    loaded = settings_of(config, gateway=gateway)
    chosen = coins_of([coin])
    choice = Choice(demo=demo, seed=seed, scenario=scenario, tape=replay, seconds=seconds)
    source, seconds = _opened(choice, loaded.settings, chosen[0], _LIVE_GATHER_SECONDS)
    return print_gather(source, loaded.settings, chosen[0], format, seconds)


def check(
    coin: Annotated[str, typer.Argument(metavar="COIN", help="A coin such as BTC.")],
    direction: Annotated[Literal["long", "short"], typer.Argument(help="Which way the position goes.")],
    entry: Annotated[
        float | None, typer.Option(metavar="PRICE", min=_LEAST, help="Where it is entered; else now.")
    ] = None,
    stop: Annotated[float | None, typer.Option(metavar="PRICE", min=_LEAST, help="Where it is given up.")] = None,
    leverage: Annotated[
        float | None, typer.Option(metavar="N", min=1, help="Isolated leverage of the position.")
    ] = None,
    size: Annotated[float | None, typer.Option(metavar="USD", min=_LEAST, help="The position's notional.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    seconds: options.Seconds = None,
    config: options.Config = None,
    gateway: options.Gateway = None,
    demo: options.Demo = False,
    seed: options.Seed = 1,
    scenario: options.Scenario = "story",
    replay: options.Replay = None,
) -> int:
    """May I enter: the checklist and a plan, clusters between entry and stop, a stop outside of them, targets.

    Exit code 0 only for OK, 1 for WAIT and NO ENTRY, 3 where too little is known. Live it watches for 60 s first.
    """
    from scoring.view.plan import Order
    from tui.headless.check import print_check

    loaded = settings_of(config, gateway=gateway)
    chosen = coins_of([coin])
    order = Order(direction, entry, stop, leverage, size)
    choice = Choice(demo=demo, seed=seed, scenario=scenario, tape=replay, seconds=seconds)
    source, seconds = _opened(choice, loaded.settings, chosen[0], _LIVE_CHECK_SECONDS)
    return print_check(source, loaded.settings, chosen[0], order, json, seconds)


def _opened(choice: Choice, settings: Settings, coin: str, live_seconds: float) -> tuple[Source, float | None]:
    """The source with the coin and bitcoin beside it, and how long it is watched: a tape to its end unless asked."""
    if choice.seconds is None and choice.tape is None:
        choice = replace(choice, seconds=_DEMO_SECONDS if choice.demo else live_seconds)
    coins = tuple(dict.fromkeys((coin, "BTC")))
    return open_source(choice, settings, coins, memory=_past_of(choice, settings.store)), choice.seconds


def _past_of(choice: Choice, settings: StoreSettings) -> Memory | None:
    """What the monitor stored, where the command watches live exchanges."""
    if not choice.live or not settings.enabled:
        return None
    from tui.storing import StoredPast

    return StoredPast(settings, lambda line: narrate(f"liqtop: {line}"))


COIN_COMMANDS = (
    snapshot,
    gather,
    check,
)
"""In the order of the help."""
