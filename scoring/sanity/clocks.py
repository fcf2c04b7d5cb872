"""A clock that is off: a venue's, where its lag differs steadily from the others'; ours, where all of them agree."""

from collections.abc import Mapping, Sequence
from statistics import median

from scoring.sanity.suspicion import Suspicion
from scoring.settings import SanitySettings

_LEAST_VENUES = 3
"""So many venues with one lag tell that it is our clock that is off, not theirs."""


class VenueClock:
    """One feed's clock. A negative lag: it is ahead of ours."""

    __slots__ = ("_off_ms", "_settings", "suspicion")

    def __init__(self, settings: SanitySettings) -> None:
        self._settings = settings
        self._off_ms = 0.0
        self.suspicion = Suspicion(settings)

    def judge(self, lags: Sequence[int], others: Sequence[float], now_ms: int) -> None:
        """Weigh a feed's latest lags against the other venues' medians, ms."""
        if len(others) < 2 or not lags:
            return
        settings = self._settings
        off_ms = median(lags) - median(others)
        steady = max(lags) - min(lags) <= settings.clock_spread_seconds * 1000
        if abs(off_ms) > settings.clock_seconds * 1000 and steady:
            self._off_ms = off_ms
            self.suspicion.add(settings.clock_weight, now_ms)
        else:
            self.suspicion.add(-4 * settings.clock_weight, now_ms)

    @property
    def text(self) -> str:
        """Expected and found."""
        way = "ahead" if self._off_ms < 0 else "behind"
        return f"its clock is {abs(self._off_ms) / 1000:.1f} s {way} of the other venues'"


def our_clock(lags: Mapping[str, float], settings: SanitySettings) -> str:
    """What is wrong with this machine's clock by the venues' lags in ms; "" where nothing is.

    Only a lag below nothing tells: a long one may be the line's.
    """
    if len(lags) < _LEAST_VENUES or median(lags.values()) > -settings.clock_seconds * 1000:
        return ""
    return f"this machine's clock is {-median(lags.values()) / 1000:.1f} s behind every exchange's"
