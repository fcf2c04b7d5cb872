"""What an alert saw and why it fired; and how each rule stands."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "critical"]
Delivery = Literal["bell", "osc9", "osc777", "desktop", "webhook"]
Unit = Literal["USD", "fraction", "times", "z", "score", "state"]
"""A metric's unit: dollars, a fraction (0.01 is one percent), times the usual, a z-score, a score, a state's name."""


@dataclass(frozen=True, slots=True)
class Observed:
    """What a metric is now, of one `subject`: a coin, or a stream such as "okx perp".

    Numbers stand in `value`, states in `state`; where both are missing it is not known and `reason` says why.
    `at_least`: the real value is this or more. `modelled`: an estimate, no measurement. `venue`: whose stream it is.
    """

    subject: str
    value: float | None = None
    state: str = ""
    source: str = ""
    at_ms: int | None = None
    at_least: bool = False
    modelled: bool = False
    reason: str = ""
    venue: str = ""

    @property
    def known(self) -> bool:
        """Whether there is a value or a state."""
        return self.value is not None or self.state != ""


@dataclass(frozen=True, slots=True)
class Fired:
    """One alert, with all that made it.

    `when`: the rule's condition as it was written. `compared`: what was held against it: the value itself, its
    percentile (0 to 100), or its change; None for a state. `threshold` in the same terms. `percentile`: where the value
    stands in its own last day, None where that is too short. `before`: the last known moment at which the condition
    did not hold. `held_back`: how often the rule was kept quiet by its cooldown since it last fired.
    """

    rule: str
    severity: Severity
    metric: str
    unit: Unit
    when: str
    at_ms: int
    observed: Observed
    compared: float | None
    threshold: float | None
    percentile: float | None
    before: Observed | None
    before_at_ms: int | None
    held_back: int
    deliver: tuple[Delivery, ...]

    @property
    def subject(self) -> str:
        """The coin or the stream that it is about."""
        return self.observed.subject


@dataclass(frozen=True, slots=True)
class RuleStatus:
    """How a rule stands. `holding`: the subjects whose condition holds now, whether it fired or not.

    `armed`: subjects that would fire; `unknown`: subjects without a value, and why the last one has none.
    `had_data`: whether any of its values was ever known. `cooling_until_ms`: until when the last of its cooldowns runs.
    """

    rule: str
    metric: str
    when: str
    severity: Severity
    fired: int = 0
    last_at_ms: int | None = None
    held_back: int = 0
    holding: tuple[str, ...] = ()
    armed: int = 0
    unknown: tuple[str, ...] = ()
    reason: str = ""
    had_data: bool = False
    snoozed_until_ms: int | None = None
    cooling_until_ms: int | None = None
