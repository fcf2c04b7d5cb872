"""The verdict from open interest: its change in coins, and whether positions are being opened or closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from scoring.interest import InterestGrade, Span, aggregate_change, coins_change, grade_interest, usd_change
from scoring.settings import ScoringSettings
from tui.paste import echo
from tui.paste.findings import Finding, graded, percent, unknown
from tui.paste.tables import InterestRow, Understood

Unit = Literal["usd", "coins", "not told"]
_MINUTES: dict[Span, float] = {"1h": 60.0, "24h": 1440.0}
_ASSUMED = "open interest whose unit is not told is taken as USD, as web pages show it"


@dataclass(frozen=True, slots=True)
class _Change:
    """The change of all exchanges over a span. `venues`: theirs; `how`: how they were put together."""

    value: float
    unit: Unit
    venues: tuple[tuple[str, float], ...]
    how: str


def interest_finding(understood: Understood, settings: ScoringSettings) -> Finding | None:
    """Amounts, changes in the unit they were given in and in coins, and heating or de-leveraging."""
    rows = [row for row in understood.interest if not row.stale]
    if not understood.interest:
        return None
    sentences, assumed = _amounts(rows), []
    figures: dict[str, float | str | None] = {}
    item = unknown("open interest", "no change of it is told")
    spans: tuple[Span, ...] = ("1h", "24h")
    for span in spans:
        change = _change(rows, span)
        if change is None:
            continue
        name = "24 h" if span == "24h" else "1 h"
        price = understood.change(_MINUTES[span])
        figures[f"change_{span}"], figures["unit"] = change.value, change.unit
        told = {"usd": "given in USD", "coins": "given in coins", "not told": "unit not told, taken as USD"}[
            change.unit
        ]
        sentences.append(f"{name}: {percent(change.value, 2)} {change.how}, {told}{_of_venues(change)}")
        if change.unit == "not told":
            assumed.append(_ASSUMED)
        coins = change.value if change.unit == "coins" else None
        if coins is None and price is not None and price > -1:
            coins = coins_change(change.value, price)
            figures[f"coins_{span}"] = coins
            sentences.append(
                f"{name}: with the price {percent(price)} that is {percent(coins)} in coins{_each(change, price)}"
            )
        if coins is None:
            dead = settings.interest.dead_interest_1h if span == "1h" else settings.interest.dead_interest_24h
            still = ", in the dead-band" if abs(change.value) < dead else ""
            reason = f"in USD{still}; whether positions grew needs the price's change over {name}"
            sentences.append(f"{name}: {reason}")
            if item.long == "unknown":
                item = unknown("open interest", reason, f"{percent(change.value, 2)} in {name}")
            continue
        grade = grade_interest(coins, price, span, settings.interest)
        sentences.append(f"{name}: {_heat(grade, coins)}; {grade.reason}; long: {grade.long}, short: {grade.short}")
        sentences += _otherwise(change, price, span, settings)
        figures[f"quadrant_{span}"] = grade.quadrant
        if grade.quadrant == "unclear" and item.long != "unknown":
            continue
        item = graded("open interest", grade.long, grade.short, f"{percent(coins)} in coins, {name}", grade.reason)
    return Finding("open interest", tuple(sentences), figures, item, tuple(dict.fromkeys(assumed)))


def _amounts(rows: Sequence[InterestRow]) -> list[str]:
    venues = [row for row in rows if row.venue and row.usd is not None]
    if len(venues) < 2:
        return []
    whole = sum(row.usd or 0.0 for row in venues)
    return [f"{', '.join(f'{row.venue} {echo.money(row.usd)}' for row in venues)}: together {echo.money(whole)}"]


def _told(row: InterestRow, span: Span) -> tuple[float, Unit] | None:
    """A row's change, in coins where it tells that; None where it tells none."""
    names: tuple[tuple[Unit, float | None], ...] = (
        ("coins", row.coins_1h if span == "1h" else row.coins_24h),
        ("usd", row.usd_1h if span == "1h" else row.usd_24h),
        ("not told", row.change_1h if span == "1h" else row.change_24h),
    )
    return next(((value, unit) for unit, value in names if value is not None), None)


def _change(rows: Sequence[InterestRow], span: Span) -> _Change | None:
    """The change of all exchanges: of their sum where amounts are told, else the page's own total, else the median."""
    told = [(row, found[0], found[1]) for row in rows if (found := _told(row, span)) is not None]
    if not told:
        return None
    units = {unit for _, _, unit in told}
    if len(units) > 1:
        unit: Unit = "coins" if "coins" in units else "usd"
        told = [one for one in told if one[2] == unit]
    unit = told[0][2]
    venues = tuple((row.venue, value) for row, value, _ in told if row.venue)
    named = [(row, value) for row, value, _ in told if row.venue]
    amounts = [((row.coins if unit == "coins" else None) or row.usd or 0.0, value) for row, value in named]
    if len(named) > 1 and all(amount > 0 for amount, _ in amounts):
        whole = aggregate_change(amounts)
        if whole is not None:
            return _Change(whole, unit, venues, f"of the sum of {len(named)}")
    alone = [value for row, value, _ in told if not row.venue]
    if alone:
        return _Change(alone[-1], unit, venues, "as told for all")
    values = [value for _, value in named]
    return _Change(
        median(values), unit, venues, "" if len(values) == 1 else f"median of {len(values)}, amounts not told"
    )


def _of_venues(change: _Change) -> str:
    return "".join(f", {venue} {percent(value)}" for venue, value in change.venues)


def _each(change: _Change, price: float) -> str:
    if len(change.venues) < 2:
        return ""
    return " (" + ", ".join(f"{venue} {percent(coins_change(value, price))}" for venue, value in change.venues) + ")"


def _heat(grade: InterestGrade, coins: float) -> str:
    if grade.quadrant == "unchanged":
        return "in the dead-band"
    size = "a flush" if grade.flush else "strong" if grade.strong else ""
    return ("heating" if coins > 0 else "de-leveraging") + (f", {size}" if size else "") + f": {grade.quadrant}"


def _otherwise(change: _Change, price: float | None, span: Span, settings: ScoringSettings) -> list[str]:
    """What would follow if a change whose unit is not told were in coins."""
    if change.unit != "not told" or price is None:
        return []
    grade = grade_interest(change.value, price, span, settings.interest)
    usd = percent(usd_change(change.value, price))
    return [
        f"had it been given in coins: {usd} in USD, {_heat(grade, change.value)}; "
        f"long: {grade.long}, short: {grade.short}"
    ]
