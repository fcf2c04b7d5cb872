"""Tables of a liqtop snapshot that are not numbers to grade: its market, its checklist, its feeds."""

from collections.abc import Sequence
from typing import cast

from scoring.view import Grade
from tui.format import clean
from tui.paste import echo
from tui.paste.cascades import read_cascade
from tui.paste.draft import label_of
from tui.paste.estimate import read_asymmetry
from tui.paste.gathered import Gathered
from tui.paste.lexing import lex
from tui.paste.numbers import Style
from tui.paste.prose import Told
from tui.paste.tables import GradeRow, PriceRow

KEPT = ("market", "checklist", "feeds", "venues", "trend", "large", "btc", "cascade", "asymmetry")
"""Sections whose rows are kept for what they say."""
_GRADES = ("pass", "warn", "fail", "unknown")


def read_kept(section: str, cells: Sequence[str], line: int, style: Style, into: Gathered) -> Told:
    """Read a row of one of the sections in `KEPT`."""
    if section == "market":
        return _market(cells, line, style, into)
    if section == "checklist":
        return _checklist(cells, line, into)
    if section == "asymmetry":
        return read_asymmetry(cells, line, style, into)
    if section == "cascade":
        return read_cascade(cells, style, into)
    return Told([f"{section}, not graded: {clean(' '.join(cell for cell in cells if cell), 100)}"])


def _market(cells: Sequence[str], line: int, style: Style, into: Gathered) -> Told:
    key = label_of(lex(cells[0], style)).role or cells[0].strip().lower()
    value = next((token for token in lex(cells[1], style, True) if token.kind == "number"), None) if cells[1:] else None
    number = value.numbers[0] if value else None
    if key == "price" and number is not None and number.value > 0 and not number.percent:
        into.prices.append(PriceRow(line, number.value))
        if value is not None and value.note:
            into.assume(value.note)
        if "stale" in " ".join(cells[2:]):
            into.assume("the pasted price was stale when it was copied")
        return Told([f"price: {echo.price(number.value)}"])
    if key == "change" and number is not None and number.percent:
        minutes = next(
            (token.minutes for cell in cells[2:] for token in lex(cell, style) if token.kind == "span"), None
        )
        into.prices.append(PriceRow(line, None, number.value / 100, minutes))
        return Told([f"price: {echo.share(number.value / 100)} in {echo.span(minutes)}"])
    if key in ("price", "change"):
        return Told([f"{key}: not known"])
    return Told([f"market, told again below: {clean(' '.join(cell for cell in cells if cell), 100)}"])


def _checklist(cells: Sequence[str], line: int, into: Gathered) -> Told:
    """A line of the checklist, or its verdict; a blind cascade says why no liquidation can be seen."""
    padded = [*cells, "", "", "", "", ""][:5]
    name, long, short, value, reason = (clean(cell) for cell in padded)
    if name.startswith("verdict "):
        return Told([f"{name}: {long or short}, {value}"])
    if long not in _GRADES or short not in _GRADES:
        return Told(problems=["expected pass, warn, fail or unknown for long and short"])
    into.grades.append(GradeRow(line, name, cast(Grade, long), cast(Grade, short), value, reason))
    if name == "cascade" and value == "blind":
        into.blind = reason
    return Told([f"checklist, {name}: long {long}, short {short}"])
