"""The numbers of the alerts."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.topics.facts import fact, program_facts, told
from tui.topics.topic import Fact, Topic


def _seen_facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Of what an alert saw: `of` is its age then and its source, "2s/bybit, okx"."""
    age, _, source = of.partition("/")
    facts = [told("source", source, controls)] if source else [fact("source", "not known", controls)]
    old = fact("age", "{age} when it fired", controls, age=age) if age else fact("age", "not known", controls)
    return (*facts, old)


def _rule_facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Of a rule, by its name."""
    counted = program_facts(view, controls)
    return (told("rule", of, controls), *counted) if of else counted


TOPICS: tuple[Topic, ...] = (
    Topic(
        "alerts.fired",
        "How often it fired",
        "How many alerts fired since the start: of all rules, or of this one. ? where its data was never known.",
        "A rule that never fires or always fires wants another threshold; try it with a dry run.",
        facts=_rule_facts,
    ),
    Topic(
        "alerts.time",
        "When it fired",
        "The market's time at which the alert fired, or the rule fired last.",
        "Dimmed after an hour.",
        facts=_rule_facts,
    ),
    Topic(
        "alerts.value",
        "What was seen",
        "The value that made it fire, with the condition in brackets.",
        "Press enter for all that made it: what it was before, its place in its own day, source and age.",
        facts=_seen_facts,
    ),
    Topic(
        "alerts.rule",
        "Rule",
        "A rule's name, as the config calls it.",
        "z keeps it quiet for a while, enter shows it in full.",
        facts=_rule_facts,
    ),
    Topic(
        "alerts.state",
        "State of the rule",
        "Armed: it fires when its condition is met; holds: the condition holds; cooling: quiet after it fired.",
        "Waiting for data: it can't fire yet, which is not the same as quiet.",
        facts=_rule_facts,
    ),
    Topic(
        "alerts.condition",
        "Condition",
        "What is looked at, and when it fires, as the config has it.",
        "Percentiles are of the coin's own last day; the config lists every metric.",
        facts=_rule_facts,
    ),
    Topic(
        "alerts.why",
        "For whom",
        "For which coins the condition holds, for how many it could fire, and what is not known of whom.",
        "A coin behind ? can't raise this alert now.",
        facts=_rule_facts,
    ),
)
