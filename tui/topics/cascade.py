"""The numbers of the cascade."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import clean, usd
from tui.language import label
from tui.topics.facts import at_least, fact, modelled, not_known, told, window_facts
from tui.topics.judged_facts import cascade_facts
from tui.topics.topic import Fact, Topic


def _day_facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Of the day, or of one exchange's part of it."""
    day = view.cascade.day
    return window_facts(view, controls, f"{day.window_minutes}/{of}") if day is not None else not_known(controls)


def _corrected_facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Of what one exchange's feed probably left out."""
    found = next((one for venue, one in view.cascades.corrected if venue == of), None)
    if found is None:
        return not_known(controls)
    facts = [modelled(controls), at_least(controls), told("because", found.reason, controls)]
    facts.append(fact("counted", "at least {usd}", controls, usd=usd(found.raw_usd)))
    if found.per_second is not None:
        facts.append(fact("orders a second", "{n}", controls, n=f"{found.per_second:.1f}"))
    return facts


def _exhaustion_facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Each sign with what it was judged by."""
    badge = view.cascades.exhaustion
    if badge is None:
        return not_known(controls)
    words = {True: label("met", controls), False: label("not met", controls), None: label("not known", controls)}
    return tuple((label(part.name, controls), clean(f"{words[part.met]}: {part.reason}")) for part in badge.parts)


TOPICS: tuple[Topic, ...] = (
    Topic(
        "cascade.state",
        "State of the cascade",
        "Whether longs (▼) or shorts (▲) are liquidated in a chain, since when, and why.",
        "Never enter against a side that ignites or cascades; exhausted is when the crowd has been flushed.",
        "calm, loading, igniting, cascading, exhausted or rejected, decided each second; blind where data is missing",
        cascade_facts,
    ),
    Topic(
        "cascade.run",
        "Run",
        "How far the price went under forced orders, and what part of it was taken back.",
        "Half taken back while igniting, or 62 % while cascading: rejected.",
        "extreme / start − 1; taken back: way back from the extreme / run",
        cascade_facts,
    ),
    Topic(
        "cascade.impulse",
        "Impulse H",
        "How far the last minute's liquidations could push the price through the resting orders, in basis points.",
        "Ignites from 0.5 bp on, cascades from 10 bp on; from 5 bp on where all feeds sample.",
        "H = liquidated in 60 s / resting USD per bp on the side that is hit (median of an hour)",
        cascade_facts,
    ),
    Topic(
        "cascade.renewal",
        "Renewal number R",
        "How many forced orders each forced order sets off, with its bounds.",
        "Above 1 the chain feeds itself, below 1 it dies out. Known from complete feeds alone.",
        "R = (2 + Σ orders) / (4 + Σ expected orders), forgotten by half in 30 s",
        cascade_facts,
    ),
    Topic(
        "cascade.ratio",
        "Times the usual rate",
        "The rate of liquidations now against that of the last half hour.",
        "Ignites from 8 times on.",
        "USD a second over 10 s / over 30 min, both fading",
        cascade_facts,
    ),
    Topic(
        "cascade.move",
        "Move",
        "How far the price went in one minute, in usual deviations (σ), and in two minutes, in basis points.",
        "Forced orders without a move are absorbed. Ignites from 2.5σ on in their direction.",
        "log return / usual deviation of such a span; needed in 2 min: the larger of 40 bp and 4σ",
        cascade_facts,
    ),
    Topic(
        "cascade.levels",
        "Levels crossed",
        "How many price levels the cascade went through since it ignited.",
        "Two at least make it a cascade.",
        "steps of 1-2-2.5-5 of at most 0.2 % of the price",
        cascade_facts,
    ),
    Topic(
        "cascade.interest",
        "Open interest in the cascade",
        "How open interest in coins changed in five minutes, or since the ignition.",
        "A fall says that positions are really closed; a move without one is rarely a cascade.",
        "coins now / coins before − 1; pending until an exchange has told it anew",
        cascade_facts,
    ),
    Topic(
        "cascade.level",
        "Crossed level",
        "A price that the cascade went through, and when.",
        "The last ones tell whether it speeds up.",
        facts=cascade_facts,
    ),
    Topic(
        "cascade.growth",
        "Verdict of a level",
        "Whether the level liquidated more per basis point than the one before.",
        "Accelerates: stay away; fades: it runs out. First and jumped levels have none before them.",
        "USD per bp / that of the level before: accelerates from 1.2, sustains from 0.8, else fades; speed counts too",
        cascade_facts,
    ),
    Topic(
        "cascade.density",
        "USD per basis point",
        "What was liquidated per basis point of the level's width.",
        "Compare levels by this, never by raw sums: they differ in width.",
        "liquidated in the level / its width in bp",
        cascade_facts,
    ),
    Topic(
        "cascade.speed",
        "Speed",
        "How fast the price crossed the level.",
        "Slower than six tenths of the level before: it fades.",
        "width in bp / seconds",
        cascade_facts,
    ),
    Topic(
        "cascade.forced",
        "Forced orders",
        "What was liquidated on this side in the last minute, or within the level.",
        "Large is a minute above 95 % of the day's minutes, and above the coin's floor.",
        "Σ of liquidations in USD; ≥ where feeds sample",
        cascade_facts,
    ),
    Topic(
        "cascade.exhaustion",
        "Leverage gone",
        "How many of four signs say that the leverage was flushed after the cascade.",
        "Four of four: the crowd is out, and longs after a fall (shorts after a rise) meet less forced selling.",
        "funding half-way to neutral, open interest in coins −5 % (BTC) or −10 %, spot volume and liquidations usual",
        _exhaustion_facts,
    ),
    Topic(
        "cascade.minute",
        "Last minute",
        "What was liquidated in the last 60 s, longs and shorts.",
        "Beside the usual minute it tells calm from a beginning.",
        "Σ of liquidations in USD; ≥ where a feed samples or is down; ? where none is up",
        cascade_facts,
    ),
    Topic(
        "cascade.usual",
        "Usual minute",
        "The mean minute of the last half hour, and how many times it the last minute is.",
        "Three times and more stands out.",
        "mean of the minutes seen, without the last one",
        cascade_facts,
    ),
    Topic(
        "cascade.last",
        "Last liquidation",
        "How long ago the newest liquidation came.",
        "A long silence with feeds up is calm; with feeds down it says nothing.",
        facts=cascade_facts,
    ),
    Topic(
        "cascade.day",
        "Liquidated in 24 h",
        "What was liquidated in 24 h, longs and shorts.",
        "Who was hurt today: a one-sided day took the weak hands of that side.",
        "Σ of liquidations in USD; ≥ where an exchange samples or part of the day was not seen",
        _day_facts,
    ),
    Topic(
        "cascade.balance",
        "One-sidedness of the day",
        "The share of longs in what 24 h liquidated, and the day's place among the coin's own days.",
        "From 70 % on one side it was a flush of that side.",
        "longs / (longs + shorts); rank by both sides' sum among its own earlier days",
        _day_facts,
    ),
    Topic(
        "cascade.coverage",
        "What was seen",
        "How much of the day the exchanges' feeds were up; what happened before is missing.",
        "All sums of a day seen in part are lower bounds.",
        facts=_day_facts,
    ),
    Topic(
        "cascade.venue",
        "One exchange's day",
        "What this exchange liquidated in 24 h: longs, shorts, how much of the day was seen, how many orders.",
        "A cascade on one exchange alone may be its own trouble.",
        "Σ of its liquidations in USD; ≥ where it sends only a part",
        _day_facts,
    ),
    Topic(
        "cascade.corrected",
        "What sampling left out",
        "What a feed of one order a second showed, and what it probably held, with a band.",
        "For the size of a cascade on exchanges that sample. Modelled: never added to what was counted.",
        "orders per second from the share of empty seconds, sizes from complete feeds; saturated: only the lower bound",
        _corrected_facts,
    ),
    Topic(
        "cascade.log",
        "Log",
        "What happened when: changes of state and crossed levels, with the inputs of that second.",
        "Read it from below to see how the cascade grew; levels of one second share a row.",
        facts=cascade_facts,
    ),
)
