"""The commands of `liqtop`: words and options in, one call out. What a command does is written elsewhere."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from feeds.store_settings import StoreSettings
from tui import VERSION, options
from tui.alert_commands import alert_commands
from tui.config_commands import config_commands
from tui.exits import FINE, INTERRUPTED, USAGE, BadUsage
from tui.headless.output import narrate
from tui.sources import SAMPLE, Choice, Memory, open_source
from tui.watchlists import watchlists_of
from tui.words import END_MS, coins_of, reader_of, settings_of, table_of, time_of, types_of, venue_of, watched

_DEMO_SECONDS = 60.0
_LIVE_SNAPSHOT_SECONDS = 15.0
_LIVE_GATHER_SECONDS = 10.0
_LIVE_CHECK_SECONDS = 60.0
_TABLES = ("liquidations", "bars", "open_interest", "funding", "long_short", "spans", "fates", "journal")


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


@app.command()
def monitor(
    coins: options.Coins = None,
    list_name: options.ListName = None,
    config: options.Config = None,
    gateway: options.Gateway = None,
    record: options.Record = None,
    no_store: options.NoStore = False,
    fps: options.Fps = None,
    theme: options.Theme = None,
    no_mouse: options.NoMouse = False,
    ascii: options.Ascii = False,  # noqa: A002  # the option's name
) -> int:
    """The monitor on live exchanges; the word may be left out: liqtop BTC ETH."""
    from tui.monitor import show

    store = False if no_store else None
    read = reader_of(gateway=gateway, store=store, **_display(fps, theme, no_mouse, ascii))
    lists = watchlists_of(read, config, coins, list_name, COMMANDS)
    return show(Choice(), lists, record, "liqtop events, liqtop snapshot COIN")


@app.command()
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
    no_mouse: options.NoMouse = False,
    ascii: options.Ascii = False,  # noqa: A002  # the option's name
) -> int:
    """The monitor on the embedded market: seeded, no network. Headless: 60 s of it unless --seconds says otherwise."""
    read = reader_of(**_display(fps, theme, no_mouse, ascii))
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


@app.command()
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
    no_mouse: options.NoMouse = False,
    ascii: options.Ascii = False,  # noqa: A002  # the option's name
) -> int:
    """The monitor on a recording, at 1 to 100 times its pace. Headless: all of it at once, and its totals.

    Without coins the totals are those of all symbols.
    """
    read = reader_of(**_display(fps, theme, no_mouse, ascii))
    if headless or json:
        from tui.headless.totals import print_totals

        loaded = read(config)
        source = open_source(Choice(tape=tape, start=at, seconds=seconds), loaded.settings)
        return print_totals(source, loaded.settings, coins_of(coins), json)
    from tui.monitor import show

    choice = Choice(tape=tape, speed=speed or (10.0 if tape == SAMPLE else 1.0), start=at, seconds=seconds)
    return show(choice, watchlists_of(read, config, coins), None, f"liqtop replay {tape} --headless")


@app.command()
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


@app.command()
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


@app.command()
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
    seconds = seconds or (None if replay else _DEMO_SECONDS if demo else _LIVE_SNAPSHOT_SECONDS)
    choice = Choice(demo=demo, seed=seed, scenario=scenario, tape=replay, seconds=seconds)
    source = open_source(choice, loaded.settings, chosen, memory=_past_of(choice, loaded.settings.store))
    return command.print_snapshot(source, loaded.settings, chosen[0], format, seconds)


@app.command()
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


@app.command()
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
    seconds = seconds or (None if replay else _DEMO_SECONDS if demo else _LIVE_GATHER_SECONDS)
    choice = Choice(demo=demo, seed=seed, scenario=scenario, tape=replay, seconds=seconds)
    source = open_source(
        choice, loaded.settings, tuple(dict.fromkeys((*chosen, "BTC"))), memory=_past_of(choice, loaded.settings.store)
    )
    return print_gather(source, loaded.settings, chosen[0], format, seconds)


@app.command()
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


@app.command()
def check(
    coin: Annotated[str, typer.Argument(metavar="COIN", help="A coin such as BTC.")],
    direction: Annotated[Literal["long", "short"], typer.Argument(help="Which way the position goes.")],
    entry: Annotated[float | None, typer.Option(metavar="PRICE", min=0, help="Where it is entered; else now.")] = None,
    stop: Annotated[float | None, typer.Option(metavar="PRICE", min=0, help="Where it is given up.")] = None,
    leverage: Annotated[
        float | None, typer.Option(metavar="N", min=1, help="Isolated leverage of the position.")
    ] = None,
    size: Annotated[float | None, typer.Option(metavar="USD", min=0, help="The position's notional.")] = None,
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
    order = Order(direction, entry or None, stop or None, leverage, size or None)
    seconds = seconds or (None if replay else _DEMO_SECONDS if demo else _LIVE_CHECK_SECONDS)
    choice = Choice(demo=demo, seed=seed, scenario=scenario, tape=replay, seconds=seconds)
    source = open_source(
        choice, loaded.settings, tuple(dict.fromkeys((*chosen, "BTC"))), memory=_past_of(choice, loaded.settings.store)
    )
    return print_check(source, loaded.settings, chosen[0], order, json, seconds)


@app.command()
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


@app.command()
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


@app.command()
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


@app.command()
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


def _past_of(choice: Choice, settings: StoreSettings) -> Memory | None:
    """What the monitor stored, where the command watches live exchanges."""
    if not choice.live or not settings.enabled:
        return None
    from tui.storing import StoredPast

    return StoredPast(settings, lambda line: narrate(f"liqtop: {line}"))


def _pace(seconds: float | None) -> float | None:
    """The demo's pace: so many seconds of it at once, but at the market's own pace where there is no end."""
    return 1.0 if seconds is None else None


def _display(fps: float | None, theme: str | None, no_mouse: bool, ascii: bool) -> dict[str, object]:  # noqa: A002
    return {"fps": fps, "theme": theme, "mouse": False if no_mouse else None, "ascii": True if ascii else None}


COMMANDS = (*(one.callback.__name__ for one in app.registered_commands if one.callback), "alerts", "config")
"""The words that are commands in the first place; any other is a coin."""
