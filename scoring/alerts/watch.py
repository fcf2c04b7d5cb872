"""What is remembered of one rule and one subject between two looks, and what a look makes of it."""

from dataclasses import dataclass

from scoring.alerts.history import History
from scoring.alerts.rule import Rule
from scoring.view.alerts import Observed


@dataclass(slots=True)
class Watch:
    """One rule on one subject. `armed`: it was seen not to hold since it fired last; None before anything was known.

    `holds`: at the last look; None where that was not known. `before`: the last observation that did not fulfil the
    condition. `waiting`: it is due and its cooldown keeps it quiet.
    """

    armed: bool | None = None
    holds: bool | None = None
    held_since_ms: int | None = None
    known_since_ms: int | None = None
    fired_at_ms: int | None = None
    before: Observed | None = None
    before_at_ms: int | None = None
    waiting: bool = False
    reason: str = ""

    def look(self, rule: Rule, observed: Observed, compared: float | None, now_ms: int) -> bool:
        """Take an observation; returns whether the condition holds, has held for long enough, and didn't before."""
        self.holds = truth(rule, observed, compared)
        if self.holds is None:
            self.held_since_ms, self.reason = None, observed.reason or _why(rule, observed)
            return False
        self.reason = ""
        if self.known_since_ms is None:
            self.known_since_ms = now_ms
        if not self.holds:
            self.held_since_ms, self.waiting = None, False
            self.before, self.before_at_ms = observed, now_ms
            if self.armed is None or compared is None or rule.condition.clears(compared):
                self.armed = True
            return False
        if self.held_since_ms is None:
            self.held_since_ms = now_ms
        self.armed = bool(self.armed)
        return self.armed and now_ms - self.held_since_ms >= rule.hold_ms


def truth(rule: Rule, observed: Observed, compared: float | None) -> bool | None:
    """Whether the rule's condition holds; None where that is not known.

    Of a lower bound it is known that it is above a threshold, never that it is below one. Who is blind doesn't know
    any other state.
    """
    condition = rule.condition
    if condition.of_states:
        state = observed.state.lower()
        if not state or (state == rule.metric.blind and state not in condition.states):
            return None
        return state in condition.states
    if compared is None:
        return None
    holds = condition.holds(compared)
    if holds and observed.at_least and not condition.upward:
        return None
    return holds


def compare(rule: Rule, observed: Observed, history: History, now_ms: int) -> float | None:
    """What is held against the threshold: the value, its percentile, or its change; None where that is not known."""
    condition, value = rule.condition, observed.value
    if value is None or condition.of_states:
        return None
    if condition.of_percentile:
        return history.percentile(value)
    if not condition.of_change:
        return value
    before = history.before(condition.over_minutes, now_ms)
    if before is None or (rule.metric.relative and before <= 0):
        return None
    return value / before - 1 if rule.metric.relative else value - before


def _why(rule: Rule, observed: Observed) -> str:
    if observed.state:
        return f"{observed.state}: {observed.source}"
    if observed.at_least and not rule.condition.upward:
        return "known only as a lower bound"
    return "not enough of its own history yet"
