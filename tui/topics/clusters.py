"""The numbers of the clusters."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import clock, duration, span
from tui.topics.facts import at_least, fact, measured, not_known, told, window_facts
from tui.topics.judged_facts import cluster_facts, map_facts
from tui.topics.topic import Fact, Topic


def _band_facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Of a band ("above/2"): of the map's where there is one, else of the realised one."""
    if not view.map.reason:
        return cluster_facts(view, controls, of)
    side, _, number = of.partition("/")
    bands = view.above if side == "above" else view.below
    if not number:
        return window_facts(view, controls)
    if not number.isdigit() or not 0 < int(number) <= len(bands):
        return not_known(controls)
    band = bands[int(number) - 1]
    facts = [measured(controls), fact("window", "{window}", controls, window=span(view.ladder.window_minutes))]
    if band.last_at_ms:
        facts.append(fact("last print", "{age} ago", controls, age=duration(view.at_ms - band.last_at_ms)))
    if band.sampled:
        facts.append(at_least(controls))
    return (*facts, *(one for one in window_facts(view, controls) if one not in facts))


def _swept_facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Of a swept cluster ("swept/7"): when the price went through it, and the map's facts."""
    found = next((one for one in view.map.swept if of == f"swept/{one.identity}"), None)
    if found is None or found.swept_at_ms is None:
        return map_facts(view, controls)
    facts = (
        told("swept", clock(found.swept_at_ms, controls.local_time), controls),
        fact("first seen", "{age} ago", controls, age=duration(view.at_ms - found.born_ms)),
    )
    return (*facts, *map_facts(view, controls))


TOPICS: tuple[Topic, ...] = (
    Topic(
        "clusters.band",
        "Price band",
        "Where liquidations stand close together: shorts above the price, longs below it.",
        "A magnet, not a target: put a stop outside of a band, never inside one.",
        "peaks of the smoothed density by steps of 10 bp; a band ends at half of its peak, or in the valley before",
        _band_facts,
    ),
    Topic(
        "clusters.distance",
        "Distance to the band",
        "How far the price is from the band's nearest edge, in percent of the price.",
        "Hold it against the day's usual range: what is three ranges away is no matter for today.",
        "edge / price − 1; minus means below",
        _band_facts,
    ),
    Topic(
        "clusters.mass",
        "Mass of the cluster",
        "How much is estimated to be liquidated in the band: its share of all on its side, or USD (u changes it).",
        "Compare bands with each other; the dollars are the model's, never counted.",
        "new open interest × shares of leverage 5 to 100 at their liquidation prices, less closed, aged and swept",
        cluster_facts,
    ),
    Topic(
        "clusters.touch",
        "Chance of touch in 24 h",
        "How likely the price touches the band within 24 h by its usual moves alone, without any pull.",
        "Where it is small, the band is out of reach for an entry today, however large its mass.",
        "2Φ(−d / (σ√T)), d: log distance corrected for steps, σ: volatility, T: 24 h",
        cluster_facts,
    ),
    Topic(
        "clusters.pull",
        "Pull",
        "This band's part of all bands' chance times mass: 0 to 100 %.",
        "The band with the largest pull is where a move is likeliest to find forced orders. Unproven as a forecast.",
        "chance × mass / Σ of all bands' chance × mass",
        cluster_facts,
    ),
    Topic(
        "clusters.strength",
        "Times the book",
        "The band's forced orders against the resting orders within 1 % that they would hit.",
        "Below 0.25 the book swallows it, from 1 on it is strong, above 3 it is the size of the book.",
        "mass × κ / median depth within 1 %; ~ where κ (liquidated per modelled dollar) is assumed, not measured",
        cluster_facts,
    ),
    Topic(
        "clusters.age",
        "Age of the cluster",
        "How long this cluster is tracked; it lives on while its peak drifts.",
        "An old one survived many looks; a young one may be noise.",
        "found three times in a row to be born, missed three times to end",
        cluster_facts,
    ),
    Topic(
        "clusters.push",
        "Push",
        "How far its forced orders might move the price, in basis points: the range of two rules.",
        "Room beyond the band for a stop. It is a rough size, never one figure.",
        "square root: σ · 1.0 to 1.3 · √(mass / daily volume); book: mass / (depth per bp / 3.4)",
        cluster_facts,
    ),
    Topic(
        "clusters.record",
        "Hit record",
        "How often bands like it were touched in 24 h, against what chance alone gives, and from how many (n).",
        "Only a lift that is proven says more than distance does; with few cases it stays unproven.",
        "lift = touched / Σ chances, with a 95 % interval; unproven below 160 cases or 10 days",
        cluster_facts,
    ),
    Topic(
        "clusters.stars",
        "Stars",
        "How large the band is among the coin's own ones of the last 90 days.",
        "One star and one more for each of the quantiles 50, 75, 90 and 97 % that it exceeds.",
        facts=cluster_facts,
    ),
    Topic(
        "clusters.swept",
        "Swept band",
        "The price went through this band at that time: what was estimated there is gone.",
        "Don't count on it any more; see in the ladder what was really liquidated there.",
        facts=_swept_facts,
    ),
    Topic(
        "clusters.side",
        "Mass of one side",
        "The estimated mass of all shorts above or longs below the price within that distance.",
        "The side that holds more is where more can be forced; what counts is what the price can reach.",
        "Σ of the map's rows of that side within reach",
        map_facts,
    ),
    Topic(
        "clusters.asymmetry",
        "Asymmetry",
        "Shorts above against longs below: raw, then weighed by the chance of being touched at each horizon.",
        "Look at your own horizon: the sign may turn with it. From 0.3 on a side dominates, from 0.6 on extremely.",
        "(shorts − longs) / (shorts + longs), by horizon each row times its chance of touch; −1 to +1",
        map_facts,
    ),
    Topic(
        "clusters.volatility",
        "Volatility",
        "How much the price usually moves in a day; chances of touch and pulls rest on it.",
        "Where it is assumed, not measured, take every chance with salt.",
        "standard deviation of a day's log return",
        map_facts,
    ),
    Topic(
        "clusters.confidence",
        "Confidence of the map",
        "How far the estimated map can be trusted, 0 to 100, and what takes from it.",
        "Below 25 the checklist does not grade the map; below 50 treat it as a sketch.",
        "exchanges seen × freshness of their open interest × known part of the lens × 0.6 before it was measured",
        map_facts,
    ),
    Topic(
        "clusters.seeded",
        "How the map began",
        "From how much history of open interest the map was started, and how long it has run live since.",
        "A map that was started a short while ago misses older positions.",
        facts=map_facts,
    ),
    Topic(
        "clusters.realised",
        "Realised liquidations",
        "What was really liquidated in the band or on that side within the window, long and short.",
        "It shows where leverage was destroyed, not where it still stands.",
        "Σ of the exchanges' liquidations in USD; ≥ where an exchange samples or part of the window was not seen",
        _band_facts,
    ),
    Topic(
        "clusters.part",
        "Part of the window",
        "This band's part of all that was liquidated in the window.",
        "A band with most of the window's sum was one event.",
        "both sides of the band / both sides of all rows",
        _band_facts,
    ),
    Topic(
        "clusters.last",
        "Last print",
        "How long ago the newest liquidation in this band came.",
        "A fresh one: the band is being worked on right now.",
        facts=_band_facts,
    ),
    Topic(
        "clusters.coverage",
        "What was seen",
        "How much of the window the exchanges' feeds were up; what happened before is missing.",
        "All sums of a window seen in part are lower bounds.",
        facts=window_facts,
    ),
)
