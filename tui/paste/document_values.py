"""Values of a snapshot's JSON: numbers behind paths of keys, and objects in lists. What is of another type is none."""

from collections.abc import Iterator
from math import isfinite
from typing import Any


def number(value: object) -> float | None:
    """A finite number, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if isfinite(value) else None
    except OverflowError:
        return None


def at(row: object, *keys: str) -> float | None:
    """The number behind a path of keys, None where there is none."""
    for key in keys:
        row = row.get(key) if isinstance(row, dict) else None
    return number(row)


def objects(value: object, *keys: str) -> Iterator[dict[str, Any]]:
    """The objects of a list, or of the list behind one of the keys, or one for each exchange's name."""
    if isinstance(value, dict):
        inner = next((value[key] for key in keys if isinstance(value.get(key), list | dict)), None)
        if inner is not None:
            yield from objects(inner)
        else:
            yield from ({"venue": key, **row} for key, row in value.items() if isinstance(row, dict))
    elif isinstance(value, list):
        yield from (row for row in value if isinstance(row, dict))
