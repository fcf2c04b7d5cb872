"""`liqtop events`: the normalised events of a source as JSON lines, as they come."""

from collections.abc import Collection, Sequence

from feeds.events import AnyEvent, Status, Traffic, to_json, type_name
from feeds.source import Source
from tui.exits import FINE, NO_DATA
from tui.headless.output import narrate, write_lines
from tui.headless.run import run


class EventLines:
    """Writes the events that were asked for. No coins or no types means all of them; status events have no coin.

    How many bytes a stream brought is no event of the market or of a stream's life: it is left out.
    """

    def __init__(self, coins: Collection[str], types: Collection[str]) -> None:
        self._coins = frozenset(coins)
        self._types = frozenset(types)
        self.market_events = 0

    def take(self, events: Sequence[AnyEvent]) -> None:
        """Write one batch and flush it."""
        chosen = [event for event in events if self._asked_for(event)]
        if not chosen:
            return
        self.market_events += sum(not isinstance(event, Status) for event in chosen)
        write_lines(to_json(event) for event in chosen)

    def _asked_for(self, event: AnyEvent) -> bool:
        if isinstance(event, Traffic):
            return False
        if self._types and type_name(event) not in self._types:
            return False
        return isinstance(event, Status) or not self._coins or event.coin in self._coins


def print_events(source: Source, coins: Collection[str], types: Collection[str], seconds: float | None) -> int:
    """Print until the source ends; the exit code tells whether any market event was among them."""
    lines = EventLines(coins, types)
    run(source, lines.take, seconds=seconds, coins=coins)
    if lines.market_events:
        return FINE
    narrate("liqtop: no market event was seen")
    return NO_DATA
