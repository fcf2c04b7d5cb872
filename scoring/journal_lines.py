"""The journal as JSON lines, each with kind and version; and back. A line that can't be read is reported, not lost."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from math import isfinite
from typing import Any, get_args

from scoring.view import Grade, Verdict
from scoring.view.journal import Direction, Entry, EntryItem, Outcome

VERSION = 1
"""Of every line that is written. Older ones are read as well; newer ones are reported."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line of the file that is no entry and no outcome: where it stands and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Journal:
    """All that a journal's lines say, in their order."""

    entries: tuple[Entry, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()

    def graded(self, identity: str) -> tuple[float, ...]:
        """The horizons at which an entry was graded."""
        return tuple(outcome.hours for outcome in self.outcomes if outcome.identity == identity)


def line_of(one: Entry | Outcome) -> str:
    """One line, without its end."""
    kind = "entry" if isinstance(one, Entry) else "outcome"
    return json.dumps({"kind": kind, "version": VERSION, **asdict(one)}, ensure_ascii=True, allow_nan=False)


def read_lines(lines: Iterable[str]) -> Journal:
    """The journal of these lines. Of several entries or outcomes of one identity (and horizon) the first counts."""
    entries: dict[str, Entry] = {}
    outcomes: dict[tuple[str, float], Outcome] = {}
    unreadable: list[Unreadable] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = _read(line)
        except _NotRead as error:
            unreadable.append(Unreadable(number, str(error)))
            continue
        if isinstance(one, Entry):
            entries.setdefault(one.identity, one)
        else:
            outcomes.setdefault((one.identity, one.hours), one)
    return Journal(tuple(entries.values()), tuple(outcomes.values()), tuple(unreadable))


class _NotRead(Exception):
    """Why a line can't be read."""


def _read(line: str) -> Entry | Outcome:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        raise _NotRead("expected one JSON object, found something else or a line that was cut off") from None
    if not isinstance(values, dict):
        raise _NotRead(f"expected one JSON object, found {_kind(values)}")
    version, kind = values.get("version"), values.get("kind")
    if type(version) is not int or not 1 <= version <= VERSION:
        raise _NotRead(f"expected a version up to {VERSION}, found {version!r}")
    if kind == "entry":
        return _entry(values)
    if kind == "outcome":
        return _outcome(values)
    raise _NotRead(f"expected kind entry or outcome, found {kind!r}")


def _entry(values: dict[str, Any]) -> Entry:
    rows = values.get("items")
    if not isinstance(rows, list):
        raise _NotRead(f"items: expected an array, found {_kind(rows)}")
    items = tuple(
        EntryItem(
            name=_text(row, "name"),
            grade=_one_of(row, "grade", get_args(Grade)),
            value=_text(row, "value"),
            reason=_text(row, "reason"),
            weight=_number(row, "weight"),
            age_ms=_optional_whole(row, "age_ms"),
        )
        for row in rows
    )
    return Entry(
        identity=_text(values, "identity"),
        at_ms=_whole(values, "at_ms"),
        coin=_text(values, "coin"),
        direction=_one_of(values, "direction", get_args(Direction)),
        price=_optional(values, "price"),
        price_source=_text(values, "price_source"),
        verdict=_one_of(values, "verdict", get_args(Verdict)),
        score=_optional(values, "score"),
        coverage=_number(values, "coverage"),
        reason=_text(values, "reason"),
        items=items,
        note=_text(values, "note"),
    )


def _outcome(values: dict[str, Any]) -> Outcome:
    return Outcome(
        identity=_text(values, "identity"),
        hours=_number(values, "hours"),
        at_ms=_whole(values, "at_ms"),
        result=_optional(values, "result"),
        best=_optional(values, "best"),
        worst=_optional(values, "worst"),
        seen=_number(values, "seen"),
        reason=_text(values, "reason"),
    )


def _of(values: Any, key: str) -> Any:
    if not isinstance(values, dict) or key not in values:
        raise _NotRead(f"{key}: expected it, found none")
    return values[key]


def _text(values: Any, key: str) -> str:
    value = _of(values, key)
    if not isinstance(value, str):
        raise _NotRead(f"{key}: expected text, found {_kind(value)}")
    return value


def _number(values: Any, key: str) -> float:
    value = _of(values, key)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e300 or not isfinite(value):
        raise _NotRead(f"{key}: expected a finite number, found {_kind(value)}")
    return float(value)


def _optional(values: Any, key: str) -> float | None:
    return None if _of(values, key) is None else _number(values, key)


def _whole(values: Any, key: str) -> int:
    value = _number(values, key)
    if value != int(value):
        raise _NotRead(f"{key}: expected a whole number, found {value}")
    return int(value)


def _optional_whole(values: Any, key: str) -> int | None:
    return None if _of(values, key) is None else _whole(values, key)


def _one_of(values: Any, key: str, known: tuple[Any, ...]) -> Any:
    value = _text(values, key)
    if value not in known:
        raise _NotRead(f"{key}: expected one of {', '.join(known)}, found {value!r}")
    return value


def _kind(value: object) -> str:
    names = {dict: "an object", list: "an array", str: "text", bool: "a truth value", type(None): "nothing"}
    return names.get(type(value), f"{value!r}"[:40])
