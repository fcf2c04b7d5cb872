"""The second hand of all coins' cascades: what their feeds are worth at the moment, told to each once a second."""

from collections.abc import Mapping

from scoring.coin import CoinState
from scoring.feed import Feeds
from scoring.settings import ScoringSettings

_SECOND_MS = 1_000


class CascadeClock:
    """Steps every coin. `due_ms`: when `move` wants to be called next."""

    def __init__(self, settings: ScoringSettings) -> None:
        self.due_ms = 0
        self._complete = frozenset(settings.map.complete_venues)

    def move(self, coins: Mapping[str, CoinState], feeds: Feeds, now_ms: int) -> None:
        """Step to `now_ms`."""
        self.due_ms = (now_ms // _SECOND_MS + 1) * _SECOND_MS
        perps = [feed for feed in feeds if feed.market == "perp" and feed.timed is not None]
        # marks tell that a feed lives where a small coin is not traded for a while
        trades_at_ms = max((feed.timed.received_ms for feed in perps if feed.timed is not None), default=None)
        complete = [
            feed
            for feed in feeds
            if feed.venue in self._complete and feed.market == "perp" and feed.uptime.is_up and not feed.sampling
        ]
        for name, coin in coins.items():
            whole = any(name not in feed.unlisted and not feed.refusals.reason(name) for feed in complete)
            coin.step_cascades(now_ms, trades_at_ms, feeds.blind(name), whole)
