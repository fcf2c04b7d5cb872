"""One coin's recording played once: what is the path, what a gap costs, and that maps are told what was told."""

import numpy as np
import pytest

from feeds.events import Candle, MarkPrice, OpenInterest, Trade
from scoring.map.grid import Density, bucket_of
from scoring.record.prediction import DAY_MS
from scoring.record.setup import PathKind, Rig, Source, TrialSettings
from scoring.record.trial import Trial
from scoring.settings.record import BacktestSettings
from tests.scoring.record.bands import NOON_MS

MINUTE_MS = 60_000
BUCKET = 0.001


class Ledger:
    """A map that only writes down what it was told, and always has clusters 2 % above and below 100."""

    def __init__(self) -> None:
        self.interest: list[tuple[str, float]] = []
        self.marks: list[float] = []
        self.turns: list[tuple[int, float, float]] = []
        self.first = bucket_of(100.0, BUCKET) - 320
        bump = 1e6 * np.exp(-0.5 * ((np.arange(640) - 320 - 20) / 3.0) ** 2)
        self.density = Density(self.first, BUCKET, bump[::-1].copy(), bump)

    def take_interest(self, venue: str, at_ms: int, coins: float) -> None:
        self.interest.append((venue, coins))

    def take_mark(self, price: float) -> None:
        self.marks.append(price)

    def turn_minute(self, ended_ms: int, price: float, net_taker_usd: float) -> None:
        self.turns.append((ended_ms, price, net_taker_usd))


class Bench:
    """A trial on such maps; `maps` are those that were built, oldest first."""

    def __init__(self, path: PathKind = "marks") -> None:
        self.maps: list[Ledger] = []
        settings = TrialSettings(backtest=BacktestSettings(warmup_hours=4, restart_hours=24))
        self.trial = Trial(Source("bench", "BTC", 60, path=path), self._build, settings)

    def _build(self) -> Rig:
        ledger = Ledger()
        self.maps.append(ledger)
        return Rig((ledger,), (("ledger", lambda now_ms: ledger.density),))

    def marks(self, first: int, last: int) -> None:
        """A mark price each minute that swings by a tenth of a percent around 100."""
        for minute in range(first, last):
            self.trial.take(mark(minute, 100 + 0.1 * (minute // 5 % 2)))


def common(minute: float) -> dict[str, object]:
    at_ms = NOON_MS + round(minute * MINUTE_MS)
    return {"venue": "okx", "market": "perp", "symbol": "X", "coin": "BTC", "at_ms": at_ms, "received_ms": at_ms}


def mark(minute: float, price: float) -> MarkPrice:
    return MarkPrice(**common(minute), mark=price, index=None)


def trade(minute: float, price: float, taker: str = "buy") -> Trade:
    return Trade(**common(minute), taker=taker, price=price, quantity=1.0, notional_usd=price)


def candle(minute: float) -> Candle:
    return Candle(**common(minute), interval="1m", open=100, high=105, low=95, close=101, volume=1, closed=True)


def test_clusters_are_predicted_after_the_warm_up_and_judged_a_day_later() -> None:
    bench = Bench()
    bench.marks(0, 239)
    assert bench.trial.arms[0].record.running == ()
    bench.marks(239, 245)
    running = bench.trial.arms[0].record.running
    assert {one.side for one in running} == {"above", "below"}
    assert all(one.at_ms >= NOON_MS + 4 * 60 * MINUTE_MS for one in running)
    bench.marks(245, 245 + 24 * 60)
    assert [one.hit for one in bench.trial.arms[0].fates] == [False, False]


def test_a_step_ends_with_what_was_told_at_its_last_moment() -> None:
    """The reading at the minute's end belongs to the minute that it ends."""
    bench = Bench()
    for event in (
        mark(1, 100),
        trade(1.5, 100.0),
        trade(1.6, 40.0, "sell"),
        mark(2, 101),
        mark(2.1, 102),
        mark(4, 103),
    ):
        bench.trial.take(event)
    bench.trial.finish()
    assert bench.maps[0].turns == [
        (NOON_MS + minute * MINUTE_MS, price, net)
        for minute, price, net in ((1, 100, 0), (2, 101, 60), (3, 102, 0), (4, 103, 0))
    ]


def test_open_interest_in_usd_becomes_coins_at_the_price_of_then() -> None:
    bench = Bench()
    bench.trial.take(OpenInterest(**common(0), coins=None, notional_usd=5000.0))
    bench.trial.take(mark(1, 100))
    bench.trial.take(OpenInterest(**common(1), coins=None, notional_usd=5000.0))
    bench.trial.take(OpenInterest(**common(2), coins=7.0, notional_usd=None))
    assert bench.maps[0].interest == [("okx", 50.0), ("okx", 7.0)]


@pytest.mark.parametrize(("path", "marks"), [("marks", [100.0]), ("bars", [95.0, 105.0, 101.0, 100.0])])
def test_candles_are_the_path_only_where_the_recording_says_so(path: PathKind, marks: list[float]) -> None:
    bench = Bench(path)
    bench.trial.take(candle(0))
    bench.trial.take(mark(1, 100))
    assert bench.maps[0].marks == marks


@pytest.mark.parametrize(("path", "marks"), [("marks", [99.0, 100.0]), ("trades", [99.0, 100.0, 98.0])])
def test_trades_are_the_path_until_there_is_a_mark_or_where_the_recording_says_so(
    path: PathKind, marks: list[float]
) -> None:
    bench = Bench(path)
    for event in (trade(0, 99), mark(1, 100), trade(2, 98)):
        bench.trial.take(event)
    assert bench.maps[0].marks == marks


def test_a_gap_voids_what_ran_and_a_long_one_starts_the_map_afresh() -> None:
    bench = Bench()
    bench.marks(0, 250)
    bench.marks(280, 300)
    assert (bench.trial.gaps, bench.trial.arms[0].record.voided, len(bench.maps)) == (1, 2, 1)
    bench.marks(300, 300 + 24 * 60)
    known = len(bench.trial.arms[0].fates)
    assert known > 0
    bench.marks(300 + 24 * 60 + 2 * DAY_MS // MINUTE_MS, 300 + 24 * 60 + 2 * DAY_MS // MINUTE_MS + 100)
    assert (bench.trial.gaps, len(bench.maps), len(bench.trial.arms[0].fates)) == (2, 2, known)
    assert bench.trial.arms[0].record.running == ()
