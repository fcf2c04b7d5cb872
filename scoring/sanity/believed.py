"""Feeds as they were seen and believed: doubted time counts as not seen."""

from collections.abc import Iterable
from copy import copy

from scoring.feed import Feed
from scoring.sanity.doubts import Subject


def believed(feeds: Iterable[Feed], subject: Subject, coin: str, now_ms: int) -> list[Feed]:
    """The feeds, each without the time in which that of the coin is doubted."""
    return [_believed(feed, subject, coin, now_ms) for feed in feeds]


def _believed(feed: Feed, subject: Subject, coin: str, now_ms: int) -> Feed:
    uptime = feed.doubts.trusted(feed.uptime, subject, coin, now_ms)
    if uptime is feed.uptime:
        return feed
    other = copy(feed)
    other.uptime = uptime
    return other
