"""All exchanges at once: names, certificates, lists, polls and every planned connection, each within its own time."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from feeds.events import Market
from feeds.lookups import LookUps
from feeds.pipeline import Pipeline
from feeds.settings import FeedsSettings, IntakeSettings
from feeds.symbols import Instrument
from feeds.turns import Turns
from feeds.venue import Venue
from feeds.venues import VENUES
from tui.doctor.advice import advice_for
from tui.doctor.check import Check
from tui.doctor.hosts import Host, Met, host_checks, hosts_of, meet
from tui.doctor.listing import Listing
from tui.doctor.polling import Polling
from tui.doctor.route import Route

COIN = "BTC"
"""The coin that every exchange lists and whose trades never pause for long."""
_LIST_SHARE = 0.6
"""How much of the time the lists may take: what is left must do for the connections."""
_MARKETS: tuple[Market, ...] = ("perp", "spot")
_ANY_TIME = IntakeSettings(late_seconds=1e9, future_seconds=1e9)
"""Nothing is too late or too early here: how far the clock is off is to be measured."""

Lags = Mapping[str, Sequence[int]]
Tell = Callable[[Sequence[Check]], None]


async def look_at_venues(settings: FeedsSettings, seconds: float, tell: Tell) -> Lags:
    """Look at all configured exchanges for at most so long each; `tell` gets each one's checks when they are complete.

    Returns how much later than their own times events came, in ms, for each exchange.
    """
    asyncio.get_running_loop().set_default_executor(LookUps())
    visits = [Visit(VENUES[name], settings, seconds) for name in dict.fromkeys(settings.network.venues)]

    async def look(visit: "Visit") -> None:
        tell(await visit.checks())

    async with asyncio.TaskGroup() as group:
        for visit in visits:
            group.create_task(look(visit), name=f"{visit.name} doctor")
    return {visit.name: visit.lags_ms for visit in visits}


class Visit:
    """One exchange, looked at once."""

    def __init__(self, venue: Venue, settings: FeedsSettings, seconds: float) -> None:
        patience = settings.connection.model_copy(
            update={"first_event_seconds": 2 * seconds, "open_seconds": min(settings.connection.open_seconds, seconds)}
        )
        self.name = venue.name
        self.lags_ms: list[int] = []
        self._venue = venue
        self._settings = settings.model_copy(update={"connection": patience})
        self._until = time.monotonic() + seconds
        self._seconds = seconds
        self._pipeline = Pipeline(_ANY_TIME)
        self._turns = Turns()
        self._hosts: list[Host] = []
        self._met: list[Met] = []

    async def checks(self) -> list[Check]:
        """Everything that is to be said of the exchange: its hosts first, then each market."""
        asked = [request.url for request in self._venue.requests()]
        markets, _ = await asyncio.gather(asyncio.gather(*map(self._market, _MARKETS)), self._meet(asked))
        hosts = host_checks(self.name, self._met)
        return [*hosts, *(check for checks in markets for check in checks)]

    async def _meet(self, urls: Iterable[str]) -> None:
        """Look up those hosts of the addresses that were not met before."""
        hosts = [host for host in hosts_of(urls, self._settings.network) if host not in self._hosts]
        self._hosts += hosts
        self._met += await meet(hosts, self._left())

    async def _market(self, market: Market) -> list[Check]:
        """Lists first, because they tell what to subscribe to; then polls and connections side by side."""
        requests = [request for request in self._venue.requests() if request.market == market]
        if not requests:
            return []
        listing = Listing(self._venue, self._settings, self._pipeline)
        lists = await asyncio.gather(*(listing.ask(request, self._seconds * _LIST_SHARE) for request in requests))
        if any(check.status == "failed" for check in lists):
            found = "what to subscribe to isn't known without the list"
            return [*lists, Check(self.name, market, "not tried", found)]
        instrument = self._pipeline.symbols.best(self.name, market, COIN)
        if instrument is None:
            return [*lists, Check(self.name, market, "warning", f"{COIN} isn't listed", COIN, advice_for("not listed"))]
        return [*lists, *await self._watch(instrument)]

    async def _watch(self, instrument: Instrument) -> list[Check]:
        """Polls and connections of one instrument."""
        plans = self._venue.connections([instrument])
        routes = [Route(plan, self._settings, self._pipeline, self._turns) for plan in plans]
        polls = Polling(self._venue, self._settings, self._pipeline)
        async with asyncio.TaskGroup() as group:
            polled = group.create_task(polls.ask(self._venue.polls([instrument]), self._left()))
            group.create_task(self._meet(plan.url for plan in plans))
            for route in routes:
                group.create_task(route.watch(self._left()), name=route.plan.name)
        for route in routes:
            self.lags_ms += route.lags_ms
        return [*polled.result(), *(check for route in routes for check in route.checks())]

    def _left(self) -> float:
        return max(self._until - time.monotonic(), 0.0)
