"""The demo as a source: paced like a market or as fast as it can, decoded like everything else."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence

from feeds.demo.session import START_MS, records
from feeds.events import AnyEvent
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import FeedsSettings
from feeds.source import Emit, Mode
from feeds.symbols import SymbolTable

_HISTORY_SECONDS = 1200
_HISTORY_COINS = 10  # more of them get less of a history, so that the first screen does not wait for it
_BATCH = 256
_EVENTS = 1000  # a batch ends with the record that reaches this: one answer tells hundreds of rows
_PAUSE_SECONDS = 0.02
_TICK_SECONDS = 0.05


class DemoSource:
    """The embedded market. Needs no network.

    `coins`: all that are traded, the default six where empty. `start_ms`: the market's time at the beginning, by
    default now where it is paced, else a fixed date. `speed`: market seconds per second; None as fast as possible, and
    then the same seed gives the same bytes. `seconds`: how much market time to show; None for ever.
    `history_seconds`: how much is told in a hurry beforehand, by default 20 minutes where paced (less for many
    coins), else nothing.
    `rate` multiplies the ordinary trades. `recorder` gets every record.
    Raises ValueError for an unknown scenario, what can't be a coin, or a speed or rate that isn't positive.
    """

    mode: Mode = "DEMO"

    def __init__(
        self,
        settings: FeedsSettings,
        *,
        coins: Sequence[str] = (),
        seed: int = 1,
        start_ms: int | None = None,
        speed: float | None = 1.0,
        seconds: float | None = None,
        scenario: str = "story",
        rate: float = 1.0,
        history_seconds: int | None = None,
        recorder: Callable[[Record], None] | None = None,
    ) -> None:
        if not rate > 0 or (speed is not None and not speed > 0):
            raise ValueError(f"expected a positive speed and rate, found speed {speed} and rate {rate}")
        paced = speed is not None
        if start_ms is None:
            start_ms = time.time_ns() // 1_000_000 if paced else START_MS
        if history_seconds is None:
            history_seconds = round(_HISTORY_SECONDS * min(1.0, _HISTORY_COINS / max(1, len(coins)))) if paced else 0
        self._pipeline = Pipeline(settings.intake)
        self._speed = speed
        self._start_ms = start_ms
        self._begun = time.monotonic()
        self._last_ms = start_ms - history_seconds * 1000
        self._recorder = recorder
        self._records: Iterator[Record] = records(
            coins=coins,
            seed=seed,
            start_ms=start_ms,
            seconds=seconds,
            history_seconds=history_seconds,
            scenario=scenario,
            rate=rate,
        )
        self._next: Record | None = next(self._records)

    @property
    def symbols(self) -> SymbolTable:
        """The instruments that are known so far, and their margin tiers."""
        return self._pipeline.symbols

    def now_ms(self) -> int:
        """The market's time: the history's until it is told, then paced by the clock; unpaced the last record's."""
        if self._last_ms < self._start_ms:
            return self._last_ms
        return max(self._last_ms, self._paced_ms())

    async def run(self, emit: Emit) -> None:
        """Emit the market's events in small batches until `seconds` have passed, or for ever."""
        while self._next is not None:
            willing = self._emit_due(emit)
            if not willing:
                await asyncio.sleep(_PAUSE_SECONDS)
            await asyncio.sleep(self._wait_seconds())

    def _emit_due(self, emit: Emit) -> bool:
        """One batch of what is due; whether the taker wants more at once."""
        horizon_ms = self._paced_ms() if self._speed is not None else None
        events: list[AnyEvent] = []
        for _ in range(_BATCH):
            record = self._next
            if record is None or (horizon_ms is not None and record.received_ms > horizon_ms):
                break
            if self._recorder is not None:
                self._recorder(record)
            events += self._pipeline.feed(record)
            self._last_ms = record.received_ms
            self._next = next(self._records, None)
            if len(events) >= _EVENTS:
                break
        return emit(events) if events else True

    def _paced_ms(self) -> int:
        if self._speed is None:
            return self._last_ms
        return self._start_ms + int((time.monotonic() - self._begun) * 1000 * self._speed)

    def _wait_seconds(self) -> float:
        """How long until the next record is due; never a shorter nap than one tick where it isn't due yet."""
        if self._speed is None or self._next is None:
            return 0.0
        ahead_ms = self._next.received_ms - self._paced_ms()
        return max(_TICK_SECONDS, ahead_ms / 1000 / self._speed) if ahead_ms > 0 else 0.0
