"""The live exchanges as a source: for each market of each venue list the instruments, then hold its connections."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from feeds.connection import Link
from feeds.events import AnyEvent, Liquidation, Market, Status
from feeds.lists import Lists
from feeds.lookups import LookUps
from feeds.narrator import Narrator, Recorder, now_ms
from feeds.pipeline import Pipeline
from feeds.poller import Poller
from feeds.record import Record
from feeds.rest import Rest
from feeds.settings import FeedsSettings
from feeds.source import Emit, Mode
from feeds.symbols import Instrument, SymbolTable
from feeds.turns import Turns
from feeds.unlisted import unlisted
from feeds.venue import Poll, Request, Venue
from feeds.venues import VENUES

_MARKETS: tuple[Market, ...] = ("perp", "spot")


class LiveSource:
    """All configured venues at once; no venue's trouble slows another. Emits the events of `coins` and every status."""

    mode: Mode = "LIVE"

    def __init__(
        self,
        settings: FeedsSettings,
        coins: Sequence[str],
        *,
        recorder: Recorder | None = None,
        successor_of: "LiveSource | None" = None,
    ) -> None:
        """`successor_of`: a source that is to end before this one runs. What it took in is not taken in twice."""
        self.on_unlisted: Callable[[Mapping[str, str]], None] | None = None
        self._settings = settings
        self._coins = tuple(coins)
        self._recorder = recorder
        self._pipeline: Pipeline = successor_of._pipeline if successor_of is not None else Pipeline(settings.intake)
        self._lists: dict[tuple[str, Market], bool | None] = {}
        self._told: Mapping[str, str] = {}

    @property
    def symbols(self) -> SymbolTable:
        """The instruments that are known so far, and their margin tiers."""
        return self._pipeline.symbols

    def now_ms(self) -> int:
        """The wall clock."""
        return now_ms()

    def remember(self, liquidations: Iterable[Liquidation], at_ms: int) -> None:
        """Take these as delivered before: a venue that tells its latest ones on connect tells no news by them."""
        self._pipeline.remember(liquidations, at_ms)

    async def run(self, emit: Emit) -> None:
        """Hold all connections until cancelled."""
        watched = frozenset(self._coins)

        def emit_watched(events: Sequence[AnyEvent]) -> bool:
            return emit([event for event in events if isinstance(event, Status) or event.coin in watched])

        asyncio.get_running_loop().set_default_executor(LookUps())
        self._pipeline.forget_streams()
        names = tuple(dict.fromkeys(self._settings.network.venues))
        self._lists = {(name, market): None for name in names for market in _MARKETS if _requests(VENUES[name], market)}
        async with asyncio.TaskGroup() as group:
            for name in names:
                turns = Turns()
                for market in _MARKETS:
                    if (name, market) not in self._lists:  # the venue has no such market
                        continue
                    watch = self._market(VENUES[name], market, emit_watched, turns)
                    group.create_task(watch, name=f"{name} {market}")

    async def _market(self, venue: Venue, market: Market, emit: Emit, turns: Turns) -> None:
        """Watch one market of one venue: list, pick, connect."""
        narrator = Narrator(venue.name, market, f"{venue.name} {market}", emit, self._recorder)
        requests = _requests(venue, market)
        lists = Lists(venue, self._settings, self._pipeline, self._recorder)
        for request in requests:
            if not await lists.load(request, narrator, partial(self._listed, venue, market, False)):
                return
        self._listed(venue, market, True)
        picked = self._pick(venue, market, narrator)
        plans = venue.connections(picked)
        if not plans:  # that no coin is listed has been said of each
            return
        async with asyncio.TaskGroup() as group:
            for plan in plans:
                link = Link(plan, self._settings, self._pipeline, emit, self._recorder, turns)
                group.create_task(link.run(), name=plan.name)
            if polls := venue.polls(picked):
                group.create_task(self._poll(venue, polls, emit), name=f"{venue.name} {market} polls")
            for request in requests:
                if not request.required:
                    group.create_task(lists.keep(request), name=f"{venue.name} {market} list")

    async def _poll(self, venue: Venue, polls: Sequence[Poll], emit: Emit) -> None:
        """Ask for what the sockets don't bring, apart from them."""
        narrator = Narrator(venue.name, "perp", f"{venue.name} rest", emit, self._recorder)

        def take(poll: Poll, payload: bytes) -> None:
            record = Record(now_ms(), "answer", venue.name, poll.market, poll.key, payload)
            events = self._pipeline.add_answer(record)
            if self._recorder is not None:
                self._recorder(record)
            if events:
                emit(events)

        async with Rest(self._settings) as rest:

            async def fetch(poll: Poll) -> bytes:
                return await rest.ask(poll.url, poll.body)

            await Poller(polls, venue.budgets(), fetch, take, narrator, self._settings.connection).run()

    def _pick(self, venue: Venue, market: Market, narrator: Narrator) -> list[Instrument]:
        """The instrument to watch of each coin; says which coins this market doesn't list."""
        picked = []
        for coin in self._coins:
            instrument = self._pipeline.symbols.best(venue.name, market, coin)
            if instrument is None:
                narrator.left_out("not listed", f"{coin} is not listed on {venue.name} {market}")
            else:
                picked.append(instrument)
        return picked

    def _listed(self, venue: Venue, market: Market, loaded: bool) -> None:
        """A list came or failed. Once that holds of all of them, tell which coins are on none."""
        self._lists[venue.name, market] = loaded
        if self.on_unlisted is None or None in self._lists.values():
            return
        silent = dict.fromkeys(name for (name, _), came in self._lists.items() if not came)
        names = tuple(dict.fromkeys(name for name, _ in self._lists))
        found = unlisted(self._coins, self._pipeline.symbols, names, tuple(silent))
        if found != self._told:
            self._told = found
            self.on_unlisted(found)


def _requests(venue: Venue, market: Market) -> list[Request]:
    return [request for request in venue.requests() if request.market == market]
