"""Liquidated USD and counts by venue and window, each with the share of the window that was seen."""

from collections.abc import Mapping, Sequence

from feeds.events import EVERY_COIN
from scoring.feed import Feed
from scoring.ladder import MICRO
from scoring.view import SideTotal, VenueTotal, WindowTotal

COUNTS = 2
"""Added to a key: the sum is a count. A key is `feed number << 2 | counts | side`, sides being 0 long and 1 short."""


def window_total(
    window: int, sums: Mapping[int, int], feeds: Sequence[Feed], first_ms: int, now_ms: int, coin: str = EVERY_COIN
) -> WindowTotal:
    """One window's totals (of a coin). `sums`: millionths of a USD and counts, by key."""
    venues = tuple(_venue(feed, sums, first_ms, now_ms, coin) for feed in feeds)
    return WindowTotal(
        window_minutes=window,
        long=_sum([venue.long for venue in venues]),
        short=_sum([venue.short for venue in venues]),
        venues=venues,
        coverage=min((venue.coverage for venue in venues), default=0.0),
    )


def _venue(feed: Feed, sums: Mapping[int, int], first_ms: int, now_ms: int, coin: str) -> VenueTotal:
    coverage = feed.coverage(coin, first_ms, now_ms)
    return VenueTotal(feed.venue, _side(feed, sums, 0), _side(feed, sums, 1), coverage)


def _side(feed: Feed, sums: Mapping[int, int], side: int) -> SideTotal:
    key = feed.number << 2 | side
    count = sums.get(key | COUNTS, 0)
    return SideTotal(sums.get(key, 0) / MICRO, count, feed.sampling and count > 0)


def _sum(sides: Sequence[SideTotal]) -> SideTotal:
    return SideTotal(
        sum(side.usd for side in sides), sum(side.count for side in sides), any(side.sampled for side in sides)
    )


def long_share(total: WindowTotal) -> float | None:
    """The long side's share of what was liquidated; None where nothing was."""
    both = total.long.usd + total.short.usd
    return total.long.usd / both if both > 0 else None


def imbalance(sums: Mapping[int, int]) -> float | None:
    """(short - long) / (short + long) over all venues; None where nothing was liquidated."""
    sides = [0, 0]
    for key, amount in sums.items():
        if not key & COUNTS:
            sides[key & 1] += amount
    long, short = sides
    return (short - long) / (short + long) if short + long else None
