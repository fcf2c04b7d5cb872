"""The gate behind the decoders: nothing too late, too early or seen before passes; what is left out is counted."""

from collections.abc import Sequence

from feeds.events import AnyEvent, Liquidation, MarketEvent, Status, Trade, Undecodable
from feeds.settings import IntakeSettings


class Remembered:
    """Keys that were seen. When full it forgets the older half, so it holds the last `limit` to 2 x `limit`, O(1)."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._new: set[object] = set()
        self._old: set[object] = set()

    def add(self, key: object) -> bool:
        """Remember `key`; False where it was remembered already."""
        new = self._new
        if key in new or key in self._old:
            return False
        if len(new) >= self._limit:
            self._old, self._new = new, {key}
        else:
            new.add(key)
        return True


class Intake:
    """Admits each market event once and in time; what it leaves out comes out as `Undecodable` with its kind.

    Liquidations are remembered apart from trades: a venue may repeat them after an hour, and a busy minute of trades
    must not push them out.
    """

    def __init__(self, settings: IntakeSettings) -> None:
        self._late_ms = settings.late_seconds * 1000
        self._future_ms = -settings.future_seconds * 1000
        self._trades = Remembered(settings.remembered_events)
        self._liquidations = Remembered(settings.remembered_events)

    def admit(self, events: Sequence[AnyEvent], stream: str) -> list[AnyEvent]:
        """The events that may be counted, in order, with a status in place of each that may not."""
        return [event if isinstance(event, Status) else self._judge(event, stream) for event in events]

    def _judge(self, event: MarketEvent, stream: str) -> AnyEvent:
        age = event.received_ms - event.at_ms
        if not self._future_ms <= age <= self._late_ms:
            if age > 0:
                return _left_out(event, stream, "late", f"{age / 1000:,.0f} s old on arrival")
            return _left_out(event, stream, "future", f"dated {-age / 1000:,.1f} s ahead of our clock")
        kind = type(event)
        if kind is Trade:
            seen = self._trades
        elif kind is Liquidation:
            seen = self._liquidations
        else:
            return event
        identity = event.identity  # type: ignore[union-attr]  # both kinds have one
        if identity != "" and not seen.add((event.venue, event.market, event.symbol, identity)):
            return _left_out(event, stream, "duplicate", "delivered before")
        return event


def _left_out(event: MarketEvent, stream: str, kind: str, why: str) -> Undecodable:
    return Undecodable(
        venue=event.venue,
        market=event.market,
        at_ms=event.at_ms,
        received_ms=event.received_ms,
        stream=stream,
        kind=kind,
        reason=f"{event.__struct_config__.tag} of {event.symbol} left out: {why}",
    )
