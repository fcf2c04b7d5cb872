"""A tape as a source: the same decoders, the same events, at the tape's own pace, faster, or from another moment."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from feeds.events import AnyEvent, Connected, Disconnected, Gap, Market, Refused
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import FeedsSettings
from feeds.source import Emit, Mode
from feeds.symbols import SymbolTable
from feeds.tape import Seam, TapeError, TapeReader

LONGEST_WINDOW_MS = 24 * 3600 * 1000
"""How far before the moment that was sought the replay begins: the ladder's longest window."""

_BATCH = 512
_ASK_AGAIN_SECONDS = 0.005
_LONGEST_SLEEP_SECONDS = 0.05
_SHORTEST_SLEEP_SECONDS = 0.001

Stream = tuple[str, Market, str]


class ReplaySource:
    """Replays a tape. `speed` None: as fast as the consumer takes it, else 1 to 100 times the recorded pace.

    `start_ms`: where to begin, `seconds`: how much of the tape's time to play from there; None is all of it.
    `speed`, `paused`, `loop`, `seek` and `step` may be used from another thread while `run` runs: they take effect
    within 50 ms.
    `on_restart` is called before the first batch that doesn't continue what was emitted: the consumer starts afresh.
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
        self.paused = False
        self._settings = settings.intake
        self.loop = loop
        self._clock = clock
        self._sleep = sleep
        self._steps_asked = self._steps_done = 0
        self._sought: int | None = None
        self._end_ms = last_ms
        self._start_ms = None if start_ms is None else self._within(start_ms)
        if seconds is not None:
            self._end_ms = min(last_ms, (self._start_ms or first_ms) + round(seconds * 1000))
        self._played = False
        self.speed = speed
        self._begin(None)

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
        return self._pipeline.symbols

    def now_ms(self) -> int:
        """The tape's time: runs on between two records of a paced replay, and waits at the next one."""
        rate, wall, origin_ms = self._anchor
        if not rate:
            return self._position_ms
        running = origin_ms + (self._clock() - wall) * 1000 * rate
        return max(self._position_ms, min(int(running), self._next_ms))

    def seek(self, to_ms: int) -> None:
        """Go to a moment of the tape. After the end of `run`, run again to play from there."""
        self._sought = self._within(to_ms)

    def step(self) -> None:
        """Play one record more, and stay paused behind it."""
        self.paused = True
        self._steps_asked += 1

    async def run(self, emit: Emit) -> None:
        """Emit the tape's events in batches; returns at its end, unless it loops."""
        start_ms = self._start_ms
        while True:
            sought, self._sought = self._sought, None
            if (self._played or sought is not None) and self.on_restart is not None:
                self.on_restart()
            self._played = True
            await self._play(emit, start_ms if sought is None else sought)
            start_ms = None
            if self._sought is None and not self.loop:
                return

    async def _play(self, emit: Emit, target_ms: int | None) -> None:
        """Play from a moment, or the start, to the end or until another moment is sought."""
        batch: list[AnyEvent] = []
        fed = 0
        for passage in self._tape.passages(self._begin(target_ms)):
            if isinstance(passage, Seam):
                batch += self._part(passage)
                continue
            if passage.received_ms > self._end_ms:
                self._position_ms = self._next_ms = self._end_ms
                break
            while not self._due(passage.received_ms):
                if batch:
                    await self._hand_over(emit, batch)
                else:
                    await self._sleep(self._wait_seconds())
                batch, fed = [], 0
                if self._sought is not None:
                    return
            batch += self._feed(passage)
            fed += 1
            if fed >= _BATCH or len(batch) >= _BATCH:
                await self._hand_over(emit, batch)
                batch, fed = [], 0
                if self._sought is not None:
                    return
        await self._hand_over(emit, batch)

    async def _hand_over(self, emit: Emit, batch: list[AnyEvent]) -> None:
        """Emit a batch and let others run, for as long as the consumer says it has enough."""
        await self._sleep(0)
        willing = not batch or emit(batch)
        while not willing and self._sought is None:
            await self._sleep(_ASK_AGAIN_SECONDS)
            willing = emit(())

    def _begin(self, target_ms: int | None) -> int | None:
        """Forget all that was played; returns from when on the tape is needed, None for all of it."""
        from_ms = None
        if target_ms is not None:
            from_ms = target_ms - LONGEST_WINDOW_MS - int(self._settings.late_seconds * 1000)
        self._pipeline = Pipeline(self._settings)
        self._up: dict[Stream, None] = {}
        self._seams: list[Seam] = []
        self._target_ms = self.first_ms if target_ms is None else target_ms
        self._arrived = False
        self._position_ms = self._next_ms = max(self.first_ms, from_ms or self.first_ms)
        self._anchor: tuple[float | None, float, float] = (None, 0.0, 0.0)
        return from_ms

    def _due(self, at_ms: int) -> bool:
        """Whether a record's time has come: at once up to the target, then by the clock or step by step."""
        if at_ms < self._target_ms:
            return True
        if not self._arrived:
            self._arrived = True
            self._position_ms = self._next_ms = max(self._position_ms, self._target_ms)
        rate = 0.0 if self.paused else self._speed
        if rate != self._anchor[0]:
            self._position_ms = self.now_ms()
            self._anchor = (rate, self._clock(), self._position_ms)
        self._next_ms = at_ms
        if rate is None:
            return True
        if rate == 0.0:
            stepping = self._steps_done < self._steps_asked
            self._steps_done += stepping
            return stepping
        return self._wait_seconds() <= 0

    def _wait_seconds(self) -> float:
        """How long to sleep until the next record or the next look at the controls; 0 where the record is due."""
        rate, wall, origin_ms = self._anchor
        if not rate:
            return _LONGEST_SLEEP_SECONDS
        left = (self._next_ms - origin_ms) / 1000 / rate - (self._clock() - wall)
        return 0.0 if left <= 0 else min(max(left, _SHORTEST_SLEEP_SECONDS), _LONGEST_SLEEP_SECONDS)

    def _feed(self, record: Record) -> list[AnyEvent]:
        """The events of one record, behind what there is to say about the tape itself before it."""
        self._position_ms = max(self._position_ms, record.received_ms)
        gaps = self._gaps(record.received_ms) if self._seams else []
        events = self._pipeline.feed(record)
        if record.kind == "frame":
            self._up[record.venue, record.market, record.stream] = None
        for event in events if record.kind == "status" else ():
            if isinstance(event, Connected):
                self._up[event.venue, event.market, event.stream] = None
            elif isinstance(event, Disconnected | Refused):
                self._up.pop((event.venue, event.market, event.stream), None)
        return gaps + events if gaps else events

    def _part(self, seam: Seam) -> list[AnyEvent]:
        """What a seam means for the streams that were up: a gap until the next record, or all of them are down."""
        for venue, _, stream in self._up:
            self._pipeline.forget(venue, stream)
        if not seam.ended:
            self._seams.append(seam)
            return []
        down: list[AnyEvent] = [
            Disconnected(
                venue=venue,
                market=market,
                at_ms=seam.since_ms,
                received_ms=seam.since_ms,
                stream=stream,
                reason=seam.reason,
            )
            for venue, market, stream in self._up
        ]
        self._up.clear()
        return down

    def _gaps(self, until_ms: int) -> list[AnyEvent]:
        since_ms = min(seam.since_ms for seam in self._seams)
        until_ms = max(until_ms, since_ms)
        reason = "the recording is damaged: " + "; ".join(seam.reason for seam in self._seams)
        self._seams.clear()
        return [
            Gap(
                venue=venue,
                market=market,
                at_ms=until_ms,
                received_ms=until_ms,
                stream=stream,
                reason=reason,
                since_ms=since_ms,
            )
            for venue, market, stream in self._up
        ]

    def _within(self, at_ms: int) -> int:
        return min(max(at_ms, self.first_ms), self._end_ms)
