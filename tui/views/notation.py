"""How amounts and prices are written in tables: short for reading, or as plain numbers for a spreadsheet."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from tui import format as write

PARTLY = "~"
"""Stands before a balance of which only a part of the window was seen: it may be larger or smaller."""


@dataclass(frozen=True, slots=True)
class Notation:
    """How USD, coins and prices are written."""

    usd: Callable[[float], str]
    price: Callable[[float | None, float | None], str]

    def amount(self, value: float, lower_bound: bool, was_watched: bool) -> str:
        """A liquidated sum: `≥` for a lower bound, `·` for nothing seen, `?` for nothing watched."""
        short = write.amount(value, lower_bound, was_watched)
        if short in (write.UNKNOWN, write.NONE_SEEN):
            return short
        return (write.AT_LEAST if lower_bound else "") + self.usd(value)

    def number(self, value: float | None) -> str:
        """USD or coins; `?` where they are not known."""
        return self.usd(value) if value is not None and math.isfinite(value) else write.UNKNOWN

    def net(self, value: float, partly: bool, was_watched: bool) -> str:
        """A balance with its sign: `~` where a part was not seen, `·` for nothing seen, `?` for nothing watched."""
        if not was_watched or not math.isfinite(value):
            return write.UNKNOWN
        if value == 0:
            return write.NONE_SEEN
        return (PARTLY if partly else "") + ("+" if value > 0 else "") + self.usd(value)


SHORT = Notation(write.usd, write.price)
PLAIN = Notation(
    lambda value: f"{value:.2f}".replace("-", "−"),
    lambda value, step: write.price(value, step).replace(",", ""),
)
