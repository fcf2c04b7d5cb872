"""Open interest in coins over the minutes of a cascade: did positions close, or did only the price move?"""

from collections import deque

from scoring.settings.cascades import CascadeRules

_STEP_MS = 5_000
"""Readings closer together than this replace each other: a socket may repeat them every moment."""


class OpenCoins:
    """Open interest of one coin by exchange, in coins, over the last minutes. A fall is no reading, nor is silence."""

    __slots__ = ("_kept_ms", "_readings", "_span_ms", "_stale_ms")

    def __init__(self, rules: CascadeRules) -> None:
        self._span_ms = rules.inputs.interest_seconds * 1000
        self._stale_ms = rules.blind.interest_seconds * 1000
        self._kept_ms = self._span_ms + rules.leave.cool_seconds * 1000 + 2 * self._stale_ms
        self._readings: dict[str, deque[tuple[int, float]]] = {}

    def take(self, venue: str, at_ms: int, coins: float) -> None:
        """Take a reading of one side's open contracts; one that is older than the last is left out."""
        readings = self._readings.get(venue)
        if readings is None:
            readings = self._readings[venue] = deque()
        if readings and at_ms <= readings[-1][0]:
            return
        if len(readings) > 1 and at_ms - readings[-2][0] < _STEP_MS:
            readings.pop()
        readings.append((at_ms, coins))
        while readings[0][0] < at_ms - self._kept_ms:
            readings.popleft()

    @property
    def last_ms(self) -> int | None:
        """When the newest reading was taken; None before any."""
        return max((readings[-1][0] for readings in self._readings.values()), default=None)

    def change(self, now_ms: int, read_since_ms: int = 0) -> float | None:
        """The change over the last five minutes, of the exchanges read lately and not before `read_since_ms`."""
        return self.since(now_ms, now_ms - round(self._span_ms), read_since_ms)

    def since(self, now_ms: int, began_ms: int, read_since_ms: int | None = None) -> float | None:
        """The change since a moment as a fraction, of the exchanges that were read then and lately; None of none.

        What counts as then is the last reading before it, no older than one may be.
        """
        now = before = 0.0
        least_ms = max(began_ms if read_since_ms is None else read_since_ms, now_ms - self._stale_ms)
        for readings in self._readings.values():
            if readings[-1][0] < least_ms:
                continue
            then = self._at(readings, began_ms)
            if then is not None and then > 0:
                now += readings[-1][1]
                before += then
        return now / before - 1.0 if before > 0 else None

    def _at(self, readings: deque[tuple[int, float]], moment_ms: int) -> float | None:
        for at_ms, coins in reversed(readings):
            if at_ms <= moment_ms:
                return coins if moment_ms - at_ms <= self._stale_ms else None
        return None
