"""The numbers of the tables by exchange."""

from collections.abc import Mapping, Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.topics.facts import not_known, program_facts
from tui.topics.report_facts import (
    crowd_facts,
    depth_facts,
    flow_facts,
    funding_facts,
    interest_facts,
    large_facts,
    options_facts,
    trend_facts,
)
from tui.topics.topic import Fact, Facts, Topic

_KINDS: Mapping[str, Facts] = {
    "interest": interest_facts, "funding": funding_facts, "crowd": crowd_facts, "depth": depth_facts,
    "options": options_facts,
}  # fmt: skip


def _age(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Of an age: `of` is the kind of data and which one of it, as "interest/binance"."""
    kind, _, which = of.partition("/")
    return _KINDS[kind](view, controls, which) if kind in _KINDS else not_known(controls)


TOPICS: tuple[Topic, ...] = (
    Topic(
        "reports.age",
        "Age of the answer",
        "How long ago the exchange told this; dimmed as it grows, struck where it is too old to be the present value.",
        "A stale row is left out of the sum and of the median.",
        facts=_age,
    ),
    Topic(
        "reports.interest",
        "Open interest of an exchange",
        "Contracts that are open there, in coins and in USD; the last row adds up the fresh exchanges.",
        "Where most of it sits, a cascade hits hardest; liquidations of that exchange matter most.",
        "one side only; coins x price where an exchange reports coins, halved where it counts both sides",
        interest_facts,
    ),
    Topic(
        "reports.interest_change",
        "Change of open interest",
        "How much it grew or shrank in 1 h or 24 h, in coins and in USD; ~: one of the exchanges is missing.",
        "In USD a rising price alone raises it: trust coins. Coins fall while the price rises: shorts cover.",
        "now / then - 1; of all: sum now / sum then - 1",
        interest_facts,
    ),
    Topic(
        "reports.funding_rate",
        "Funding rate as paid",
        "The running rate for the exchange's own interval: longs pay shorts, below zero the other way round.",
        "What a position held over the payment really pays; compare exchanges by the rate per 8 h.",
        facts=funding_facts,
    ),
    Topic(
        "reports.funding",
        "Funding rate per 8 h",
        "The rate brought to 8 hours, so that exchanges compare; the last row is their median.",
        "From +0.02 % on longs are warm, from +0.03 % on a long is expensive; +0.0100 % is neutral.",
        "rate x 8 / hours of its interval",
        funding_facts,
    ),
    Topic(
        "reports.funding_year",
        "Funding per year, each exchange",
        "The same rate as if it were paid for a whole year.",
        "Compare it with what the trade may earn: 11 % is neutral, 50 % and more is overheated.",
        "rate per 8 h x 3 x 365",
        funding_facts,
    ),
    Topic(
        "reports.funding_every",
        "Interval of payments",
        "How often this exchange settles funding; ? where it doesn't say.",
        "Exchanges shorten it on overheated coins: the same rate is then paid more often.",
        facts=funding_facts,
    ),
    Topic(
        "reports.funding_next",
        "Time to the payment",
        "How long until this exchange settles funding.",
        "Positions are often closed just before a costly payment; spreads widen around it.",
        facts=funding_facts,
    ),
    Topic(
        "reports.crowd",
        "Long and short share",
        "Which share is long and which short: of accounts, of the largest accounts, or of their positions.",
        "A crowd on one side is fuel against it; large accounts that stand against the many deserve a look.",
        "as the exchange sends it; short = 1 - long",
        crowd_facts,
    ),
    Topic(
        "reports.crowd_ratio",
        "Ratio of longs to shorts",
        "How many longs there are for each short.",
        "Above 1.5 the crowd is long, below 0.67 it is short.",
        "long share / short share",
        crowd_facts,
    ),
    Topic(
        "reports.crowd_change",
        "Change of the long share",
        "How many percentage points the long share moved in 24 hours.",
        "Rising while the price falls: the crowd buys the dip with leverage.",
        "long share now - long share a day ago",
        crowd_facts,
    ),
    Topic(
        "reports.flow",
        "CVD",
        "What takers bought less what they sold in the window, in USD; ~: seen in part, ·: none, ?: not watched.",
        "Perpetuals sold while spot is bought is absorption; both on one side is a trend with force.",
        "sum over the trades of: + USD of a buying taker, - USD of a selling one",
        flow_facts,
    ),
    Topic(
        "reports.flow_z",
        "How unusual the last hour's flow is",
        "The last hour's CVD in standard deviations of the hours of its own day; ? until the day is long enough.",
        "Beyond 2σ somebody is in a hurry.",
        "CVD of an hour / standard deviation of the day's hours",
        flow_facts,
    ),
    Topic(
        "reports.large",
        "Large orders",
        "What takers bought and sold in large orders in the window, and the difference, in USD; ~: seen in part.",
        "Large buying into long liquidations is somebody who takes the other side of the cascade.",
        "sum of the orders above the threshold; fills of one taker within a moment are one order",
        large_facts,
    ),
    Topic(
        "reports.large_from",
        "From which size on",
        "Orders of this size and more count as large on this coin.",
        "It follows the coin's own day: what is large on a small coin is nothing on BTC.",
        "size that one order in a thousand of the day exceeds, at least the floor of the config",
        large_facts,
    ),
    Topic(
        "reports.large_count",
        "Number of large orders",
        "How many large orders there were in the window.",
        "One giant is another thing than many that agree.",
        facts=large_facts,
    ),
    Topic(
        "reports.large_z",
        "How unusual the large orders are",
        "Their balance in standard deviations of the day's quarters of an hour; ? until the day is long enough.",
        "From +1σ on they support a long, below −2σ they speak against it; the other way round for a short.",
        "(bought - sold) / standard deviation of the day's quarters of an hour",
        large_facts,
    ),
    Topic(
        "reports.depth",
        "Resting orders",
        "What rests in the book within this distance of the middle, in USD: bids below, asks above.",
        "Thin bids below are what a cascade of longs falls through. Resting orders can be withdrawn at any moment.",
        "sum of price x quantity of the book's orders within the distance",
        depth_facts,
    ),
    Topic(
        "reports.depth_ratio",
        "Bids per asks",
        "How many USD of bids there are for each USD of asks.",
        "Far below 1 the way down is the easier one, as long as the orders stay.",
        "bids / asks",
        depth_facts,
    ),
    Topic(
        "reports.options",
        "Puts per call",
        "How many puts there are for each call, by open contracts and by the day's volume.",
        "Above 1 protection is sought: with a long crowd it is a divergence to note.",
        "puts / calls, over all strikes and dates of the exchange",
        options_facts,
    ),
    Topic(
        "reports.trend",
        "Trend score",
        "The trend on candles of this length from −3 (down) to +3 (up), and what it is made of.",
        "Entries against a score of 3 on the longer candles need a better reason than a cluster.",
        "a point each for averages in order, swings and Supertrend; without direction (low ADX) one at most",
        trend_facts,
    ),
    Topic(
        "reports.adx",
        "Strength of the trend",
        "The average directional index, 0 to 100: how much direction there is, whichever way.",
        "A low one is a market without direction, where clusters on both sides are visited.",
        "Wilder's ADX: smoothed |+DI - -DI| / (+DI + -DI) x 100",
        trend_facts,
    ),
    Topic(
        "reports.hidden",
        "Rows out of sight",
        "How many rows are above and below what is shown.",
        "Scroll with the arrow keys, page up and page down, g and G.",
        facts=program_facts,
    ),
)
