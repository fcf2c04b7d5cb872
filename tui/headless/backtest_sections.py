"""The sections of the backtest's report, each made of what was played. A further one is added to `report`."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from scoring.record.calibration import brier, log_loss, reliability, skill
from scoring.record.pool import Draw, Figures, figures, finest, outcomes, scaled
from scoring.record.prediction import DAY_MS, Fate
from scoring.record.reaction import sum_reactions
from scoring.record.trial import Trial, controls
from scoring.settings.record import BacktestSettings, RecordSettings
from tui.headless.backtest_tables import Cell, Column, Table


@dataclass(slots=True)
class Played:
    """One coin of one recording after it was played: what went in, what was left out by kind, and the trial."""

    trial: Trial
    note: str = ""
    events: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Results:
    """All that was played, with what the evaluation needs. `draw` resamples days."""

    played: tuple[Played, ...]
    record: RecordSettings
    backtest: BacktestSettings
    draw: Draw

    @property
    def arms(self) -> tuple[str, ...]:
        """The names of the maps, the primary one first."""
        return tuple(arm.name for arm in self.played[0].trial.arms) if self.played else ()

    def fates(self, place: int) -> list[Fate]:
        """The fates of the map at that place that count."""
        return self._counting([one.trial.arms[place].fates for one in self.played])

    def control(self, *, any_side: bool) -> list[Fate]:
        """The fates of levels as far away as the primary map's, at other times of their days."""
        return self._counting([controls(one.trial.arms[0].fates, one.trial, any_side=any_side) for one in self.played])

    def _counting(self, fates: Sequence[Sequence[Fate]]) -> list[Fate]:
        sources = [one.trial.source for one in self.played]
        return finest([(source.coin, source.step_seconds, one) for source, one in zip(sources, fates, strict=True)])


def report(results: Results) -> Iterator[Table]:
    """Every section, in the order in which they are read."""
    yield _data(results)
    primary = results.fates(0)
    yield _primary(results, primary)
    yield _maps(results, primary)
    yield _parts(results, primary)
    yield _calibration(results, primary)
    yield _scores(results, primary)
    yield _reactions(results)


def _data(results: Results) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in results.played:
        trial = one.trial
        out = ", ".join(f"{count} {kind}" for kind, count in sorted(one.left_out.items()))
        days = (trial.last_ms - trial.first_ms) / DAY_MS
        known = (trial.source.name, trial.first_ms or None, trial.last_ms or None, days, trial.gaps, len(trial.path))
        rows.append((*known, one.events, out or "nothing", len(trial.arms[0].fates), one.note))
    columns = (
        Column("series", "series"),
        Column("from_ms", "from (UTC)", "time"),
        Column("to_ms", "to (UTC)", "time"),
        Column("days", "days", "tenths"),
        Column("gaps", "gaps", "count"),
        Column("steps", "steps", "count"),
        Column("events", "events", "count"),
        Column("left_out", "left out"),
        Column("predictions", "predictions", "count"),
        Column("note", "note"),
    )
    note = "Where several series tell of one coin, each day is counted from the finest of them."
    return Table("data", "Data", note, columns, tuple(rows))


_FIGURES = (
    Column("n", "n", "count"),
    Column("days", "days", "count"),
    Column("hits", "hits", "count"),
    Column("expected", "by chance", "tenths"),
    Column("lift", "lift", "number"),
    Column("lift_wilson", "Wilson 95%"),
    Column("lift_days", "days 95%"),
    Column("mirror", "vs mirror", "number"),
    Column("mirror_days", "days 95%"),
    Column("verdict", "verdict"),
)


def _figures(one: Figures) -> tuple[Cell, ...]:
    counts = (one.n, one.day_count, one.hits, one.expected)
    lift = (one.lift, _between(one.wilson), _between(one.days))
    return (*counts, *lift, one.mirror, _between(one.mirror_days), one.verdict)


def _between(interval: tuple[float, float] | None) -> str | None:
    return None if interval is None else f"{interval[0]:.3f}..{interval[1]:.3f}"


def _primary(results: Results, primary: Sequence[Fate]) -> Table:
    hours = results.record.horizon_hours
    note = (
        f"The one figure this is run for: clusters of the {results.arms[0]} touched within {hours:g} h, against chance "
        "(reflection principle) and against the mirrored level. 1 is no lift."
    )
    found = figures(results.arms[0], primary, results.record, results.draw)
    return Table("primary", "Primary", note, (Column("map", "map"), *_FIGURES), ((found.name, *_figures(found)),))


