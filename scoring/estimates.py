"""When which coin's estimated map is looked after: a minute at a time, and its history a slice at a time."""

from collections.abc import Mapping

from scoring.coin import CoinState
from scoring.feed import Feeds
from scoring.settings import ScoringSettings
from scoring.window import MINUTE_MS

_BUILD_EVERY_MS = 50
"""History is built in slices of some 10 ms this far apart, so that nothing else has to wait for it."""
_SLICE = 150
"""Steps of such a slice."""
_ALL = 10_000_000
_SETTLED_MS = 60_000
"""After so long without a new answer history counts as told."""
_NEVER = 2**62


class Estimates:
    """The schedule of all coins' estimates. `shown` is built first. `due_ms`: when `move` wants to be called."""

    def __init__(self, settings: ScoringSettings) -> None:
        self.shown = ""
        self.due_ms = _NEVER
        self._complete = frozenset(settings.map.complete_venues)
        self._build_ms = 0

    def wake(self, now_ms: int) -> None:
        """Something was told that an estimate is made from."""
        self.due_ms = min(self.due_ms, now_ms + _BUILD_EVERY_MS)

    def move(self, coins: Mapping[str, CoinState], feeds: Feeds, now_ms: int) -> None:
        """End the minutes that are over, and build one coin's next slice of history."""
        due_ms, pending = _NEVER, ""
        complete: frozenset[str] | None = None
        for name, coin in coins.items():
            estimate = coin.estimate
            if estimate is None:
                continue
            if now_ms >= estimate.due_ms:
                if complete is None:
                    complete = self._complete_at(feeds, now_ms)
                coin.turn_estimate(now_ms, complete)
            due_ms = min(due_ms, estimate.due_ms)
            if estimate.pending and (not pending or name == self.shown):
                pending = name
        if pending:
            if now_ms >= self._build_ms:
                coins[pending].build_estimate(now_ms, _SLICE)
                self._build_ms = now_ms + _BUILD_EVERY_MS
            due_ms = min(due_ms, self._build_ms)
        self.due_ms = due_ms

    def settle(self, coins: Mapping[str, CoinState], now_ms: int) -> None:
        """Build all history in at once, as there will be no later time for it."""
        for coin in coins.values():
            if coin.estimate is not None:
                for later_ms in (now_ms, now_ms + _SETTLED_MS):
                    if coin.estimate.pending:
                        coin.build_estimate(later_ms, _ALL)

    def _complete_at(self, feeds: Feeds, now_ms: int) -> frozenset[str]:
        """The venues that publish every liquidation and were seen through the last minute."""
        since_ms = now_ms - MINUTE_MS
        return frozenset(
            feed.venue
            for feed in feeds
            if feed.venue in self._complete
            and feed.market == "perp"
            and not feed.sampling
            and feed.uptime.covered_ms(since_ms, now_ms) >= MINUTE_MS
        )
