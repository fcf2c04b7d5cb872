"""The values of a snapshot's JSON as rows: a reader for each of its keys. What is null or no number is passed over."""

from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any, Literal, cast, get_args

from scoring.view import Grade
from tui.format import clean
from tui.paste.gathered import Gathered
from tui.paste.tables import (
    Basis,
    CrowdRow,
    DepthRow,
    FlowRow,
    FundingRow,
    GradeRow,
    InterestRow,
    LevelRow,
    OptionsRow,
    PriceRow,
    TotalRow,
)

_MS_A_MINUTE = 60_000


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if isfinite(value) else None
    except OverflowError:
        return None


def _at(row: object, *keys: str) -> float | None:
    """The number behind a path of keys, None where there is none."""
    for key in keys:
        row = row.get(key) if isinstance(row, dict) else None
    return _number(row)


def _rows(value: object, *keys: str) -> Iterator[dict[str, Any]]:
    """The objects of a list, or of the list behind one of the keys, or one for each exchange's name."""
    if isinstance(value, dict):
        inner = next((value[key] for key in keys if isinstance(value.get(key), list | dict)), None)
        if inner is not None:
            yield from _rows(inner)
        else:
            yield from ({"venue": key, **row} for key, row in value.items() if isinstance(row, dict))
    elif isinstance(value, list):
        yield from (row for row in value if isinstance(row, dict))


def _venue(row: dict[str, Any]) -> str:
    venue = clean(str(row.get("venue") or ""), 24)
    return "" if venue == "all" else venue


def _price(value: object, line: int, into: Gathered) -> int:
    price, change, span = _at(value, "value"), _at(value, "change", "fraction"), _at(value, "change", "span_ms")
    if price is not None and price > 0:
        into.prices.append(PriceRow(line, price))
    if change is not None:
        into.prices.append(PriceRow(line, None, change, None if span is None else span / _MS_A_MINUTE))
    if isinstance(value, dict) and value.get("stale") is True:
        into.assume("the pasted price was stale when it was copied")
    return (price is not None) + (change is not None)


def _levels(value: object, line: int, into: Gathered, cluster: bool = False) -> int:
    basis = str(value.get("basis", "")) if isinstance(value, dict) else ""
    window, count = _at(value, "window_minutes"), 0
    for row in _rows(value, "rows"):
        low, high = _at(row, "low"), _at(row, "high")
        if low is None or high is None or not 0 < low <= high:
            continue
        own = str(row.get("basis", basis))
        sampled = any(row.get(key) is True for key in ("sampled", "long_sampled", "short_sampled"))
        into.levels.append(
            LevelRow(
                line, _at(row, "peak") or (low + high) / 2, low, high, _at(row, "long_usd"), _at(row, "short_usd"),
                cast(Basis, own if own in get_args(Basis) else ""), window, "at least" if sampled else "", cluster,
            )
        )  # fmt: skip
        count += 1
    return count


def _clusters(value: object, line: int, into: Gathered) -> int:
    sides = [value.get(side) for side in ("above", "below")] if isinstance(value, dict) else []
    return sum(_levels(side, line, into, cluster=True) for side in sides)


def _totals(value: object, line: int, into: Gathered) -> int:
    count = 0
    for window in _rows(value):
        minutes = _at(window, "window_minutes")
        for row in ({**window, "venue": ""}, *_rows(window.get("venues"))):
            long, short = _at(row, "long", "usd"), _at(row, "short", "usd")
            coverage = _at(row, "coverage")
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
            line, _venue(row), _at(row, "usd") or _at(row, "notional_usd"), _at(row, "coins"),
            usd_1h=_at(row, "usd_1h"), usd_24h=_at(row, "usd_24h"), coins_1h=_at(row, "coins_1h"),
            coins_24h=_at(row, "coins_24h"), stale=row.get("stale") is True,
        )
        for row in _rows(value, "venues", "rows")
    ]  # fmt: skip
    into.interest += rows
    return len(rows)


def _funding(value: object, line: int, into: Gathered) -> int:
    rows = [
        FundingRow(line, _venue(row), rate, _at(row, "interval_hours"), row.get("stale") is True)
        for row in _rows(value, "venues", "rows")
        if (rate := _at(row, "rate")) is not None
    ]
    into.funding += rows
    return len(rows)


def _crowd(value: object, line: int, into: Gathered) -> int:
    rows = [
        CrowdRow(
            line,
            _venue(row),
            share,
            _at(row, "change_24h"),
            clean(str(row.get("basis") or "")),
            row.get("stale") is True,
        )
        for row in _rows(value, "venues", "rows")
        if (share := _at(row, "long_share")) is not None and 0 <= share <= 1
    ]
    into.crowd += rows
    return len(rows)


def _flow(value: object, line: int, into: Gathered) -> int:
    count = 0
    for key, market in (("spot", "spot"), ("futures", "perp"), ("perp", "perp")):
        inner = value.get(key) if isinstance(value, dict) else None
        for row in _rows(inner, "windows", "venues", "rows"):
            usd = _at(row, "usd")
            if usd is not None:
                side = cast(Literal["spot", "perp"], market)
                minutes, coverage = _at(row, "window_minutes"), _at(row, "coverage")
                seen = None if coverage is None or minutes is None else coverage * minutes
                partly = coverage is not None and coverage < 1
                into.flow.append(FlowRow(line, _venue(row), side, usd, minutes, _at(row, "z"), seen, partly))
                count += 1
    return count


def _depth(value: object, line: int, into: Gathered) -> int:
    rows = [
        DepthRow(line, _venue(row), _at(row, "bid_usd"), _at(row, "ask_usd"), _at(row, "band_percent"))
        for row in _rows(value, "venues", "rows")
        if row.get("market", "perp") == "perp"
    ]
    into.depth += rows
    return len(rows)


def _options(value: object, line: int, into: Gathered) -> int:
    rows = [
        OptionsRow(line, _venue(row), ratio)
        for row in _rows(value, "venues", "rows")
        if (ratio := _at(row, "open_interest")) is not None
    ]
    into.options += rows
    return len(rows)


def _checklist(value: object, line: int, into: Gathered) -> int:
    sides = {
        side: {
            str(row.get("name")): row for row in _rows(value.get(side) if isinstance(value, dict) else None, "items")
        }
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
    "ladder": _levels,
    "clusters": _clusters,
    "totals": _totals,
    "open_interest": _interest,
    "funding": _funding,
    "long_short": _crowd,
    "cvd": _flow,
    "depth": _depth,
    "options": _options,
    "checklist": _checklist,
}
"""Each key that holds rows, with what reads them; it tells how many there were."""
KEPT = ("coin", "at_ms", "mode", "asymmetry", "cascade", "large_trades", "btc_context", "trend", "venues", "coverage")
"""Keys that are kept for what they say."""
