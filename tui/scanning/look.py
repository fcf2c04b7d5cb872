"""One look through a tape: frames are decoded and folded as for the screen, and what is worth a mark is kept."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from feeds.events import AnyEvent, Liquidation
from feeds.pipeline import Pipeline
from feeds.tape import Seam, TapeReader
from scoring.market import Market
from scoring.view.cascades import StateName
from tui.scanning.order import SLOTS, Found, Order
from tui.settings import Settings

_STEP_MS = 1_000
"""How often the states are looked at, in the tape's time: as often as they are judged."""
_BATCH = 256
_LOUD: tuple[StateName, ...] = ("igniting", "cascading")


class Marks:
    """Where cascades were told. One that ignites and goes on is one mark, at its ignition."""

    def __init__(self) -> None:
        self._marks: list[tuple[int, str]] = []
        self._running: dict[tuple[str, str], int] = {}

    def take(self, at_ms: int, states: dict[str, tuple[StateName, StateName]]) -> None:
        """Take the states of every coin's fall and rise at a time."""
        for coin, both in states.items():
            for direction, state in zip(("down", "up"), both, strict=True):
                self._turn(at_ms, coin, direction, state)

    def _turn(self, at_ms: int, coin: str, direction: str, state: StateName) -> None:
        place = self._running.get((coin, direction))
        if state not in _LOUD:
            self._running.pop((coin, direction), None)
        elif place is None:
            self._running[coin, direction] = len(self._marks)
            self._marks.append((at_ms, f"{coin} {direction} {state}"))
        elif state == "cascading":
            self._marks[place] = (self._marks[place][0], f"{coin} {direction} {state}")

    @property
    def all(self) -> tuple[tuple[int, str], ...]:
        """Time and words of each, oldest first."""
        return tuple(self._marks)


class Busy:
    """USD liquidated of the watched coins in equal slots of the tape; None in those in which nothing could be seen.

    That is in a gap of the tape, and while no feed of liquidations was up.
    """

    def __init__(self, order: Order) -> None:
        self._first_ms = order.first_ms
        self._slot_ms = max((order.end_ms - order.first_ms) / SLOTS, 1.0)
        self._coins = frozenset(order.coins)
        self._usd: list[float | None] = [0.0] * SLOTS
        self._blind_ms: int | None = order.first_ms

    def take(self, events: Sequence[AnyEvent]) -> None:
        """Add what was liquidated."""
        for event in events:
            if isinstance(event, Liquidation) and event.coin in self._coins and event.at_ms >= self._first_ms:
                slot = min(self._slot(event.at_ms), SLOTS - 1)
                self._usd[slot] = (self._usd[slot] or 0.0) + event.notional_usd

    def part(self, since_ms: int, until_ms: int) -> None:
        """Nothing was seen between these times."""
        for slot in range(max(self._slot(since_ms) + 1, 0), min(self._slot(until_ms), SLOTS)):
            self._usd[slot] = self._usd[slot] or None

    def watch(self, at_ms: int, blind: bool) -> None:
        """Whether no feed of liquidations is up at this time; none is before the first one connects."""
        if self._blind_ms is not None:
            self.part(self._blind_ms, at_ms)
            self._blind_ms = self._blind_ms if blind else None
        elif blind:
            self._blind_ms = at_ms

    def until(self, at_ms: int) -> tuple[float | None, ...]:
        """The slots that end before this time."""
        return tuple(self._usd[: min(max(self._slot(at_ms), 0), SLOTS)])

    @property
    def all(self) -> tuple[float | None, ...]:
        """All slots."""
        return tuple(self._usd)

    def _slot(self, at_ms: int) -> int:
        return int((at_ms - self._first_ms) // self._slot_ms)


def look(order: Order) -> Iterator[Found]:
    """Look through a tape; what was found so far, after each batch of records. Raises `TapeError`."""
    settings = Settings.model_validate_json(order.settings)
    pipeline, market = Pipeline(settings.intake), Market(settings, order.coins)
    marks, busy = Marks(), Busy(order)
    step_ms = until_ms = order.first_ms
    seam_ms: int | None = None
    batch = 0
    for passage in TapeReader(Path(order.tape)).passages(None):
        if isinstance(passage, Seam):
            seam_ms = passage.since_ms if seam_ms is None else seam_ms
            continue
        if passage.received_ms > order.end_ms:
            break
        if seam_ms is not None:
            busy.part(seam_ms, passage.received_ms)
            seam_ms = None
        events = pipeline.feed(passage)
        market.apply(events)
        busy.take(events)
        until_ms, batch = max(until_ms, passage.received_ms), batch + 1
        if market.now_ms >= step_ms:
            marks.take(market.now_ms, market.cascade_states())
            busy.watch(market.now_ms, market.is_blind)
            step_ms = market.now_ms + _STEP_MS
        if batch >= _BATCH:
            batch = 0
            yield Found(until_ms, marks.all, busy.until(until_ms))
    busy.watch(order.end_ms, market.is_blind)
    yield Found(order.end_ms, marks.all, busy.all)
