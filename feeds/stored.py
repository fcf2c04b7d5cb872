"""Live exchanges with a memory: what earlier runs stored is told first, and what comes now is stored."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from feeds.events import AnyEvent, Liquidation, Recall, Trade
from feeds.live import LiveSource
from feeds.narrator import now_ms
from feeds.source import Emit, Mode
from feeds.store import Reader, Store, StoreError
from feeds.store.batch import InstrumentKey
from feeds.store.recall import WATCHER, liquidations_since, recall, traded_until, watching
from feeds.symbols import SymbolTable

REMEMBERED_MS = 15 * 60_000
"""A venue may tell again what it told so long ago: later than 10 minutes an event is not admitted."""
_BATCH = 500
_ASK_AGAIN_SECONDS = 0.01


@dataclass(slots=True)
class _Memory:
    """What a source leaves to its successor: whose past was told, who is watched, until when trades are known."""

    told: set[str] = field(default_factory=set)
    watched: set[str] = field(default_factory=set)
    floors: dict[InstrumentKey, int] = field(default_factory=dict)
    floors_end_ms: int = 0


OpenStore = Callable[[], Reader | None]
"""Opens the store on its first call; None where there is none. It is called in the source's thread."""


class StoredSource:
    """A live source behind its stored past. A `Reader` that is no `Store` is read, and nothing is stored.

    The past comes as `Stored` events between two `Recall` at the time of now: nobody has to live through it again.
    What the venues tell again of it on connect is left out: liquidations by their identity, trades by their time.
    `tell` gets one line where the store can't be read; the exchanges are watched all the same.
    """

    mode: Mode = "LIVE"

    def __init__(
        self,
        source: LiveSource,
        open_store: OpenStore,
        coins: Sequence[str],
        venues: Sequence[str],
        *,
        tell: Callable[[str], None] = lambda line: None,
        clock: Callable[[], int] = now_ms,
        successor_of: "StoredSource | None" = None,
    ) -> None:
        """`successor_of`: a source that is to end before this one runs. The past of its coins is known already."""
        self.source = source
        self._open = open_store
        self._coins = tuple(coins)
        self._venues = frozenset(venues)
        self._tell = tell
        self._clock = clock
        self._memory: _Memory = _Memory() if successor_of is None else successor_of._memory

    @property
    def on_unlisted(self) -> Callable[[Mapping[str, str]], None] | None:
        """Who is told which coins no exchange lists."""
        return self.source.on_unlisted

    @on_unlisted.setter
    def on_unlisted(self, call: Callable[[Mapping[str, str]], None] | None) -> None:
        self.source.on_unlisted = call

    @property
    def symbols(self) -> SymbolTable:
        """The instruments that are known so far, and their margin tiers."""
        return self.source.symbols

    def now_ms(self) -> int:
        """The wall clock: the past is told as the past."""
        return self._clock()

    async def run(self, emit: Emit) -> None:
        """Tell the past, then hold all connections until cancelled."""
        store = self._open()
        if store is None:
            await self.source.run(emit)
            return
        await self._recall(store, emit)
        if isinstance(store, Store):
            at_ms, memory = self._clock(), self._memory
            store.put([*watching(memory.watched, at_ms, False), *watching(self._coins, at_ms, True)])
            memory.watched = set(self._coins)

        def keep(events: Sequence[AnyEvent]) -> bool:
            if isinstance(store, Store):
                store.put(events)
            return emit(self._new(events) if self._memory.floors else events)

        await self.source.run(keep)

    async def _recall(self, store: Reader, emit: Emit) -> None:
        """Tell the past of the coins whose past was not told yet, in batches, as fast as it is taken."""
        at_ms, told = self._clock(), self._memory.told
        coins, first = [coin for coin in self._coins if coin not in told], not told
        told.update(coins)  # were it cut off, it would lack some; told twice, it would count twice
        emit([_turn(at_ms, False)])
        try:
            batch: list[AnyEvent] = []
            if coins:
                self._prime(store, at_ms, coins)
            for stored in recall(store, at_ms, coins, self._venues, first) if coins else ():
                batch.append(stored)
                if len(batch) >= _BATCH:
                    await _hand_over(emit, batch)
                    batch = []
            await _hand_over(emit, batch)
        except StoreError as error:
            self._tell(f"what was stored can't be read: {error}")
        finally:
            emit([_turn(self._clock(), True)])

    def _prime(self, store: Reader, at_ms: int, coins: Sequence[str]) -> None:
        """Make known what may be delivered once more."""
        since_ms = at_ms - REMEMBERED_MS
        recent: list[Liquidation] = liquidations_since(store, since_ms, coins)
        self.source.remember(recent, at_ms)
        self._memory.floors.update(traded_until(store, since_ms, coins))
        self._memory.floors_end_ms = at_ms + REMEMBERED_MS

    def _new(self, events: Sequence[AnyEvent]) -> list[AnyEvent]:
        """Without the trades that a bar of the past holds already."""
        floors = self._memory.floors
        if self._clock() > self._memory.floors_end_ms:
            self._memory.floors = {}
        return [
            event
            for event in events
            if not isinstance(event, Trade)
            or event.at_ms > floors.get((event.venue, event.market, event.symbol), event.at_ms - 1)
        ]


async def _hand_over(emit: Emit, batch: list[AnyEvent]) -> None:
    """Emit and let others run, for as long as the consumer has enough."""
    willing = emit(batch)
    await asyncio.sleep(0)
    while not willing:
        await asyncio.sleep(_ASK_AGAIN_SECONDS)
        willing = emit(())


def _turn(at_ms: int, over: bool) -> Recall:
    return Recall(venue=WATCHER, market="perp", at_ms=at_ms, received_ms=at_ms, stream="store", reason="", over=over)
