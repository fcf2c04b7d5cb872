"""Loading a venue's instrument lists: what is needed for as long as it takes, what is optional now and again."""

import asyncio
import random
from collections.abc import Callable, Iterator

from feeds.narrator import Narrator, Recorder, now_ms
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.rest import Rest, RestError
from feeds.retry import Failure, Verdict, judge, waits
from feeds.settings import FeedsSettings
from feeds.venue import BadListing, Request, Venue

_MOST_PAGES = 100  # no venue lists as much: a list that goes round in circles ends here
_OPTIONAL_SECONDS = 5.0  # how long the sockets wait for a list that they can do without
_RELOAD_SECONDS = 3600.0  # funding intervals change while we watch
_MISSING_SECONDS = 60.0


class Lists:
    """The lists of one venue, loaded into the pipeline's symbols and recorded."""

    def __init__(
        self, venue: Venue, settings: FeedsSettings, pipeline: Pipeline, recorder: Recorder | None = None
    ) -> None:
        self._venue = venue
        self._settings = settings
        self._pipeline = pipeline
        self._recorder = recorder
        self._missing: set[str] = set()

    async def load(self, request: Request, narrator: Narrator, failed: Callable[[], None] = lambda: None) -> bool:
        """Load a list; where it is required, however long that takes. False where it can never be had.

        `failed` is called after each vain attempt at a required one.
        """
        if not request.required:
            await self._load_optional(request, narrator)
            return True
        patience = self._settings.connection
        pauses = waits(patience.backoff_first_seconds, patience.backoff_most_seconds, random.random)
        while (verdict := await self._attempt(request)) is not None:
            wait = max(verdict.wait_seconds or 0.0, next(pauses))
            retry_at_ms = None if verdict.outcome == "fatal" else now_ms() + round(wait * 1000)
            tell = narrator.disconnected if verdict.outcome == "retry" else narrator.refused
            tell(f"no instrument list: {verdict.reason}", retry_at_ms)
            failed()
            if retry_at_ms is None:
                return False
            await asyncio.sleep(wait)
        return True

    async def keep(self, request: Request) -> None:
        """Ask for an optional list again and again: soon where it is missing, else to notice what changed."""
        pauses = self._pauses()
        while True:
            await asyncio.sleep(next(pauses) if request.key in self._missing else _RELOAD_SECONDS)
            if await self._attempt(request) is None:
                self._missing.discard(request.key)
                pauses = self._pauses()

    async def _load_optional(self, request: Request, narrator: Narrator) -> None:
        try:
            async with asyncio.timeout(_OPTIONAL_SECONDS):
                verdict = await self._attempt(request)
            reason = verdict.reason if verdict is not None else None
        except TimeoutError:
            reason = f"no answer within {_OPTIONAL_SECONDS:g} s"
        if reason is not None:
            self._missing.add(request.key)
            narrator.left_out("listing", f"optional list {request.url} not available as yet: {reason}")

    async def _attempt(self, request: Request) -> Verdict | None:
        """Load all pages of a list; None where that worked, else what follows from the failure."""
        page: Request | None = request
        try:
            async with Rest(self._settings) as rest:
                for _ in range(_MOST_PAGES):
                    if page is None:
                        return None
                    page = await self._page(page, rest)
            failure = Failure("http", f"{request.url} has no last page", code=200)
        except RestError as error:
            failure = error.failure
        except BadListing as error:  # a block page or a rate limit may come with status 200: judged by its words
            failure = Failure("http", str(error), code=200, body=str(error))
        return judge(failure, self._settings.connection.refused_seconds)

    async def _page(self, page: Request, rest: Rest) -> Request | None:
        """Load one page; returns the next."""
        payload = await rest.ask(page.url, page.body)
        record = Record(now_ms(), "listing", self._venue.name, page.market, page.key, payload)
        _, more = self._pipeline.add_listing(record)
        if self._recorder is not None:
            self._recorder(record)
        return more

    @staticmethod
    def _pauses() -> Iterator[float]:
        return waits(_MISSING_SECONDS, _RELOAD_SECONDS, random.random)
