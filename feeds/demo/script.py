"""The script of the demo: which phase the market is in at a given time."""

from dataclasses import dataclass
from typing import Literal

PhaseName = Literal["calm", "build-up", "cascade", "rejection", "outage"]


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the script. `direction`: where the price is pushed; in a build-up which side crowds (+1 long)."""

    name: PhaseName
    seconds: int
    direction: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the script stands: its phase, the seconds since the phase began, how often the script had run before."""

    phase: Phase
    index: int
    elapsed: float
    loop: int

    @property
    def fast(self) -> bool:
        """Whether the market moves too fast for coarse steps."""
        return self.phase.name in ("cascade", "rejection")


_QUIET = Phase("calm", 960)
"""Before a scenario's one cascade: among cascades no minute is unusual, and after one the next is told only later."""
_STORY = (
    Phase("calm", 55),
    Phase("build-up", 70, +1),
    Phase("cascade", 32, -1),
    Phase("rejection", 35, +1),
    Phase("calm", 24),
    Phase("outage", 26),
    Phase("build-up", 42, -1),
    Phase("cascade", 20, +1),
    Phase("rejection", 20, -1),
    Phase("calm", 22),
)
_SCENARIOS: dict[str, tuple[tuple[Phase, ...], int]] = {
    "story": (_STORY, 100),
    "calm": ((Phase("calm", 300),), 0),
    "build-up": ((Phase("calm", 20), Phase("build-up", 160, +1), Phase("calm", 60)), 15),
    "cascade": (
        (_QUIET, Phase("build-up", 60, +1), Phase("cascade", 32, -1), Phase("rejection", 35, +1), Phase("calm", 30)),
        _QUIET.seconds + 50,
    ),
    "rejection": (
        (_QUIET, Phase("build-up", 40, +1), Phase("cascade", 20, -1), Phase("rejection", 60, +1), Phase("calm", 30)),
        _QUIET.seconds + 38,
    ),
    "outage": ((Phase("calm", 10), Phase("outage", 26), Phase("calm", 24)), 5),
}
SCENARIOS = tuple(_SCENARIOS)
"""The names of the scenarios; `story` is all of them in turn."""


class Script:
    """A scenario, repeated for ever, that stands at its opening scene at `start_ms`."""

    def __init__(self, scenario: str, start_ms: int) -> None:
        if scenario not in _SCENARIOS:
            raise ValueError(f"expected a scenario of {', '.join(SCENARIOS)}, found {scenario!r}")
        self._phases, opening = _SCENARIOS[scenario]
        self._origin_ms = start_ms - opening * 1000
        self._length = sum(phase.seconds for phase in self._phases)

    def at(self, now_ms: int) -> Moment:
        """Where the script stands at a time, before or after its start."""
        loop, milliseconds = divmod(now_ms - self._origin_ms, self._length * 1000)
        elapsed = milliseconds / 1000
        for index, phase in enumerate(self._phases):
            if elapsed < phase.seconds:
                return Moment(phase, index, elapsed, loop)
            elapsed -= phase.seconds
        raise AssertionError("a remainder is smaller than the sum it was taken by")
