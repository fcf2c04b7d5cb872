"""The JSON of `liqtop snapshot` inside a paste: found, taken out of the lines, and read into the same rows.

Only its own keys are known; a key that is new, null or of another type is named as such and leaves the others alone.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from tui.format import clean
from tui.paste.document_rows import KEPT, READERS
from tui.paste.document_values import number
from tui.paste.gathered import Gathered
from tui.paste.tables import Line

_MARKS = ("coin", "price", "funding", "checklist", "ladder", "totals")
"""An object with two of these keys is a snapshot."""
_START = re.compile(r'\s*\{\s*"\w+"\s*:')
_KEPT = "kept for what it says"
_MOST_TRIES = 20
"""So many lines that could begin a document are tried: a paste holds one or two."""


def read_documents(lines: Sequence[str], into: Gathered) -> list[tuple[int, str]]:
    """The lines outside of snapshots, with their numbers; the snapshots are read."""
    left: list[tuple[int, str]] = []
    place = tries = 0
    while place < len(lines):
        found = None
        if (
            tries < _MOST_TRIES
            and lines[place].lstrip().startswith("{")
            and _START.match("\n".join(lines[place : place + 2]))
        ):
            tries += 1
            found = _document("\n".join(lines[place:]).lstrip())
        if found is None:
            left.append((place + 1, lines[place]))
            place += 1
            continue
        document, used = found
        _read(document, place + 1, into)
        place += used
    return left


def _document(text: str) -> tuple[dict[str, Any], int] | None:
    """The object at the start of a text and how many lines it takes; None where there is no snapshot."""
    try:
        value, end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or sum(key in value for key in _MARKS) < 2:
        return None
    return value, text[:end].count("\n") + 1


def _read(document: dict[str, Any], line: int, into: Gathered) -> None:
    into.coin = clean(str(document.get("coin") or ""), 16) or into.coin
    into.at_ms = number(document.get("at_ms"))
    for key, value in document.items():
        reader = READERS.get(key)
        name = clean(str(key), 40)
        if isinstance(value, dict) and "reason" in value and value.get("value", 0) is None:
            meaning = f"not known: {clean(str(value['reason']), 80)}"
        elif reader is None:
            meaning = _KEPT if key in KEPT else "not known to this version"
        else:
            count = reader(value, line, into)
            meaning = f"{count} row{'' if count == 1 else 's'} read" if count or key not in KEPT else _KEPT
        into.lines.append(Line(line, f'"{name}"', "read" if reader or key in KEPT else "skipped", meaning))
