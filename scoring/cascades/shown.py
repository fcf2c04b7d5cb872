"""What sampling feeds showed of the last minute, and what they probably left out of it."""

from feeds.events import Liquidation
from scoring.cascades.unsampled import LearnedSizes, correct
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import Corrected

_SECONDS = 60


class ShownOrders:
    """One coin's orders of the last minute as the feeds that show the largest of each second showed them."""

    __slots__ = ("_rules", "_seconds", "_sizes")

    def __init__(self, rules: CascadeRules) -> None:
        self._rules = rules
        self._sizes = LearnedSizes(rules.correction)
        self._seconds: dict[str, dict[int, float]] = {}

    def take(self, event: Liquidation, complete: bool) -> None:
        """Take an order in; those of a `complete` feed tell how large orders are."""
        if complete:
            self._sizes.take(event.notional_usd)
        if event.venue not in self._rules.correction.largest:
            return
        seconds = self._seconds.setdefault(event.venue, {})
        second = event.at_ms // 1000
        seconds[second] = max(event.notional_usd, seconds.get(second, 0.0))
        if len(seconds) > 4 * _SECONDS:
            self._forget(seconds, max(seconds) - 2 * _SECONDS)
        if second - 2 in seconds and second - 1 not in seconds and second - 3 not in seconds:
            self._sizes.take_lonely(seconds[second - 2])

    def corrected(self, now_ms: int) -> tuple[tuple[str, Corrected], ...]:
        """Each sampling venue's last minute as it probably was; those that showed nothing are left out."""
        last = now_ms // 1000
        found = []
        laws = None
        for venue, seconds in sorted(self._seconds.items()):
            self._forget(seconds, last - _SECONDS)
            shown = [usd for second, usd in seconds.items() if second <= last]
            if shown:
                laws = self._sizes.laws() if laws is None else laws
                found.append((venue, correct(shown, _SECONDS, laws, self._rules)))
        return tuple(found)

    @staticmethod
    def _forget(seconds: dict[int, float], last: int) -> None:
        for second in [second for second in seconds if second <= last]:
            del seconds[second]
