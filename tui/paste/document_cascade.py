"""The cascades of a snapshot's JSON: both states, and whether the leverage is gone."""

from typing import Any

from scoring.view.cascades import Direction
from tui.format import clean
from tui.paste.cascades import take_exhaustion, take_state
from tui.paste.document_values import at
from tui.paste.gathered import Gathered

_DIRECTIONS: tuple[Direction, Direction] = ("down", "up")


def cascade(value: object, line: int, into: Gathered) -> int:
    """Read the states and the badge; where no liquidation could be seen, that alone."""
    if not isinstance(value, dict):
        return 0
    if value.get("blind"):
        into.blind = clean(str(value["blind"]))
        return 1
    count = sum(_state(direction, value.get(direction), into) for direction in _DIRECTIONS)
    badge = value.get("exhaustion")
    if isinstance(badge, dict):
        of = next((direction for direction in _DIRECTIONS if direction == badge.get("of")), None)
        count += take_exhaustion(into, str(badge.get("extent")), of)
    return count


def _state(direction: Direction, value: Any, into: Gathered) -> bool:
    if not isinstance(value, dict):
        return False
    since = at(value, "since_ms")
    age = 0.0 if since is None or into.at_ms is None else into.at_ms - since
    told = {"why": str(value.get("why") or ""), "rule": str(value.get("rule"))}
    return take_state(into, direction, str(value.get("state")), value.get("at_least") is True, age, **told)
