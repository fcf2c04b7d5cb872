"""What a verdict says of one table: a topic, its sentences and its figures, and the line of the checklist it gives."""

from dataclasses import dataclass, field

from scoring.view import CheckItem, Grade


@dataclass(frozen=True, slots=True)
class Finding:
    """One table's verdict. `figures`: the same numbers by name, None where one is not known."""

    topic: str
    sentences: tuple[str, ...]
    figures: dict[str, float | str | None] = field(default_factory=dict)
    item: CheckItem | None = None
    assumptions: tuple[str, ...] = ()


def graded(name: str, long: Grade, short: Grade, value: str, reason: str) -> CheckItem:
    """A line of the checklist; its weight is set where the lines are put together."""
    return CheckItem(name, long, short, value, reason, 0.0)


def unknown(name: str, reason: str, value: str = "") -> CheckItem:
    """A line of the checklist that can't be graded."""
    return graded(name, "unknown", "unknown", value, reason)


def percent(fraction: float, digits: int = 1) -> str:
    """A computed fraction as a signed percent: +17.6 %."""
    return f"{'−' if fraction < 0 else '+'}{abs(fraction) * 100:.{digits}f} %"


def times(ratio: float | None) -> str:
    """How many times the smaller side the larger is: 24.5:1; without a smaller side nothing compares."""
    if ratio is None:
        return "one side only"
    return f"{ratio:.3g}:1" if ratio < 1000 else f"{ratio:,.0f}:1"
