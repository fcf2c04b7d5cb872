"""Folds a source into the market's state: the same core as behind the screen, without the screen."""

from collections import Counter
from collections.abc import Sequence

from feeds.events import AnyEvent, Status, Traffic, Undecodable, type_name
from feeds.source import Source
from scoring.market import Market
from tui.headless.run import run
from tui.settings import Settings


class Folded:
    """A market with the count of what went into it: events by type, and what was left out by kind."""

    def __init__(self, settings: Settings, coins: Sequence[str] = ()) -> None:
        self.market = Market(settings, coins)
        self.events: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.market_events = 0
        self.first_ms: int | None = None

    def take(self, events: Sequence[AnyEvent]) -> None:
        """Fold one batch."""
        self.events.update(type_name(event) for event in events if not isinstance(event, Traffic))
        self.left_out.update(event.kind for event in events if isinstance(event, Undecodable))
        self.market_events += sum(not isinstance(event, Status) for event in events)
        if self.first_ms is None and events:
            self.first_ms = events[0].received_ms
        self.market.apply(events)


def fold(
    source: Source, settings: Settings, coins: Sequence[str], seconds: float | None, asked: Sequence[str] = ()
) -> Folded:
    """The market after the source's end or after so many seconds of its time, advanced to that moment.

    Sooner where none of the coins that are `asked` for is listed anywhere.
    """
    folded = Folded(settings, coins)
    run(source, folded.take, seconds=seconds, coins=asked)
    folded.market.advance(source.now_ms())
    folded.market.settle()
    return folded
