"""Verdicts from a modelled map: how far its mass is, how likely it is reached, and which way that pulls."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.levels import balance
from scoring.map_item import NAME, graded, horizon, signed
from scoring.reach import Mass, describe, magnets, reached_asymmetry, touch_probability
from scoring.settings import ReachSettings, ScoringSettings
from scoring.view import CheckItem
from tui.paste import echo
from tui.paste.estimate import told_item
from tui.paste.findings import Finding, percent, times, unknown
from tui.paste.findings import graded as as_item
from tui.paste.ladders import LABELLED, Taken, against_depth, nearest, where
from tui.paste.tables import EstimateRow, LevelRow, Understood, UnplacedRow

_WIDE = 0.05
"""A band wider than this share of the price is marked at round prices. Judgement."""
_MARKS = 4
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class _Sides:
    longs: tuple[Mass, ...]
    shorts: tuple[Mass, ...]
    unplaced: tuple[UnplacedRow, ...]

    @property
    def usd(self) -> tuple[float, float]:
        """All longs and all shorts, placed or not."""
        long = sum(mass.usd for mass in self.longs) + sum(row.usd for row in self.unplaced if row.side == "long")
        short = sum(mass.usd for mass in self.shorts) + sum(row.usd for row in self.unplaced if row.side == "short")
        return long, short


def map_finding(taken: Taken, understood: Understood, settings: ScoringSettings) -> Finding:
    """Raw balance, distances, per horizon the asymmetry of what is likely to be touched, and the checklist's item."""
    price, told = understood.price, understood.estimate if taken.why == LABELLED else None
    reach = _with_volatility(settings.reach, told)
    unplaced = tuple(row for row in understood.unplaced if row.basis in ("", taken.basis))
    sides = _Sides(_masses(taken.rows, "long"), _masses(taken.rows, "short"), unplaced)
    long, short = sides.usd
    both = balance(long, short)
    sentences = [taken.why]
    if both is None:
        empty = "it holds nothing"
        return Finding(NAME, (*sentences, empty), item=_told_item(told, settings) or unknown(NAME, empty))
    bounds = [*(row.bounded for row in unplaced), *(row.bounded for row in taken.rows)]
    more = " or more" if "at most" in bounds else ""
    sentences.append(
        f"long {echo.money(long)}, short {echo.money(short)}: {times(both.ratio)}{more}, A {signed(both.asymmetry)}"
    )
    figures: dict[str, float | str | None] = {
        "long_usd": long, "short_usd": short, "ratio": both.ratio, "asymmetry": both.asymmetry,
    }  # fmt: skip
    if price is None:
        reason = "the price is not told, so nothing says what is in reach"
        return Finding(NAME, (*sentences, reason), figures, _told_item(told, settings) or unknown(NAME, reason))
    sentences += _distances(taken.rows, price, reach)
    horizons = _told_horizons(told, reach) if told is not None and told.horizons else _horizons(sides, price, reach)
    for days, sentence, value in horizons:
        sentences.append(sentence)
        figures[f"asymmetry_{days:g}d"] = value
    sentences += nearest(taken.clusters or taken.rows, price) if len(taken.rows) > 1 else []
    strongest = max(taken.rows, key=lambda row: (row.long_usd or 0.0) + (row.short_usd or 0.0), default=None)
    if strongest is not None:
        is_long = (strongest.long_usd or 0.0) >= (strongest.short_usd or 0.0)
        usd = (strongest.long_usd or 0.0) + (strongest.short_usd or 0.0)
        sentences += against_depth(usd, understood.depth, is_long, settings)
    sentences += _magnets(sides, taken.rows, price, reach)
    item = _told_item(told, settings) or _item(sides, price, reach, both.asymmetry)
    volatility = f"{100 * reach.daily_volatility:g} %{_source(told)}"
    assumed = f"chances of touch take a day's volatility as {volatility} and no drift"
    return Finding(NAME, tuple(sentences), figures, item, (assumed,))


def _with_volatility(reach: ReachSettings, told: EstimateRow | None) -> ReachSettings:
    """The settings with the pasted volatility in place of the assumed one."""
    if told is None or told.volatility is None:
        return reach
    return reach.model_copy(update={"daily_volatility": told.volatility.daily})


def _source(told: EstimateRow | None) -> str:
    if told is None or told.volatility is None:
        return ""
    return f" ({'measured' if told.volatility.measured else 'assumed'} when it was copied: {told.volatility.source})"


def _told_item(told: EstimateRow | None, settings: ScoringSettings) -> CheckItem | None:
    return told_item(told, settings) if told is not None else None


def _told_horizons(told: EstimateRow, reach: ReachSettings) -> list[tuple[float, str, float | None]]:
    """The snapshot's own asymmetries: they are of the whole map, while its rows are only those nearest the price."""
    return [
        (
            item.hours / 24,
            f"{_weighed(item.hours / 24, item.reached, reach)}, as pasted: of the whole map",
            item.reached,
        )
        for item in told.horizons
    ]


def _masses(rows: Sequence[LevelRow], side: str) -> tuple[Mass, ...]:
    found = []
    for row in rows:
        usd = row.long_usd if side == "long" else row.short_usd
        if usd:
            low, high = (row.price, row.price) if row.low is None or row.high is None else (row.low, row.high)
            found.append(Mass(low, high, usd))
    return tuple(found)


