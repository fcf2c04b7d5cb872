"""The market in each state that a screen can be in, from the same seeded demo."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from feeds.events import AnyEvent, Connected, Disconnected
from feeds.symbols import SymbolTable
from tests.pictures.standing import Tale, Told, opened_on, told
from tui.session import Session

STORY = Tale("story", 20)
BURST = Tale("story", 50)
RETRY_MS = 42_000
LATER_MS = 20 * 60_000
"""Long enough for every kind of data to be old."""


def _live() -> Told:
    return told(STORY)


def _cascade() -> Told:
    return told(BURST)


def _empty() -> Told:
    """Nothing has arrived yet."""
    live = told(STORY)
    return replace(live, events=(), symbols=SymbolTable())


def _stale() -> Told:
    """Connections stand, and nothing came for minutes."""
    live = told(STORY)
    return replace(live, at_ms=live.at_ms + LATER_MS)


def _offline() -> Told:
    """Every stream is down."""
    live = told(STORY)
    downs = [_down(stream, live.at_ms) for stream in _streams(live)]
    return replace(live, events=(*live.events, *downs), at_ms=live.at_ms + 5_000)


def _blind() -> Told:
    """Every stream that could tell of liquidations is down; Hyperliquid and Coinbase publish none."""
    live = told(STORY)
    downs = [_down(one, live.at_ms) for one in _streams(live) if one.venue not in ("hyperliquid", "coinbase")]
    return replace(live, events=(*live.events, *downs), at_ms=live.at_ms + 5_000)


def _streams(tale: Told) -> list[Connected]:
    found: dict[str, Connected] = {}
    for event in tale.events:
        if isinstance(event, Connected):
            found[event.stream] = event
    return list(found.values())


def _down(stream: Connected, at_ms: int) -> AnyEvent:
    return Disconnected(
        venue=stream.venue, market=stream.market, at_ms=at_ms, received_ms=at_ms, stream=stream.stream,
        reason="no route to host", retry_at_ms=at_ms + RETRY_MS,
    )  # fmt: skip


STATES = {
    "live": _live, "cascade": _cascade, "empty": _empty, "stale": _stale, "offline": _offline, "blind": _blind,
}  # fmt: skip


@contextmanager
def session_in(state: str) -> Iterator[Session]:
    """A session whose market is in that state and stands."""
    with opened_on(STATES[state](), STORY.coins) as session:
        yield session
