"""The commands that move data: recordings, events, frames, pasted tables, the store."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from tui import options
from tui.sources import Choice, open_source
from tui.words import END_MS, coins_of, settings_of, table_of, time_of, types_of, venue_of, watched

_TABLES = ("liquidations", "bars", "open_interest", "funding", "long_short", "spans", "fates", "journal")


def record(
    tape: Annotated[Path, typer.Argument(metavar="TAPE", help="The tape to write; one that exists is continued.")],
    coins: options.Coins = None,
    list_name: options.ListName = None,
    seconds: options.Seconds = None,
    config: options.Config = None,
    gateway: options.Gateway = None,
    demo: options.Demo = False,
    seed: options.Seed = 1,
    scenario: options.Scenario = "story",
) -> int:
    """Write raw frames to a tape as they come. Ctrl+C ends it."""
    from tui.headless.record import print_record
    from tui.recording import Recording

    loaded = settings_of(config, gateway=gateway)
    chosen = watched(loaded, coins, list_name)
    recording = Recording(tape)
    choice = Choice(demo=demo, seed=seed, scenario=scenario, seconds=seconds, speed=_pace(seconds))
    source = open_source(choice, loaded.settings.on(chosen.venues), chosen.coins, recording.write)
    return print_record(source, recording, seconds, chosen.coins)


def events(
    coins: options.Coins = None,
    list_name: options.ListName = None,
    types: Annotated[str | None, typer.Option(metavar="A,B", help="Only these types, e.g. liquidation,trade.")] = None,
    seconds: options.Seconds = None,
    config: options.Config = None,
    gateway: options.Gateway = None,
    demo: options.Demo = False,
    seed: options.Seed = 1,
    scenario: options.Scenario = "story",
    replay: options.Replay = None,
) -> int:
    """Normalised events as JSON lines, flushed as they come; with coins, those and the state of the streams."""
    from tui.headless.events import print_events

    loaded = settings_of(config, gateway=gateway)
    wanted = types_of(types)
    chosen = watched(loaded, coins, list_name)
    speed = None if replay else _pace(seconds)
    choice = Choice(demo=demo, seed=seed, scenario=scenario, tape=replay, seconds=seconds, speed=speed)
    source = open_source(choice, loaded.settings.on(chosen.venues), chosen.coins)
    return print_events(source, chosen.coins if coins or list_name else (), wanted, seconds)


def analyze(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="The pasted text; - is stdin.")] = "-",
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of text.")] = False,
    config: options.Config = None,
) -> int:
    """Pasted tables in, how each line was read and the verdicts from them alone out.

    English, Russian and Chinese labels, in any order; what reads two ways is named and left out.
    """
    from tui.headless import analyze as command

    return command.analyze(file, json, settings_of(config).settings)


def export(
    table: Annotated[str, typer.Argument(metavar="TABLE", help=f"One of {', '.join(_TABLES)}.")],
    coins: Annotated[
        list[str] | None, typer.Argument(metavar="[COIN...]", help="Coins such as BTC; none: all that are stored.")
    ] = None,
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="A new file to write; - is stdout.")] = "-",
    parquet: Annotated[bool, typer.Option("--parquet", help="Parquet instead of CSV; needs pyarrow.")] = False,
    since: Annotated[
        str | None, typer.Option(metavar="TIME", help="From this time (UTC) on, 2026-01-31T12:00.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Until before this time (UTC).")] = None,
    config: options.Config = None,
) -> int:
    """A table of what the monitor stored, as CSV or Parquet; of all coins where none is named."""
    from tui.headless.export import print_export
    from tui.storing import store_file

    path = store_file(settings_of(config).settings.store)
    times = time_of(since, "--since", 0), time_of(until, "--until", END_MS)
    return print_export(path, table_of(table), "parquet" if parquet else "csv", out, *times, coins_of(coins))


def decode(
    venue: Annotated[str, typer.Argument(metavar="VENUE", help="Whose frames they are: binance, bybit or okx.")],
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="One JSON a line; - is stdin.")] = "-",
    market: Annotated[Literal["perp", "spot"], typer.Option(help="Which market they are of.")] = "perp",
    instruments: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="The venue's own instrument list; may be repeated.")
    ] = None,
    config: options.Config = None,
) -> int:
    """Raw frames in, normalised events out; what can't be decoded goes to stderr with its line and reason.

    Frames are bare or {"received_ms":..,"frame":..}. A bare frame takes the venue's time as its receive time.
    """
    from tui.headless.decode import decode_file

    return decode_file(venue_of(venue), file, market, instruments or (), settings_of(config).settings)


def _pace(seconds: float | None) -> float | None:
    """The demo's pace: so many seconds of it at once, but at the market's own pace where there is no end."""
    return 1.0 if seconds is None else None


DATA_COMMANDS = (
    record,
    events,
    analyze,
    export,
    decode,
)
"""In the order of the help."""
