"""Open interest that counts both sides: twice its own other source, or twice what its coins are worth."""

from feeds.events import OpenInterest
from scoring.sanity.suspicion import Suspicion
from scoring.settings import SanitySettings

_JUMP = 5.0
"""What one jump to twice or half weighs: three of them are enough. A market that really doubles does it once."""
_NEAR_MS = 360_000
"""Two readings further apart say nothing of each other: statistics are told every five minutes."""
_MOST_COINS_OFF = 1.25
"""Coins and USD of one reading agree within this at the mark price, which moves between them."""


class InterestSides:
    """One coin's open interest on one venue."""

    __slots__ = ("_last", "_settings", "found", "suspicion")

    def __init__(self, settings: SanitySettings) -> None:
        self._settings = settings
        self._last: OpenInterest | None = None
        self.found = ""
        self.suspicion = Suspicion(settings)

    def take(self, event: OpenInterest, mark: float | None) -> None:
        """Weigh a reading against the one before, and its coins against its USD at the mark price."""
        last, self._last = self._last, event
        if last is None or last.symbol != event.symbol:
            return
        span_ms = max(1, event.received_ms - last.received_ms)
        half_ms = self._settings.interest_minutes * 60_000
        if event.coins and last.coins and abs(event.at_ms - last.at_ms) <= _NEAR_MS:
            ratio = event.coins / last.coins
            if self._is_twice(ratio):
                self.found = f"jumps between {_amount(min(event.coins, last.coins))} and twice as much"
                self.suspicion.add(_JUMP, last.received_ms)
            else:
                self.suspicion.add(-_JUMP * min(1.0, span_ms / half_ms), event.received_ms)
        if event.coins and event.notional_usd and mark and event.received_ms - event.at_ms <= _NEAR_MS:
            self._weigh_units(event.notional_usd / (event.coins * mark), event.received_ms)

    def _is_twice(self, ratio: float) -> bool:
        off = self._settings.interest_twice
        return abs(ratio / 2 - 1) <= off or abs(ratio * 2 - 1) <= off

    def _weigh_units(self, ratio: float, at_ms: int) -> None:
        if max(ratio, 1 / ratio) > _MOST_COINS_OFF:
            self.found = f"its USD are {ratio:.3g} times what its coins are worth"
            self.suspicion.add(_JUMP, at_ms)

    @property
    def text(self) -> str:
        """Expected and found."""
        return f"open interest should be one side only: it {self.found}" if self.found[:1] == "j" else self.found


def _amount(coins: float) -> str:
    return f"{coins:,.0f} coins" if coins >= 100 else f"{coins:.4g} coins"
