"""When each stream came up, so that what a venue tells of the time before is never taken for news."""

from collections.abc import Iterable

from feeds.events import Market
from scoring.view import FeedHealth, TapeRow

LAST_MINUTE_MS = 60_000
_UP = ("live", "quiet", "suspect")

Stream = tuple[str, Market, str]


class Connects:
    """Follows the streams' states, and remembers each coin's rows of the last minute that are older than the connect.

    A connect is noticed at the next look, so what came between the two counts as backlog: too little rather than too
    much.
    """

    __slots__ = ("_backlog", "_known", "_since")

    def __init__(self) -> None:
        self._known: dict[Stream, tuple[bool, int]] = {}
        self._since: dict[tuple[str, Market], int] = {}
        self._backlog: dict[str, set[TapeRow]] = {}

    def note(self, feeds: Iterable[FeedHealth], now_ms: int) -> None:
        """Take the streams' states at this moment."""
        for feed in feeds:
            key = (feed.venue, feed.market, feed.stream)
            is_up = feed.state in _UP
            was_up, connects = self._known.get(key, (False, 0))
            if is_up and (not was_up or feed.reconnects > connects):
                self._since[feed.venue, feed.market] = now_ms
            self._known[key] = (is_up, feed.reconnects)

    def take(self, coin: str, tape: Iterable[TapeRow], now_ms: int) -> None:
        """Take a coin's tape, newest first: its rows from before their venue's connect are backlog."""
        oldest_ms = now_ms - LAST_MINUTE_MS
        kept = {row for row in self._backlog.get(coin, ()) if row.at_ms > oldest_ms}
        if any(since > oldest_ms for since in self._since.values()):
            for row in tape:
                if row.at_ms <= oldest_ms:
                    break
                if self.is_backlog(row):
                    kept.add(row)
        self._backlog[coin] = kept

    def is_backlog(self, row: TapeRow) -> bool:
        """Whether a row is older than the connect of its venue's stream."""
        return row.at_ms < self._since.get((row.venue, row.market), 0)

    def backlog(self, coin: str, position: str) -> float:
        """USD of liquidations of a side that the last minute holds and that are no news."""
        return sum(row.usd for row in self._backlog.get(coin, ()) if row.position == position)
