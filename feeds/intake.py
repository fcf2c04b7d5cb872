"""The gate behind the decoders: nothing too late, too early or seen before passes; what is left out is counted."""

from collections.abc import Sequence

from feeds.events import AnyEvent, Liquidation, MarketEvent, Status, Trade, Undecodable
from feeds.settings import IntakeSettings
from feeds.venue import Acknowledged, Closing, Control, Decoded, Pong, Rejected


class Remembered:
    """Keys that were seen. When full it forgets the older half, so it holds the last `limit` to 2 x `limit`, O(1)."""

    __slots__ = ("_limit", "_new", "_old")

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


Memories = dict[tuple[str, str], dict[str, Remembered]]
"""What was delivered, by venue and market, then by symbol."""


class Intake:
    """Admits each market event once and in time; what it leaves out comes out as `Undecodable` with its kind.

    Deliveries are remembered per symbol, and liquidations apart from trades: a venue may repeat them after an hour, and
    a busy minute of trades must not push them out.
    """

    def __init__(self, settings: IntakeSettings) -> None:
        self._late_ms = settings.late_seconds * 1000
        self._future_ms = -settings.future_seconds * 1000
        self._limit = settings.remembered_events
        self._trades: Memories = {}
        self._liquidations: Memories = {}

    def admit(self, decoded: Sequence[Decoded], stream: str, controls: list[Control]) -> list[AnyEvent]:
        """The events that may be counted, in order, with a status in place of each that may not.

        What the protocol itself says goes to `controls`.
        """
        admitted: list[AnyEvent] = []
        for item in decoded:
            kind = type(item)
            if kind is Trade:
                admitted.append(self._once(item, self._trades, stream))  # type: ignore[arg-type]
            elif kind is Liquidation:
                admitted.append(self._once(item, self._liquidations, stream))  # type: ignore[arg-type]
            elif isinstance(item, Status):
                admitted.append(item)
            elif isinstance(item, Acknowledged | Pong | Rejected | Closing):
                controls.append(item)
            else:
                admitted.append(self._mistimed(item, stream) or item)
        return admitted

    def _once(self, event: Trade | Liquidation, memories: Memories, stream: str) -> AnyEvent:
        if not self._future_ms <= event.received_ms - event.at_ms <= self._late_ms:
            return self._mistimed(event, stream) or event
        identity = event.identity
        if identity == "":
            return event
        try:
            memory = memories[event.venue, event.market][event.symbol]
        except KeyError:
            memory = Remembered(self._limit)
            memories.setdefault((event.venue, event.market), {})[event.symbol] = memory
        return event if memory.add(identity) else _left_out(event, stream, "duplicate", "delivered before")

    def _mistimed(self, event: MarketEvent, stream: str) -> Undecodable | None:
        age = event.received_ms - event.at_ms
        if age > self._late_ms:
            return _left_out(event, stream, "late", f"{age / 1000:,.0f} s old on arrival")
        if age < self._future_ms:
            return _left_out(event, stream, "future", f"dated {-age / 1000:,.1f} s ahead of our clock")
        return None


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
