"""Cells of the tables by exchange: what each number is about, ages, changes, and amounts in one unit a column."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scoring.view import MarketView
from tui import format as write
from tui.controls import Controls
from tui.language import label
from tui.views.ages import age_style, age_text
from tui.views.layout import Column
from tui.views.notation import PARTLY, SHORT, Notation
from tui.views.row import Span, about

_UNITS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"), (1.0, ""))
_LEAST_UNITS = 10
"""So many of its unit a column's largest amount has at least, so that the others keep figures beside it."""
_MOST_TENTHS = 1_000
"""From so many units on there are no decimals."""
_LEAST = 0.05
"""Below this part of a column's unit an amount would be written as nothing, and has a unit of its own."""


def marked(cells: Sequence[Span], topics: Sequence[str], of: str) -> tuple[Span, ...]:
    """The cells of a row with their topics of the reports ("" for none); `of`: which exchange."""
    pairs = zip(cells, topics, strict=True)
    return tuple(about(f"reports.{topic}", (one,), of)[0] if topic else one for one, topic in pairs)


def age(view: MarketView, at_ms: int, stale: bool, of: str, controls: Controls) -> Span:
    """How old a reading is, and that it is no present one where it is stale. `of`: its kind and exchange."""
    old = view.at_ms - at_ms
    text = f"{label('stale', controls)} {write.duration(old)}" if stale else age_text(old, controls)
    return about("reports.age", ((text, "stale" if stale else age_style(old)),), of)[0]


def change(fraction: float | None, decimals: int = 1) -> Span:
    """A change in percent, `?` without the history for it."""
    text = write.percent(fraction, decimals, gap="")
    return (text, "unknown" if text == write.UNKNOWN else "text")


def toned(cell: Span, stale: bool = False) -> Span:
    """A change with the style of what rose or fell; one that is written as zero stays as it is, a stale one is dim."""
    text, style = cell
    if stale:
        return value(text, stale)
    digits = text.removeprefix(PARTLY)
    if style == "unknown" or not any(one in "123456789" for one in digits):
        return cell
    return (text, "down" if digits.startswith("−") else "up")


def value(text: str, stale: bool = False) -> Span:
    """A number as it is written."""
    return (text, "unknown" if text == write.UNKNOWN else "stale" if stale else "text")


def in_one_unit(amounts: Iterable[float | None], notation: Notation) -> Notation:
    """The short notation with one unit for all amounts of a column, chosen by the largest; others stay."""
    sizes = [abs(one) for one in amounts if one is not None and math.isfinite(one) and one != 0]
    if notation is not SHORT or not sizes:
        return notation
    largest = max(sizes)
    factor, unit = next((pair for pair in _UNITS if largest >= _LEAST_UNITS * pair[0]), _UNITS[-1])
    digits = 1 if unit and largest < _MOST_TENTHS * factor else 0

    def usd(amount: float) -> str:
        if 0 < abs(amount) < max(_LEAST * factor, 1.0) or abs(amount) >= 1e15:
            return write.usd(amount)
        return f"{amount / factor:,.{digits}f}{unit}".replace("-", "−")

    return replace(notation, usd=usd)


def headed(columns: Iterable[Column], controls: Controls) -> tuple[Column, ...]:
    """The columns wide enough for their headings in the reader's language; those of no width stay away."""
    return tuple(
        replace(one, width=max(one.width, write.cell_width(label(one.heading, controls)))) if one.width else one
        for one in columns
    )
