"""One coin's recording played once through several maps, each with its own clusters and hit record.

It keeps the order of a live minute: the record follows the stretch that is over, then the map moves on, then clusters
are looked for, and only then new predictions are made. Nothing sees a price before its time.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from feeds.events import AnyEvent, Candle, Liquidation, MarkPrice, OpenInterest, Trade
from scoring.map.grid import Density
from scoring.map.tracker import Tracker
from scoring.record.hits import HitRecord
from scoring.record.path import PricePath
from scoring.record.prediction import HOUR_MS, Fate, Forecast
from scoring.record.reaction import Reactions
from scoring.record.setup import Build, Source, TrialSettings
from scoring.volatility import SquaredReturns

_GAP_STEPS = 3
"""So many steps without a price are a gap, where steps are long."""
_LEAST_STEP_MS = 300_000
"""The deviation is taken over steps of at least five minutes, as on the screen."""


class Arm:
    """One way to estimate: where its density comes from, and what became of its clusters."""

    def __init__(self, name: str, density: Callable[[int], Density | None], settings: TrialSettings) -> None:
        self.name = name
        self.density = density
        self.tracker = Tracker(settings.tracker, settings.strength, settings.clusters)
        self.record = HitRecord(settings.record)
        self.fates: list[Fate] = []


class Trial:
    """Plays one coin's events, which must come in the order in which they could be known."""

    def __init__(self, source: Source, build: Build, settings: TrialSettings) -> None:
        step_ms = source.step_seconds * 1000
        gap_minutes = max(settings.record.gap_minutes, _GAP_STEPS * step_ms / 60_000)
        record = settings.record.model_copy(update={"gap_minutes": gap_minutes})
        self.source = source
        self.settings = replace(settings, record=record)
        self.path = PricePath(round(gap_minutes * 60_000))
        self.reactions = Reactions(settings.backtest)
        self.first_ms = self.last_ms = 0
        self.gaps = 0
        self.arms: list[Arm] = []
        self._build = build
        self._step_ms = step_ms
        self._end_ms = 0
        self._price: float | None = None
        self._low, self._high = float("inf"), 0.0
        self._net_usd = 0.0
        self._marked = False
        self._begin()

    def _begin(self) -> None:
        """Start afresh; what came due before is kept."""
        rig = self._build()
        self._maps = rig.maps
        arms = [Arm(name, density, self.settings) for name, density in rig.densities]
        for before, arm in zip(self.arms, arms, strict=False):
            arm.fates = before.fates
            arm.record.voided = before.record.voided + len(before.record.running)
        self.arms = arms
        returns_ms = max(self._step_ms, _LEAST_STEP_MS)
        self._returns = SquaredReturns(returns_ms, self.settings.volatility)
        self._sampled: tuple[int, float] | None = None
        self._warm_ms: int | None = None
        self._price = None
        self._low, self._high = float("inf"), 0.0
        self._net_usd = 0.0

    def take(self, event: AnyEvent) -> None:
        """Take the next event in."""
        at_ms = event.received_ms
        if at_ms > self._end_ms:
            self._turn_to(at_ms)
        if isinstance(event, Trade):
            if event.market == "perp":
                self._take_trade(event)
        elif isinstance(event, MarkPrice):
            self._marked = True
            self._move(event.mark, at_ms)
        elif isinstance(event, OpenInterest):
            self._take_interest(event)
        elif isinstance(event, Candle):
            self._take_candle(event)
        elif isinstance(event, Liquidation):
            for one in self._maps:
                if (take := getattr(one, "take_liquidation", None)) is not None:
                    take(event.venue, event.position, event.price, event.notional_usd, event.at_ms)

    def finish(self) -> None:
        """End the step that runs."""
        if self._end_ms:
            self._turn()

    def _turn_to(self, at_ms: int) -> None:
        """End the step that runs, and begin the one of `at_ms`; steps in between had nothing and are left out."""
        if self._end_ms:
            self._turn()
        if self.last_ms and at_ms - self.last_ms > self.settings.record.gap_minutes * 60_000:
            self.gaps += 1
            if at_ms - self.last_ms > self.settings.backtest.restart_hours * HOUR_MS:
                self._begin()
            self.last_ms = at_ms
        self._end_ms = -(-at_ms // self._step_ms) * self._step_ms

    def _take_trade(self, event: Trade) -> None:
        usd = event.notional_usd
        self._net_usd += usd if event.taker == "buy" else -usd
        for one in self._maps:
            if (take := getattr(one, "take_trade", None)) is not None:
                take(event.price, usd)
        if self.source.path == "trades" or not self._marked:
            self._move(event.price, event.received_ms)

    def _take_candle(self, event: Candle) -> None:
        if self.source.path == "bars":
            for price in (event.low, event.high, event.close):
                self._move(price, event.received_ms)
        elif event.closed:
            for one in self._maps:
                if (take := getattr(one, "take_bar", None)) is not None:
                    values = (event.high, event.low, event.close, event.volume)
                    take(event.venue, event.interval, event.at_ms, *values)

    def _take_interest(self, event: OpenInterest) -> None:
        coins = event.coins
        if coins is None and event.notional_usd is not None and self._price is not None:
            coins = event.notional_usd / self._price
        if coins is not None:
            for one in self._maps:
                one.take_interest(event.venue, event.at_ms, coins)

    def _move(self, price: float, at_ms: int) -> None:
        self._price = price
        self._low, self._high = min(self._low, price), max(self._high, price)
        self.first_ms = self.first_ms or at_ms
        self.last_ms = at_ms
        for one in self._maps:
            one.take_mark(price)
        if self.source.path == "trades":
            self.reactions.follow(price, at_ms)

    def _turn(self) -> None:
        """End a step in the order of a live minute."""
        price, ended_ms = self._price, self._end_ms
        if price is None:
            return
        for arm in self.arms:
            arm.fates += arm.record.follow(self._low, self._high, ended_ms)
            arm.tracker.sweep(self._low, self._high, ended_ms)
        for one in self._maps:
            one.turn_minute(ended_ms, price, self._net_usd)
        sigma = self._sigma(price, ended_ms)
        self.path.add(ended_ms, self._low, self._high, price, sigma)
        forecast = Forecast(
            self.source.coin, ended_ms, price, sigma, self.settings.map.bucket, self.source.sampled_seconds
        )
        for arm in self.arms:
            density = arm.density(ended_ms)
            if density is not None:
                arm.tracker.update(density, price, ended_ms)
                if sigma:
                    self._predict(arm, forecast)
        self._low = self._high = price
        self._net_usd = 0.0

    def _predict(self, arm: Arm, forecast: Forecast) -> None:
        made = arm.record.predict(forecast, arm.tracker.live)
        if arm is self.arms[0] and self.source.path == "trades":
            for one in made:
                self.reactions.watch(one.level, one.price, one.sigma, one.due_ms, control=False)
                self.reactions.watch(one.mirror, one.price, one.sigma, one.due_ms, control=True)

    def _sigma(self, price: float, at_ms: int) -> float:
        """The deviation of a day's log return; 0 before the warm-up is over and enough returns are known."""
        returns = self._returns
        if self._sampled is None:
            self._sampled = at_ms, price
            self._warm_ms = at_ms + round(self.settings.backtest.warmup_hours * HOUR_MS)
        elif at_ms - self._sampled[0] >= returns.length_ms:
            if at_ms - self._sampled[0] < 2 * returns.length_ms:
                returns.add(self._sampled[1], price, at_ms)
            self._sampled = at_ms, price
        warm = self._warm_ms is not None and at_ms >= self._warm_ms
        enough = returns.covers(self.settings.volatility.least_hours)
        return returns.daily if warm and enough else 0.0


def controls(fates: Sequence[Fate], trial: Trial, *, any_side: bool) -> list[Fate]:
    """For each fate that of a level as far away, at a drawn time of the same day and, if wanted, on a drawn side."""
    source = trial.source
    forecast = Forecast(source.coin, 0, 1.0, 1.0, trial.settings.map.bucket, source.sampled_seconds)
    seed = trial.settings.backtest.seed
    found = (trial.path.elsewhere(fate, seed, forecast, any_side=any_side) for fate in fates)
    return [fate for fate in found if fate is not None]
