"""A coin's cascade where there is room for a few cells: its mark on a tab, and its cell in the overview."""

from scoring.view.cascades import Direction
from tui.controls import Controls
from tui.format import NONE_SEEN, UNKNOWN, clean
from tui.language import ENGLISH
from tui.views.cascade_state import ARROWS, state_word
from tui.views.layout import cell
from tui.views.row import Row

LEGEND = "cascade: ▼ of longs ▲ of shorts"
"""What the arrows say."""
_MARKS = {"igniting": "!", "cascading": "!!"}
_STYLES = {"igniting": "warn", "cascading": "fail"}
"""Of many coins one is chosen to look at: a filled alarm is for the coin that is shown."""


def tab_mark(alert: str) -> Row:
    """What stands behind a coin's name: `!` and the way of a cascade that begins, `!!` of one that runs."""
    state, direction = _parts(alert)
    if not alert:
        return ()
    mark = _MARKS.get(state)
    return cell(f"{mark}{ARROWS[direction]}", _STYLES[state]) if mark and direction else cell("!", "warn")


def alert_cell(alert: str, seen: bool, controls: Controls = ENGLISH) -> Row:
    """The running cascade; `?` where no liquidation can be seen, `·` where none runs."""
    if not alert:
        return cell(NONE_SEEN, "muted") if seen else cell(UNKNOWN, "unknown")
    state, direction = _parts(alert)
    if state not in _MARKS or not direction:
        return cell(clean(alert, 10), "warn")
    return cell(f"{ARROWS[direction]}{state_word(state, controls)}", _STYLES[state])


def _parts(alert: str) -> tuple[str, Direction | None]:
    """The state and direction of an alert: "igniting down"."""
    state, _, way = alert.partition(" ")
    direction: Direction | None = "down" if way == "down" else "up" if way == "up" else None
    return state, direction
