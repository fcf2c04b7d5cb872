"""What liqtop's own snapshot tells of its estimated map as a whole: read from text or JSON, and graded as it was."""

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite
from typing import cast, get_args

from scoring.map_item import liquidation_map
from scoring.settings import ScoringSettings
from scoring.view import Asymmetry, CheckItem, Lens, MapView, Preset, Volatility
from tui.format import clean
from tui.paste import echo
from tui.paste.gathered import Gathered
from tui.paste.lexing import lex
from tui.paste.numbers import Style
from tui.paste.prose import Told
from tui.paste.spans import span_minutes
from tui.paste.tables import EstimateRow

_MOST_VOLATILE = 1.0
"""No day's deviation is beyond 100 %."""
_MS_A_MINUTE = 60_000


def take(into: Gathered, line: int, **found: object) -> None:
    """Keep what a line tells of the map."""
    into.estimate = replace(into.estimate or EstimateRow(line), **found)  # type: ignore[arg-type]  # keys are fields


def take_horizon(into: Gathered, line: int, hours: float, value: float | None, share: float, words: str = "") -> bool:
    """Keep one horizon's asymmetry, -1 to +1, and the reached share of the mass; False for what can't be one."""
    fits = 0 < hours <= 1e5 and 0 <= share <= 1 and (value is None or -1 <= value <= 1)
    if fits:
        known = into.estimate.horizons if into.estimate else ()
        others = [item for item in known if item.hours != hours]
        new = Asymmetry(hours, value, share, clean(words))
        take(into, line, horizons=tuple(sorted((*others, new), key=lambda item: item.hours)))
    return fits


def take_volatility(into: Gathered, line: int, daily: float, source: str, measured: bool) -> bool:
    """Keep a day's deviation, a fraction; False for what can't be one."""
    fits = isfinite(daily) and 0 < daily <= _MOST_VOLATILE
    if fits:
        take(into, line, volatility=Volatility(daily, clean(source), measured))
    return fits


def read_asymmetry(cells: Sequence[str], line: int, style: Style, into: Gathered) -> Told:
    """Read a row of liqtop's own table: what, value, reached share, note."""
    what, value, share, note = [*(cell.strip() for cell in cells), "", "", "", ""][:4]
    number = _number(value, style)
    span = next((token.minutes for token in lex(what, style, True) if token.kind == "span"), None)
    if span is not None and span > 0 and (number is not None or value == "?"):
        reached = _number(share, style, percent=True)
        if reached is not None and take_horizon(into, line, span / 60, number, reached, note):
            return Told([f"estimated asymmetry within {echo.span(span)}: {_signed(number)}"])
    elif what == "raw" and number is not None and -1 <= number <= 1:
        take(into, line, raw=number)
        return Told([f"estimated asymmetry of all mass near the price: {_signed(number)}"])
    elif what == "volatility" and (daily := _number(value, style, percent=True)) is not None:
        measured = "measured" in note
        if take_volatility(into, line, daily, note.partition(": ")[2], measured):
            known = "measured" if measured else "assumed"
            return Told([f"volatility of a day: {echo.share(daily, signed=False)}, {known}"])
    elif what == "confidence" and number is not None and 0 <= number <= 100:
        take(into, line, confidence=round(number), confidence_why=clean(note))
        return Told([f"confidence of the map: {number:g} of 100"])
    elif what == "lens":
        return _lens(value, note.removeprefix("preset "), line, into)
    elif what == "age" and (minutes := _minutes(value, style)) is not None:
        take(into, line, age_ms=round(minutes * _MS_A_MINUTE))
        return Told([f"the map was {echo.span(minutes)} old"])
    return Told([f"asymmetry, not graded: {clean(' '.join(cell for cell in cells if cell), 100)}"])


def _lens(lens: str, preset: str, line: int, into: Gathered) -> Told:
    take_names(into, line, lens, preset)
    return Told([f"the map's lens {clean(lens, 8)}, preset {clean(preset, 12)}"])


def take_names(into: Gathered, line: int, lens: str, preset: str) -> None:
    """Keep the lens and preset where they are ones that liqtop has."""
    if lens in get_args(Lens):
        take(into, line, lens=lens)
    if preset in get_args(Preset):
        take(into, line, preset=preset)


def _number(cell: str, style: Style, percent: bool = False) -> float | None:
    """The one plain number of a cell; of a percent its fraction."""
    tokens = lex(cell, style, True)
    if len(tokens) != 1 or tokens[0].kind != "number":
        return None
    number = tokens[0].numbers[0]
    if number.percent != percent or number.unit not in ("", "%") or number.scale != 1.0:
        return None
    return number.value / 100 if percent else number.value


def _signed(value: float | None) -> str:
    return "?" if value is None else f"{value:+.4g}".replace("-", "−")


def _minutes(cell: str, style: Style) -> float | None:
    return next((span_minutes(token) for token in lex(cell, style, True)), None)


def told_item(told: EstimateRow, settings: ScoringSettings) -> CheckItem | None:
    """The checklist's item as liqtop graded it from the same numbers; None where the paste doesn't tell them all."""
    if told.confidence is None:
        return None
    view = MapView(
        lens=cast(Lens, told.lens or "24h"),
        preset=cast(Preset, told.preset or "observed"),
        reason="",
        raw=told.raw,
        asymmetry=told.horizons,
        volatility=told.volatility,
        confidence=told.confidence,
        confidence_why=told.confidence_why,
        at_ms=0,
    )
    return liquidation_map(view, told.age_ms, settings)
