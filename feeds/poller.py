"""All REST polls of one venue: in turn, within its budgets, and at rest while the venue says no.

A poll that fails alone is tried again with growing waits and slows no other. A refusal (429, 418, 451, a block page)
rests the whole venue until the time it names. Nothing here touches a websocket.
"""

import asyncio
import heapq
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence

from feeds.budget import Bucket
from feeds.narrator import Narrator, now_ms
from feeds.rest import RestError
from feeds.retry import Failure, judge, waits
from feeds.settings import ConnectionSettings
from feeds.venue import BadAnswer, Budget, Poll

_AT_ONCE = 3  # calls of one budget under way at the same time, so that one that hangs does not hold up the rest
_JITTER = 0.1  # share of its interval by which a poll may come later, so that calls don't march in step

Fetch = Callable[[Poll], Awaitable[bytes]]
"""Makes the call; raises `RestError`."""

Take = Callable[[Poll, bytes], None]
"""Takes an answer in; raises `BadAnswer`."""


_Due = tuple[float, int, Poll]


class Poller:
    """Makes a venue's polls for as long as it runs; ends where nothing is left to ask."""

    def __init__(
        self,
        polls: Sequence[Poll],
        budgets: Sequence[Budget],
        fetch: Fetch,
        take: Take,
        narrator: Narrator,
        settings: ConnectionSettings,
        *,
        clock: Callable[[], float] = time.monotonic,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._fetch = fetch
        self._take = take
        self._narrator = narrator
        self._settings = settings
        self._clock = clock
        self._chance = chance
        start = clock()
        self._buckets = {budget.name: Bucket(budget, start) for budget in budgets}
        self._order = itertools.count()
        self._queues: dict[str, list[_Due]] = {}
        for poll in polls:
            self._queues.setdefault(poll.budget, []).append((start, next(self._order), poll))
        self._rest_until = start
        self._retries: dict[str, Iterator[float]] = {}
        self._up = False

    async def run(self) -> None:
        """Poll until cancelled, or until only polls for the start were asked for and all have answered."""
        async with asyncio.TaskGroup() as group:
            for budget, queue in self._queues.items():
                for number in range(min(_AT_ONCE, len(queue))):
                    group.create_task(self._work(queue), name=f"poll {budget} {number}")

    async def _work(self, queue: list[_Due]) -> None:
        while queue:
            due, _, poll = heapq.heappop(queue)
            while (wait := self._wait(due, poll)) > 0:
                await asyncio.sleep(wait)
            if (bucket := self._buckets.get(poll.budget)) is not None:
                bucket.take(poll.weight, self._clock())
            again = await self._ask(poll)
            if again is not None:
                heapq.heappush(queue, (self._clock() + again, next(self._order), poll))

    def _wait(self, due: float, poll: Poll) -> float:
        now = self._clock()
        bucket = self._buckets.get(poll.budget)
        afford = bucket.wait(poll.weight, now) if bucket is not None else 0.0
        return max(due - now, self._rest_until - now, afford)

    async def _ask(self, poll: Poll) -> float | None:
        """Make the call and take its answer; the seconds until it is due again, None where it is done."""
        try:
            self._take(poll, await self._fetch(poll))
        except RestError as error:
            return self._failed(poll, error.failure)
        except BadAnswer as error:
            return self._failed(poll, Failure("http", str(error), code=200, body=str(error)))
        self._retries.pop(poll.key, None)
        if not self._up:
            self._up = True
            self._narrator.connected("answers", now_ms())
        if poll.every_seconds is None:
            return None
        return poll.every_seconds * (1.0 + self._chance() * _JITTER)

    def _failed(self, poll: Poll, failure: Failure) -> float:
        verdict = judge(failure, self._settings.refused_seconds)
        own = self._retries.get(poll.key)
        if own is None:
            patience = self._settings
            own = self._retries[poll.key] = waits(
                max(patience.backoff_first_seconds, poll.every_seconds or 0.0),
                max(patience.refused_seconds, poll.every_seconds or 0.0),
                self._chance,
            )
        wait = max(verdict.wait_seconds or 0.0, next(own))
        retry_at_ms = now_ms() + round(wait * 1000)
        if verdict.whole_venue:
            rest = verdict.wait_seconds or wait
            retry_at_ms = now_ms() + round(rest * 1000)
            self._rest_until = max(self._rest_until, self._clock() + rest)
            self._up = False
            self._narrator.refused(verdict.reason, retry_at_ms)
        elif failure.kind == "network":
            self._up = False
            self._narrator.disconnected(verdict.reason, retry_at_ms)
        else:
            self._narrator.left_out("answer", f"{poll.name}: {verdict.reason}")
        return wait
