"""When a feed was seen live: the spans that make a total complete, and the gaps that make it unknown."""

from collections import deque
from collections.abc import Iterable, Sequence


class Uptime:
    """The spans in which a feed was up, over the last `kept_ms`. Times never go backwards; older ones are clamped."""

    def __init__(self, kept_ms: int) -> None:
        self._kept_ms = kept_ms
        self._spans: deque[tuple[int, int]] = deque()
        self._since: int | None = None

    @property
    def is_up(self) -> bool:
        """Whether the feed is up now."""
        return self._since is not None

    def up(self, at_ms: int) -> None:
        """The feed is live from `at_ms` on; nothing changes where it was already."""
        if self._since is None:
            ended = self._spans[-1][1] if self._spans else at_ms
            self._since = max(at_ms, ended)

    def down(self, at_ms: int) -> None:
        """The feed is down from `at_ms` on; nothing changes where it was already."""
        if self._since is None:
            return
        if at_ms > self._since:
            self._spans.append((self._since, at_ms))
        self._since = None
        while self._spans and self._spans[0][1] < at_ms - self._kept_ms:
            self._spans.popleft()

    def cut(self, first_ms: int, last_ms: int) -> None:
        """Between these times the feed was not seen after all."""
        if last_ms <= first_ms:
            return
        pieces: list[tuple[int, int]] = []
        for start, end in self._spans:
            pieces.append((start, min(end, first_ms)))
            pieces.append((max(start, last_ms), end))
        if self._since is not None and self._since < last_ms:
            pieces.append((self._since, first_ms))
            self._since = last_ms
        self._spans = deque((start, end) for start, end in pieces if start < end)

    def without(self, gaps: Iterable[tuple[int, int]]) -> "Uptime":
        """The same without the time in these gaps."""
        other = Uptime(self._kept_ms)
        other._spans, other._since = deque(self._spans), self._since
        for first_ms, last_ms in gaps:
            other.cut(first_ms, last_ms)
        return other

    def covered_ms(self, first_ms: int, last_ms: int) -> int:
        """For how long of the time between these the feed was up."""
        total = sum(max(0, min(end, last_ms) - max(start, first_ms)) for start, end in self._spans)
        if self._since is not None:
            total += max(0, last_ms - max(self._since, first_ms))
        return total

    def share(self, first_ms: int, last_ms: int) -> float:
        """The share of the time between these in which the feed was up."""
        if last_ms <= first_ms:
            return 1.0 if self.is_up else 0.0
        return self.covered_ms(first_ms, last_ms) / (last_ms - first_ms)

    def until(self, times_ms: Sequence[int]) -> list[int]:
        """For how long the feed was up before each of these ascending times, counted from the first of them."""
        spans = [*self._spans]
        if self._since is not None:
            spans.append((self._since, max(self._since, times_ms[-1])))
        first_ms = times_ms[0]
        bounds = [(max(start, first_ms), end) for start, end in spans if end > first_ms]
        lengths, before, place = [], 0, 0
        for at_ms in times_ms:
            while place < len(bounds) and bounds[place][1] <= at_ms:
                before += bounds[place][1] - bounds[place][0]
                place += 1
            running = at_ms - bounds[place][0] if place < len(bounds) else 0
            lengths.append(before + max(0, running))
        return lengths
