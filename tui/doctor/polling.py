"""What an exchange is asked for again and again while the monitor runs, each asked for once."""

import asyncio
import time
from collections import Counter
from collections.abc import Sequence

from feeds.budget import Bucket
from feeds.events import Status, type_name
from feeds.narrator import now_ms
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.rest import Rest, RestError
from feeds.retry import Failure, Verdict, judge
from feeds.settings import FeedsSettings
from feeds.venue import BadAnswer, Poll, Venue
from tui.doctor.advice import advice_for
from tui.doctor.check import Check

_PAUSE_SECONDS = 0.1
"""Between two questions to one exchange, beside what its budgets ask for."""


class Polling:
    """Asks one exchange, within its budgets, and tells what came of it in one line and one for each failure."""

    def __init__(self, venue: Venue, settings: FeedsSettings, pipeline: Pipeline) -> None:
        self._venue = venue
        self._settings = settings
        self._pipeline = pipeline
        self._brought: Counter[str] = Counter()
        self._failures: dict[str, list[str]] = {}
        self._answered = 0

    async def ask(self, polls: Sequence[Poll], seconds: float) -> list[Check]:
        """Ask for each of the polls that repeat, one after the other, for at most so long in all."""
        wanted = [poll for poll in polls if poll.every_seconds is not None]
        try:
            async with asyncio.timeout(seconds), Rest(self._settings) as rest:
                await self._ask_all(wanted, rest)
        except TimeoutError:
            pass
        return self._checks(len(wanted)) if wanted else []

    async def _ask_all(self, polls: Sequence[Poll], rest: Rest) -> None:
        now = time.monotonic()
        buckets = {budget.name: Bucket(budget, now) for budget in self._venue.budgets()}
        for poll in polls:
            await asyncio.sleep(_PAUSE_SECONDS)
            if (bucket := buckets.get(poll.budget)) is not None:
                await asyncio.sleep(bucket.wait(poll.weight, time.monotonic()))
                bucket.take(poll.weight, time.monotonic())
            failure = await self._ask(poll, rest)
            if failure is None:
                self._answered += 1
                continue
            self._failures.setdefault(failure.reason, []).append(poll.name)
            if failure.whole_venue:
                return  # to ask on would make it worse

    async def _ask(self, poll: Poll, rest: Rest) -> Verdict | None:
        """What follows from the answer where something was wrong with it."""
        try:
            payload = await rest.ask(poll.url, poll.body)
            record = Record(now_ms(), "answer", poll.venue, poll.market, poll.key, payload)
            events = self._pipeline.add_answer(record)
        except RestError as error:
            failure = error.failure
        except BadAnswer as error:  # a rate limit may come with status 200: judged by its words
            failure = Failure("http", str(error), code=200, body=str(error))
        else:
            self._brought.update(type_name(event) for event in events if not isinstance(event, Status))
            return None
        return judge(failure, self._settings.connection.refused_seconds)

    def _checks(self, wanted: int) -> list[Check]:
        brought = ", ".join(sorted(self._brought)) or "no event"
        found = f"{self._answered} of {wanted} answered: {brought}"
        if self._answered + sum(map(len, self._failures.values())) < wanted:
            found += "; the others were not asked in time"
        failures = [self._failure(reason, names) for reason, names in self._failures.items()]
        if self._answered:
            return [Check(self._venue.name, "rest polls", "ok", found), *failures]
        advice = "" if failures else advice_for("no answer")
        return [Check(self._venue.name, "rest polls", "failed", found, "an answer", advice), *failures]

    def _failure(self, reason: str, names: Sequence[str]) -> Check:
        found = f"{', '.join(names)}: {reason}"
        return Check(self._venue.name, "rest polls", "warning", found, "an answer", advice_for(reason))
