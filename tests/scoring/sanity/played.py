"""The demo's market played through the core, its events changed on the way as a broken venue would."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from feeds.demo import START_MS, records
from feeds.events import AnyEvent
from feeds.pipeline import Pipeline
from feeds.settings import IntakeSettings
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import FeedHealth, MarketView

Fault = Callable[[AnyEvent], AnyEvent]
COINS = ("BTC", "ETH", "WIF")


@dataclass(slots=True)
class Played:
    """When each stream first had a doubt (seconds from the start), with its first texts, and the last view."""

    doubted: dict[str, float] = field(default_factory=dict)
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    market: Market = field(default_factory=lambda: Market(ScoringSettings(), COINS))
    alarms: list[tuple[float, FeedHealth]] = field(default_factory=list)

    @property
    def view(self) -> MarketView:
        return self.market.view("BTC", 60)


def play(seconds: float, fault: Fault = lambda event: event, rate: float = 0.3, seed: int = 1) -> Played:
    """Play the demo's story; a look at the streams every ten seconds."""
    pipeline, played, due_ms = Pipeline(IntakeSettings()), Played(), START_MS
    market = played.market
    for record in records(coins=COINS, seed=seed, seconds=seconds, rate=rate):
        market.apply([fault(event) for event in pipeline.feed(record)])
        if record.received_ms >= due_ms:
            due_ms = record.received_ms + 1000
            market.advance(record.received_ms)
            if record.received_ms // 1000 % 10 == 0:
                _look(played, market.view("none").feeds, (record.received_ms - START_MS) / 1000)
    return played


def _look(played: Played, feeds: Iterable[FeedHealth], at: float) -> None:
    for feed in feeds:
        if feed.doubts and feed.stream not in played.doubted:
            played.doubted[feed.stream] = at
            played.texts[feed.stream] = feed.doubts
        if feed.state in ("suspect", "dead"):
            played.alarms.append((at, feed))