def _maps(results: Results, primary: Sequence[Fate]) -> Table:
    """The other maps and the random levels, each also against the primary map."""
    found = [
        figures(name, results.fates(place), results.record, results.draw, primary)
        for place, name in enumerate(results.arms)
        if place
    ]
    for name, any_side in (("same distance, other time of day", False), ("random levels", True)):
        fates = results.control(any_side=any_side)
        found.append(figures(name, fates, results.record, results.draw, primary))
    against = (Column("against", "lift vs primary", "number"), Column("against_days", "days 95%"))
    rows = tuple((one.name, *_figures(one), one.against, _between(one.against_days)) for one in found)
    note = "Secondary, for comparison. Random levels lie as far away as the clusters, at another time of the same day."
    return Table("baselines", "Other maps and baselines", note, (Column("map", "map"), *_FIGURES, *against), rows)


def _parts(results: Results, primary: Sequence[Fate]) -> Table:
    """The primary map by side, distance and coin."""
    edges = (0.0, *results.record.distances, float("inf"))
    parts: list[tuple[str, list[Fate]]] = [
        ("shorts above", [fate for fate in primary if fate.prediction.side == "above"]),
        ("longs below", [fate for fate in primary if fate.prediction.side == "below"]),
    ]
    for low, high in pairwise(edges):
        name = f"{100 * low:g} to {100 * high:g} % away" if high < 1 else f"over {100 * low:g} % away"
        parts.append((name, [fate for fate in primary if low <= abs(fate.prediction.distance) < high]))
    for coin in sorted({fate.prediction.coin for fate in primary}):
        parts.append((coin, [fate for fate in primary if fate.prediction.coin == coin]))
    found = [figures(name, fates, results.record, results.draw) for name, fates in parts]
    rows = tuple((one.name, *_figures(one)) for one in found)
    note = "Secondary. With so many rows one in twenty lies outside of its interval by chance alone."
    return Table("parts", "Primary map by side, distance and coin", note, (Column("part", "part"), *_FIGURES), rows)


def _calibration(results: Results, primary: Sequence[Fate]) -> Table:
    columns = (
        Column("low", "from", "percent"),
        Column("high", "to", "percent"),
        Column("n", "n", "count"),
        Column("stated", "stated", "percent"),
        Column("observed", "observed", "percent"),
        Column("observed_low", "low", "percent"),
        Column("observed_high", "high", "percent"),
    )
    bins = reliability(outcomes(primary), results.backtest.bins, results.record.confidence_z)
    rows = tuple(
        (one.low, one.high, one.n, one.stated, one.observed, one.observed_low, one.observed_high) for one in bins
    )
    note = "Chance of touch as stated on the screen against what happened; low and high are Wilson's."
    return Table("calibration", "Chance of touch, stated and observed", note, columns, rows)


def _scores(results: Results, primary: Sequence[Fate]) -> Table:
    columns = (
        Column("forecast", "forecast"),
        Column("n", "n", "count"),
        Column("brier", "Brier", "number"),
        Column("skill", "skill vs chance", "number"),
        Column("log_loss", "log loss", "number"),
    )
    note = "Brier and log loss: less is better. Skill above 0 is better than the chance of touch alone."
    stated = outcomes(primary)
    if not stated:
        return Table("scores", "Scores", note, columns, ())
    reference = brier(stated)
    rate = sum(hit for _, hit in stated) / len(stated)
    forecasts = (
        ("chance of touch", stated),
        ("chance times the lift measured by then", scaled(primary, results.record, results.backtest.lift_cap)),
        ("always the overall share (known only afterwards)", [(rate, hit) for _, hit in stated]),
    )
    rows = tuple(
        (name, len(given), score, skill(score, reference), log_loss(given))
        for name, given in forecasts
        for score in (brier(given),)
    )
    return Table("scores", "Scores", note, columns, rows)


def _reactions(results: Results) -> Table:
    seconds = results.backtest.reaction_seconds
    columns = (
        Column("levels", "levels"),
        Column("touches", "touches", "count"),
        *(Column(f"move_{one}s", f"after {one} s", "signed") for one in seconds),
        Column("decided", "decided", "count"),
        Column("continued", "went on", "percent"),
    )
    reactions = [one for played in results.played for one in played.trial.reactions.done]
    rows: list[tuple[Cell, ...]] = []
    for name, control in (("clusters", False), ("mirrored controls", True)):
        found = sum_reactions((one for one in reactions if one.control is control), seconds)
        went_on = found.continued / found.decided if found.decided else None
        if found.n:
            rows.append((name, found.n, *found.moves, found.decided, went_on))
    note = (
        "Secondary, only where there are trades: the mean move after a touch in deviations of such a stretch, positive "
        f"is onward, and how often the price went {results.backtest.continue_bp:g} bp on before as far back."
    )
    return Table("reactions", "After a touch", note, columns, tuple(rows))
