"""The state of each stream, with the evidence for it in one short sentence."""

from collections.abc import Iterable

from feeds.events import EVERY_COIN
from scoring.feed import Feed, Feeds, Stream
from scoring.moment import clock, span
from scoring.settings import HealthSettings
from scoring.view import FeedHealth, Health


def health(feeds: Feeds, now_ms: int, settings: HealthSettings) -> tuple[FeedHealth, ...]:
    """Every stream's health at `now_ms`, by venue, market and stream."""
    rows = [_row(feed, stream, now_ms, settings) for feed in feeds for stream in _streams(feed)]
    rows += [_rest_row(venue, stream, now_ms) for venue, stream in feeds.rest.items()]
    return tuple(sorted(rows, key=lambda row: (row.venue, row.market, row.stream)))


def _streams(feed: Feed) -> Iterable[Stream]:
    if feed.streams:
        return feed.streams.values()
    return (Stream(f"{feed.venue} {feed.market}", state="up" if feed.events else "off"),)


def _row(feed: Feed, stream: Stream, now_ms: int, settings: HealthSettings) -> FeedHealth:
    state, evidence = _judge(feed, stream, now_ms, settings)
    return FeedHealth(
        venue=feed.venue,
        market=feed.market,
        stream=stream.name,
        state=state,
        evidence=evidence,
        last_at_ms=feed.last_ms,
        lag_ms=feed.lag_ms,
        reconnects=max(0, stream.connects - 1),
        gap_ms=stream.gap_ms,
        events=feed.events,
        undecodable=stream.undecodable,
        retry_at_ms=stream.retry_at_ms,
        per_second=feed.per_second if feed.events else None,
        bytes_per_second=stream.bytes_per_second(now_ms),
    )


def _rest_row(venue: str, stream: Stream, now_ms: int) -> FeedHealth:
    state, evidence = _judge_rest(stream, now_ms)
    return FeedHealth(
        venue=venue,
        market="perp",
        stream=stream.name,
        state=state,
        evidence=evidence,
        reconnects=max(0, stream.connects - 1),
        gap_ms=stream.gap_ms,
        undecodable=stream.undecodable,
        retry_at_ms=stream.retry_at_ms,
        bytes_per_second=stream.bytes_per_second(now_ms),
    )


def _judge_rest(stream: Stream, now_ms: int) -> tuple[Health, str]:
    if stream.state in ("down", "refused"):
        return _judge_lost(stream, now_ms)
    return ("live", f"answers since {clock(stream.since_ms)}") if stream.state == "up" else ("off", "no answer yet")


def _judge(feed: Feed, stream: Stream, now_ms: int, settings: HealthSettings) -> tuple[Health, str]:
    if stream.state == "off" and not feed.uptime.is_up:
        return "off", "not connected yet"
    if stream.state in ("down", "refused"):
        return _judge_lost(stream, now_ms)
    return _judge_connected(feed, stream, now_ms, settings)


def _judge_lost(stream: Stream, now_ms: int) -> tuple[Health, str]:
    if stream.state == "refused":
        return "blocked", f"refused at {clock(stream.since_ms)}: {stream.reason}; {_retry(stream, now_ms)}"
    return "dead", f"down since {clock(stream.since_ms)}: {stream.reason}; {_retry(stream, now_ms)}"


def _judge_connected(feed: Feed, stream: Stream, now_ms: int, settings: HealthSettings) -> tuple[Health, str]:
    last_ms = max(feed.last_ms or 0, stream.since_ms)
    silence = now_ms - last_ms
    counted = "1 event" if feed.events == 1 else f"{feed.events:,} events"
    usual = f"{feed.per_second:,.1f} events/s" if feed.per_second else counted
    if silence >= settings.suspect_seconds * 1000 and feed.per_second > settings.busy_per_second:
        return "suspect", f"no event for {span(silence)}, {usual} before"
    refusals = feed.refusals.of(stream.name)
    if EVERY_COIN in refusals:
        return "blocked", f"liquidations refused: {refusals[EVERY_COIN]}; other data goes on"
    refused = f"liquidations of {', '.join(refusals)} refused; " if refusals else ""
    if silence >= settings.quiet_seconds * 1000:
        return "quiet", f"{refused}connected, no event for {span(silence)}"
    if len(feed.streams) > 1:
        usual += f" over {len(feed.streams)} streams"
    return "live", f"{refused}{usual}, last {span(silence)} ago"


def _retry(stream: Stream, now_ms: int) -> str:
    if stream.retry_at_ms is None:
        return "no further attempt" if stream.state == "refused" else "next attempt not known"
    wait = stream.retry_at_ms - now_ms
    return f"next attempt in {span(wait)}" if wait > 0 else "trying again"
