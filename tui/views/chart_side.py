"""What stands at the right of the chart's rows: the numbers of each line, and what they are."""

from dataclasses import dataclass

from scoring.view import Course, MarketView
from tui.controls import Controls
from tui.format import UNKNOWN, amount, percent, usd
from tui.format import price as price_text
from tui.language import label
from tui.views.columns import Values, bounds, last_known, running_sum, total
from tui.views.layout import row_width
from tui.views.notation import PARTLY
from tui.views.row import Row, about
from tui.views.seen import is_stale

SERIES = ("interest", "funding", "spot", "perp")
"""The lines below the price, in the order in which they get a row."""
_WORDS = {
    "interest": ("OI", "OI coins"), "funding": ("fund", "funding 8h"),
    "spot": ("spot", "spot CVD"), "perp": ("perp", "perp CVD"),
}  # fmt: skip
"""What a line is called where there is little room, and where there is more."""
_PRICE_WORDS = ("last", "high", "low")
_UNITS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


@dataclass(frozen=True, slots=True)
class Side:
    """A number, which stands at the right of its column, and words about it where there is room."""

    number: Row = ()
    words: Row = ()


def series_of(course: Course, name: str) -> Values:
    """The values of a line of `SERIES`; the flow as what has come together since the window's start."""
    if name == "interest":
        return course.interest
    if name == "funding":
        return course.funding
    return running_sum(course.spot if name == "spot" else course.perp)


def written(name: str, value: float | None) -> str:
    """A value of a line of `SERIES`."""
    if name == "interest":
        return coins(value)
    return percent(value, 4) if name == "funding" else usd(value)


def coins(value: float | None) -> str:
    """An amount of coins in four figures: 84.21k, 1.204M, 950.3."""
    if value is None:
        return UNKNOWN
    factor, unit = next(((factor, unit) for factor, unit in _UNITS if abs(value) >= factor), (1.0, ""))
    text = f"{value / factor:.4g}"
    return f"{text}{unit}".replace("-", "−") if "e" not in text else usd(value)


def series_side(view: MarketView, name: str, controls: Controls, wide: bool) -> Side:
    """The last value of a line and its range; its short name before the value where there is no room for more."""
    values = series_of(view.course, name)
    last, limits = last_known(values), bounds(values)
    short, full = (label(words, controls) for words in _WORDS[name])
    topic = f"chart.{name}"
    stale = bool(values) and values[-1] is None
    partly = PARTLY if name == "interest" and last is not None and _left_out(view) else ""
    number: Row = ((partly + written(name, last), "unknown" if last is None else "stale" if stale else "text"),)
    if not wide:
        return Side(((f"{short} ", "muted"), *about(topic, number)))
    words: Row = ((full, "muted"),)
    if limits is not None:
        low, high = (written(name, value).removesuffix(" %") for value in limits)
        words = (*words, *about("chart.range", ((f" {low}..{high}", "muted"),), name))
    return Side(about(topic, number), words)


def _left_out(view: MarketView) -> bool:
    """Whether an exchange tells open interest of now, but not throughout the window."""
    return any(row.coins is not None and row.venue not in view.course.interest_of for row in view.interest)


def forced_side(course: Course, position: str, controls: Controls, wide: bool) -> Side:
    """What was liquidated of one side in the window: at least that where a feed samples or a part was not seen."""
    values = course.long_usd if position == "long" else course.short_usd
    known = total(values)
    text = amount(known, any(course.sampled) or None in values, known is not None)
    number = about("chart.forced", ((text, position if known else "unknown" if known is None else "muted"),), position)
    words = label("longs liquidated" if position == "long" else "shorts liquidated", controls)
    if wide:
        return Side(number, ((words, "muted"),))
    return Side(((f"{label(position, controls)} ", "muted"), *number))


def price_sides(view: MarketView, controls: Controls, wide: bool) -> dict[str, Side]:
    """The last, the highest and the lowest price of the window; how far those two are from the last."""
    course = view.course
    low, high = bounds(course.low), bounds(course.high)
    last = last_known(course.price)
    values = dict(zip(_PRICE_WORDS, (last, high and high[1], low and low[0]), strict=True))
    stale = is_stale(view.price, view.at_ms) or not course.price or course.price[-1] is None
    sides: dict[str, Side] = {}
    for name, value in values.items():
        style = "muted" if name != "last" else "stale" if stale else "strong"
        number = about(f"chart.{name}", ((price_text(value), style),))
        words: Row = ((label(name, controls), "muted"),)
        if name != "last" and value is not None and last:
            words = (*words, *about(f"chart.{name}", ((f" {percent(value / last - 1)}", "muted"),)))
        sides[name] = Side(number, words if wide else ())
    return sides


def beside(drawn: Row, side: Side, cells: int, numbers: int) -> Row:
    """A row of the chart with what stands beside it. `cells`: of the drawing, `numbers`: of the column of numbers."""
    gap = max(cells - row_width(drawn), 0) + 1 + max(numbers - row_width(side.number), 0)
    after: Row = ((" ", "text"), *side.words) if side.words else ()
    return ((" ", "text"), *drawn, (" " * gap, "text"), *side.number, *after)
