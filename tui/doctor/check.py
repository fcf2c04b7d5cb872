"""What one check found, and how a list of them ends."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Status = Literal["ok", "warning", "failed", "not tried"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the report.

    `group`: what it is about, e.g. an exchange; `name`: which part of it. `found` tells what is there; where that isn't
    well, `expected` tells what should be and `advice` what to do. `seconds`: how long it took, where that is of
    interest.
    """

    group: str
    name: str
    status: Status
    found: str
    expected: str = ""
    advice: str = ""
    seconds: float | None = None

    def line(self) -> str:
        """The whole check in one line."""
        text = f"{self.status:<9}  {self.group}: {self.name}: {self.found}"
        if self.expected:
            text += f"; expected {self.expected}"
        return f"{text}; to do: {self.advice}" if self.advice else text

    def document(self) -> dict[str, Any]:
        """The check for JSON; what doesn't apply is null."""
        return {
            "group": self.group,
            "name": self.name,
            "status": self.status,
            "found": self.found,
            "expected": self.expected or None,
            "advice": self.advice or None,
            "seconds": None if self.seconds is None else round(self.seconds, 3),
        }


def failed(checks: Iterable[Check]) -> bool:
    """Whether anything failed; a warning is no failure."""
    return any(check.status == "failed" for check in checks)


def counts(checks: Sequence[Check]) -> dict[Status, int]:
    """How many there are of each status."""
    found = Counter(check.status for check in checks)
    statuses: tuple[Status, ...] = ("failed", "warning", "ok", "not tried")
    return {status: found[status] for status in statuses}
