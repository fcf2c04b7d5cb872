"""A rule as the engine takes it: the settings' words resolved to a metric, a condition and coins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.alerts.condition import BadCondition, Condition, condition_of
from scoring.alerts.metrics import METRICS, Metric
from scoring.settings.alerts import AlertingSettings, AlertRule
from scoring.view.alerts import Delivery, Observed, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `coins` and `venues`: for these only; empty: for all. Times are milliseconds."""

    name: str
    metric: Metric
    condition: Condition
    coins: frozenset[str] = frozenset()
    venues: frozenset[str] = frozenset()
    hold_ms: int = 0
    cooldown_ms: int = 0
    once_per_rule: bool = False
    severity: Severity = "warning"
    deliver: tuple[Delivery, ...] = ()

    def concerns(self, coin: str) -> bool:
        """Whether a coin's view is looked at. What is not about a coin is in every view."""
        return not self.metric.of_coin or not self.coins or coin in self.coins

    def is_for(self, observed: Observed) -> bool:
        """Whether an observation of its metric is one of those asked for."""
        return not self.venues or not observed.venue or observed.venue in self.venues


def rules_of(
    rules: Mapping[str, AlertRule], alerting: AlertingSettings, lists: Mapping[str, Sequence[str]]
) -> tuple[Rule, ...]:
    """The rules of the settings. Raises `BadCondition` for words that were never checked, `KeyError` for a list."""
    return tuple(_rule(name, one, alerting, lists) for name, one in rules.items())


def _rule(name: str, one: AlertRule, alerting: AlertingSettings, lists: Mapping[str, Sequence[str]]) -> Rule:
    if one.metric not in METRICS:
        raise BadCondition(f"unknown metric '{one.metric}'")
    coins: Iterable[str] = (*one.coins, *(lists[one.list] if one.list else ()))
    metric = METRICS[one.metric]
    return Rule(
        name=name,
        metric=metric,
        condition=fitting(metric, condition_of(one.when, one.clear, alerting.rearm_share)),
        coins=frozenset(coin.upper() for coin in coins),
        venues=frozenset(one.venues),
        hold_ms=round(one.for_seconds * 1000),
        cooldown_ms=round(one.cooldown_minutes * 60_000),
        once_per_rule=one.once_per_rule,
        severity=one.severity,
        deliver=one.deliver or alerting.deliver,
    )


def fitting(metric: Metric, condition: Condition) -> Condition:
    """The condition, where it can be asked of the metric; raises `BadCondition`."""
    if condition.of_states != bool(metric.states):
        asked = "'becomes' and one of: " + ", ".join(metric.states) if metric.states else "a number, not a state"
        raise BadCondition(f"expected {asked}, found '{condition.text}'")
    known = {state.lower() for state in metric.states}
    for state in condition.states:
        if state not in known:
            raise BadCondition(f"unknown state '{state}', expected one of {', '.join(metric.states)}")
    return condition
