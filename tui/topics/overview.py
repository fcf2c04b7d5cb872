"""The numbers of the overview."""

from collections.abc import Callable, Sequence

from scoring.view import CoinSummary, MarketView
from tui.controls import Controls
from tui.topics.facts import at_least, change_facts, fact, measured, not_known, price_facts, program_facts, told
from tui.topics.judged_facts import cascade_facts, verdict_facts
from tui.topics.report_facts import funding_facts, interest_facts
from tui.topics.topic import Fact, Facts, Topic


def _summary(view: MarketView, of: str) -> CoinSummary | None:
    return next((one for one in view.coins if one.coin == of), None)


def _of_coin(value: Callable[[CoinSummary], object], whole: Facts, kind: str = "") -> Facts:
    """All facts of the coin that is shown; of another one that it is known, and where to read more.

    `kind`: which one of its kind the facts are asked for.
    """

    def facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
        known = _summary(view, of)
        if known is None or value(known) is None:
            return not_known(controls)
        if of == view.coin:
            return whole(view, controls, kind)
        return (told("coin", of, controls), fact("more", "open the coin: its own tables tell source and age", controls))

    return facts


def _minute(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    known = _summary(view, of)
    if known is None or known.long_60s is None:
        return not_known(controls)
    return (measured(controls), at_least(controls)) if known.sampled_60s else (measured(controls),)


TOPICS: tuple[Topic, ...] = (
    Topic(
        "overview.coins",
        "Coins of the list",
        "How many coins are watched; the arrow stands at the chosen one.",
        "Enter opens the chosen coin, S sorts by the next column, L watches the config's next list.",
        facts=program_facts,
    ),
    Topic(
        "overview.price",
        "Price of a coin",
        "What one coin costs now, in USD; ? where no fresh price is known.",
        "Only the newest price: open the coin to see how fresh it is.",
        "the mark price of the first exchange that has a fresh one, else the last trade",
        price_facts,
    ),
    Topic(
        "overview.cascade",
        "Running cascade",
        "Whether a chain of liquidations begins or runs on this coin; ? where none of its liquidations can be seen.",
        "Look there first: ▼ longs are being closed out, ▲ shorts.",
        "the same states as in the cascade pane, decided each second",
        _of_coin(lambda one: one.long_60s, cascade_facts),
    ),
    Topic(
        "overview.change",
        "Price change, 24 h",
        "How far the price moved in 24 hours, or in the time that was watched where that is less.",
        "Coins that move against all the others have a reason of their own.",
        "price now / price then - 1",
        _of_coin(lambda one: one.change, change_facts),
    ),
    Topic(
        "overview.imbalance",
        "Imbalance",
        "Which side was liquidated more in the window: −1 longs alone, +1 shorts alone, 0 both alike.",
        "Near one end the weak hands of that side are out already.",
        "(short - long) / (short + long) of realised liquidations in the window",
        _of_coin(lambda one: one.imbalance, program_facts),
    ),
    Topic(
        "overview.funding",
        "Funding per 8 h",
        "What longs pay shorts for 8 hours, the middle of the exchanges; +0.0100 % is neutral.",
        "The highest and the lowest of the list are where the crowd leans most.",
        "median over the exchanges of: rate x 8 / hours of its interval",
        _of_coin(lambda one: one.funding_8h, funding_facts),
    ),
    Topic(
        "overview.interest",
        "Open interest in coins, 24 h",
        "How open interest in coins changed in a day: leverage that came or left, whatever the price did.",
        "Rising with a flat price: positions are being built up, and a move will hurt one side.",
        "coins now / coins a day ago - 1, over the exchanges that tell both",
        _of_coin(lambda one: one.interest_24h, interest_facts),
    ),
    Topic(
        "overview.minute",
        "Last minute's liquidations",
        "What was liquidated in the last 60 s, longs / shorts; ≥: at least, ·: none seen, ?: not watched.",
        "A minute that stands out among the coins is how a cascade begins.",
        "sum of price x quantity of the liquidations, by the position that was liquidated",
        _minute,
    ),
    Topic(
        "overview.verdict_long",
        "Verdict for a long",
        "What the checklist says to a long on this coin now; NO DATA where too little is known to judge.",
        "It rules entries out; OK is no reason to enter. Open the coin to read which items decided.",
        "the checklist's weighted items, with its vetoes",
        _of_coin(lambda one: one.long, verdict_facts, "long"),
    ),
    Topic(
        "overview.verdict_short",
        "Verdict for a short",
        "What the checklist says to a short on this coin now; NO DATA where too little is known to judge.",
        "It rules entries out; OK is no reason to enter. Open the coin to read which items decided.",
        "the checklist's weighted items, with its vetoes",
        _of_coin(lambda one: one.short, verdict_facts, "short"),
    ),
)
