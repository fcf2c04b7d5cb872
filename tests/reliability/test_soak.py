"""Hours of ten coins through pipeline and market: memory stays, and running totals equal a recount.

A day goes before, so that the windows of 24 hours are full when the memory is first read: at the same rates in a long
soak, sparse in a short one. `LIQTOP_SOAK_HOURS` and `LIQTOP_SOAK_RATE` (trades a second) make it long.
"""

import gc
import math
import os
import time
from collections import deque
from collections.abc import Iterator

import psutil  # type: ignore[import-untyped]
import pytest

from feeds.events import AnyEvent
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import IntakeSettings
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import WindowTotal
from scoring.window import MINUTE_MS, WINDOWS
from tests.reliability.soak import COINS, DAY_MS, HOUR_MS, START_MS, Forced, day, listing

HOURS = float(os.environ.get("LIQTOP_SOAK_HOURS", "2"))
RATE = float(os.environ.get("LIQTOP_SOAK_RATE", "1"))
CHECKS = 24  # how often the totals are recounted and the memory is read
BATCH = 256
GROWTH = 1.05
LONG = RATE >= 10
REMEMBERED = 10_000 if LONG else 500  # trades that are known again: that memory, too, is full from early on


class Soak:
    """Pipeline and market with what went into them."""

    def __init__(self) -> None:
        self.pipeline = Pipeline(IntakeSettings(remembered_events=REMEMBERED))
        self.market = Market(ScoringSettings(), COINS)
        self.pipeline.feed(listing())
        self.forced: deque[Forced] = deque()
        self.frames = self.events = 0
        self.memory: list[int] = []

    def run(self) -> None:
        """The whole time, recounted and measured again and again."""
        before = START_MS - DAY_MS
        self._feed(day(24.0, RATE, before) if LONG else day(24.0, 0.2, before, marks_ms=60_000, forced=0.5))
        self._feed(day(HOURS, RATE, marks_ms=1000 if LONG else 5000), HOURS * HOUR_MS / CHECKS)

    def _feed(self, frames: Iterator[tuple[Record, Forced | None]], every_ms: float = math.inf) -> None:
        batch: list[AnyEvent] = []
        due = START_MS + every_ms
        for record, forced in frames:
            if forced is not None:
                self.forced.append(forced)
            batch += self.pipeline.feed(record)
            self.frames += 1
            if len(batch) >= BATCH or record.received_ms >= due:
                self._fold(batch, record.received_ms)
                batch = []
            if record.received_ms >= due:
                due += every_ms
                self.check()
        self._fold(batch, self.market.now_ms)

    def _fold(self, batch: list[AnyEvent], now_ms: int) -> None:
        self.market.apply(batch)
        self.market.advance(now_ms)
        self.events += len(batch)

    def check(self) -> None:
        """Recount every window of all coins together, paint a coin as the screen would, and read the memory."""
        for minutes in WINDOWS:
            assert_equal(self.market.totals(minutes), self.recount(minutes))
        for minutes in (60, 1440):
            self.market.view("BTC", minutes)
        gc.collect()
        self.memory.append(psutil.Process().memory_info().rss)

    def recount(self, minutes: int) -> dict[bool, tuple[float, int]]:
        """USD and number of each side's liquidations since the window's first minute, from what was sent."""
        first_ms = (self.market.now_ms // MINUTE_MS - minutes + 1) * MINUTE_MS
        while self.forced and self.forced[0].at_ms < self.market.now_ms - 25 * 3_600_000:
            self.forced.popleft()
        inside = [one for one in self.forced if one.at_ms >= first_ms]
        sides = {long: [one.usd for one in inside if one.long is long] for long in (True, False)}
        return {long: (sum(usd), len(usd)) for long, usd in sides.items()}


def assert_equal(total: WindowTotal, recounted: dict[bool, tuple[float, int]]) -> None:
    for side, (usd, count) in ((total.long, recounted[True]), (total.short, recounted[False])):
        assert side.count == count, total.window_minutes
        assert side.usd == pytest.approx(usd, abs=0.01 + count * 0.005), total.window_minutes


def test_hours_of_ten_coins_leave_memory_flat_and_totals_right() -> None:
    soak, begun = Soak(), time.process_time()
    soak.run()
    quarter = CHECKS // 4
    first, last = soak.memory[:quarter], soak.memory[-quarter:]
    print(
        f"{HOURS:g} h, {soak.frames:,} frames, {soak.events:,} events, {time.process_time() - begun:.0f} CPU s, "
        f"memory in MB {[round(each / 1e6) for each in soak.memory]}"
    )
    assert soak.market.view("BTC").counts.left_out == {}
    assert len(soak.memory) >= CHECKS - 1
    assert sum(last) / len(last) <= GROWTH * sum(first) / len(first)
