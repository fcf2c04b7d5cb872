"""The numbers of the chart."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import amount, clock, duration, percent, span
from tui.topics.facts import age, at_least, fact, measured, not_known, price_facts, source, told, window_facts
from tui.topics.report_facts import funding_facts
from tui.topics.topic import Fact, Topic
from tui.views.chart_side import series_of, written
from tui.views.columns import bounds, last_known, total


def _slots(view: MarketView, values: Sequence[float | None], controls: Controls) -> tuple[Fact, ...]:
    """How long a slot is, and in how many of them it is known."""
    known = sum(value is not None for value in values)
    return (
        fact("slots", "{count} of {step}", controls, count=len(values), step=duration(view.course.step_ms)),
        fact("complete", "{share} of them are known", controls, share=percent(known / len(values), 0, False))
        if values
        else not_known(controls)[0],
    )


def _price(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    course = view.course
    facts = (*price_facts(view, controls), *_slots(view, course.price, controls))
    if not any(course.filled):
        return facts
    share = percent(sum(course.filled) / len(course.filled), 0, False)
    return (*facts, fact("before the start", "{share} of them by candles or stored minutes", controls, share=share))


def _range(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    if of in ("", "price"):
        return _price(view, controls, "")
    values = series_of(view.course, of)
    limits = bounds(values)
    if limits is None:
        return not_known(controls)
    return (
        told("least", written(of, limits[0]), controls),
        told("greatest", written(of, limits[1]), controls),
        *_slots(view, values, controls),
    )


def _forced(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    course = view.course
    minutes = len(course.price) * course.step_ms // 60_000
    values = course.short_usd if of == "short" else course.long_usd
    return (*window_facts(view, controls, str(minutes)), *_slots(view, values, controls))


def _heaviest(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """`of`: the position, when its cell begins and how many slots it has, as "long/1737979440000/4"."""
    position, _, rest = of.partition("/")
    start, _, count = rest.partition("/")
    course = view.course
    if not (start.isdigit() and count.isdigit() and course.price):
        return not_known(controls)
    first = (int(start) - course.first_ms) // course.step_ms
    values = course.short_usd if position == "short" else course.long_usd
    usd = total(values[max(first, 0) : max(first + int(count), 0)])
    if usd is None:
        return not_known(controls)
    return (
        told("liquidated", amount(usd, any(course.sampled)), controls),
        told("at", clock(int(start), controls.local_time), controls),
        told("within", span(int(count) * course.step_ms / 60_000), controls),
        *((at_least(controls),) if any(course.sampled) else (measured(controls),)),
    )


def _interest(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    course = view.course
    if last_known(course.interest) is None:
        return not_known(controls)
    rows = [row for row in view.interest if row.venue in course.interest_of]
    oldest = min((row.at_ms for row in rows), default=None)
    stale = course.interest[-1] is None
    return (
        source(course.interest_of, controls),
        age(oldest, view, controls, stale),
        *_range(view, controls, "interest"),
    )


def _funding(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    return (*funding_facts(view, controls), *_range(view, controls, "funding"))


def _flow(market: str, view: MarketView, controls: Controls) -> Sequence[Fact]:
    venues = dict.fromkeys(row.venue for row in view.flow if row.market == market and row.venue)
    return (source(venues, controls), *_range(view, controls, market))


def _spot(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    return _flow("spot", view, controls)


def _perp(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    return _flow("perp", view, controls)


def _time(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    course = view.course
    if not course.price:
        return not_known(controls)
    newest = course.first_ms + len(course.price) * course.step_ms
    return (
        told("from", clock(course.first_ms, controls.local_time), controls),
        told("to", clock(min(newest, view.at_ms), controls.local_time), controls),
        fact("slots", "{count} of {step}", controls, count=len(course.price), step=duration(course.step_ms)),
    )


TOPICS: tuple[Topic, ...] = (
    Topic(
        "chart.last",
        "Last price",
        "The coin's price as the line ends: the first fresh mark price, else the last trade.",
        "Mark prices are what liquidations go by, so the line touches a cluster where the exchange does.",
        "looked at once a second",
        _price,
    ),
    Topic(
        "chart.high",
        "Highest price",
        "The highest price of the window, at the row of the chart where it was; the percentage is from the last.",
        "What lies beyond it was not tested in this window: stops and liquidations gather there.",
        "the largest of the prices looked at once a second",
        _price,
    ),
    Topic(
        "chart.low",
        "Lowest price",
        "The lowest price of the window, at the row of the chart where it was; the percentage is from the last.",
        "What lies below it was not tested in this window: stops and liquidations gather there.",
        "the smallest of the prices looked at once a second",
        _price,
    ),
    Topic(
        "chart.change",
        "Change in the window",
        "How far the price went from the window's first known price to the last.",
        "Read it against the lines below: a move on falling open interest closes positions, it opens none.",
        "last / first - 1",
        _price,
    ),
    Topic(
        "chart.range",
        "Range",
        "The least and the greatest value in the window: each line is drawn between its own two, whatever they are.",
        "Compare shapes, not heights: a narrow range makes a small move look tall.",
        "share of the height = (value - least) / (greatest - least)",
        _range,
    ),
    Topic(
        "chart.heaviest",
        "Heavy liquidations",
        "A stretch of the window in which most of one side was liquidated: longs below the line, shorts above it.",
        "Where such a mark stands at a turn of the line, the forced orders may have ended the move.",
        "the heaviest cells of each side; a small mark is less than half of the heaviest",
        _heaviest,
    ),
    Topic(
        "chart.forced",
        "Liquidated in the window",
        "All that was liquidated of one side in the window, in USD; bars up are shorts, bars down are longs.",
        "The thin base line says that it was watched and nothing came; a blank was not watched.",
        "a bar's height grows with the square root of its sum",
        _forced,
    ),
    Topic(
        "chart.interest",
        "Open interest",
        "Open contracts in coins, one side, of the exchanges that tell it through the window.",
        "Falling with the price: positions are closed or liquidated. Rising with it: new ones are opened.",
        "the sum of each exchange's last reading; an exchange counts where it is known nearly throughout",
        _interest,
    ),
    Topic(
        "chart.funding",
        "Funding",
        "The median funding rate of the exchanges, per 8 hours.",
        "A rate that climbs while the price stands still: longs pay more and more to wait.",
        "median of rate x 8 / interval in hours",
        _funding,
    ),
    Topic(
        "chart.spot",
        "Spot CVD",
        "What takers bought less what they sold on spot markets since the window's start, in USD.",
        "A price that falls while spot is bought is absorbed; one that rises on futures alone is borrowed.",
        "sum of buys - sum of sells, in the order of time; what was not seen adds nothing",
        _spot,
    ),
    Topic(
        "chart.perp",
        "Perp CVD",
        "What takers bought less what they sold on perpetuals since the window's start, in USD.",
        "Liquidations are part of it: a cascade is a cliff in this line.",
        "sum of buys - sum of sells, in the order of time; what was not seen adds nothing",
        _perp,
    ),
    Topic(
        "chart.time",
        "Time",
        "A time of day: the cell over the tick is where it begins.",
        "The same column of every line below is the same moment.",
        "",
        _time,
    ),
)
