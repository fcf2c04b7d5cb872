"""The levels of a snapshot's JSON as rows: its ladder, its clusters, and the estimated map with its asymmetry."""

from typing import cast, get_args

from tui.format import clean
from tui.paste.document_values import at, objects
from tui.paste.estimate import take, take_horizon, take_names, take_volatility
from tui.paste.gathered import Gathered
from tui.paste.tables import Basis, LevelRow


def ladder(value: object, line: int, into: Gathered) -> int:
    """Realised rows, and the estimated map beside them."""
    estimated = value.get("estimated") if isinstance(value, dict) else None
    return _levels(value, line, into) + _map(estimated, line, into)


def _map(value: object, line: int, into: Gathered) -> int:
    if not isinstance(value, dict) or value.get("basis") != "estimated":
        return 0
    take_names(into, line, str(value.get("lens")), str(value.get("preset")))
    confidence, at_ms = at(value, "confidence"), at(value, "at_ms")
    if confidence is not None and 0 <= confidence <= 100:
        why = clean(str(value.get("confidence_why") or ""))
        take(into, line, confidence=round(confidence), confidence_why=why)
    if at_ms is not None and into.at_ms is not None:
        take(into, line, age_ms=max(0, round(into.at_ms - at_ms)))
    return _levels(value, line, into)


def asymmetry(value: object, line: int, into: Gathered) -> int:
    """How the estimated map's sides compare, and the volatility used; what is realised is told by the totals."""
    if not isinstance(value, dict) or value.get("basis") != "estimated":
        return 0
    raw, daily = at(value, "raw"), at(value, "volatility", "daily")
    if raw is not None and -1 <= raw <= 1:
        take(into, line, raw=raw)
    if daily is not None:
        told = value["volatility"]
        take_volatility(into, line, daily, str(told.get("source") or ""), told.get("measured") is True)
    rows = [(at(row, "hours"), at(row, "reached"), at(row, "reached_share"), row) for row in objects(value, "horizons")]
    return sum(
        hours is not None
        and share is not None
        and take_horizon(into, line, hours, reached, share, str(row.get("words") or ""))
        for hours, reached, share, row in rows
    )


def _levels(value: object, line: int, into: Gathered, cluster: bool = False) -> int:
    basis = str(value.get("basis", "")) if isinstance(value, dict) else ""
    window, count = at(value, "window_minutes"), 0
    for row in objects(value, "rows"):
        low, high = at(row, "low"), at(row, "high")
        if low is None or high is None or not 0 < low <= high:
            continue
        if row.get("swept_at_ms") is not None and not (at(row, "long_usd") or at(row, "short_usd")):
            continue
        own = str(row.get("basis", basis))
        sampled = any(row.get(key) is True for key in ("sampled", "long_sampled", "short_sampled"))
        into.levels.append(
            LevelRow(
                line, at(row, "peak") or (low + high) / 2, low, high, at(row, "long_usd"), at(row, "short_usd"),
                cast(Basis, own if own in get_args(Basis) else ""), window, "at least" if sampled else "", cluster,
            )
        )  # fmt: skip
        count += 1
    return count


def clusters(value: object, line: int, into: Gathered) -> int:
    """Estimated bands and realised ones; where nothing is estimated both keys hold the same bands."""
    if not isinstance(value, dict):
        return 0
    realised = value.get("realised")
    sides = [value.get(side) for side in ("above", "below")]
    if isinstance(realised, dict) and sides != (others := [realised.get(side) for side in ("above", "below")]):
        sides += others
    return sum(_levels(side, line, into, cluster=True) for side in sides)
