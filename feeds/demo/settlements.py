"""The demo's past funding rates: seeded by the coin, so that all venues tell the same. All figures are invented."""

from collections.abc import Sequence
from random import Random

from feeds.demo.exchange import HOUR_MS, next_settlement
from feeds.demo.lines import Line

_USUAL = 0.0001  # per 8 h
_STEP = 0.00004  # from one settlement to the next, per 8 h
_REVERSION = 0.15  # to the usual rate, in a settlement


def settled(line: Line, now_ms: int, most: int) -> Sequence[tuple[int, float]]:
    """The latest settlements, newest first: when, and the rate that was paid for the interval of the coin."""
    hours = line.coin.interval_hours
    last_ms = next_settlement(now_ms, hours) - hours * HOUR_MS
    random = Random(f"{line.coin.name}:{last_ms}:settled")
    rate = _USUAL
    rows = []
    for back in range(most):
        rate += random.gauss(0.0, _STEP) + _REVERSION * (_USUAL - rate)
        rows.append((last_ms - back * hours * HOUR_MS, rate * hours / 8))
    return rows
