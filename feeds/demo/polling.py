"""When the demo's polls are answered: all of them at the start, as a monitor would ask, then each at its own pace."""

import heapq
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, zip_longest

from feeds.venue import Poll

_AT_ONCE = 420  # polls that are answered before the first frame: those of the six coins that are there by default
_PER_SECOND = 6.0  # the others follow at this pace, as a venue's limits would have it
_SPREAD = 11  # the first repetitions fall on so many different parts of their interval
_LATER_MS = 5_000  # when a poll is made again that nobody answered


class Polling:
    """The polls of all venues, in turn, and when each is due again."""

    def __init__(self, polls: Sequence[Sequence[Poll]], now_ms: int) -> None:
        in_turn = chain.from_iterable(zip_longest(*polls))
        self._first = deque(poll for poll in in_turn if poll is not None)
        self._begun_ms = now_ms
        self._asked = 0
        self._due: list[tuple[int, int, Poll]] = []
        self._slowness = 1.0

    def opening(self, now_ms: int) -> Iterator[Poll]:
        """What is asked for at once."""
        for _ in range(min(_AT_ONCE, len(self._first))):
            yield self._next(now_ms)

    def due(self, now_ms: int, slowness: float, answers: Callable[[str], bool]) -> Iterator[Poll]:
        """What is due by now of the venues that answer. Intervals are `slowness` times as long as the venue's."""
        if slowness != self._slowness:
            self._repace(now_ms, slowness)
        due = int((now_ms - self._begun_ms) / 1000 * _PER_SECOND) + 1
        while self._first and self._asked - _AT_ONCE < due and answers(self._first[0].venue):
            yield self._next(now_ms)
        while self._due and self._due[0][0] <= now_ms:
            _, number, poll = heapq.heappop(self._due)
            willing = answers(poll.venue)
            wait_ms = self._interval_ms(poll) if willing else _LATER_MS
            heapq.heappush(self._due, (now_ms + wait_ms, number, poll))
            if willing:
                yield poll

    def _next(self, now_ms: int) -> Poll:
        poll = self._first.popleft()
        self._asked += 1
        if poll.every_seconds is not None:
            wait_ms = self._interval_ms(poll) * (self._asked % _SPREAD + 1) // _SPREAD
            heapq.heappush(self._due, (now_ms + wait_ms, self._asked, poll))
        return poll

    def _interval_ms(self, poll: Poll) -> int:
        return round((poll.every_seconds or 0.0) * 1000 * self._slowness)

    def _repace(self, now_ms: int, slowness: float) -> None:
        """Let what is due keep its place in the interval, which is now another one."""
        faster = slowness / self._slowness
        self._slowness = slowness
        self._due = [(now_ms + round((at_ms - now_ms) * faster), number, poll) for at_ms, number, poll in self._due]
        heapq.heapify(self._due)
