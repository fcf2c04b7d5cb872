"""The checklist's items of a cascade: its state for each direction, and what 24 h of liquidations mean after it."""

from scoring.moment import span
from scoring.view import CheckItem, Grade
from scoring.view.cascades import CascadeState, CascadesView, Direction, StateName

_AGAINST: dict[StateName, tuple[Grade, str]] = {
    "calm": ("pass", "calm"),
    "loading": ("warn", "leverage is loading"),
    "igniting": ("fail", "igniting"),
    "cascading": ("fail", "cascading"),
    "exhausted": ("pass", "exhausted"),
    "rejected": ("pass", "rejected"),
    "blind": ("unknown", "blind"),
}
"""What a cascade against the position means for it: a fall for a long, a rise for a short."""
_WITH: dict[StateName, Grade] = {
    "calm": "pass", "loading": "pass", "igniting": "warn", "cascading": "warn", "exhausted": "warn",
    "rejected": "warn", "blind": "unknown",
}  # fmt: skip
"""What one in its own direction means: late, or spent."""
_ORDER: tuple[Grade, ...] = ("pass", "warn", "fail", "unknown")


def cascade_item(states: CascadesView | None, blind: str | None, now_ms: int, weight: float) -> CheckItem:
    """Grade both directions' states. Blind is unknown; the verdict forbids an entry by itself then."""
    if blind is not None or states is None:
        return CheckItem("cascade", "unknown", "unknown", "blind" if blind else "", blind or "not judged yet", weight)
    down, up = states.down, states.up
    long = max(_AGAINST[down.state][0], _WITH[up.state], key=_ORDER.index)
    short = max(_AGAINST[up.state][0], _WITH[down.state], key=_ORDER.index)
    why = "; ".join(f"{one.direction}: {one.why}" for one in (down, up) if one.why and one.state != "calm")
    at_least = ", sampled rule" if down.rule == "sampled" else ""
    value = f"down {_told(down, now_ms)}, up {_told(up, now_ms)}"
    return CheckItem("cascade", long, short, value, f"{why or 'no chain of forced orders'}{at_least}", weight)


def _told(state: CascadeState, now_ms: int) -> str:
    if state.state == "calm" or not state.since_ms:
        return state.title
    return f"{state.title} for {span(max(0, now_ms - state.since_ms))}"


def exhausted(states: CascadesView | None) -> Direction | None:
    """The direction whose cascade is over with its leverage gone; None where there is none lately."""
    if states is None:
        return None
    for one in (states.down, states.up):
        if one.state == "exhausted":
            return one.direction
    gone = states.exhaustion is not None and states.exhaustion.extent == "complete"
    return states.exhaustion_of if gone else None


def urgent(down: StateName, up: StateName) -> str:
    """The state that can't wait, with its direction: "cascading down"; "" where there is none."""
    for name in ("cascading", "igniting"):
        for direction, state in (("down", down), ("up", up)):
            if state == name:
                return f"{name} {direction}"
    return ""
