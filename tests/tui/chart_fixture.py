"""A course with everything a chart shows: a fall with liquidations, a gap, a stored past, and every line."""

from dataclasses import replace

from scoring.view import Course, MarketView
from tests.tui.views_fixture import AT_MS, FULL

SLOTS = 240
GAP = range(100, 112)
FALL = range(170, 182)
STORED = 40


def course(slots: int = SLOTS, step_ms: int = 60_000, **given: object) -> Course:
    """Prices from 71,000 on: up a dollar a slot, 100 down in each slot of the fall; nothing in the gap."""
    price: list[float | None] = []
    last = 71_000.0
    for slot in range(slots):
        last += -100.0 if slot in FALL else 1.0
        price.append(None if slot in GAP else last)
    known = [None if one is None else True for one in price]
    made = Course(
        first_ms=AT_MS // step_ms * step_ms - (slots - 1) * step_ms,
        step_ms=step_ms,
        price=tuple(price),
        low=tuple(one and one - 5 for one in price),
        high=tuple(one and one + 5 for one in price),
        long_usd=tuple(one and (1e6 if slot in FALL else 0.0) for slot, one in enumerate(known)),
        short_usd=tuple(one and (3e4 if slot % 50 == 0 else 0.0) for slot, one in enumerate(known)),
        sampled=(True,) * slots,
        interest=tuple(one and (84_000.0 - slot) for slot, one in enumerate(known)),
        funding=tuple(one and 0.0001 for one in known),
        spot=tuple(one and 1_000.0 for one in known),
        perp=tuple(one and -2_000.0 for one in known),
        filled=tuple(slot < STORED for slot in range(slots)),
        interest_of=("binance", "okx"),
    )
    return replace(made, **given)


VIEW: MarketView = replace(FULL, course=course())
EMPTY_VIEW: MarketView = replace(FULL, course=Course())
