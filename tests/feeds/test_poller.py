"""REST polls keep their pace and their budgets, and rest when the venue says no."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.budget import Bucket
from feeds.events import AnyEvent, Connected, Disconnected, Refused, Undecodable
from feeds.narrator import Narrator
from feeds.poller import Poller
from feeds.rest import RestError
from feeds.retry import Failure
from feeds.settings import ConnectionSettings
from feeds.venue import BadAnswer, Budget, Poll

QUICK = ConnectionSettings(backoff_first_seconds=0.01, refused_seconds=0.05)


class Script:
    """Answers polls from a plan: a body, or the failures to meet first."""

    def __init__(self) -> None:
        self.failures: dict[str, list[Failure]] = {}
        self.bad: Counter[str] = Counter()
        self.asked: list[str] = []
        self.taken: Counter[str] = Counter()
        self.events: list[AnyEvent] = []
        self.hanging: set[str] = set()
        self.asked_at: dict[type, int] = {}
        self._news = asyncio.Event()

    async def fetch(self, poll: Poll) -> bytes:
        self.asked.append(poll.name)
        if poll.name in self.hanging:
            await asyncio.Event().wait()
        if failures := self.failures.get(poll.name):
            raise RestError(failures.pop(0))
        return b"{}"

    def take(self, poll: Poll, _payload: bytes) -> None:
        if self.bad[poll.name]:
            self.bad[poll.name] -= 1
            raise BadAnswer("expected a list, found {}")
        self.taken[poll.name] += 1
        self._news.set()

    def emit(self, events: Sequence[AnyEvent]) -> bool:
        self.events.extend(events)
        self.asked_at.update({type(event): len(self.asked) for event in events})
        self._news.set()
        return True

    async def run(self, polls: Sequence[Poll], until: Callable[[], object], budgets: Sequence[Budget] = ()) -> None:
        narrator = Narrator("binance", "perp", "binance rest", self.emit, None)
        poller = Poller(polls, budgets, self.fetch, self.take, narrator, QUICK)
        task = asyncio.create_task(poller.run())
        async with asyncio.timeout(5):
            while not until():
                self._news.clear()
                await self._news.wait()
        task.cancel()
        await asyncio.wait([task])

    @property
    def is_up(self) -> bool:
        return bool(self.events) and isinstance(self.events[-1], Connected)

    def of(self, kind: type) -> list[AnyEvent]:
        return [event for event in self.events if isinstance(event, kind)]


def poll(name: str, every: float | None = 0.01, weight: float = 1.0, budget: str = "none") -> Poll:
    return Poll("binance", "perp", name, f"https://x/{name}", every, weight, budget)


@pytest.mark.anyio
async def test_polls_come_again_and_history_once() -> None:
    script = Script()
    await script.run([poll("history", None), poll("interest"), poll("ratio")], lambda: script.taken["ratio"] >= 3)
    assert script.taken["history"] == 1
    assert script.taken["interest"] >= 2


@pytest.mark.anyio
async def test_it_ends_when_nothing_is_left_to_ask() -> None:
    script = Script()
    narrator = Narrator("binance", "perp", "binance rest", script.emit, None)
    async with asyncio.timeout(5):
        await Poller([poll("history", None)], (), script.fetch, script.take, narrator, QUICK).run()
    assert script.asked == ["history"]


@pytest.mark.anyio
async def test_a_refusal_rests_the_whole_venue_and_is_named_until_it_answers() -> None:
    script = Script()
    script.failures["ratio"] = [Failure("http", "x answered 429", code=429, retry_after=0.2)]
    await script.run([poll("ratio"), poll("interest")], lambda: script.of(Refused) and script.is_up)
    asked_while_resting = script.asked_at[Connected] - script.asked_at[Refused]
    assert asked_while_resting <= 2  # twenty, if it did not rest
    (refused,) = script.of(Refused)
    assert "rate limited" in refused.reason  # type: ignore[union-attr]
    assert refused.retry_at_ms - refused.at_ms == pytest.approx(200, abs=20)  # type: ignore[operator,union-attr]


@pytest.mark.anyio
async def test_a_call_that_hangs_holds_up_no_other() -> None:
    script = Script()
    script.hanging.add("ratio")
    await script.run([poll("ratio"), poll("interest")], lambda: script.taken["interest"] >= 5)
    assert script.asked.count("ratio") == 1


@pytest.mark.anyio
async def test_an_unreadable_answer_is_counted_and_asked_for_again() -> None:
    script = Script()
    script.bad["ratio"] = 2
    await script.run([poll("ratio"), poll("interest")], lambda: script.taken["ratio"])
    assert [event.kind for event in script.of(Undecodable)] == ["answer", "answer"]  # type: ignore[union-attr]
    assert script.of(Refused) == []


@pytest.mark.anyio
async def test_no_answer_is_a_disconnection_until_there_is_one() -> None:
    script = Script()
    script.failures["ratio"] = [Failure("network", "no answer from x")]
    await script.run([poll("ratio")], lambda: script.of(Connected))
    assert [type(event) for event in script.events] == [Disconnected, Connected]


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0.1, 30)), max_size=60))
def test_no_period_spends_more_than_its_budget(calls: list[tuple[float, float]]) -> None:
    bucket, now, spent = Bucket(Budget("weight", 60.0, 60.0), 0.0), 0.0, []
    for pause, weight in calls:
        now += pause
        now += bucket.wait(weight, now)
        bucket.take(weight, now)
        spent.append((now, weight))
    for start, _ in spent:
        assert sum(weight for at, weight in spent if start <= at < start + 60) <= 2 * 60.0 + 1e-6
