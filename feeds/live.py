"""The live exchanges as a source: for each market of each venue list the instruments, then hold its connections."""

import asyncio
from collections.abc import Sequence

from feeds.connection import Link
from feeds.events import AnyEvent, Market, Status
from feeds.lists import Lists
from feeds.lookups import LookUps
from feeds.narrator import Narrator, Recorder, now_ms
from feeds.pipeline import Pipeline
from feeds.poller import Poller
from feeds.record import Record
from feeds.rest import Rest
from feeds.settings import FeedsSettings
from feeds.source import Emit, Mode
from feeds.symbols import Instrument
from feeds.turns import Turns
from feeds.venue import Poll, Venue
from feeds.venues import VENUES

_MARKETS: tuple[Market, ...] = ("perp", "spot")


class LiveSource:
    """All configured venues at once; no venue's trouble slows another. Emits the events of `coins` and every status."""

    mode: Mode = "LIVE"

    def __init__(self, settings: FeedsSettings, coins: Sequence[str], *, recorder: Recorder | None = None) -> None:
        self._settings = settings
        self._coins = tuple(coins)
        self._recorder = recorder
        self._pipeline = Pipeline(settings.intake)

    def now_ms(self) -> int:
        """The wall clock."""
        return now_ms()

    async def run(self, emit: Emit) -> None:
        """Hold all connections until cancelled."""
        watched = frozenset(self._coins)

        def emit_watched(events: Sequence[AnyEvent]) -> bool:
            return emit([event for event in events if isinstance(event, Status) or event.coin in watched])

        asyncio.get_running_loop().set_default_executor(LookUps())
        async with asyncio.TaskGroup() as group:
            for name in dict.fromkeys(self._settings.network.venues):
                turns = Turns()
                for market in _MARKETS:
                    watch = self._market(VENUES[name], market, emit_watched, turns)
                    group.create_task(watch, name=f"{name} {market}")

    async def _market(self, venue: Venue, market: Market, emit: Emit, turns: Turns) -> None:
        """Watch one market of one venue: list, pick, connect."""
        narrator = Narrator(venue.name, market, f"{venue.name} {market}", emit, self._recorder)
        requests = [request for request in venue.requests() if request.market == market]
        if not requests:  # the venue has no such market
            return
        lists = Lists(venue, self._settings, self._pipeline, self._recorder)
        for request in requests:
            if not await lists.load(request, narrator):
                return
        picked = self._pick(venue, market, narrator)
        plans = venue.connections(picked)
        if not plans:
            narrator.refused(f"none of {', '.join(self._coins)} is listed", None)
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
