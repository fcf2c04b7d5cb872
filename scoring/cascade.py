"""How fast positions are being closed by force: the last minute against the usual one, and the day's balance."""

from collections.abc import Sequence

from scoring.feed import Feed
from scoring.ladder import MICRO
from scoring.settings import CascadeSettings
from scoring.totals import COUNTS, long_share
from scoring.view import CascadeView, WindowTotal
from scoring.window import MINUTE_MS, MinuteSlots

_KEPT_SECONDS = 60


class LastMinute:
    """Liquidated amounts of the last 60 s in one-second slots: the current second and the 59 before it."""

    __slots__ = ("_slots", "last_at_ms")

    def __init__(self) -> None:
        self._slots: dict[int, list[int]] = {}
        self.last_at_ms: int | None = None

    def add(self, at_ms: int, side: int, amount: int, sampled: bool) -> None:
        """Add millionths of a USD to side 0 long or 1 short."""
        second = at_ms // 1000
        slot = self._slots.get(second)
        if slot is None:
            if len(self._slots) > 4 * _KEPT_SECONDS:
                self._forget(max(self._slots) - 2 * _KEPT_SECONDS)
            slot = self._slots[second] = [0, 0, 0]
        slot[side] += amount
        if sampled:
            slot[2] = 1
        if self.last_at_ms is None or at_ms > self.last_at_ms:
            self.last_at_ms = at_ms

    def sums(self, now_ms: int) -> tuple[int, int, bool]:
        """Long and short in millionths of a USD, and whether some of it was sampled."""
        self._forget(now_ms // 1000 - _KEPT_SECONDS)
        slots = self._slots.values()
        return sum(slot[0] for slot in slots), sum(slot[1] for slot in slots), any(slot[2] for slot in slots)

    def _forget(self, last: int) -> None:
        for second in [second for second in self._slots if second <= last]:
            del self._slots[second]


class UsualMinute:
    """The usual USD per minute, recounted when a closed minute changes."""

    def __init__(self, settings: CascadeSettings) -> None:
        self._settings = settings
        self._sums: dict[int, int] = {}
        self._key = (-1, -1)

    def value(self, venues: MinuteSlots, feeds: Sequence[Feed], now_ms: int) -> float | None:
        """Each venue's amount by its seen minutes, summed; None until every live feed was seen for long enough."""
        last = now_ms // MINUTE_MS - 2
        first = now_ms // MINUTE_MS - self._settings.usual_minutes
        if (venues.closed_version, first) != self._key:
            self._key = (venues.closed_version, first)
            self._sums = _sums(venues, first, last)
        usual = None
        for feed in feeds:
            seen = feed.uptime.covered_ms(first * MINUTE_MS, (last + 1) * MINUTE_MS) / MINUTE_MS
            if seen >= self._settings.usual_least_minutes:
                usual = (usual or 0.0) + self._sums.get(feed.number, 0) / MICRO / seen
            elif feed.uptime.is_up:
                return None
        return usual


def _sums(venues: MinuteSlots, first: int, last: int) -> dict[int, int]:
    sums: dict[int, int] = {}
    for slot in venues.between(first, last):
        for key, amount in slot.items():
            if not key & COUNTS:
                sums[key >> 2] = sums.get(key >> 2, 0) + amount
    return sums


def cascade_view(
    last_minute: LastMinute, usual: float | None, day: WindowTotal, blind: str | None, now_ms: int
) -> CascadeView:
    """Rates and totals of forced orders at `now_ms`."""
    long, short, sampled = last_minute.sums(now_ms)
    return CascadeView(
        long_60s=long / MICRO,
        short_60s=short / MICRO,
        usual_minute=usual,
        ratio=(long + short) / MICRO / usual if usual else None,
        sampled=sampled,
        last_at_ms=last_minute.last_at_ms,
        day=day,
        long_share=long_share(day),
        blind=blind,
    )
