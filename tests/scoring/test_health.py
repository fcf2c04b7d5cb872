"""Each stream's state has evidence, and silence is judged by what was usual."""

import pytest

from feeds.events import AnyEvent
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import FeedHealth
from tests.scoring.events_fixture import (
    NOW,
    connected,
    disconnected,
    gap,
    liquidation,
    mark,
    refused,
    trade,
    traffic,
    undecodable,
)


def feeds(events: list[AnyEvent], now_ms: int, every_ms: int = 1000) -> tuple[FeedHealth, ...]:
    """The health after these events, with the clock moved in between as the screen does."""
    market = Market(ScoringSettings())
    for event in events:
        market.apply([event])
        market.advance(event.received_ms)
    for at_ms in range(events[-1].received_ms, now_ms, every_ms):
        market.advance(at_ms)
    market.advance(now_ms)
    return market.view("BTC").feeds


BUSY: list[AnyEvent] = [
    connected(NOW),
    *(mark(NOW + number * 100 - 84, received_ms=NOW + number * 100) for number in range(100)),
]
"""Ten events a second for ten seconds, each 84 ms old on arrival."""


def test_a_busy_stream_is_live_with_rate_and_lag() -> None:
    """The evidence names the rate and the last event."""
    (row,) = feeds(BUSY, NOW + 10_000)
    assert (row.state, row.lag_ms, row.events) == ("live", 84, 100)
    assert row.evidence == "10.0 events/s, last 0.1 s ago"


@pytest.mark.parametrize(("silence_ms", "state"), [(14_900, "live"), (15_000, "suspect"), (90_000, "dead")])
def test_the_silence_of_a_busy_stream_is_suspect_and_then_dead(silence_ms: int, state: str) -> None:
    """It is measured against the rate before, which silence doesn't lower."""
    (row,) = feeds(BUSY, NOW + 9_900 + silence_ms)
    assert row.state == state
    if state == "suspect":
        assert row.evidence.startswith("no event for")
        assert "; at its usual rate that happens 1 time in" in row.evidence
        assert row.evidence.endswith("10.0 events/s before")


def test_a_slow_stream_is_quiet_after_a_minute() -> None:
    """Liquidations alone may well be silent for half a minute."""
    slow: list[AnyEvent] = [connected(NOW), *(liquidation(NOW + number * 20_000, 5.0) for number in range(4))]
    assert feeds(slow, NOW + 60_000 + 30_000)[0].state == "live"
    (row,) = feeds(slow, NOW + 60_000 + 61_000)
    assert (row.state, row.evidence) == ("quiet", "connected, no event for 1 m")


def test_a_broken_stream_is_dead_until_it_connects_again() -> None:
    """With the reason, the next attempt, and afterwards the count and length of what was missed."""
    down = disconnected(NOW + 10_000, reason="closed with 1006", retry_at_ms=NOW + 14_000)
    (row,) = feeds([*BUSY, down], NOW + 12_000)
    assert (row.state, row.retry_at_ms) == ("dead", NOW + 14_000)
    assert row.evidence == "down since 12:04:10 UTC: closed with 1006; next attempt in 2.0 s"
    back: list[AnyEvent] = [gap(NOW + 9_900, NOW + 15_000), connected(NOW + 15_000), mark(NOW + 15_000)]
    (row,) = feeds([*BUSY, down, *back], NOW + 15_100)
    assert (row.state, row.reconnects, row.gap_ms, row.retry_at_ms) == ("live", 1, 5_100, None)


def test_a_refusal_is_blocked_and_says_whether_it_is_tried_again() -> None:
    """Not dead: nothing on our side can mend it."""
    (row,) = feeds([refused(NOW)], NOW + 1000)
    assert (row.state, row.evidence) == ("blocked", "refused at 12:04:00 UTC: HTTP 451; no further attempt")


def test_a_stream_of_which_only_bad_frames_came_is_off() -> None:
    """Frames that were read and left out on purpose don't count against it."""
    events: list[AnyEvent] = [undecodable(NOW, kind) for kind in ("malformed", "late", "duplicate", "malformed")]
    (row,) = feeds(events, NOW + 1000)
    assert (row.state, row.undecodable) == ("off", 2)


def test_events_without_any_status_show_a_live_stream() -> None:
    """As in a recording of frames alone."""
    (row,) = feeds([trade(NOW, venue="okx", market="spot")], NOW + 1000)
    assert (row.stream, row.state, row.evidence) == ("okx spot", "live", "1 event, last 1.0 s ago")


def test_any_kind_of_event_is_a_sign_of_life() -> None:
    """Marks went on for a minute after the last liquidation: the stream is not quiet."""
    events: list[AnyEvent] = [connected(NOW), liquidation(NOW, 5.0), mark(NOW + 59_000)]
    (row,) = feeds(events, NOW + 61_000)
    assert (row.state, row.last_at_ms) == ("live", NOW + 59_000)


def test_every_stream_has_its_own_row() -> None:
    """Sorted by venue and market; the second socket of a market stands beside the first."""
    events: list[AnyEvent] = [
        connected(NOW, "okx"),
        connected(NOW, "binance", stream="binance perp 2"),
        disconnected(NOW, "binance"),
    ]
    rows = [(row.stream, row.state) for row in feeds(events, NOW + 1)]
    assert rows == [("binance perp", "dead"), ("binance perp 2", "live"), ("okx perp", "live")]


def test_bytes_are_told_per_stream_and_thin_out_in_silence() -> None:
    """50 kB in 5 s are 10 kB/s for as long as the next report may take; 5 s later they are 50 kB in 10 s."""
    events: list[AnyEvent] = [connected(NOW), connected(NOW, "okx"), traffic(NOW, NOW + 5_000, 50_000)]
    rows = {row.venue: row.bytes_per_second for row in feeds(events, NOW + 10_000)}
    assert rows == {"bybit": 10_000.0, "okx": None}
    rows = {row.venue: row.bytes_per_second for row in feeds(events, NOW + 15_000)}
    assert rows == {"bybit": 5_000.0, "okx": None}


def test_what_a_lost_stream_brought_before_is_not_its_rate() -> None:
    events: list[AnyEvent] = [connected(NOW), traffic(NOW, NOW + 5_000, 50_000), disconnected(NOW + 6_000)]
    assert feeds(events, NOW + 7_000)[0].bytes_per_second is None


def test_rest_answers_have_a_rate_where_their_stream_is_known() -> None:
    """The bytes alone make no row."""
    told = traffic(NOW, NOW + 10_000, 5_000, stream="bybit rest")
    assert feeds([connected(NOW), told], NOW + 10_000)[0].stream == "bybit perp"
    (_, row) = feeds([connected(NOW), connected(NOW, stream="bybit rest"), told], NOW + 10_000)
    assert (row.stream, row.bytes_per_second) == ("bybit rest", 500.0)
