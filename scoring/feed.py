"""One venue's market as the events show it: its streams, its rate and lag, and when it was live."""

from collections import deque
from collections.abc import Iterator
from math import exp
from statistics import median

from feeds.events import (
    EVERY_COIN,
    LIQUIDATIONS_REFUSED,
    Connected,
    Disconnected,
    Funding,
    Gap,
    Liquidation,
    Market,
    MarkPrice,
    Refused,
    StatusEvent,
    Trade,
    Traffic,
    Undecodable,
)
from scoring.coverage import Uptime
from scoring.refusals import Refusals
from scoring.sanity.doubts import Doubts
from scoring.sanity.probe import TradeProbe
from scoring.settings import HealthSettings
from scoring.silence import Silences
from scoring.stream import Stream
from scoring.window import MINUTE_MS, WINDOWS

__all__ = ["REST", "Feed", "Feeds", "Stream"]

_KEPT_MS = (WINDOWS[-1] + 1) * MINUTE_MS
"""How far back a feed's uptime is known: the longest window, and the minute that has begun."""
_READ = frozenset({"late", "future", "duplicate", "listing", "not listed"})
"""Kinds of `Undecodable` that say nothing against a stream's frames: they were read and left out, or are no frames."""

REST = " rest"
"""How the name of a venue's REST stream ends."""


class Feed:
    """One venue's market. Market events of all its streams are counted together, because they don't name their stream.

    `timed` is the last trade or mark price, whose two clocks tell the lag; `other` the last event of another kind.
    `probes` and `marks`: each coin's trades and last mark price, by which the data is judged; `lags`: the latest, ms.
    """

    __slots__ = (
        "_counted", "_sampled_ms", "_settings", "doubts", "events", "lags", "liquidations", "market", "marks", "number",
        "other", "per_second", "probes", "refusals", "sampling", "silences", "streams", "timed", "unlisted", "uptime",
        "venue",
    )  # fmt: skip

    def __init__(self, number: int, venue: str, market: Market, settings: HealthSettings) -> None:
        self.number = number
        self.venue = venue
        self.market: Market = market
        self.events = 0
        self.liquidations = 0
        self.timed: Trade | MarkPrice | None = None
        self.other: Liquidation | Funding | None = None
        self.sampling = False
        self.unlisted: set[str] = set()
        self.refusals = Refusals(_KEPT_MS)
        self.doubts = Doubts(_KEPT_MS)
        self.silences = Silences(settings)
        self.probes: dict[str, TradeProbe] = {}
        self.marks: dict[str, MarkPrice] = {}
        self.per_second = 0.0
        self.streams: dict[str, Stream] = {}
        self.uptime = Uptime(_KEPT_MS)
        self._settings = settings
        self.lags: deque[int] = deque(maxlen=settings.lag_samples)
        self._counted = 0
        self._sampled_ms = 0

    def note(self, event: StatusEvent) -> None:
        """Take what happened to one of the streams."""
        stream = self.streams.get(event.stream)
        if stream is None:
            stream = self.streams[event.stream] = Stream(event.stream)
        if isinstance(event, Undecodable) and event.kind == "not listed":
            self.unlisted.add(event.reason.partition(" ")[0])  # the sentence begins with the coin
        elif isinstance(event, Undecodable):
            stream.undecodable += event.kind not in _READ
            if event.kind == LIQUIDATIONS_REFUSED:
                self.refusals.note(event)
        elif isinstance(event, Traffic):
            stream.hear(event)
        elif isinstance(event, Gap):
            stream.gap_ms += max(0, event.at_ms - event.since_ms)
            self.uptime.cut(event.since_ms, event.at_ms)
        elif isinstance(event, Connected | Disconnected | Refused):
            self._turn(stream, event)

    def _turn(self, stream: Stream, event: Connected | Disconnected | Refused) -> None:
        if stream.state == "off":  # the first connection, or one that asks for other coins
            self._forget_habits()
        stream.turn(event)
        if isinstance(event, Connected):
            self.silences.restart(event.at_ms)
        else:
            self.refusals.end(event.stream, event.at_ms)
        if all(item.state in ("up", "off") for item in self.streams.values()):
            self.uptime.up(event.at_ms)
        else:
            self.uptime.down(event.at_ms)

    def _forget_habits(self) -> None:
        self.silences.forget()
        self.probes.clear()
        self.marks.clear()

    def probe(self, event: Trade) -> None:
        """Note a trade of a watched coin, to judge the feed by."""
        known = self.probes.get(event.coin)
        if known is None:
            known = self.probes[event.coin] = TradeProbe(event)
        known.take(event)

    def coverage(self, coin: str, first_ms: int, now_ms: int) -> float:
        """The share of the time between these in which the coin's liquidations could be seen, and believed."""
        seen = self.doubts.trusted(self.uptime, "liquidations", coin, now_ms).share(first_ms, now_ms)
        return max(0.0, seen - self.refusals.share(coin, first_ms, now_ms)) if self.refusals else seen

    def imply_connected(self, at_ms: int) -> None:
        """A market event came from a feed whose connection nobody reports, as in a bare recording: it is live."""
        if all(stream.state == "off" for stream in self.streams.values()):
            self.uptime.up(at_ms)

    @property
    def last_ms(self) -> int | None:
        """When the last market event was received."""
        times = [item.received_ms for item in (self.timed, self.other) if item is not None]
        return max(times) if times else None

    @property
    def lag_ms(self) -> int | None:
        """The median time from the venue's clock to ours; None until measured."""
        return round(median(self.lags)) if self.lags else None

    def sample(self) -> None:
        """Measure rate and lag, once a second with events. Silence leaves both as they were, to be judged by them."""
        last_ms = self.last_ms
        if last_ms is None or last_ms - self._sampled_ms < 1000:
            return
        length, events = last_ms - self._sampled_ms, self.events - self._counted
        if self._sampled_ms:
            weight = 1.0 - exp(-length / 1000 / self._settings.rate_seconds) if self.per_second else 1.0
            self.per_second += (events * 1000 / length - self.per_second) * weight
        if self.timed is not None:
            self.lags.append(self.timed.received_ms - self.timed.at_ms)
        self._note_life(last_ms)
        self._sampled_ms, self._counted = last_ms, self.events

    def _note_life(self, last_ms: int) -> None:
        """Tell the channels what came since the last sample."""
        note = self.silences.note
        note("event", "", last_ms)
        for coin, mark in self.marks.items():
            if mark.received_ms >= self._sampled_ms:
                note("mark price", coin, mark.received_ms)
        for coin, probe in self.probes.items():
            if probe.last.received_ms >= self._sampled_ms:
                note("trade", coin, probe.last.received_ms)


