"""Numbers as exchanges write them, and the little arithmetic of their units."""

import re
from decimal import Decimal

_DIGITS = 12
"""Significant digits kept, so that 0.1 + 0.2 goes on the wire as 0.3."""


def written(value: float) -> str:
    """The number in plain digits, never with an exponent."""
    return format(Decimal(f"{value:.{_DIGITS}g}"), "f")


def number(value: float) -> int | float:
    """The number as JSON has it: a whole one without a decimal point."""
    rounded = float(f"{value:.{_DIGITS}g}")
    return int(rounded) if rounded.is_integer() else rounded


def coins_per_unit(base: str, coin: str) -> float:
    """How many coins a base name stands for: 1000PEPE, SHIB1000 and kPEPE a thousand, 1MBABYDOGE a million."""
    scale = base.replace(coin, "", 1)
    if scale in ("", "k", "1M"):
        return {"": 1.0, "k": 1000.0, "1M": 1_000_000.0}[scale]
    return float(scale) if re.fullmatch("10*", scale) else 1.0


def whole(text: str, otherwise: int, most: int) -> int:
    """A count that a client asked for: its own where it is one, at most `most`."""
    return min(int(text), most) if text.isdecimal() and int(text) > 0 else otherwise
