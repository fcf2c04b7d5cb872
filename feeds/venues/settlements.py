"""Past funding rates, as every venue lists them: one event a settlement, at its own time, for what is usual of a coin.

A row tells a rate and when it was paid, seldom over how many hours. Those are the hours since the settlement before,
where the two can be neighbours; else what the instrument's list says of now.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from feeds.events import AnyEvent, Funding
from feeds.symbols import Instrument
from feeds.venues.asked import Asked

YOUNGEST_MS = 900_000
"""A settlement of the last quarter of an hour is left out: the running rate, which every socket tells, says it."""
_HOUR_MS = 3_600_000
_LONGEST_HOURS = 8.0
"""The longest interval of the venues that list settlements: rows farther apart have others missing between them."""


def settlements(
    asked: Asked, instrument: Instrument, rows: Iterable[Any], read: Callable[[Any], tuple[int, float]]
) -> Sequence[AnyEvent]:
    """The settlements of an answer, oldest first, and an `Undecodable` for each row that can't be read.

    `read`: the time and the rate of a row; raises `Rejection`.
    """

    def one(row: Any) -> Funding:
        at_ms, rate = read(row)
        return Funding(
            venue=asked.venue,
            market=asked.market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=asked.received_ms,
            rate=rate,
            interval_hours=None,
            next_at_ms=None,
        )

    events = asked.each(rows, one)
    found = sorted((event for event in events if isinstance(event, Funding)), key=lambda event: event.at_ms)
    left_out = [event for event in events if not isinstance(event, Funding)]
    spaced = [
        msgspec.structs.replace(event, interval_hours=hours)
        for event, hours in zip(found, _intervals([event.at_ms for event in found], instrument), strict=True)
        if asked.received_ms - event.at_ms > YOUNGEST_MS
    ]
    return [*left_out, *spaced]


def _intervals(times_ms: Sequence[int], instrument: Instrument) -> list[float | None]:
    """The hours that each of ascending settlements was paid for; the first one's are those of the second."""
    told = instrument.funding_interval_hours
    hours = [_neighbours(before, at_ms) or told for before, at_ms in pairwise(times_ms)]
    return [hours[0] if hours else told, *hours] if times_ms else []


def _neighbours(before_ms: int, at_ms: int) -> float | None:
    """The whole hours between two settlements, stamped some milliseconds late; None where they can't be neighbours."""
    hours = float(round((at_ms - before_ms) / _HOUR_MS))
    return hours if 0 < hours <= _LONGEST_HOURS else None
