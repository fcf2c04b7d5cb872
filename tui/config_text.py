"""Where in a TOML text a key stands. The standard library's reader gives values only, so statements are found here."""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

Path = tuple[str | int, ...]

_WHERE = re.compile(r" \(at line (\d+), column \d+\)$")


def parse(text: str) -> tuple[dict[str, Any], tuple[int, str] | None]:
    """The values of a TOML text; or nothing and the line and the message of its first syntax error."""
    try:
        return tomllib.loads(text), None
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        if found := _WHERE.search(message):
            return {}, (int(found.group(1)), message[: found.start()])
        return {}, (text.count("\n") + 1, message.replace("(at end of document)", "(at the end of the file)"))


def locate(text: str, path: Path, value: object = None) -> int | None:
    """The line of `path` in a valid TOML text, or of the nearest table around it; None where there is neither.

    Within an array over several lines, the line of the item `value`.
    """
    names = tuple(part for part in path if isinstance(part, str))
    best: tuple[int, int, str] | None = None
    for line, keys, statement in _statements(text):
        depth = _common(keys, names)
        if depth in (len(keys), len(names)) and depth > (best[0] if best else 0):
            best = depth, line, statement
    if best is None:
        return None
    return best[1] + _offset(best[2], value if len(names) < len(path) else None)


def _offset(statement: str, value: object) -> int:
    if not isinstance(value, str):
        return 0
    spellings = (json.dumps(value, ensure_ascii=False), f"'{value}'")
    lines = statement.split("\n")
    return next((row for row, line in enumerate(lines) if any(s in line for s in spellings)), 0)


def _common(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return next(
        (i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


@lru_cache(2)
def _statements(text: str) -> Sequence[tuple[int, tuple[str, ...], str]]:
    """Each statement with its first line's number and the keys it sets, tables included."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
    table: tuple[str, ...] = ()
    start, pending = 1, ""
    for number, line in enumerate(text.splitlines(), 1):
        if not pending:
            start = number
        pending = f"{pending}\n{line}" if pending else line
        values, error = parse(pending)
        if error:
            continue
        if pending.lstrip().startswith("["):
            table = _only_keys(values)
            yield start, table, pending
        elif values:
            for keys in _all_keys(values):
                yield start, table + keys, pending
        pending = ""


def _only_keys(values: Any) -> tuple[str, ...]:
    keys: list[str] = []
    while values:
        if isinstance(values, list):
            values = values[0]
            continue
        key, values = next(iter(values.items()))
        keys.append(key)
    return tuple(keys)


def _all_keys(values: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for key, value in values.items():
        if isinstance(value, dict) and value:
            yield from ((key, *rest) for rest in _all_keys(value))
        else:
            yield (key,)
