"""The backtest's section on the checklist: the verdict of each hour and direction against what the price did after."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Literal

from feeds.events import AnyEvent
from scoring.cascades.evaluate_replay import CoinReplay
from scoring.market import Market
from scoring.settings import ChecklistSettings
from scoring.view import Verdict
from tui.headless.backtest_tables import Cell, Column, Table
from tui.settings import Settings

_HOUR_MS = 3_600_000
HORIZONS_HOURS = (1, 4, 24)
_NEEDS = {
    "cascade": ("Liquidation", "Trade"),
    "funding": ("Funding",),
    "liquidation_map": ("OpenInterest",),
    "open_interest": ("OpenInterest",),
    "cvd": ("Trade",),
    "btc_context": ("Candle",),
    "local_trend": ("Candle",),
    "large_trades": ("Trade",),
    "long_short_ratio": ("LongShort",),
    "realised": ("Liquidation",),
    "options": ("PutCall",),
}
"""Without these kinds of readings an item can't be known."""


@dataclass(frozen=True, slots=True)
class Hour:
    """A verdict of one hour. `returns`: after each horizon, positive where the entry gained; None is not known."""

    direction: Literal["long", "short"]
    verdict: Verdict
    coverage: float
    returns: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """One recording's hours. `most`: the largest share of the checklist's weight that could be known in it; `why`: the
    reason where no verdict was asked for."""

    name: str
    hours: tuple[Hour, ...]
    unasked: int = 0
    most: float = 0.0
    why: str = ""


def of_series(name: str, hours: float, kinds: Mapping[str, int], settings: ChecklistSettings) -> Checked:
    """A series of one venue: what its kinds of readings could tell at most, without playing it."""
    weights: dict[str, float] = settings.weights.model_dump()
    known = {item for item, needs in _NEEDS.items() if all(kinds.get(kind) for kind in needs)}
    most = sum(weights[item] for item in known) / sum(weights.values())
    least = settings.coverage_least
    lacking = ", ".join(item.replace("_", " ") for item in _NEEDS if item not in known)
    why = f"too few items known: at most {most:.0%} of the weight, {least:.0%} needed; without {lacking}"
    if most >= least:
        why = f"only one venue's series: not played, {most:.0%} of the weight could be known"
    return Checked(name, (), round(hours), most, why)


class Checks:
    """The checklist of every coin of a tape at each full hour."""

    def __init__(self, name: str, settings: Settings) -> None:
        self._name = name
        self._market = Market(settings)
        self._next_ms = 0
        self._seen: list[tuple[str, int, Literal["long", "short"], Verdict, float]] = []

    def take(self, event: AnyEvent) -> None:
        """Take the next event; a full hour is looked at before it."""
        if event.received_ms >= self._next_ms:
            if self._next_ms:
                self._look(self._next_ms)
            self._next_ms = (event.received_ms // _HOUR_MS + 1) * _HOUR_MS
        self._market.apply((event,))

    def _look(self, at_ms: int) -> None:
        self._market.advance(at_ms)
        for coin in self._market.coins:
            checklist = self._market.view(coin).checklist
            self._seen.append((coin, at_ms, "long", checklist.long.verdict, checklist.long.coverage))
            self._seen.append((coin, at_ms, "short", checklist.short.verdict, checklist.short.coverage))

    def graded(self, coins: Mapping[str, CoinReplay]) -> list[Checked]:
        """The verdicts with the returns that followed, by coin."""
        priced = {coin: replay for coin, replay in coins.items() if len(replay.prices)}
        found: dict[str, list[Hour]] = {coin: [] for coin in priced}
        for coin, at_ms, direction, verdict, coverage in self._seen:
            if coin in priced:
                moves = tuple(_return(priced[coin], at_ms, hours, direction) for hours in HORIZONS_HOURS)
                found[coin].append(Hour(direction, verdict, coverage, moves))
        each = [
            Checked(f"{self._name} {coin}", tuple(hours), most=max((hour.coverage for hour in hours), default=0.0),
                    why="" if hours else "no full hour in it")
            for coin, hours in found.items()
        ]  # fmt: skip
        others = len(self._market.coins) - len(priced)
        return [*each, Checked(f"{self._name}, {others} other coins", (), why="no price in it")] if others else each


def judge_checks(name: str, settings: Settings) -> Checks:
    """The checklist over one tape."""
    return Checks(name, settings)


def _return(coin: CoinReplay, at_ms: int, hours: int, direction: str) -> float | None:
    places = [(ms - coin.start_ms) // 1000 for ms in (at_ms, at_ms + hours * _HOUR_MS)]
    if places[0] < 0 or places[1] >= len(coin.prices):
        return None
    before, after = (coin.prices[place] for place in places)
    move = after / before - 1
    if isnan(move):
        return None
    return move if direction == "long" else -move


def checklist_tables(checked: Sequence[Checked]) -> Iterator[Table]:
    """What the verdicts came to, and where there were none."""
    yield _outcomes(checked)
    yield _unasked(checked)


def _outcomes(checked: Sequence[Checked]) -> Table:
    columns = (
        Column("direction", "direction"),
        Column("verdict", "verdict"),
        Column("n", "n", "count"),
        *(
            column
            for hours in HORIZONS_HOURS
            for column in (
                Column(f"n_{hours}h", "n", "count"),
                Column(f"mean_{hours}h", f"mean after {hours} h", "percent"),
                Column(f"gained_{hours}h", "gained", "percent"),
            )
        ),
    )
    rows: list[tuple[Cell, ...]] = []
    hours = [hour for one in checked for hour in one.hours]
    for direction in ("long", "short"):
        for verdict in ("OK", "WAIT", "NO ENTRY", "INSUFFICIENT DATA"):
            chosen = [hour for hour in hours if (hour.direction, hour.verdict) == (direction, verdict)]
            if chosen:
                rows.append((direction, verdict, len(chosen), *_after(chosen)))
    note = (
        "The verdict at each full hour, and the entry's return after it, without fees. Hours in a row are one market."
    )
    return Table("checklist", "Checklist: verdicts and what followed", note, columns, tuple(rows))


def _after(hours: Sequence[Hour]) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for place in range(len(HORIZONS_HOURS)):
        known = [move for hour in hours if (move := hour.returns[place]) is not None]
        mean = sum(known) / len(known) if known else None
        gained = sum(move > 0 for move in known) / len(known) if known else None
        cells += [len(known), mean, gained]
    return tuple(cells)


def _unasked(checked: Sequence[Checked]) -> Table:
    columns = (
        Column("recording", "recording"),
        Column("hours", "hours asked", "count"),
        Column("answered", "answered", "count"),
        Column("unasked", "hours not asked", "count"),
        Column("most", "known at most", "percent"),
        Column("why", "why"),
    )
    rows: list[tuple[Cell, ...]] = []
    for one in checked:
        answered = sum(hour.verdict != "INSUFFICIENT DATA" for hour in one.hours)
        told = one.why or ("" if answered else "too few items known in any hour")
        rows.append((one.name, len(one.hours) // 2, answered // 2, one.unasked, one.most, told))
    note = "How much of the checklist's weight could be known. An hour is answered where enough was."
    return Table("checklist_known", "Checklist: what could be known", note, columns, tuple(rows))
