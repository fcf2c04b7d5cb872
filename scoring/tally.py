"""What a market took in and what it left out, by kind, with the reason of the last of each."""

from collections import Counter

from scoring.feed import Feeds
from scoring.view import Counts


class Tally:
    """Counts of one market. `reports`: answers of REST calls; `not_watched`: events of coins that nobody asked for."""

    __slots__ = ("_left_out", "_reasons", "not_watched", "reports")

    def __init__(self) -> None:
        self._left_out: Counter[str] = Counter()
        self._reasons: dict[str, str] = {}
        self.not_watched = 0
        self.reports = 0

    def leave_out(self, kind: str, reason: str = "") -> None:
        """Count one of a kind that was left out."""
        self._left_out[kind] += 1
        if reason:
            self._reasons[kind] = reason

    def counts(self, feeds: Feeds) -> Counts:
        """All counts as the screen shows them."""
        return Counts(
            events=sum(feed.events for feed in feeds) + self.reports,
            liquidations=sum(feed.liquidations for feed in feeds),
            left_out=dict(self._left_out),
            not_watched=self.not_watched,
            reasons=dict(self._reasons),
        )
