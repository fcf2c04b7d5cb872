"""Drafts of liquidations become levels, totals of a window, or a side whose level is not told."""

from typing import Literal, cast

from tui.paste import echo
from tui.paste.draft import Draft
from tui.paste.gathered import Gathered
from tui.paste.numbers import Number
from tui.paste.reports import crowd, market
from tui.paste.tables import Basis, LevelRow, TotalRow, UnplacedRow


def liquidations(draft: Draft, into: Gathered) -> str:
    """A level, a total, a side without a level; or the price or shares that stood there without another table."""
    if not draft.has_sides and ("long_share" in draft.values or "short_share" in draft.values):
        return crowd(draft, into)
    if not draft.has_sides and len(draft.bare) == 3 and not draft.values:
        _guess_ladder(draft)
    prices = [number for number in draft.bare if number is not None]
    if draft.has_sides and "price" not in draft.values and len(prices) == 1:
        if prices[0].unit not in ("", "USD") or prices[0].value <= 0 or prices[0].signed:
            draft.problems.append(f"{prices[0].raw}: expected a price")
        elif prices[0].scale > 1e3:
            draft.problems.append(f"{prices[0].raw}: an amount without its side")
            draft.bare.clear()
        else:
            draft.put("price", prices[0])
            draft.bare.clear()
    if draft.has_sides:
        if "price" in draft.values:
            return _level(draft, into)
        draft.problems += [f"{number.raw}: nothing tells what it is" for number in draft.bare if number is not None]
        return _unplaced(draft, into) if draft.place and len(draft.values) == 1 else _total(draft, into)
    if "price" in draft.values or "price_change" in draft.values:
        if "high" in draft.values:
            draft.problems.append("a price range without amounts")
            return ""
        return market(draft, into)
    draft.problems += [f"{number.raw}: nothing tells what it is" for number in prices]
    return ""


def _guess_ladder(draft: Draft) -> None:
    """Three bare numbers, the first like a price and the others like amounts, are a ladder's row."""
    first, *amounts = draft.bare
    if first is None or first.signed or first.scale > 1e3 or first.unit not in ("", "USD") or first.value <= 0:
        return
    told = [amount for amount in amounts if amount is not None]
    fits = all(not amount.signed and amount.unit in ("", "USD") and not amount.percent for amount in told)
    if not told or not fits or not all(amount.scale > 1 or amount.value >= 1000 for amount in told):
        return
    order = draft.roles or ("price", "long", "short")
    if not draft.roles:
        draft.notes.append("columns without a header are taken as price, long, short")
    for role, number in zip(order, draft.bare, strict=False):
        if number is not None:
            draft.put(role, number)
    draft.bare.clear()


def _level(draft: Draft, into: Gathered) -> str:
    low, high = cast(float, draft.value("price")), draft.value("high")
    bound = draft.bound("long", "short")
    row = LevelRow(
        draft.line,
        price=low if high is None else (low + high) / 2,
        low=None if high is None else low,
        high=high,
        long_usd=draft.value("long"),
        short_usd=draft.value("short"),
        basis=cast(Basis, draft.basis),
        window_minutes=draft.minutes,
        bounded=bound,
        cluster=draft.section == "clusters",
    )
    into.levels.append(row)
    where = echo.price(low) + (f"–{echo.price(high)}" if high is not None else "")
    name = "cluster" if row.cluster else "level"
    return f"{name} {where}: {_sides(draft)}"


def _sides(draft: Draft) -> str:
    words = []
    for side in ("long", "short"):
        number: Number | None = draft.values.get(side)
        if number is not None:
            words.append(f"{side} {echo.money(number.value, number.bound)}")
    return ", ".join(words)


def _unplaced(draft: Draft, into: Gathered) -> str:
    side: Literal["long", "short"] = "long" if "long" in draft.values else "short"
    number = draft.values[side]
    into.unplaced.append(
        UnplacedRow(draft.line, side, number.value, draft.place, cast(Basis, draft.basis), number.bound)
    )
    return f"{_sides(draft)} {draft.place} the price, no level told"


def _total(draft: Draft, into: Gathered) -> str:
    row = TotalRow(
        draft.line, draft.exchange, draft.minutes, draft.value("long"), draft.value("short"),
        draft.bound("long", "short"), draft.seen, draft.unwatched,
    )  # fmt: skip
    into.totals.append(row)
    return f"liquidations{draft.of} in {echo.span(draft.minutes)}: {_sides(draft)}"
