"""The state of each stream, with the evidence for it in one short sentence."""

from collections.abc import Iterable

from feeds.events import EVERY_COIN
from scoring.feed import Feed, Feeds, Stream
from scoring.life import Life, life_of, never_told
from scoring.moment import clock, span
from scoring.settings import HealthSettings
from scoring.silence import odds
from scoring.view import FeedHealth, Health


class Healths:
    """Every stream's health, judged anew once a second; and at once where `stale` says that something was said."""

    __slots__ = ("_key", "_rows", "_settings", "stale")

    def __init__(self, settings: HealthSettings) -> None:
        self._settings = settings
        self._rows: tuple[FeedHealth, ...] = ()
        self._key = (-1, -1)
        self.stale = True

    def rows(self, feeds: Feeds, now_ms: int) -> tuple[FeedHealth, ...]:
        """The rows of `health`. A feed's first event is seen at once too."""
        key = (now_ms // 1000, sum(1 for feed in feeds if feed.events))
        if self.stale or key != self._key:
            self._rows, self._key, self.stale = health(feeds, now_ms, self._settings), key, False
        return self._rows


def health(feeds: Feeds, now_ms: int, settings: HealthSettings) -> tuple[FeedHealth, ...]:
    """Every stream's health at `now_ms`, by venue, market and stream."""
    rows = [row for feed in feeds for row in _rows(feed, feeds, now_ms, settings)]
    rows += [_rest_row(venue, stream, now_ms) for venue, stream in feeds.rest.items()]
    return tuple(sorted(rows, key=lambda row: (row.venue, row.market, row.stream)))


def _rows(feed: Feed, feeds: Feeds, now_ms: int, settings: HealthSettings) -> Iterable[FeedHealth]:
    streams = list(feed.streams.values()) or [
        Stream(f"{feed.venue} {feed.market}", state="up" if feed.events else "off")
    ]
    up = [stream for stream in streams if stream.state == "up"]
    life = life_of(feed, feeds, now_ms, settings) if up else Life()
    # events don't name their stream: what is missing is told of the one that brought no bytes for longest
    blamed = min(up, key=lambda stream: stream.traffic.at_ms if stream.traffic else now_ms, default=None)
    for stream in streams:
        mine = life if stream is blamed or life.is_general else Life()
        state, evidence = _judge(feed, stream, mine, feeds, now_ms, settings)
        yield _row(feed, stream, state, evidence, feeds.own_clock if state in ("live", "quiet") else "", now_ms)


def _row(feed: Feed, stream: Stream, state: Health, evidence: str, own_clock: str, now_ms: int) -> FeedHealth:
    doubts = tuple(dict.fromkeys(f"{doubt.text}, since {clock(doubt.since_ms)}" for doubt in feed.doubts))
    if doubts and state in ("live", "quiet"):
        state, evidence = "suspect", "; ".join(doubts)
    return FeedHealth(
        venue=feed.venue,
        market=feed.market,
        stream=stream.name,
        state=state,
        evidence=f"{own_clock}; {evidence}" if own_clock else evidence,
        last_at_ms=feed.last_ms,
        lag_ms=feed.lag_ms,
        reconnects=max(0, stream.connects - 1),
        gap_ms=stream.gap_ms,
        events=feed.events,
        undecodable=stream.undecodable,
        retry_at_ms=stream.retry_at_ms,
        per_second=feed.per_second if feed.events else None,
        bytes_per_second=stream.bytes_per_second(now_ms),
        doubts=doubts,
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


def _judge(
    feed: Feed, stream: Stream, life: Life, feeds: Feeds, now_ms: int, settings: HealthSettings
) -> tuple[Health, str]:
    if stream.state in ("down", "refused"):
        return _judge_lost(stream, now_ms)
    if stream.state == "off" and stream.heard_ms and (told := never_told(feed, stream, feeds, now_ms, settings)):
        return told
    if stream.state == "off" and not feed.uptime.is_up:
        return "off", "not connected yet"
    return _judge_connected(feed, stream, life, now_ms, settings)


def _judge_lost(stream: Stream, now_ms: int) -> tuple[Health, str]:
    if stream.state == "refused":
        return "blocked", f"refused at {clock(stream.since_ms)}: {stream.reason}; {_retry(stream, now_ms)}"
    return "dead", f"down since {clock(stream.since_ms)}: {stream.reason}; {_retry(stream, now_ms)}"


def _judge_connected(
    feed: Feed, stream: Stream, life: Life, now_ms: int, settings: HealthSettings
) -> tuple[Health, str]:
    last_ms = max(feed.last_ms or 0, stream.since_ms)
    silence = now_ms - last_ms
    counted = "1 event" if feed.events == 1 else f"{feed.events:,} events"
    usual = f"{feed.per_second:,.1f} events/s" if feed.per_second else counted
    if life.chance is not None and life.chance < settings.alarm_chance:
        return _alarm(life, usual, settings)
    refusals = feed.refusals.of(stream.name)
    if EVERY_COIN in refusals:
        return "blocked", f"liquidations refused: {refusals[EVERY_COIN]}; other data goes on"
    refused = f"liquidations of {', '.join(refusals)} refused; " if refusals else ""
    unusual = f"; {_unusual(life)}" if life.chance is not None and life.chance < settings.told_chance else ""
    if silence >= settings.quiet_seconds * 1000:
        return "quiet", f"{refused}connected, no event for {span(silence)}{unusual}"
    if len(feed.streams) > 1:
        usual += f" over {len(feed.streams)} streams"
    return "live", f"{refused}{usual}{unusual}, last {span(silence)} ago"


def _alarm(life: Life, usual: str, settings: HealthSettings) -> tuple[Health, str]:
    """A silence that is too unlikely: of one kind, or of all that the stream carries."""
    if not life.is_general:
        return "suspect", f"{_unusual(life)}; other data goes on"
    if life.silence_ms >= settings.dead_seconds * 1000:
        return "dead", f"still connected, but {_unusual(life)}"
    return "suspect", f"{_unusual(life)}, {usual} before"


def _unusual(life: Life) -> str:
    return f"no {life.what} for {span(life.silence_ms)}; at its usual rate that happens {odds(life.chance or 0.0)}"


def _retry(stream: Stream, now_ms: int) -> str:
    if stream.retry_at_ms is None:
        return "no further attempt" if stream.state == "refused" else "next attempt not known"
    wait = stream.retry_at_ms - now_ms
    return f"next attempt in {span(wait)}" if wait > 0 else "trying again"
