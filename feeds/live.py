"""The live exchanges as a source: for each market of each venue list the instruments, then hold its connections."""

import asyncio
import random
from collections.abc import Sequence

from feeds.connection import Link
from feeds.events import AnyEvent, Market, Status
from feeds.narrator import Narrator, Recorder, now_ms
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.rest import Rest, RestError
from feeds.retry import Failure, judge, waits
from feeds.settings import FeedsSettings
from feeds.source import Emit, Mode
from feeds.symbols import Instrument
from feeds.venue import BadListing, Request, Venue
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

        async with asyncio.TaskGroup() as group:
            for name in self._settings.network.venues:
                for market in _MARKETS:
                    group.create_task(self._market(VENUES[name], market, emit_watched), name=f"{name} {market}")

    async def _market(self, venue: Venue, market: Market, emit: Emit) -> None:
        """Watch one market of one venue: list, pick, connect."""
        narrator = Narrator(venue.name, market, f"{venue.name} {market}", emit, self._recorder)
        async with Rest(self._settings) as rest:
            for request in venue.requests():
                if request.market == market and not await self._list(venue, request, rest, narrator):
                    return
        plans = venue.connections(self._pick(venue, market, narrator))
        if not plans:
            narrator.refused(f"none of {', '.join(self._coins)} is listed", None)
        async with asyncio.TaskGroup() as group:
            for plan in plans:
                link = Link(plan, self._settings, self._pipeline, emit, self._recorder)
                group.create_task(link.run(), name=plan.name)

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

    async def _list(self, venue: Venue, request: Request, rest: Rest, narrator: Narrator) -> bool:
        """Load one list with all its pages, however long it takes; False where it can never be had."""
        patience = self._settings.connection
        pauses = waits(patience.backoff_first_seconds, patience.backoff_most_seconds, random.random)
        page: Request | None = request
        while page is not None:
            try:
                page = await self._page(venue, page, rest)
                continue
            except (RestError, BadListing) as error:
                failure = error.failure if isinstance(error, RestError) else _unreadable(error)
            verdict = judge(failure, patience.refused_seconds)
            if not request.required:
                narrator.left_out("listing", f"optional list {request.url} not available: {verdict.reason}")
                return True
            wait = verdict.wait_seconds if verdict.wait_seconds is not None else next(pauses)
            retry_at_ms = None if verdict.outcome == "fatal" else now_ms() + round(wait * 1000)
            if verdict.outcome == "retry":
                narrator.disconnected(f"no instrument list: {verdict.reason}", retry_at_ms)
            else:
                narrator.refused(f"no instrument list: {verdict.reason}", retry_at_ms)
            if retry_at_ms is None:
                return False
            await asyncio.sleep(wait)
        return True

    async def _page(self, venue: Venue, page: Request, rest: Rest) -> Request | None:
        """Load one page; returns the next."""
        payload = await rest.get(page.url)
        record = Record(now_ms(), "listing", venue.name, page.market, page.url, payload)
        _, more = self._pipeline.add_listing(record)
        if self._recorder is not None:
            self._recorder(record)
        return more


def _unreadable(error: BadListing) -> Failure:
    """An answer that is no list, judged by its words: a block page or a rate limit may come with status 200."""
    return Failure("http", str(error), code=200, body=str(error))
