"""What was liquidated in the last hour against the other hours of its day."""

from collections.abc import Sequence

from scoring.feed import Feed
from scoring.percentile import STEP_MS, Place, percentile
from scoring.settings import PercentileSettings
from scoring.totals import COUNTS
from scoring.window import MINUTE_MS, MinuteSlots

_HOUR = 60
_OTHERS = 23
"""Hours of the day before the last one."""
_SEEN = 0.9
"""An hour of which a feed saw less is none of them. Judgement."""


class Hours:
    """The day's hours, both sides and all feeds together, recounted when a closed minute changes or a minute ends."""

    __slots__ = ("_key", "_place", "_settings")

    def __init__(self, settings: PercentileSettings) -> None:
        self._settings = settings
        self._key: tuple[int, ...] = ()
        self._place: Place | None = None

    def place(self, venues: MinuteSlots, feeds: Sequence[Feed], now_ms: int) -> Place | None:
        """Where the hour up to the last closed minute stands; None until enough hours were seen by all feeds."""
        minute = now_ms // MINUTE_MS
        key = (venues.closed_version, minute, *(feed.number for feed in feeds))
        if key != self._key:
            self._key = key
            self._place = self._count(venues, feeds, minute) if feeds else None
        return self._place

    def _count(self, venues: MinuteSlots, feeds: Sequence[Feed], minute: int) -> Place | None:
        if not _was_seen(feeds, minute):
            return None
        numbers = frozenset(feed.number for feed in feeds)
        ends = [minute - back * _HOUR for back in range(1, _OTHERS + 1)]
        others = sorted(_liquidated(venues, numbers, end) for end in ends if _was_seen(feeds, end))
        settings = self._settings
        if len(others) < max(settings.readings_least, settings.hours_least):
            return None
        return Place(percentile(_liquidated(venues, numbers, minute), others), len(others) * STEP_MS)


def _was_seen(feeds: Sequence[Feed], end: int) -> bool:
    """Whether all feeds saw the hour before a minute."""
    first_ms, last_ms = (end - _HOUR) * MINUTE_MS, end * MINUTE_MS
    return all(feed.uptime.share(first_ms, last_ms) >= _SEEN for feed in feeds)


def _liquidated(venues: MinuteSlots, numbers: frozenset[int], end: int) -> int:
    """Millionths of a USD in the hour before a minute."""
    slots = venues.between(end - _HOUR, end - 1)
    return sum(amount for slot in slots for key, amount in slot.items() if not key & COUNTS and key >> 2 in numbers)
