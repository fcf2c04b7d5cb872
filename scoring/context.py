"""How a coin moves with bitcoin: correlation and beta of their returns, recent ones weighing more."""

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt

from scoring.candles import Bar

_LEAST = 24
"""Fewer common returns tell nothing: six hours of quarters of an hour."""


def with_bitcoin(coin: Sequence[Bar], bitcoin: Sequence[Bar], half_life: float) -> tuple[float, float] | None:
    """Correlation and beta of the coin's returns against bitcoin's, from candles of one interval.

    `half_life` in candles: an older return weighs half. None where the two have too few candles in common.
    """
    closes = {bar.open_ms: bar.close for bar in bitcoin}
    common = [(bar.close, closes[bar.open_ms]) for bar in coin if bar.open_ms in closes]
    if len(common) <= _LEAST:
        return None
    weight, decay = 1.0, 0.5 ** (1 / half_life)
    rows = []
    for (before, btc_before), (now, btc_now) in reversed(list(pairwise(common))):
        rows.append((weight, now / before - 1, btc_now / btc_before - 1))
        weight *= decay
    total = sum(row[0] for row in rows)
    mean = sum(w * x for w, x, _ in rows) / total
    btc_mean = sum(w * y for w, _, y in rows) / total
    both = sum(w * (x - mean) * (y - btc_mean) for w, x, y in rows)
    own = sum(w * (x - mean) ** 2 for w, x, _ in rows)
    btc = sum(w * (y - btc_mean) ** 2 for w, _, y in rows)
    if own <= 0 or btc <= 0:
        return None
    return both / sqrt(own * btc), both / btc
