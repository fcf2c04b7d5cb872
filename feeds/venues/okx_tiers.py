"""OKX's margin tiers of swaps.

    {"tier":"1","minSz":"0","maxSz":"500","mmr":"0.004","imr":"0.008","maxLever":"125","uly":"BTC-USDT","instId":""}

Sizes are contracts, rates fractions; the rate of the tier that a position falls into holds for the whole position, so
there is no deduction (OKX documentation, v5 position tiers). A tier starts right above the `maxSz` of the one before.
"""

from collections.abc import Sequence

from feeds.symbols import Instrument
from feeds.tiers import MarginTier
from feeds.venues.reading import Rejection, fields, not_negative, positive


def read_tiers(rows: Sequence[object], instrument: Instrument) -> tuple[MarginTier, ...]:
    """The tiers of a swap, ascending; raises `Rejection` where a row can't be read: a missing tier moves a floor."""
    found = sorted(_row(fields(row, "a position tier")) for row in rows)
    floors = [0.0, *(most for most, _, _ in found[:-1])]
    return tuple(
        _tier(instrument, floor, rate, leverage) for floor, (_, rate, leverage) in zip(floors, found, strict=False)
    )


def _row(row: dict[str, object]) -> tuple[float, float, float]:
    least, most = not_negative(row.get("minSz"), "minSz"), positive(row.get("maxSz"), "maxSz")
    if least > most:
        raise Rejection("invalid number", f"expected minSz below maxSz, found {least:g} and {most:g}")
    return most, positive(row.get("mmr"), "mmr"), positive(row.get("maxLever"), "maxLever")


def _tier(instrument: Instrument, contracts: float, rate: float, leverage: float) -> MarginTier:
    if instrument.usd_per_unit is not None:
        return MarginTier(rate, leverage, floor_usd=contracts * instrument.usd_per_unit)
    return MarginTier(rate, leverage, floor_coins=contracts * (instrument.coins_per_unit or 0.0))
