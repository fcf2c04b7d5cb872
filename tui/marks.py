"""Where on a tape it is worth going: the cascades that a scan found, and the heaviest minute."""

from tui.controls import TapeSpan

Place = tuple[int, str, int]
"""A time, UNIX ms, what was there, and how many others of its kind."""

HEAVIEST = "heaviest minute"
_MINUTE_MS = 60_000
_ONE_MS = 30_000
"""Cascades of several coins that begin within this time of each other are one place to go to."""


def mark_from(span: TapeSpan, at_ms: int, by: int, coin: str) -> Place | None:
    """The first cascade after a time, or the last one before it where `by` is negative; None where there is none.

    Of several at once that of `coin` is named.
    """
    places: list[list[tuple[int, str]]] = []
    for mark in sorted(span.marks):
        if places and mark[0] - places[-1][0][0] < _ONE_MS:
            places[-1].append(mark)
        else:
            places.append([mark])
    ordered = places if by > 0 else places[::-1]
    found = next((place for place in ordered if (place[0][0] > at_ms if by > 0 else place[0][0] < at_ms)), None)
    if found is None:
        return None
    named = min(found, key=lambda mark: not mark[1].startswith(f"{coin} "))
    return found[0][0], named[1], len(found) - 1


def heaviest_minute(span: TapeSpan, at_ms: int, by: int) -> Place | None:
    """The minute after a time, or before it, that liquidated most; None where nothing was or nothing is known."""
    slots = len(span.busy)
    if not slots or span.end_ms <= span.start_ms:
        return None
    slot_ms = (span.end_ms - span.start_ms) / slots
    many = max(round(_MINUTE_MS / slot_ms), 1)
    known = [usd or 0.0 for usd in span.busy]
    minutes = [
        (sum(known[first : first + many]), span.start_ms + round(first * slot_ms)) for first in range(0, slots, many)
    ]
    there = [minute for minute in minutes if minute[0] > 0 and (minute[1] > at_ms if by > 0 else minute[1] < at_ms)]
    best = max(there, key=lambda minute: minute[0], default=None)
    return None if best is None else (best[1], HEAVIEST, 0)
