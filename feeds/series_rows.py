"""Numbers and times out of a recorded row, checked where they enter."""

from collections.abc import Mapping
from math import isfinite

Row = Mapping[str, object]
_FIRST_MS, _LAST_MS = 1_230_768_000_000, 4_102_444_800_000
"""2009 and 2100: a time outside of these is no time in milliseconds."""


class BadRow(Exception):
    """A row that can't be read: the kind of reason, and what was expected and found."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


def number(row: Row, column: str) -> float:
    """A finite number, of any sign."""
    found = row.get(column)
    try:
        value = float(found)  # type: ignore[arg-type]  # what is no number raises
    except (TypeError, ValueError):
        value = float("nan")
    if isinstance(found, bool) or not isfinite(value):
        raise BadRow("number", f"{column}: expected a number, found {found!r:.40}")
    return value


def positive(row: Row, column: str) -> float:
    """A finite number above zero."""
    value = number(row, column)
    if value <= 0:
        raise BadRow("number", f"{column}: expected a number above 0, found {value:g}")
    return value


def time_ms(row: Row, column: str) -> int:
    """A time in milliseconds."""
    value = number(row, column)
    if not _FIRST_MS <= value <= _LAST_MS:
        raise BadRow("time", f"{column}: expected milliseconds since 1970, found {value:.15g}")
    return int(value)
