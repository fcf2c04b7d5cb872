"""The numbers of the header."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import duration, percent, venue_code
from tui.language import label
from tui.topics.facts import change_facts, fact, feed_facts, not_known, price_facts, program_facts
from tui.topics.report_facts import crowd_facts, flow_facts, funding_facts, interest_facts
from tui.topics.topic import Fact, Topic


def _next_payment(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Which exchanges pay next, and when each of the others does."""
    waits = {row.venue: row.next_at_ms - view.at_ms for row in view.funding if row.next_at_ms is not None}
    soon = [f"{venue_code(venue)} {duration(wait)}" for venue, wait in waits.items() if wait >= 0]
    if not soon:
        return not_known(controls)
    return (fact("next payments", "{payments}", controls, payments=", ".join(soon)), *funding_facts(view, controls))


def _lags(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """The slowest stream of each exchange that is live."""
    slowest: dict[str, int] = {}
    for feed in view.feeds:
        if feed.state == "live" and feed.lag_ms is not None:
            slowest[feed.venue] = max(feed.lag_ms, slowest.get(feed.venue, 0))
    if not slowest:
        return not_known(controls)
    lags = ", ".join(f"{venue_code(venue)} {lag} ms" for venue, lag in slowest.items())
    return (fact("by exchange", "{lags}", controls, lags=lags),)


def _tab(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """What runs on the coin."""
    known = next((coin for coin in view.coins if coin.coin == of), None)
    if known is None or not known.alert:
        return not_known(controls)
    state, _, direction = known.alert.partition(" ")
    words = f"{label(state, controls)} {'▲' if direction == 'up' else '▼'}"
    return (fact("coin", "{coin}: {state}", controls, coin=of, state=words),)


def _median(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """The median's exchanges with the rate of each."""
    rates = ", ".join(f"{venue_code(row.venue)} {percent(row.per_8h, 4)}" for row in view.funding)
    facts = tuple(funding_facts(view, controls))
    return (*facts, fact("by exchange", "{rates}", controls, rates=rates)) if rates else facts


TOPICS: tuple[Topic, ...] = (
    Topic(
        "header.price",
        "Price",
        "What one coin costs now, in USD.",
        "The anchor of the ladder, of every distance and of every chance on the screen; struck dim it is not live.",
        "the mark price of the first exchange that has a fresh one, else the last trade",
        price_facts,
    ),
    Topic(
        "header.change",
        "Price change",
        "How far the price moved in 24 hours, or in the time that was watched where it says so.",
        "A liquidation flush after a long move is another thing than one out of a flat market.",
        "price now / price then - 1",
        change_facts,
    ),
    Topic(
        "header.funding",
        "Funding rate",
        "What longs pay shorts for 8 hours; below zero shorts pay longs. +0.0100 % is the neutral rate.",
        "Far above neutral longs are crowded and pay to stay: fuel for a fall. Far below, the other way round.",
        "median over the exchanges of: rate x 8 / hours of its interval",
        _median,
    ),
    Topic(
        "header.funding_year",
        "Funding per year",
        "The same rate as if it were paid for a whole year.",
        "Compare it with what the trade may earn: 11 % is neutral, 50 % and more is overheated.",
        "rate per 8 h x 3 x 365",
        funding_facts,
    ),
    Topic(
        "header.funding_next",
        "Next payment",
        "Time until the next exchange settles funding.",
        "Positions are often closed just before a costly payment; spreads widen around it.",
        "",
        _next_payment,
    ),
    Topic(
        "header.funding_venue",
        "Funding of one exchange",
        "This exchange's own rate, brought to 8 hours so that exchanges compare.",
        "One exchange far from the others is where the crowd sits, and is liquidated first.",
        "rate x 8 / hours of its interval",
        funding_facts,
    ),
    Topic(
        "header.interest",
        "Open interest",
        "Contracts that are open on all watched exchanges, in USD.",
        "The leverage that can still be liquidated: high before a cascade, lower after it.",
        "sum of the fresh exchanges; coins x price where an exchange reports coins",
        interest_facts,
    ),
    Topic(
        "header.interest_1h",
        "Open interest, 1 h change",
        "How much open interest in USD grew or shrank in the last hour; ~: one of the exchanges is missing.",
        "Falling with the price: positions are being closed or liquidated. Rising: new leverage enters.",
        "sum now / sum an hour ago - 1, in USD: a rising price alone raises it",
        interest_facts,
    ),
    Topic(
        "header.interest_24h",
        "Open interest, 24 h change",
        "How much open interest in USD grew or shrank in a day; ~: one of the exchanges is missing.",
        "Compare it with the price change: only what goes beyond it is new leverage.",
        "sum now / sum a day ago - 1, in USD: a rising price alone raises it",
        interest_facts,
    ),
    Topic(
        "header.crowd",
        "Long/short accounts",
        "Of 100 accounts with a position, how many are long and how many short.",
        "The many are small and often late: a crowd on one side is fuel against it.",
        "median of the exchanges' shares of accounts",
        crowd_facts,
    ),
    Topic(
        "header.flow",
        "CVD of the last hour",
        "What takers bought less what they sold, in USD, on spot or on perpetuals; ~: seen in part.",
        "Perpetuals sold while spot is bought is absorption; both on one side is a trend with force.",
        "sum over the trades of: + USD of a buying taker, - USD of a selling one",
        flow_facts,
    ),
    Topic(
        "header.feeds",
        "Live feeds",
        "How many of the watched exchanges bring data as they should.",
        "With one missing, sums are lower bounds: key f shows which, why, and when it is tried again.",
        "an exchange counts as its worst stream does",
        feed_facts,
    ),
    Topic(
        "header.feed",
        "State of an exchange",
        "How the exchange's streams stand: live, quiet, in doubt, down, or refused.",
        "What a silent exchange would show is missing from every sum: not zero, unknown.",
        "the worst of its streams; down in part counts as in doubt",
        feed_facts,
    ),
    Topic(
        "header.lag",
        "Lag",
        "How long messages are on their way from the slowest live exchange.",
        "Above a second the screen is behind the market: entries and stops come late.",
        "time of arrival - the exchange's own time stamp, the largest of the live streams",
        _lags,
    ),
    Topic(
        "header.clock",
        "Clock",
        "The moment that the whole screen shows.",
        "Compare it with your own clock: on a tape or while paused it is not now.",
        "",
        program_facts,
    ),
    Topic(
        "header.mode",
        "Mode",
        "Live exchanges, a tape with its speed, or the demo's invented market; and whether the picture is held.",
        "Only LIVE is the market of now. Key p holds and releases the picture.",
        "",
        program_facts,
    ),
    Topic(
        "header.tab",
        "Cascade on a coin",
        "! a cascade begins on this coin, !! it runs; the arrow is the way that the price is driven.",
        "Go there with the arrow keys, or see all coins with key o.",
        "",
        _tab,
    ),
)
