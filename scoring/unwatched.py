"""When a coin was not watched though its exchanges' feeds were up, so that no total calls that time seen."""

from collections.abc import Iterable, Sequence
from copy import copy

from scoring.coin import CoinState
from scoring.feed import Feed, Feeds, Stream
from scoring.window import MINUTE_MS, WINDOWS

_KEPT_MS = (WINDOWS[-1] + 1) * MINUTE_MS
"""How far back it matters: the longest window, and the minute that has begun."""


class Unwatched:
    """The gaps of coins that joined late or were away for a while, and the states of those that are away."""

    def __init__(self) -> None:
        self._gaps: dict[str, list[tuple[int, int]]] = {}
        self._away: dict[str, tuple[CoinState, int]] = {}

    def leave(self, state: CoinState, at_ms: int) -> None:
        """A coin is watched no more; its state is kept for as long as the longest window."""
        self._away = {name: away for name, away in self._away.items() if at_ms - away[1] < _KEPT_MS}
        self._away[state.name] = (state, at_ms)

    def back(self, name: str, at_ms: int) -> CoinState | None:
        """A coin is watched from now on: its state where it was left not too long ago, else None."""
        state, left_ms = self._away.pop(name, (None, 0))
        if at_ms - left_ms >= _KEPT_MS:
            state, left_ms = None, 0
        gaps = self._gaps.get(name, []) if state is not None else []
        self._gaps[name] = [gap for gap in [*gaps, (left_ms, at_ms)] if at_ms - gap[1] < _KEPT_MS]
        return state

    def recall(self, name: str, spans: Sequence[tuple[int, int]], at_ms: int) -> None:
        """Earlier runs watched a coin in these spans, in order of time: it was not watched between them."""
        edges = [0, *(edge for span in spans for edge in span), at_ms]
        gaps = list(zip(edges[::2], edges[1::2], strict=True))
        self._gaps[name] = [gap for gap in gaps if gap[0] < gap[1] and at_ms - gap[1] < _KEPT_MS]

    def seen(self, coin: str, feeds: Iterable[Feed]) -> list[Feed]:
        """The feeds as the coin knows them: not up while it was not watched."""
        gaps = self._gaps.get(coin)
        return [_without(feed, gaps) for feed in feeds] if gaps else list(feeds)


def _without(feed: Feed, gaps: Iterable[tuple[int, int]]) -> Feed:
    seen = copy(feed)
    seen.uptime = feed.uptime.without(gaps)
    return seen


def disconnect(feeds: Feeds, at_ms: int) -> None:
    """All connections are given up, to be made anew for other coins: until then nothing is seen."""
    for feed in feeds:
        feed.uptime.down(at_ms)
        for name in feed.streams:
            feed.refusals.end(name, at_ms)
        first = f"{feed.venue} {feed.market}"  # what its first connection is called, however many there will be
        known = feed.streams.get(first) or Stream(first)
        known.state, known.retry_at_ms, known.traffic = "off", None, None
        feed.streams = {first: known}
        feed.unlisted.clear()
    feeds.rest.clear()
