"""The values of a snapshot's JSON as rows: a reader for each of its keys. What is null or no number is passed over."""

from collections.abc import Callable
from typing import Any, Literal, cast, get_args

from scoring.view import Grade
from tui.format import clean
from tui.paste.document_cascade import cascade
from tui.paste.document_map import asymmetry, clusters, ladder
from tui.paste.document_values import at, objects
from tui.paste.gathered import Gathered
from tui.paste.tables import (
    CrowdRow,
    DepthRow,
    FlowRow,
    FundingRow,
    GradeRow,
    InterestRow,
    OptionsRow,
    PriceRow,
    TotalRow,
)

_MS_A_MINUTE = 60_000


def _venue(row: dict[str, Any]) -> str:
    venue = clean(str(row.get("venue") or ""), 24)
    return "" if venue == "all" else venue


def _price(value: object, line: int, into: Gathered) -> int:
    price, change, span = at(value, "value"), at(value, "change", "fraction"), at(value, "change", "span_ms")
    if price is not None and price > 0:
        into.prices.append(PriceRow(line, price))
    if change is not None:
        into.prices.append(PriceRow(line, None, change, None if span is None else span / _MS_A_MINUTE))
    if isinstance(value, dict) and value.get("stale") is True:
        into.assume("the pasted price was stale when it was copied")
    return (price is not None) + (change is not None)


def _totals(value: object, line: int, into: Gathered) -> int:
    count = 0
    for window in objects(value):
        minutes = at(window, "window_minutes")
        for row in ({**window, "venue": ""}, *objects(window.get("venues"))):
            long, short = at(row, "long", "usd"), at(row, "short", "usd")
            coverage = at(row, "coverage")
            seen = None if coverage is None or minutes is None else coverage * minutes
            bounded = any(
                isinstance(side := row.get(name), dict) and side.get("lower_bound") for name in ("long", "short")
            )
            into.totals.append(
                TotalRow(line, _venue(row), minutes, long, short, "at least" if bounded else "", seen, coverage == 0)
            )
            count += 1
    return count


def _interest(value: object, line: int, into: Gathered) -> int:
    rows = [
        InterestRow(
            line, _venue(row), at(row, "usd") or at(row, "notional_usd"), at(row, "coins"),
            usd_1h=at(row, "usd_1h"), usd_24h=at(row, "usd_24h"), coins_1h=at(row, "coins_1h"),
            coins_24h=at(row, "coins_24h"), stale=row.get("stale") is True,
        )
        for row in objects(value, "venues", "rows")
    ]  # fmt: skip
    into.interest += rows
    return len(rows)


def _funding(value: object, line: int, into: Gathered) -> int:
    rows = [
        FundingRow(line, _venue(row), rate, at(row, "interval_hours"), row.get("stale") is True)
        for row in objects(value, "venues", "rows")
        if (rate := at(row, "rate")) is not None
    ]
    into.funding += rows
    return len(rows)


def _crowd(value: object, line: int, into: Gathered) -> int:
    rows = [
        CrowdRow(
            line,
            _venue(row),
            share,
            at(row, "change_24h"),
            clean(str(row.get("basis") or "")),
            row.get("stale") is True,
        )
        for row in objects(value, "venues", "rows")
        if (share := at(row, "long_share")) is not None and 0 <= share <= 1
    ]
    into.crowd += rows
    return len(rows)


def _flow(value: object, line: int, into: Gathered) -> int:
    count = 0
    for key, market in (("spot", "spot"), ("futures", "perp"), ("perp", "perp")):
        inner = value.get(key) if isinstance(value, dict) else None
        for row in objects(inner, "windows", "venues", "rows"):
            usd = at(row, "usd")
            if usd is not None:
                side = cast(Literal["spot", "perp"], market)
                minutes, coverage = at(row, "window_minutes"), at(row, "coverage")
                seen = None if coverage is None or minutes is None else coverage * minutes
                partly = coverage is not None and coverage < 1
                into.flow.append(FlowRow(line, _venue(row), side, usd, minutes, at(row, "z"), seen, partly))
                count += 1
    return count


def _depth(value: object, line: int, into: Gathered) -> int:
    rows = [
        DepthRow(line, _venue(row), at(row, "bid_usd"), at(row, "ask_usd"), at(row, "band_percent"))
        for row in objects(value, "venues", "rows")
        if row.get("market", "perp") == "perp"
    ]
    into.depth += rows
    return len(rows)


def _options(value: object, line: int, into: Gathered) -> int:
    rows = [
        OptionsRow(line, _venue(row), ratio)
        for row in objects(value, "venues", "rows")
        if (ratio := at(row, "open_interest")) is not None
    ]
    into.options += rows
    return len(rows)


def _checklist(value: object, line: int, into: Gathered) -> int:
    directions = value if isinstance(value, dict) else {}
    sides = {
        side: {str(row.get("name")): row for row in objects(directions.get(side), "items")}
        for side in ("long", "short")
    }
    count = 0
    for name, row in sides["long"].items():
        grades = (row.get("grade"), sides["short"].get(name, {}).get("grade"))
        if not all(grade in get_args(Grade) for grade in grades):
            continue
        said, reason = clean(str(row.get("value") or "")), clean(str(row.get("reason") or ""))
        into.grades.append(GradeRow(line, clean(name), cast(Grade, grades[0]), cast(Grade, grades[1]), said, reason))
        if name == "cascade" and said == "blind":
            into.blind = reason
        count += 1
    return count


READERS: dict[str, Callable[[object, int, Gathered], int]] = {
    "price": _price,
    "ladder": ladder,
    "clusters": clusters,
    "totals": _totals,
    "open_interest": _interest,
    "funding": _funding,
    "long_short": _crowd,
    "cvd": _flow,
    "depth": _depth,
    "options": _options,
    "asymmetry": asymmetry,
    "cascade": cascade,
    "checklist": _checklist,
}
"""Each key that holds rows, with what reads them; it tells how many there were."""
KEPT = ("coin", "at_ms", "mode", "asymmetry", "cascade", "large_trades", "btc_context", "trend", "venues", "coverage")
"""Keys that are kept for what they say."""
