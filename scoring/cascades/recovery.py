"""What a cascade left behind: the market before it, and which signs of exhausted leverage have come since."""

from collections import deque
from dataclasses import dataclass
from statistics import median

from scoring.cascades.aftermath import After, exhaustion
from scoring.settings.cascades import AftermathRules
from scoring.view.cascades import Direction, Exhaustion, Transition

_QUARTER_MINUTES = 15
_DAY_QUARTERS = 96
_LEAST_QUARTERS = 16
"""With fewer quarters of an hour the usual spot volume isn't known: four hours, as for large trades."""
_MICRO = 1_000_000


@dataclass(frozen=True, slots=True)
class _Before:
    direction: Direction
    at_ms: int
    funding: float | None
    coins: dict[str, float]


class SpotVolume:
    """Traded spot volume by quarters of an hour, millionths of a USD; `open` is added to from outside."""

    __slots__ = ("_minutes", "_quarters", "_seen", "open")

    def __init__(self) -> None:
        self.open = 0
        self._minutes: deque[int] = deque(maxlen=_QUARTER_MINUTES)
        self._quarters: deque[int] = deque(maxlen=_DAY_QUARTERS)
        self._seen = 0

    def turn_minute(self) -> None:
        """The running minute ends."""
        self._minutes.append(self.open)
        self._seen += 1
        self.open = 0
        if self._seen % _QUARTER_MINUTES == 0:
            self._quarters.append(sum(self._minutes))

    @property
    def against_usual(self) -> float | None:
        """The last 15 minutes by the day's median; None before four hours were seen or without a trade."""
        usual = median(self._quarters) if len(self._quarters) >= _LEAST_QUARTERS else 0
        return sum(self._minutes) / usual if usual > 0 and len(self._minutes) == _QUARTER_MINUTES else None


class Recovery:
    """One coin's last cascade and the market before it."""

    __slots__ = ("_before", "_coin", "_coins", "_ended", "_rules", "spot")

    def __init__(self, coin: str, rules: AftermathRules) -> None:
        self._coin = coin
        self._rules = rules
        self._coins: dict[str, float] = {}
        self._before: _Before | None = None
        self._ended = False
        self.spot = SpotVolume()

    def take_interest(self, venue: str, coins: float) -> None:
        """Take a venue's open interest of now, in coins."""
        self._coins[venue] = coins

    def note(self, change: Transition, funding: float | None) -> None:
        """Remember the market at an ignition, and that a cascade was behind it. `funding`: per 8 h, now."""
        before = self._before
        if change.after == "igniting" and (before is None or self._ended or before.direction != change.direction):
            self._before = _Before(change.direction, change.at_ms, funding, dict(self._coins))
            self._ended = False
        elif before is not None and before.direction == change.direction and change.after in ("exhausted", "rejected"):
            self._ended = True
        elif before is not None and change.after in ("calm", "loading") and change.before in ("igniting", "cascading"):
            self._ended = change.before == "cascading"
            if not self._ended and before.direction == change.direction:
                self._before = None

    def badge(
        self, now_ms: int, funding: float | None, rate: float | None
    ) -> tuple[Exhaustion | None, Direction | None]:
        """The signs that have come since, and the direction of the cascade; None where there was none lately."""
        before = self._before
        if before is None or not self._ended or now_ms - before.at_ms > self._rules.shown_hours * 3_600_000:
            return None, None
        after = After(
            funding=funding,
            funding_before=before.funding,
            interest=self._interest(before),
            spot_volume=self.spot.against_usual,
            rate=rate,
        )
        return exhaustion(after, self._coin, self._rules), before.direction

    def _interest(self, before: _Before) -> float | None:
        """The change over the venues that were known then and are now."""
        both = [venue for venue in before.coins if venue in self._coins]
        then = sum(before.coins[venue] for venue in both)
        return sum(self._coins[venue] for venue in both) / then - 1 if then > 0 else None
