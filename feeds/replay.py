"""A tape as a source: the same decoders, the same events, at the tape's own pace, faster, or from another moment."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from feeds.events import AnyEvent
from feeds.lead_in import MOST_RECORDS, is_near
from feeds.pace import Pace
from feeds.playing import Playing
from feeds.record import Record
from feeds.settings import FeedsSettings
from feeds.sought import Sought
from feeds.source import Emit, Mode
from feeds.symbols import SymbolTable
from feeds.tape import Seam, TapeError, TapeReader

_BATCH = 512
_ASK_AGAIN_SECONDS = 0.005


class ReplaySource:
    """Replays a tape. `speed` None: as fast as the consumer takes it, else 1 to 100 times the recorded pace.

    `start_ms`: where to begin, `seconds`: how much of the tape's time to play from there; None is all of it.
    `speed`, `paused`, `loop`, `seek` and `step` may be used from another thread while `run` runs: they take effect
    within 50 ms.
    A moment a little ahead of where it is is reached by playing on.
    `on_restart` is called before the first batch that doesn't continue what was emitted: the consumer starts afresh.
    `on_arrival` is called behind the last batch of what comes before the moment that was sought (the lead-in), which is
    emitted at once; a lead-in has `most_records` at most.
    Raises `TapeError` where the tape can't be read or is empty, `ValueError` for an impossible speed.
    """

    mode: Mode = "REPLAY"

    def __init__(
        self,
        path: Path,
        settings: FeedsSettings,
        *,
        speed: float | None = None,
        start_ms: int | None = None,
        seconds: float | None = None,
        loop: bool = False,
        most_records: int = MOST_RECORDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._tape = TapeReader(path)
        first_ms, last_ms = self._tape.first_ms, self._tape.last_ms
        if first_ms is None or last_ms is None:
            raise TapeError(f"{path}: expected at least one recorded block, found none")
        self.first_ms, self.last_ms = first_ms, last_ms
        self.notes = tuple(self._tape.notes())
        self.on_restart: Callable[[], None] | None = None
        self.on_arrival: Callable[[], None] | None = None
        self.paused = False
        self._settings = settings.intake
        self._most_records = most_records
        self.loop = loop
        self._clock = clock
        self._sleep = sleep
        self._steps_asked = self._steps_done = 0
        self._sought = Sought()
        self._end_ms = last_ms
        self._start_ms = None if start_ms is None else self._within(start_ms)
        if seconds is not None:
            self._end_ms = min(last_ms, (self._start_ms or first_ms) + round(seconds * 1000))
        self._played = self._arrived = False
        self._position_ms = self._next_ms = first_ms
        self.speed = speed
        self._begin(self._start_ms)

    @property
    def speed(self) -> float | None:
        """How many times the recorded pace; None: as fast as possible."""
        return self._speed

    @speed.setter
    def speed(self, speed: float | None) -> None:
        if speed is not None and not 1 <= speed <= 100:
            raise ValueError(f"expected a speed from 1 to 100, found {speed:g}")
        self._speed = speed

    @property
    def damage(self) -> list[str]:
        """What is known to be lost of the tape so far."""
        return self._tape.damage

    @property
    def symbols(self) -> SymbolTable:
        """The instruments that are known so far, and their margin tiers."""
        return self._playing.symbols

    @property
    def end_ms(self) -> int:
        """Where on the tape the replay ends."""
        return self._end_ms

    @property
    def place_ms(self) -> int:
        """Where the replay is, or is going to while that is still led in to."""
        if (sought := self._sought.to_ms) is not None:
            return sought
        return self.now_ms() if self._arrived else self._target_ms

    @property
    def since_ms(self) -> int:
        """From when on the tape was played without a break."""
        return self._playing.since_ms

    @property
    def lead_in(self) -> float | None:
        """The share that is played of what comes before the moment gone to; None once it is there."""
        if self._sought.to_ms is not None:
            return 0.0
        return None if self._arrived else min(self._led / max(self._playing.lead.records, 1), 1.0)

    def now_ms(self) -> int:
        """The tape's time: runs on between two records of a paced replay, and waits at the next one."""
        return self._pace.now_ms(self._position_ms, self._next_ms)

    def seek(self, to_ms: int) -> None:
        """Go to a moment of the tape. After the end of `run`, run again to play from there."""
        self._sought.ask(self._within(to_ms))

    def begin_again(self) -> None:
        """Go to where it is, for a consumer that starts afresh there."""
        self._sought.ask(self._within(self.place_ms), anew=True)

    def step(self) -> None:
        """Play one record more, and stay paused behind it."""
        self.paused = True
        self._steps_asked += 1

    async def run(self, emit: Emit) -> None:
        """Emit the tape's events in batches; returns at its end, unless it loops."""
        start_ms = self._start_ms
        while True:
            sought = self._sought.take()
            if (self._played or sought is not None) and self.on_restart is not None:
                self.on_restart()
            self._played = True
            await self._play(emit, start_ms if sought is None else sought)
            start_ms = None
            if self._sought.to_ms is None and not self.loop:
                return

    async def _play(self, emit: Emit, target_ms: int | None) -> None:
        """Play from a moment, or the start, to the end or until another moment is sought."""
        batch: list[AnyEvent] = []
        fed = 0
        self._begin(target_ms)
        for passage in self._playing.passages():
            if isinstance(passage, Seam):
                batch += self._playing.part(passage)
                continue
            if passage.received_ms > self._end_ms:
                break
            while True:
                if not self._arrived and passage.received_ms >= self._target_ms:
                    batch = await self._arrive(emit, batch)
                if self._due(passage.received_ms):
                    break
                if batch:
                    await self._hand_over(emit, batch)
                else:
                    await self._sleep(self._pace.wait_seconds(self._next_ms))
                batch, fed = [], 0
                if self._leaves():
                    return
            batch += self._feed(passage)
            fed += 1
            if fed >= _BATCH or len(batch) >= _BATCH:
                await self._hand_over(emit, batch)
                batch, fed = [], 0
                if self._leaves():
                    return
        await self._arrive(emit, batch)
        if self._end_ms < self.last_ms and self._sought.to_ms is None:
            self._position_ms = self._next_ms = self._end_ms

    async def _arrive(self, emit: Emit, batch: list[AnyEvent]) -> list[AnyEvent]:
        """Emit what is left of the lead-in and say that it is over; returns the batch to go on with."""
        await self._hand_over(emit, batch)
        if not self._arrived and self._sought.to_ms is None:
            self._arrived = True
            self._position_ms = self._next_ms = max(self._position_ms, self._target_ms)
            if self.on_arrival is not None:
                self.on_arrival()
        return []

    async def _hand_over(self, emit: Emit, batch: list[AnyEvent]) -> None:
        """Emit a batch and let others run, for as long as the consumer says it has enough."""
        await self._sleep(0)
        willing = not batch or emit(batch)
        while not willing and self._sought.to_ms is None:
            await self._sleep(_ASK_AGAIN_SECONDS)
            willing = emit(())

    def _begin(self, target_ms: int | None) -> None:
        """Forget all that was played, and go to a moment; None: the tape's start."""
        self._playing = Playing(self._tape, self._settings, target_ms, self._most_records)
        self._led = 0
        self._target_ms = self.first_ms if target_ms is None else target_ms
        self._arrived = target_ms is None
        self._position_ms = self._next_ms = self._playing.since_ms
        self._pace: Pace = Pace(self._clock)

    def _leaves(self) -> bool:
        """Whether another moment is sought that can't be reached by playing on a little."""
        while (sought := self._sought.to_ms) is not None:
            from_ms = self.now_ms() if self._arrived else self._target_ms
            if self._sought.anew or not is_near(self._tape.index, from_ms, sought):
                return True
            if self._sought.met(sought):
                self._target_ms, self._arrived, self._led = sought, False, 0
                self._pace = Pace(self._clock)
        return False

    def _due(self, at_ms: int) -> bool:
        """Whether a record's time has come: at once up to the target, then by the clock or step by step."""
        if not self._arrived or at_ms < self._target_ms:
            return True
        rate = 0.0 if self.paused else self._speed
        if rate != self._pace.rate:
            self._position_ms = self.now_ms()
            self._pace.run(rate, self._position_ms)
        self._next_ms = at_ms
        if rate is None:
            return True
        if rate == 0.0:
            stepping = self._steps_done < self._steps_asked
            self._steps_done += stepping
            return stepping
        return self._pace.wait_seconds(at_ms) <= 0

    def _feed(self, record: Record) -> list[AnyEvent]:
        self._position_ms = max(self._position_ms, record.received_ms)
        self._led += not self._arrived and record.received_ms >= self._playing.since_ms
        return self._playing.feed(record)

    def _within(self, at_ms: int) -> int:
        return min(max(at_ms, self.first_ms), self._end_ms)
