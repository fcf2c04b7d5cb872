"""A frozen price: repeated unchanged while the other venues' prices have moved on."""

from collections.abc import Sequence

from scoring.settings import SanitySettings

_LEAST_HEARD = 5
"""A price must be told again in so many steps of the watch: a thin market's last price is no frozen one."""


class Frozen:
    """One coin's price on one feed. `value`: what it stands at since `since_ms`, when the others stood at `others`."""

    __slots__ = ("_counted", "_settings", "heard", "held", "others", "since_ms", "value")

    def __init__(self, settings: SanitySettings) -> None:
        self._settings = settings
        self.value = 0.0
        self.since_ms = 0
        self.others: dict[str, float] = {}
        self.heard = self._counted = 0
        self.held = False

    def judge(self, price: float, counted: int, others: dict[str, float], now_ms: int) -> None:
        """Take a fresh price, the other venues' fresh ones, and `counted`: what differs where it was told again."""
        if price != self.value:
            self.value, self.since_ms, self.others, self.heard = price, now_ms, others, 0
            self.held = False
            return
        self.heard += counted != self._counted
        self._counted = counted
        if now_ms - self.since_ms < self._settings.frozen_seconds * 1000 or self.heard < _LEAST_HEARD:
            return
        moves = [now / before - 1.0 for venue, now in others.items() if (before := self.others.get(venue))]
        far = self._settings.frozen_move
        self.held = self.held or (
            len(moves) >= 2 and (min(moves) >= far or max(moves) <= -far) and _apart(price, list(others.values()), far)
        )


def _apart(price: float, others: Sequence[float], far: float) -> bool:
    """Whether the price is off all of the others by half of the move: it didn't just return to where it stood."""
    return all(abs(price / other - 1.0) >= far / 2 for other in others)
