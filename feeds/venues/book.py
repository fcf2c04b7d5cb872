"""Depth from any order book: the resting orders within a band around the middle, as far as the book really reaches."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from feeds.symbols import Instrument
from feeds.venues.reading import Rejection, not_negative, positive, shown

BAND_PERCENT = 1.0
"""The band that is wanted."""

_STEP = 0.1  # bands are told in these steps of a percent, rounded down

Level = tuple[float, float]
"""A price and the units resting there, both as the venue counts them."""


@dataclass(frozen=True, slots=True)
class Within:
    """What rests within `band_percent` of the middle on each side, in USD."""

    band_percent: float
    bid_usd: float
    ask_usd: float


def levels(rows: object, name: str) -> list[Level]:
    """Rows of [price, size, ...] as numbers; raises `Rejection` where one is none: a sum over the rest would lie."""
    if not isinstance(rows, list):
        raise Rejection("wrong type", f"expected a list as {name}, found {shown(rows)}")
    found = []
    for row in rows:
        if not isinstance(row, list) or len(row) < 2:
            raise Rejection("wrong type", f"expected a price and a size in {name}, found {shown(row)}")
        found.append((positive(row[0], f"{name} price"), not_negative(row[1], f"{name} size")))
    return found


def within(instrument: Instrument, bids: Sequence[Level], asks: Sequence[Level]) -> Within | None:
    """The widest band up to `BAND_PERCENT` that both sides reach, in steps of 0.1; None where they don't reach 0.1 %.

    A side reaches as far as its last level: what lies behind it is not known, even where the answer could have held
    more. Raises `Rejection` for a book with an empty side, or whose best bid is not below its best ask.
    """
    bids = [level for level in bids if level[1] > 0]
    asks = [level for level in asks if level[1] > 0]
    if not bids or not asks:
        raise Rejection("empty book", f"expected bids and asks, found {len(bids)} and {len(asks)}")
    best_bid, best_ask = max(bids)[0], min(asks)[0]
    if best_bid >= best_ask:
        raise Rejection(
            "crossed book", f"expected the best bid below the best ask, found {best_bid:g} and {best_ask:g}"
        )
    middle = (best_bid + best_ask) / 2
    reach = min(middle - min(bids)[0], max(asks)[0] - middle) / middle * 100
    band = min(BAND_PERCENT, math.floor(reach / _STEP + 1e-6) * _STEP)
    if band < _STEP:
        return None
    edge = middle * band / 100 * (1 + 1e-9)  # a level exactly at the edge is inside, whatever its binary fraction
    return Within(
        round(band, 1),
        sum(instrument.size(price, units)[2] for price, units in bids if price >= middle - edge),
        sum(instrument.size(price, units)[2] for price, units in asks if price <= middle + edge),
    )
