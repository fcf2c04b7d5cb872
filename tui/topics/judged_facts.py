"""Facts of what is made of the data: the estimated map and its clusters, the cascade, the checklist.

As in `tui.topics.facts`, `of` is which one of its kind, as each function says. What decides comes first.
"""

from collections.abc import Sequence

from scoring.view import EstimatedCluster, MarketView
from tui.controls import Controls
from tui.format import clock, duration, percent
from tui.language import label
from tui.topics.facts import age, at_least, fact, measured, modelled, not_known, source, told
from tui.topics.lifting import lifting_facts
from tui.topics.topic import Fact
from tui.views.said import typeset, verdict_reason


def map_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of the estimated map: what it was built from, since when, how far it can be trusted."""
    made = view.map
    if made.reason:
        return not_known(controls, made.reason)
    facts = [
        modelled(controls),
        source(made.venues, controls),
        fact("confidence", "{of} of 100", controls, of=made.confidence),
        told("because", made.confidence_why, controls),
        told("started", made.seeded, controls),
        age(made.at_ms, view, controls),
    ]
    if made.missing:
        facts.append(told("missing", ", ".join(made.missing), controls))
    return [one for one in facts if one[1]]


def shown_cluster(view: MarketView, of: str) -> EstimatedCluster | None:
    """The estimated cluster that `of` names: "above/2" is the second above the price, as numbered on the screen."""
    side, _, number = of.partition("/")
    clusters = view.map.above if side == "above" else view.map.below
    return clusters[int(number) - 1] if number.isdigit() and 0 < int(number) <= len(clusters) else None


def cluster_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of an estimated cluster ("above/2"): its age, what came of such clusters, and the map's facts."""
    one = shown_cluster(view, of)
    if one is None:
        return map_facts(view, controls)
    facts = [
        fact("first seen", "{age} ago", controls, age=duration(view.at_ms - one.born_ms)),
        record_fact(one, controls),
    ]
    return (*facts, *map_facts(view, controls))


def record_fact(one: EstimatedCluster, controls: Controls) -> Fact:
    """What came of clusters like this one so far."""
    record = one.record
    if not record.n:
        return fact("record", "unproven: none like it has come due", controls)
    text = "{hits} of {n} touched, {expected} by chance; {words}"
    return fact(
        "record", text, controls, hits=record.hits, n=record.n, expected=f"{record.expected:.1f}",
        words=label(record.significance, controls),
    )  # fmt: skip


def cascade_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of the cascade's states. `of`: "down" or "up", "" for what both are made from."""
    if view.cascade.blind:
        return not_known(controls, view.cascade.blind)
    state = {"down": view.cascades.down, "up": view.cascades.up}.get(of)
    facts: list[Fact] = []
    if state is not None:
        rule = "complete feeds" if state.rule == "full" else "sampling feeds alone: what can't be seen is left open"
        facts += [told("because", state.why, controls), fact("rule", rule, controls)]
        if state.since_ms:
            facts.append(told("since", clock(state.since_ms, controls.local_time), controls))
        if state.inputs.pending:
            names = (name.removesuffix(" pending") for name in state.inputs.pending)
            facts.append(told("pending", ", ".join(label(name, controls) for name in names), controls))
    facts += [measured(controls), source(_liquidation_venues(view), controls)]
    if view.cascade.sampled or (state is not None and state.at_least):
        facts.append(at_least(controls))
    last = view.cascade.last_at_ms
    return (*facts, fact("last print", "{age} ago", controls, age=duration(view.at_ms - last)) if last else
            fact("last print", "none seen yet", controls))  # fmt: skip


def _liquidation_venues(view: MarketView) -> list[str]:
    day = view.cascade.day or (view.totals[-1] if view.totals else None)
    return [row.venue for row in day.venues] if day else []


def item_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of a checklist item, by its name ("funding")."""
    item = next((one for one in view.checklist.items if one.name == of), None)
    if item is None:
        return not_known(controls)
    facts = [
        told("threshold", typeset(item.threshold), controls),
        told("because", typeset(item.reason), controls),
        told("source", item.source, controls),
    ]
    if item.age_ms is not None:
        facts.append(told("age", duration(item.age_ms), controls))
    if item.percentile is not None and item.history_ms is not None:
        text = "higher than {share} of its own last {history}"
        share, history = percent(item.percentile / 100, 0, signed=False), duration(item.history_ms)
        facts.append(fact("history", text, controls, share=share, history=history))
    facts.append(told("weight", f"{item.weight:g}", controls))
    return [one for one in facts if one[1]]


def verdict_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of the checklist's answer for a direction, "long" or "short": what would lift it, and why it is so."""
    answer = view.checklist.short if of == "short" else view.checklist.long
    known = percent(answer.coverage, 0, signed=False)
    return (
        *lifting_facts(view.checklist, of, controls),
        told("because", verdict_reason(answer.reason, controls), controls),
        fact("complete", "{share} of the weight is known", controls, share=known),
    )
