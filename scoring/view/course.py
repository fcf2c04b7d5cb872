"""How the last hours went: price, liquidations, open interest, funding and flow in slots of equal length."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Course:
    """Slots from the oldest to the newest, the last one still running. Every series has an item for each slot.

    `first_ms`: where the first slot begins, a multiple of `step_ms`; `step_ms`: how long each is. `price`: the last
    price of a slot, `low` and `high` its range, looked at once a second; `filled`: they are those of a longer candle or
    of a stored minute, because the time is before the start. `long_usd`, `short_usd`: liquidated in it, None where no
    feed was seen; `sampled`: at least this much. `interest`: open interest in coins of the exchanges `interest_of`
    together, which are those that tell it throughout; `funding`: the median per 8 h; both as last known by the slot's
    end. `spot`, `perp`: taker buys less sells of the slot in USD. None is not known.
    """

    first_ms: int = 0
    step_ms: int = 60_000
    price: tuple[float | None, ...] = ()
    low: tuple[float | None, ...] = ()
    high: tuple[float | None, ...] = ()
    long_usd: tuple[float | None, ...] = ()
    short_usd: tuple[float | None, ...] = ()
    sampled: tuple[bool, ...] = ()
    interest: tuple[float | None, ...] = ()
    funding: tuple[float | None, ...] = ()
    spot: tuple[float | None, ...] = ()
    perp: tuple[float | None, ...] = ()
    filled: tuple[bool, ...] = ()
    interest_of: tuple[str, ...] = ()
