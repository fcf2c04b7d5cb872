"""An exchange's instrument lists, each asked for once by the code that live data uses."""

import asyncio
import time
from collections.abc import Sequence

from feeds.events import AnyEvent, Status
from feeds.lists import Lists
from feeds.narrator import Narrator
from feeds.pipeline import Pipeline
from feeds.settings import FeedsSettings
from feeds.venue import Request, Venue
from tui.doctor.advice import advice_for
from tui.doctor.check import Check

_PREFIX = "no instrument list: "


class Listing:
    """Loads lists of one exchange into the pipeline's symbols and tells what came of each."""

    def __init__(self, venue: Venue, settings: FeedsSettings, pipeline: Pipeline) -> None:
        self._venue = venue
        self._pipeline = pipeline
        self._lists = Lists(venue, settings, pipeline)

    async def ask(self, request: Request, seconds: float) -> Check:
        """Ask for one list, once, for at most so long."""
        begun = time.monotonic()
        said: list[Status] = []
        failed = asyncio.Event()

        def keep(events: Sequence[AnyEvent]) -> bool:
            said.extend(event for event in events if isinstance(event, Status))
            return True

        narrator = Narrator(self._venue.name, request.market, "", keep, None)
        load = asyncio.create_task(self._lists.load(request, narrator, failed.set), name=f"list {request.url}")
        failure = asyncio.create_task(failed.wait(), name=f"list {request.url} failure")
        try:
            await asyncio.wait([load, failure], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (load, failure):
                task.cancel()
            await asyncio.wait([load, failure])
        took = time.monotonic() - begun
        if said:
            return self._missing(request, said[0].reason.removeprefix(_PREFIX))
        if load.cancelled():
            return self._missing(request, f"no answer within {took:.0f} s")
        load.result()
        return self._came(request, took)

    def _came(self, request: Request, took: float) -> Check:
        found = f"{_where(request)}: answered"
        if request.required:
            many = len(self._pipeline.symbols.of(self._venue.name, request.market))
            found += f", {many:,} instruments are known"
        return Check(self._venue.name, _name(request), "ok", found, seconds=took)

    def _missing(self, request: Request, reason: str) -> Check:
        found = f"{_where(request)}: {reason}"
        if request.required:
            return Check(self._venue.name, _name(request), "failed", found, "an instrument list", advice_for(reason))
        return Check(self._venue.name, _name(request), "warning", found, "an optional list", advice_for(reason))


def _name(request: Request) -> str:
    return f"{request.market} list"


def _where(request: Request) -> str:
    return request.url.partition("//")[2]
