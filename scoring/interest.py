"""Open interest against the price: is leverage being built or taken off, and by which side."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from scoring.settings import InterestSettings
from scoring.view import Grade

Span = Literal["1h", "24h"]
Quadrant = Literal[
    "new longs", "short covering", "new shorts", "longs closing", "loading", "de-leveraging", "unchanged", "unclear"
]
_TOLERANCE = 1e-9
"""A change this close to a threshold is at it, whatever binary fractions make of 2 %."""
_SAME_RATE = 1e-12
"""The same for funding rates."""
_GRADES: dict[Quadrant, tuple[Grade, Grade, str]] = {
    "new longs": ("pass", "warn", "price and open interest rise: new longs"),
    "short covering": ("warn", "warn", "the price rises on falling open interest: shorts cover"),
    "new shorts": ("warn", "pass", "the price falls on rising open interest: new shorts"),
    "longs closing": ("warn", "warn", "price and open interest fall: longs close or are liquidated"),
    "loading": ("warn", "warn", "open interest rises while the price stands: leverage is loading"),
    "de-leveraging": ("warn", "warn", "open interest falls while the price stands: leverage is taken off"),
    "unchanged": ("pass", "pass", "open interest is as good as unchanged"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class InterestGrade:
    """What open interest says. `strong`: the change is large; `flush`: so much was closed that leverage was flushed."""

    quadrant: Quadrant
    long: Grade
    short: Grade
    strong: bool
    flush: bool
    reason: str


def coins_change(usd_change: float, price_change: float) -> float:
    """The change in coins that a change in USD stands for: (1 + usd) / (1 + price) - 1, all fractions.

    Raises `ZeroDivisionError` for a price that fell to nothing.
    """
    return (1 + usd_change) / (1 + price_change) - 1


def usd_change(coins: float, price_change: float) -> float:
    """The change in USD that a change in coins stands for, all fractions."""
    return (1 + coins) * (1 + price_change) - 1


def aggregate_change(rows: Iterable[tuple[float, float]]) -> float | None:
    """The change of the sum, from (open interest now, its change as a fraction) by venue; None without such a row."""
    now = before = 0.0
    for amount, change in rows:
        if amount > 0 and change > -1:
            now += amount
            before += amount / (1 + change)
    return now / before - 1 if before > 0 else None


def grade_interest(
    coins: float, price: float | None, span: Span, settings: InterestSettings, exhausted: bool = False
) -> InterestGrade:
    """Grade a change of open interest in coins over a span, with the price's change over the same span.

    `price` None: not known, so the side can't be told. `exhausted`: a flush of longs is over, which makes closing longs
    a reason for a long. Quadrants and bands are common practice among traders, not a fitted result.
    """
    dead_price = settings.dead_price_1h if span == "1h" else settings.dead_price_24h
    dead = settings.dead_interest_1h if span == "1h" else settings.dead_interest_24h
    strong = abs(coins) >= (settings.strong_1h if span == "1h" else settings.strong_24h) - _TOLERANCE
    flush = coins <= (settings.flush_1h if span == "1h" else settings.flush_24h) + _TOLERANCE
    quadrant = _quadrant(_sign(coins, dead), None if price is None else _sign(price, dead_price))
    if quadrant == "unclear":
        way = "rises" if coins > 0 else "falls"
        return InterestGrade(
            quadrant, "unknown", "unknown", strong, flush, f"open interest {way}; by whom needs the price's change"
        )
    long, short, reason = _GRADES[quadrant]
    if quadrant == "new longs" and strong:
        short = "fail"
    if quadrant == "new shorts" and strong:
        long = "fail"
    if quadrant == "longs closing" and exhausted:
        long, reason = "pass", f"{reason}; the flush is exhausted"
    return InterestGrade(quadrant, long, short, strong, flush, reason)


def leverage_note(
    coins: float, span: Span, per_8h: float, settings: InterestSettings, warns_long: float, warns_short: float
) -> str:
    """What open interest and funding say together, of crowded tops and bottoms; "" where they say nothing.

    `coins`: the change of open interest as a fraction; `per_8h`: the median funding rate, which is high from
    `warns_long` on and low down to `warns_short`. A common reading among traders, not a fitted result.
    """
    moved = _sign(coins, settings.dead_interest_1h if span == "1h" else settings.dead_interest_24h)
    if moved == 0:
        return ""
    if per_8h >= warns_long - _SAME_RATE:
        return "longs pay for more leverage: crowded top" if moved > 0 else "leverage leaves the longs that pay"
    if per_8h <= warns_short + _SAME_RATE:
        return "shorts pay for more leverage: crowded bottom" if moved > 0 else "leverage leaves the shorts that pay"
    return ""


def _sign(change: float, dead: float) -> int:
    if abs(change) < dead - _TOLERANCE:
        return 0
    return 1 if change > 0 else -1


def _quadrant(interest: int, price: int | None) -> Quadrant:
    if interest == 0:
        return "unchanged"
    if price is None:
        return "unclear"
    if price == 0:
        return "loading" if interest > 0 else "de-leveraging"
    if price > 0:
        return "new longs" if interest > 0 else "short covering"
    return "new shorts" if interest > 0 else "longs closing"
