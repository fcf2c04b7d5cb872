"""Values of a JSON document: what is not known is `{"value": null, "reason": ...}`, never 0."""

import math
from typing import Any

from tui.format import clean

Json = dict[str, Any]


def unknown(reason: str) -> Json:
    """Stands for a value that is not known."""
    return {"value": None, "reason": clean(reason)}


def number(value: float | None, reason: str) -> float | Json:
    """A finite number, or why there is none."""
    return value if value is not None and math.isfinite(value) else unknown(reason)
