"""One coin's cascades among the rest of its market: what they are told, once a second, and what is shown of them."""

from collections import deque
from collections.abc import Collection
from dataclasses import replace

from feeds.events import Depth, Liquidation
from scoring.cascades.aftermath import day_balance
from scoring.cascades.detector import CoinCascades
from scoring.cascades.recovery import Recovery
from scoring.cascades.shown import ShownOrders
from scoring.cascades.surroundings import Ahead, Surroundings
from scoring.settings import ScoringSettings
from scoring.view import WindowTotal
from scoring.view.cascades import CascadesView, StateName, Transition

_TAKER_SECONDS = 10
_MICRO = 1_000_000


class CascadeWatch:
    """The cascades of one coin. `taken`: bought less sold on perpetuals so far, millionths of a USD."""

    __slots__ = (
        "_above", "_below", "_cascades", "_complete", "_settings", "_shown", "_taker", "_view", "_view_ms", "recovery",
        "taken",
    )  # fmt: skip

    def __init__(self, coin: str, settings: ScoringSettings) -> None:
        rules = settings.cascade.rules
        self.recovery = Recovery(coin, rules.aftermath)
        self.taken = 0
        self._settings = settings
        self._cascades = CoinCascades(coin, rules, settings.levels)
        self._shown = ShownOrders(rules)
        self._complete: Collection[str] = frozenset(settings.map.complete_venues)
        self._below = self._above = Ahead()
        self._taker: deque[int] = deque(maxlen=_TAKER_SECONDS)
        self._view = CascadesView()
        self._view_ms = -1

    def take_liquidation(self, event: Liquidation) -> None:
        """Take a forced order."""
        self._cascades.take(event)
        self._shown.take(event, event.venue in self._complete)

    def take_interest(self, venue: str, at_ms: int, coins: float) -> None:
        """Take a venue's open interest of now, in coins."""
        self._cascades.take_interest(venue, at_ms, coins)
        self.recovery.take_interest(venue, coins)

    def take_depth(self, event: Depth) -> None:
        """Take what rests on a venue's perpetual within 1 %."""
        if event.market == "perp" and event.band_percent == 1.0:
            self._cascades.take_depth(event.venue, event.at_ms, event.bid_usd, event.ask_usd)

    def look_ahead(self, below: Ahead, above: Ahead, daily_sigma: float | None) -> None:
        """What a fall and a rise would meet, and how far the price usually moves in a day where that was measured."""
        self._below, self._above = below, above
        if daily_sigma is not None:
            self._cascades.seed_volatility(daily_sigma)

    def step(
        self, now_ms: int, price: float | None, trades_at_ms: int | None, blind: str | None, complete: bool
    ) -> tuple[Transition, ...]:
        """Move on by a second; the changes of state."""
        self._taker.append(self.taken)
        taker = (self.taken - self._taker[0]) / _MICRO if len(self._taker) > 1 else None
        around = Surroundings(price, trades_at_ms, blind, complete, taker, self._below, self._above)
        return self._cascades.step(now_ms, around)

    @property
    def names(self) -> tuple[StateName, StateName]:
        """The states of both directions, down and up."""
        return self._cascades.names

    def states(self, now_ms: int) -> CascadesView:
        """Both directions as they are in this second."""
        if now_ms // 1000 != self._view_ms // 1000:
            self._view, self._view_ms = self._cascades.view(), now_ms
        return self._view

    def view(self, now_ms: int, day: WindowTotal, funding: float | None, rate: float | None) -> CascadesView:
        """The states with what came after, the day's balance and what sampling feeds left out."""
        badge, direction = self.recovery.badge(now_ms, funding, rate)
        rules = self._settings.cascade.rules.aftermath
        at_least = day.long.sampled or day.short.sampled or day.coverage < 1
        balance = day_balance(day.long.usd, day.short.usd, at_least, (), self._settings.checklist.one_sided, rules)
        return replace(
            self.states(now_ms),
            exhaustion=badge,
            exhaustion_of=direction,
            balance=balance,
            corrected=self._shown.corrected(now_ms),
        )
