"""The gate behind the decoders: nothing too late, too early or seen before passes; what is left out is counted."""

from collections.abc import Iterable, Sequence

from feeds.events import AnyEvent, Liquidation, MarketEvent, Status, Trade, Undecodable
from feeds.settings import IntakeSettings
from feeds.venue import Control, Decoded


class Remembered:
    """Keys that were seen in the last `kept_ms`, in O(1).

    It forgets the older half when the newer one is full or as old, so it holds at most twice `limit`: the last `limit`
    keys of the last `kept_ms` for sure.
    """

    __slots__ = ("_kept_ms", "_limit", "_new", "_old", "_since_ms")

    def __init__(self, limit: int, kept_ms: float = float("inf")) -> None:
        self._limit = limit
        self._kept_ms = kept_ms
        self._new: set[object] = set()
        self._old: set[object] = set()
        self._since_ms = 0

    def add(self, key: object, at_ms: int = 0) -> bool:
        """Remember `key`, seen now (`at_ms`); False where it was remembered already."""
        new = self._new
        if key in new or key in self._old:
            return False
        if len(new) >= self._limit or at_ms - self._since_ms > self._kept_ms:
            self._old, self._new = new if at_ms - self._since_ms <= 2 * self._kept_ms else set(), {key}
            self._since_ms = at_ms
        else:
            new.add(key)
        return True


Memories = dict[tuple[str, str], dict[str, Remembered]]
"""What was delivered, by venue and market, then by symbol."""


class Intake:
    """Admits each market event once and in time; what it leaves out comes out as `Undecodable` with its kind.

    Deliveries are remembered per symbol, and liquidations apart from trades: a busy minute of trades must not push them
    out. Longer than an event may be late nothing needs to be remembered.
    """

    def __init__(self, settings: IntakeSettings) -> None:
        self._late_ms = settings.late_seconds * 1000
        self._future_ms = -settings.future_seconds * 1000
        self._limit = settings.remembered_events
        self._kept_ms = self._late_ms - self._future_ms
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
            elif isinstance(item, Control):
                controls.append(item)
            else:
                admitted.append(self._mistimed(item, stream) or item)
        return admitted

    def admit_history(self, events: Sequence[AnyEvent], stream: str) -> list[AnyEvent]:
        """The events of a REST answer: as `admit`, but they may be old, because history is what was asked for."""
        return [
            event
            if isinstance(event, Status) or event.received_ms - event.at_ms >= self._future_ms
            else self._mistimed(event, stream) or event
            for event in events
        ]

    def remember(self, liquidations: Iterable[Liquidation], at_ms: int) -> None:
        """Take these as delivered before: another delivery of one of them is a duplicate."""
        for event in liquidations:
            if event.identity != "":
                self._memory(event, self._liquidations).add(event.identity, at_ms)

    def _once(self, event: Trade | Liquidation, memories: Memories, stream: str) -> AnyEvent:
        if not self._future_ms <= event.received_ms - event.at_ms <= self._late_ms:
            return self._mistimed(event, stream) or event
        identity = event.identity
        if identity == "":
            return event
        try:
            memory = memories[event.venue, event.market][event.symbol]
        except KeyError:
            memory = self._memory(event, memories)
        is_new = memory.add(identity, event.received_ms)
        return event if is_new else _left_out(event, stream, "duplicate", "delivered before")

    def _memory(self, event: Trade | Liquidation, memories: Memories) -> Remembered:
        of_market = memories.setdefault((event.venue, event.market), {})
        return of_market.setdefault(event.symbol, Remembered(self._limit, self._kept_ms))

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