class Feeds:
    """All feeds by venue and market."""

    def __init__(self, settings: HealthSettings) -> None:
        self._settings = settings
        self._feeds: dict[tuple[str, Market], Feed] = {}
        self.rest: dict[str, Stream] = {}
        self.own_clock = ""
        """What is wrong with this machine's clock, as all feeds tell it."""

    def of(self, venue: str, market: Market) -> Feed:
        """The feed of a venue's market; a new one where none was seen yet."""
        feed = self._feeds.get((venue, market))
        if feed is None:
            feed = self._feeds[venue, market] = Feed(len(self._feeds), venue, market, self._settings)
        return feed

    def known(self, venue: str, market: Market) -> Feed | None:
        """The feed of a venue's market where one was seen."""
        return self._feeds.get((venue, market))

    def note(self, event: StatusEvent) -> None:
        """Take what happened to a stream. REST calls are a stream of their own, which carries no liquidations."""
        if not event.stream.endswith(REST):
            self.of(event.venue, event.market).note(event)
            return
        if isinstance(event, Traffic) and event.venue not in self.rest:  # answers alone, as the demo's, are no stream
            return
        stream = self.rest.setdefault(event.venue, Stream(event.stream))
        if isinstance(event, Traffic):
            stream.traffic = event
        elif isinstance(event, Undecodable):
            stream.undecodable += event.kind not in _READ
        elif isinstance(event, Gap):
            stream.gap_ms += max(0, event.at_ms - event.since_ms)
        elif isinstance(event, Connected | Disconnected | Refused):
            stream.turn(event)

    def __iter__(self) -> Iterator[Feed]:
        return iter(self._feeds.values())

    def of_liquidations(self) -> list[Feed]:
        """The feeds that should carry liquidations, or did, by venue."""
        known = self._settings.liquidation_venues
        feeds = [feed for feed in self if feed.liquidations or (feed.market == "perp" and feed.venue in known)]
        return sorted(feeds, key=lambda feed: feed.venue)

    def blind(self, coin: str = EVERY_COIN) -> str | None:
        """Why no liquidation (of a coin) can be seen at the moment; None where at least one feed tells them."""
        feeds = self.of_liquidations()
        if any(
            feed.uptime.is_up and not feed.refusals.reason(coin) and not feed.doubts.of("liquidations", coin)
            for feed in feeds
        ):
            return None
        down = [item for feed in feeds for item in feed.streams.values() if item.state in ("down", "refused")]
        named: dict[str, list[str]] = {}
        for item in down:
            named.setdefault(item.reason, []).append(item.name)
        why = [f"{', '.join(names)} {reason}" for reason, names in named.items()]
        why += [reason for feed in feeds if feed.uptime.is_up and (reason := feed.refusals.reason(coin))]
        why += [
            f"{feed.venue} {doubt.text}"
            for feed in feeds
            if feed.uptime.is_up and (doubt := feed.doubts.of("liquidations", coin))
        ]
        if why:
            return "no liquidation feed is up: " + "; ".join(why)
        return "no liquidation feed has connected yet"
