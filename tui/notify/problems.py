"""What the types of a config can't tell about its alerts: words that mean nothing, ways that lead nowhere."""

from collections.abc import Iterator, Mapping
from typing import Any

from scoring.alerts.condition import BadCondition, condition_of
from scoring.alerts.metrics import METRICS, Metric
from scoring.alerts.rule import fitting
from tui.coins import coin_problem
from tui.config_problems import Problem, suggestion
from tui.notify.webhook import address_problem


def alert_problems(values: Mapping[str, Any]) -> Iterator[Problem]:
    """Each thing that is wrong in `[alerts]`, `[alerting]` and `[notify]`; wrong types are left to the models."""
    notify = _table(values, "notify")
    address = notify.get("webhook")
    if isinstance(address, str) and address:
        reason = address_problem(address, notify.get("webhook_plain_http") is True)
        if reason:
            yield ("notify", "webhook"), None, reason
    yield from _undeliverable(("alerting", "deliver"), _table(values, "alerting").get("deliver"), notify)
    for name, rule in _table(values, "alerts").items():
        if isinstance(rule, dict):
            yield from _rule_problems(("alerts", name), rule, values)
            yield from _undeliverable(("alerts", name, "deliver"), rule.get("deliver"), notify)


def _table(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = values.get(name)
    return table if isinstance(table, dict) else {}


def _undeliverable(path: tuple[str, ...], ways: object, notify: Mapping[str, Any]) -> Iterator[Problem]:
    """Ways that need a setting which is empty."""
    for i, way in enumerate(ways if isinstance(ways, list) else ()):
        if way in ("desktop", "webhook") and not notify.get(way):
            what = "a command" if way == "desktop" else "an address"
            yield (*path, i), way, f"{way} needs {what} in [notify] {way}, found none"


def _rule_problems(path: tuple[str, ...], rule: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[Problem]:
    metric = None
    if isinstance(named := rule.get("metric"), str):
        metric = METRICS.get(named)
        if metric is None:
            hint = suggestion(named, METRICS) or "; `liqtop alerts metrics` lists them"
            yield (*path, "metric"), named, f"unknown metric {named!r}{hint}"
    yield from _condition_problems(path, rule, metric)
    coins = rule.get("coins")
    for i, coin in enumerate(coins if isinstance(coins, list) else ()):
        if isinstance(coin, str) and (reason := coin_problem(coin)):
            yield (*path, "coins", i), coin, reason
    lists = {"default", *_table(values, "lists")}
    wanted = rule.get("list")
    if isinstance(wanted, str) and wanted and wanted not in lists:
        known = ", ".join(sorted(lists))
        yield (*path, "list"), wanted, f"no list {wanted!r}, the config has: {known}{suggestion(wanted, lists)}"


def _condition_problems(path: tuple[str, ...], rule: Mapping[str, Any], metric: Metric | None) -> Iterator[Problem]:
    when, clear = rule.get("when"), rule.get("clear", "")
    if not isinstance(when, str) or not isinstance(clear, str):
        return
    try:
        condition = condition_of(when)
    except BadCondition as error:
        yield (*path, "when"), when, str(error)
        return
    if clear:
        try:
            condition_of(when, clear)
        except BadCondition as error:
            yield (*path, "clear"), clear, str(error)
    if metric is None:
        return
    try:
        fitting(metric, condition)
    except BadCondition as error:
        strange = next((state for state in condition.states if state not in map(str.lower, metric.states)), "")
        hint = suggestion(strange, [state.lower() for state in metric.states]) if metric.states else ""
        yield (*path, "when"), when, f"{error}{hint}"
