"""The numbers of the ladder."""

from collections.abc import Sequence

from scoring.view import EstimatedCell, LadderCell, MarketView
from tui.controls import Controls
from tui.format import amount, clock, duration, percent, usd
from tui.format import price as price_text
from tui.topics.facts import at_least, fact, measured, modelled, not_known, price_facts, window_facts
from tui.topics.judged_facts import map_facts
from tui.topics.topic import Fact, Topic
from tui.views.seen import watched, whole, window_total


def _band(view: MarketView, controls: Controls, of: str) -> tuple[Fact, ...]:
    """The prices that a row holds."""
    if not of.lstrip("-").isdigit():
        return ()
    step = view.ladder.step
    low, high = (price_text(edge * step, step) for edge in (int(of), int(of) + 1))
    return (fact("prices", "{low} to {high}", controls, low=low, high=high),)


def _row(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    return (*_band(view, controls, of), *price_facts(view, controls))


def _realised(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """The row's sums of both sides, whether a sampling exchange is among them, and how much was watched."""
    if not of.lstrip("-").isdigit():
        return window_facts(view, controls)
    total = window_total(view, view.ladder.window_minutes)
    item, part = view.ladder.cells.get(int(of), LadderCell()), not whole(total)
    long = amount(item.long_usd, item.long_sampled or part, watched(total))
    short = amount(item.short_usd, item.short_sampled or part, watched(total))
    facts = [
        *_band(view, controls, of),
        fact("both sides", "{long} long, {short} short", controls, long=long, short=short),
    ]
    if item.long_sampled or item.short_sampled:
        facts.append(at_least(controls))
    shared = [one for one in window_facts(view, controls) if one not in facts]
    return (*facts, *shared)


def _mass(view: MarketView, controls: Controls, of: str) -> EstimatedCell | None:
    known = of.lstrip("-").isdigit() and not view.map.reason
    return view.map.cells.get(int(of), EstimatedCell()) if known else None


def _estimate(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """The row's modelled mass in USD by side, and the map's own facts."""
    mass = _mass(view, controls, of)
    if mass is None:
        return map_facts(view, controls)
    long, short = usd(mass.long_usd), usd(mass.short_usd)
    sides = fact("modelled USD", "{long} long, {short} short", controls, long=long, short=short)
    return (*_band(view, controls, of), sides, *_swept(mass, view, controls), *map_facts(view, controls))


def _swept(mass: EstimatedCell, view: MarketView, controls: Controls) -> tuple[Fact, ...]:
    if mass.swept_at_ms is None:
        return ()
    time, ago = clock(mass.swept_at_ms, controls.local_time), duration(view.at_ms - mass.swept_at_ms)
    return (fact("swept", "{time}, {ago} ago", controls, time=time, ago=ago),)


def _cluster(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """The band of the cluster whose peak lies in the row."""
    side, _, number = of.partition("/")
    shown = (view.above, view.below) if view.map.reason else (view.map.above, view.map.below)
    clusters = shown[side == "below"]
    if not number.isdigit() or not 0 < int(number) <= len(clusters):
        return not_known(controls)
    found, step = clusters[int(number) - 1], view.ladder.step
    low, high = price_text(found.low, step), price_text(found.high, step)
    return (
        measured(controls) if view.map.reason else modelled(controls),
        fact("prices", "{low} to {high}", controls, low=low, high=high),
        fact("distance", "{distance}", controls, distance=percent(found.distance)),
        fact("size", "{usd} USD", controls, usd=usd(found.usd)),
    )


def _moved(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    return (fact("back", "key g goes back to the price", controls),)


TOPICS: tuple[Topic, ...] = (
    Topic(
        "ladder.window",
        "Window",
        "How far back the ladder adds up liquidations.",
        "Keys [ and ] change it: 15 minutes for what happens now, 24 hours for where the day's leverage was destroyed.",
        "",
        window_facts,
    ),
    Topic(
        "ladder.step",
        "Price step",
        "How much of the price one row holds.",
        "Keys + and - make rows finer or coarser.",
        "the price's own size, snapped to 1, 2, 2.5 or 5 with zeros",
        price_facts,
    ),
    Topic(
        "ladder.moved",
        "Moved",
        "How many rows the ladder was moved away from the price.",
        "Scroll to look further; the price may be out of sight meanwhile.",
        "",
        _moved,
    ),
    Topic(
        "ladder.coverage",
        "Seen of the window",
        "How much of the window each exchange was watched; what came before is missing, not zero.",
        "Don't compare sides or rows before the window was seen: sums are lower bounds until then.",
        "time with a live feed / window, of the exchange that was watched least",
        window_facts,
    ),
    Topic(
        "ladder.map",
        "Estimated map",
        "Which positions the map looks back on, which leverage it assumes, and in what it is written.",
        "Keys l, x and u change them. It is a model: a cluster is a magnet at best, not a target.",
        "open interest that was added, at liquidation prices by leverage, less what was closed and swept",
        map_facts,
    ),
    Topic(
        "ladder.row",
        "Price row",
        "The lowest price of the row; the row goes up to the next one.",
        "Read across: what was liquidated in this band, and what the map still estimates there.",
        "row number x step",
        _row,
    ),
    Topic(
        "ladder.distance",
        "Distance",
        "How far the row is from the price of now.",
        "Compare it with your stop, and with the usual move of a day.",
        "row's lowest price / price - 1",
        _row,
    ),
    Topic(
        "ladder.long",
        "Long liquidations",
        "Longs liquidated in this band within the window, in USD; ≥: at least, ·: none seen, ?: not watched.",
        "Where leverage was destroyed already: the same longs can't be liquidated there again.",
        "sum of price x quantity of the liquidations, by the position that was liquidated",
        _realised,
    ),
    Topic(
        "ladder.short",
        "Short liquidations",
        "Shorts liquidated in this band within the window, in USD; ≥: at least, ·: none seen, ?: not watched.",
        "Where leverage was destroyed already: the same shorts can't be liquidated there again.",
        "sum of price x quantity of the liquidations, by the position that was liquidated",
        _realised,
    ),
    Topic(
        "ladder.estimate",
        "Estimated mass",
        "What the map estimates to be liquidated in this band, if the price comes here: modelled, not measured.",
        "Dense rows may pull the price and speed it up; keep stops outside of them.",
        "sum over cohorts of open interest whose liquidation price lies in the row; 100 is the densest row",
        _estimate,
    ),
    Topic(
        "ladder.swept",
        "Swept",
        "The price went through this row at this time, so what was estimated here is gone.",
        "A swept level has done its work: don't count on it again before new positions were opened.",
        "",
        _estimate,
    ),
    Topic(
        "ladder.cluster",
        "Peak of a cluster",
        "The row with the peak of this cluster, by its number in the cluster panes.",
        "Find the cluster's size, chance and record under the same number.",
        "",
        _cluster,
    ),
)
