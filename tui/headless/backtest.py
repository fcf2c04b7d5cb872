"""`liqtop backtest`: recordings played through the map, and what its clusters came to against chance."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from feeds.events import AnyEvent, Status, Undecodable
from feeds.series import Series, SeriesError, is_series, open_series
from feeds.source import Source as TapeSource
from scoring.record.bootstrap import Draws
from scoring.record.pool import Draw
from scoring.record.rigs import rig
from scoring.record.setup import PathKind, Source, TrialSettings
from scoring.record.trial import Trial
from tui.exits import FINE, NO_DATA, BadUsage
from tui.headless.backtest_cascades import Cascades, Watching
from tui.headless.backtest_sections import Played, Results, report
from tui.headless.backtest_tables import as_text
from tui.headless.output import narrate, write_lines, write_text
from tui.headless.run import run
from tui.settings import Settings
from tui.sources import SAMPLE, Choice, open_source

_TAPE_STEP_SECONDS = 60
_CLOSES_NOTE = "price = open interest in USD over coins; only its closes are known"


def backtest(paths: Sequence[str], settings: Settings, json: bool) -> int:
    """Play every path and print the report; the exit code tells whether there was a price in any of them."""
    tables = trial_settings(settings)
    files = [Path(path) for path in paths if path != SAMPLE and is_series(Path(path))]
    tapes = [path for path in paths if path == SAMPLE or not is_series(Path(path))]
    series, unused = _open(files)
    for line in unused:
        narrate(f"liqtop: not used: {line}")
    sources = [(tape, open_source(Choice(tape=tape), settings)) for tape in tapes]
    cascades = Cascades(settings)
    played = [_play_series(one, tables, cascades.series(one.name, one.coin, one.step_seconds)) for one in series]
    for tape, source in sources:
        played += _play_tape(tape, source, tables, cascades.tape(tape))
    played = [one for one in played if len(one.trial.path)]
    if not played:
        narrate("liqtop: no prices in there")
        return NO_DATA
    results = Results(
        tuple(played), tables.record, tables.backtest, _draws(tables.backtest.draws, tables.backtest.seed)
    )
    found = [*report(results), *cascades.tables(results.draw)]
    if json:
        write_lines([msgspec.json.encode({table.key: table.as_json() for table in found})])
    else:
        write_text(as_text(found))
    return FINE


def trial_settings(settings: Settings) -> TrialSettings:
    """The tables of a trial out of all settings."""
    return TrialSettings(
        record=settings.record,
        backtest=settings.backtest,
        map=settings.map,
        clusters=settings.clusters,
        tracker=settings.tracker,
        strength=settings.strength,
        volatility=settings.volatility,
    )


def _open(files: Sequence[Path]) -> tuple[tuple[Series, ...], tuple[str, ...]]:
    try:
        return open_series(files)
    except SeriesError as error:
        raise BadUsage(str(error)) from None


def _draws(count: int, seed: int) -> Draw:
    """Resamples of days, the same ones in every run."""

    def draw(days: int) -> Draws:
        return np.random.default_rng(seed).integers(0, days, (count, days))

    return draw


def _play_series(series: Series, tables: TrialSettings, watching: Watching) -> Played:
    path: PathKind = "trades" if series.pace == "trades" else "bars" if series.extremes else "marks"
    source = Source(series.name, series.coin, series.step_seconds, series.extremes, path)
    played = Played(_trial(source, tables), "" if series.extremes else _CLOSES_NOTE)
    narrate(f"liqtop: {series.name}: {', '.join(file.path.name for file in series.files)}")
    try:
        for event in series.events():
            _take(played, event)
            watching.take(event)
    except SeriesError as error:
        raise BadUsage(str(error)) from None
    played.trial.finish()
    watching.finish()
    return played


def _play_tape(tape: str, source: TapeSource, tables: TrialSettings, watching: Watching) -> list[Played]:
    """The coins of a tape, decoded as from an exchange. Its candles are history for the map; its marks are the path."""
    played: dict[str, Played] = {}
    left_out: Counter[str] = Counter()
    narrate(f"liqtop: {tape}")

    def take(events: Sequence[AnyEvent]) -> None:
        for event in events:
            watching.take(event)
            if isinstance(event, Status):
                left_out.update([event.kind] if isinstance(event, Undecodable) else [])
                continue
            found = played.get(event.coin)
            if found is None:
                of_coin = Source(f"{Path(tape).name} {event.coin}", event.coin, _TAPE_STEP_SECONDS)
                found = played[event.coin] = Played(_trial(of_coin, tables))
            _take(found, event)

    run(source, take)
    watching.finish()
    for one in played.values():
        one.trial.finish()
    if left_out:
        narrate(f"liqtop: {tape}: left out: {', '.join(f'{count} {kind}' for kind, count in sorted(left_out.items()))}")
    return list(played.values())


def _take(played: Played, event: AnyEvent) -> None:
    if isinstance(event, Undecodable):
        if not played.left_out[event.kind]:
            narrate(f"liqtop: left out: {event.reason}")
        played.left_out[event.kind] += 1
    else:
        played.events += 1
        played.trial.take(event)


def _trial(source: Source, tables: TrialSettings) -> Trial:
    return Trial(source, lambda: rig(tables), tables)
