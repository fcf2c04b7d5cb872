"""Open interest of several exchanges as one series: the sum of those that tell it throughout."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

_HOLD_MS = 420_000
"""Open interest stands for so long after its reading: the histories come in steps of five minutes."""
_THROUGHOUT = 0.9
"""An exchange's open interest is counted where it is known in this share of the slots in which the best one's is."""

Readings = Sequence[tuple[int, float]]
"""Times and values, oldest first."""


def together(
    interest: Mapping[str, Readings], ends: Sequence[int], counted: Sequence[str] | None
) -> tuple[tuple[float | None, ...], tuple[str, ...]]:
    """The sum in coins at each of these times, and of which exchanges it is; `counted`: of these, None to choose them.

    An exchange that began to be known in between would make the sum jump, and so counts not at all.
    """
    wanted = interest if counted is None else counted
    series = {venue: _held(interest[venue], ends) for venue in wanted if venue in interest}
    if counted is None:
        fresh = {venue: row for venue, row in series.items() if row and row[-1] is not None} or series
        known = {venue: sum(value is not None for value in row) for venue, row in fresh.items()}
        most = max(known.values(), default=0)
        series = {venue: fresh[venue] for venue in known if known[venue] and known[venue] >= _THROUGHOUT * most}
    elif len(series) < len(counted):
        series = {}
    if not series:
        return (None,) * len(ends), tuple(series)
    return tuple(_sum(values) for values in zip(*series.values(), strict=True)), tuple(sorted(series))


def _sum(values: Iterable[float | None]) -> float | None:
    total = 0.0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _held(rows: Readings, ends: Sequence[int]) -> list[float | None]:
    """The last reading before each of these times, where it isn't too old."""
    times = [row[0] for row in rows]
    found: list[float | None] = []
    for end in ends:
        place = bisect_left(times, end) - 1
        found.append(rows[place][1] if place >= 0 and end - times[place] <= _HOLD_MS else None)
    return found