def _distances(rows: Sequence[LevelRow], price: float, reach: ReachSettings) -> list[str]:
    """The nearest edge of each side, its chances of touch, and round prices inside a wide band."""
    sentences = []
    for side in ("above", "below"):
        edges = [_edge(row, price) for row in rows if (_edge(row, price) > price) == (side == "above")]
        if not edges:
            continue
        edge = min(edges, key=lambda one: abs(one - price))
        chances = ", ".join(
            f"{horizon(days)} {_chance(touch_probability(edge, price, reach.daily_volatility, days))}"
            for days in reach.horizons_days
        )
        sentences.append(
            f"nearest edge {side}: {echo.price(edge)}, {percent(edge / price - 1)}; touched within {chances}"
        )
    for row in rows:
        if row.low is not None and row.high is not None and row.high - row.low > _WIDE * price:
            marks = [f"{echo.price(mark)} {percent(mark / price - 1, 0)}" for mark in _round_marks(row.low, row.high)]
            sentences.append(f"inside {where(row)}: {', '.join(marks)}")
    return sentences


def _edge(row: LevelRow, price: float) -> float:
    """The price of a row where the market would meet it first."""
    if row.low is None or row.high is None:
        return row.price
    return row.low if row.low >= price else min(row.high, price)


def _round_marks(low: float, high: float) -> list[float]:
    """At most a few round prices of one 1-2-2.5-5 step inside a band."""
    power = 10.0
    while power > (high - low):
        power /= 10
    while power * 10 <= (high - low):
        power *= 10
    for step in (power * factor for factor in (0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0)):
        first = -(-low // step)
        marks = [index * step for index in range(int(first), int(high // step) + 1)] if (high - low) / step < 20 else []
        if 0 < len(marks) <= _MARKS:
            return marks
    return [low, high]


def _horizons(sides: _Sides, price: float, reach: ReachSettings) -> list[tuple[float, str, float | None]]:
    """A sentence per horizon with the asymmetry and its sign; where a side has no place, for each assumed distance."""
    found: list[tuple[float, str, float | None]] = []
    for days in reach.horizons_days:
        if sides.unplaced:
            values = [_asymmetry(_placed(sides, price, away), price, reach, days) for away in reach.unplaced_distances]
            words = [
                f"A {signed(value)} if it were {100 * away:g} % away"
                for value, away in zip(values, reach.unplaced_distances, strict=True)
            ]
            same = {value > 0 for value in values if value is not None}
            sign = _sign(values[0]) if len(same) == 1 else "the sign depends on where"
            names = " and ".join(dict.fromkeys(f"the {row.side}s {row.place}" for row in sides.unplaced))
            found.append((days, f"{horizon(days)}: {sign}; {names} without a level: {', '.join(words)}", values[-1]))
        else:
            value = _asymmetry(sides, price, reach, days)
            found.append((days, _weighed(days, value, reach), value))
    return found


def _weighed(days: float, value: float | None, reach: ReachSettings) -> str:
    word = f", {describe(value, reach)}" if value is not None else ""
    return f"{horizon(days)}: A {signed(value)}{word}; {_sign(value)}"


def _placed(sides: _Sides, price: float, away: float) -> _Sides:
    """The sides as if every mass without a place were that far away."""
    longs, shorts = list(sides.longs), list(sides.shorts)
    for row in sides.unplaced:
        level = price * (1 + away if row.place == "above" else 1 - away)
        (longs if row.side == "long" else shorts).append(Mass(level, level, row.usd))
    return _Sides(tuple(longs), tuple(shorts), ())


def _asymmetry(sides: _Sides, price: float, reach: ReachSettings, days: float) -> float | None:
    return reached_asymmetry(sides.longs, sides.shorts, price, reach.daily_volatility, days).value


def _sign(value: float | None) -> str:
    if value is None:
        return "nothing is in reach"
    return "sign +, shorts above weigh more" if value > 0 else "sign −, longs below weigh more"


def _chance(value: float) -> str:
    if value < 0.0001:
        return "<0.01 %"
    return f"{100 * value:.2g} %" if value < 0.995 else f"{100 * value:.0f} %"


def _magnets(sides: _Sides, rows: Sequence[LevelRow], price: float, reach: ReachSettings) -> list[str]:
    """The shares of an entry's pull, the largest first; none where almost nothing is in reach."""
    found = reached_asymmetry(sides.longs, sides.shorts, price, reach.daily_volatility, reach.entry_days)
    if found.reached_share < reach.reached_least:
        return [f"magnets within {horizon(reach.entry_days)}: none, all of it is out of reach"]
    levels = [(row, usd) for row in rows if (usd := (row.long_usd or 0.0) + (row.short_usd or 0.0)) > 0]
    masses = [
        Mass(row.price if row.low is None else row.low, row.price if row.high is None else row.high, usd)
        for row, usd in levels
    ]
    pulls = magnets(masses, price, reach.daily_volatility, reach.entry_days)
    if not any(pull.pull_usd > 0 for pull in pulls):
        return []
    ordered = sorted(zip(levels, pulls, strict=True), key=lambda one: -one[1].share)[:_SHOWN]
    words = [
        f"{where(row)} ({percent(row.price / price - 1)}) {100 * pull.share:.0f} % at chance {_chance(pull.touch)}"
        for (row, _), pull in ordered
    ]
    return [f"magnet shares within {horizon(reach.entry_days)}: {', '.join(words)}"]


def _item(sides: _Sides, price: float, reach: ReachSettings, raw: float) -> CheckItem:
    found = reached_asymmetry(sides.longs, sides.shorts, price, reach.daily_volatility, reach.entry_days)
    long, short, value, reason = graded(raw, found, reach)
    if sides.unplaced and not reason.startswith("out of reach"):
        return as_item(NAME, "warn", "warn", value, "one side has no level, so what is in reach can't be weighed")
    return as_item(NAME, long, short, value, reason)
