"""One coin's cascades in both directions: takes its events, steps once a second, tells states and a running log.

Costs a few sums for an event, and in a calm second two comparisons a direction.
"""

from collections import deque
from math import expm1, sqrt

from feeds.events import Liquidation
from scoring.cascades.interest import OpenCoins
from scoring.cascades.machine import RUNNING, Machine
from scoring.cascades.moves import Moves
from scoring.cascades.rules import loads
from scoring.cascades.side import Side
from scoring.cascades.splits import Occupied
from scoring.cascades.surroundings import Ahead, Surroundings, UsualDepth
from scoring.moment import span
from scoring.settings import LevelSettings
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import (
    CascadeInputs,
    CascadeState,
    CascadesView,
    CrossedLevel,
    Direction,
    LogRow,
    StateName,
    Transition,
)

_LONGEST_STEP_MS = 5_000
"""Of a longer time between two steps only so much counts as seen."""


class CoinCascades:
    """The cascades of one coin. `step` at most once a second counts; time never goes backwards."""

    __slots__ = (
        "_around", "_coins", "_complete", "_depth", "_direct", "_log", "_minute", "_moves", "_now_ms", "_occupied",
        "_rules", "_seen_ms",
    )  # fmt: skip

    def __init__(self, coin: str, rules: CascadeRules, levels: LevelSettings) -> None:
        floor = rules.inputs.floor_usd.get(coin, rules.inputs.other_floor_usd)
        self._rules = rules
        self._direct = tuple(
            (Machine(direction, rules, levels), Side(rules.inputs, floor)) for direction in _DIRECTIONS
        )
        self._moves = Moves(rules.inputs)
        self._coins = OpenCoins(rules)
        self._depth = UsualDepth(rules.inputs.depth_minutes)
        self._occupied = Occupied(rules.inputs.saturation_seconds)
        self._log: deque[LogRow] = deque(maxlen=rules.levels.log_rows)
        self._around = Surroundings()
        self._complete = False
        self._now_ms = 0
        self._minute = 0
        self._seen_ms = 0.0

    def take(self, event: Liquidation) -> None:
        """Take a forced order: one of longs belongs to the fall, one of shorts to the rise."""
        machine, side = self._direct[0 if event.position == "long" else 1]
        now_ms = max(self._now_ms, event.received_ms)
        side.take(event.at_ms, now_ms, event.notional_usd, f"{event.venue} {event.symbol}", event.sampled)
        if event.sampled:
            self._occupied.add(min(event.at_ms, now_ms) // 1000, event.venue)
        if machine.run is not None:
            machine.run.add(event.notional_usd)

    def take_interest(self, venue: str, at_ms: int, coins: float) -> None:
        """Take an exchange's open interest, one side, coins."""
        self._coins.take(venue, at_ms, coins)

    def take_depth(self, venue: str, at_ms: int, bid_usd: float, ask_usd: float) -> None:
        """Take an exchange's resting orders within 1 %, USD."""
        self._depth.take(venue, at_ms, bid_usd, ask_usd)

    def seed_volatility(self, daily: float) -> None:
        """Begin with a measured standard deviation of a day's log return."""
        self._moves.seed(daily)

    def step(self, now_ms: int, around: Surroundings) -> tuple[Transition, ...]:
        """Move to `now_ms`; the changes of state. Within the second of the last step nothing happens."""
        if now_ms // 1000 <= self._now_ms // 1000:
            return ()
        hard = self._hard(now_ms, around)
        if hard is None:
            self._seen_ms += min(now_ms - self._now_ms, _LONGEST_STEP_MS)
        self._now_ms, self._around, self._complete = now_ms, around, around.complete
        if around.price is not None and hard is None:
            self._moves.take(now_ms // 1000, around.price)
        self._turn_minute(now_ms, hard)
        soft = None if hard else self._soft(now_ms)
        found = []
        for (machine, side), ahead in zip(self._direct, (around.below, around.above), strict=True):
            side.advance(now_ms, self._seen_ms)
            change = self._step(machine, side, ahead, hard, soft)
            if change is not None:
                found.append(change)
        return tuple(found)

    def _turn_minute(self, now_ms: int, hard: str | None) -> None:
        if now_ms // 60_000 > self._minute:
            self._minute = now_ms // 60_000
            self._depth.advance(now_ms)
            for _, side in self._direct:
                side.day.turn(self._minute, hard is None)

    def _hard(self, now_ms: int, around: Surroundings) -> str | None:
        """Why nothing at all can be told."""
        if around.blind:
            return around.blind
        if around.trades_at_ms is None:
            return "no trades seen yet"
        age = now_ms - around.trades_at_ms
        if age > self._rules.blind.trades_seconds * 1000:
            return f"trades are {span(age)} old"
        return "no fresh price" if around.price is None else None

    def _soft(self, now_ms: int) -> str | None:
        """Why no calm can be told: what is seen is a lower bound, or open interest went stale."""
        if self._moves.sigma is None:
            return "the usual volatility is not known yet, so no ignition can be told"
        if self._saturated(now_ms):
            return "the sampling feeds are saturated: there may be more"
        last_ms = self._coins.last_ms
        stale = last_ms is not None and now_ms - last_ms > self._rules.blind.interest_seconds * 1000
        return f"open interest is {span(now_ms - (last_ms or 0))} old" if stale else None

    def _saturated(self, now_ms: int) -> bool:
        return not self._complete and self._occupied.share(now_ms // 1000) >= self._rules.blind.saturated

    def _step(
        self, machine: Machine, side: Side, ahead: Ahead, hard: str | None, soft: str | None
    ) -> Transition | None:
        now_ms = self._now_ms
        busy = side.last.total > 0 and side.last.total >= side.least_usd
        loading = loads(ahead, self._rules.loading)

        def measure() -> CascadeInputs:
            return self._inputs(machine, side)

        if machine.run is not None and machine.state in RUNNING:
            self._cross(machine, side)
        change = machine.step(now_ms, measure, busy, self._moves, hard, soft, loading, side.fast.per_second(now_ms))
        if change is not None:
            if change.after == "igniting":
                self._cross(machine, side)
            text = f"{change.after}: {change.why}" if change.why else change.after
            self._log.append(LogRow(now_ms, machine.direction, text))
        return change

    def _cross(self, machine: Machine, side: Side) -> None:
        """Close the levels that the price left behind, and take back the verdict of one that it came back through."""
        run, price = machine.run, self._moves.last
        if run is None:
            return
        growth = side.growth() if self._complete else None
        renewal = None if growth is None else (growth.number, growth.high)
        for level in run.cross(self._now_ms, price, renewal):
            self._log.append(LogRow(self._now_ms, machine.direction, _told(level)))
        rejected = run.reject(self._now_ms, price, self._around.taker_usd)
        if rejected is not None:
            self._log.append(LogRow(self._now_ms, machine.direction, _told(rejected)))

    def _inputs(self, machine: Machine, side: Side) -> CascadeInputs:
        """What a direction's state is decided by, now."""
        now_ms, enter, moves, run = self._now_ms, self._rules.enter, self._moves, machine.run
        per_bp = self._depth.per_bp(machine.sign < 0)
        move_60, move_120, sigma = moves.over(60), moves.over(120), moves.sigma
        growth = side.growth() if self._complete else None
        began_ms = None if run is None else run.began_ms
        settled_ms = 0 if run is None else run.began_ms + round(self._rules.inputs.interest_settle_seconds * 1000)
        return CascadeInputs(
            usd_60s=side.last.total,
            orders_60s=round(side.orders.total),
            least_usd=side.least_usd,
            impulse_bp=None if per_bp is None else side.last.total / per_bp,
            ratio=side.ratio(now_ms, self._seen_ms),
            fast_rate=side.fast.per_second(now_ms),
            renewal=None if growth is None else growth.number,
            renewal_low=None if growth is None else growth.low,
            renewal_high=None if growth is None else growth.high,
            move_60=None if move_60 is None else machine.sign * expm1(move_60),
            move_120=None if move_120 is None else machine.sign * expm1(move_120),
            sigmas=None if sigma is None or move_60 is None else machine.sign * move_60 / sigma,
            needed_move=None if sigma is None else max(enter.move, enter.move_120_sigmas * sigma * sqrt(2)),
            levels=0 if run is None else run.crossed,
            interest_5m=None if began_ms is None else self._coins.change(now_ms, settled_ms),
            interest_since=None if began_ms is None else self._coins.since(now_ms, began_ms, settled_ms),
            complete=self._complete,
            sampled=side.sampled(now_ms),
            saturated=self._saturated(now_ms),
        )

    @property
    def names(self) -> tuple[StateName, StateName]:
        """The states of both directions, down and up."""
        (down, _), (up, _) = self._direct
        return down.state, up.state

    def view(self) -> CascadesView:
        """Both directions and the log."""
        down, up = (self._state(machine, side) for machine, side in self._direct)
        return CascadesView(down, up, tuple(self._log))

    def _state(self, machine: Machine, side: Side) -> CascadeState:
        inputs, run = self._inputs(machine, side), machine.run
        return CascadeState(
            direction=machine.direction,
            state=machine.state,
            since_ms=machine.since_ms,
            why=machine.why,
            rule="full" if inputs.complete else "sampled",
            at_least=inputs.saturated,
            inputs=inputs,
            run=None if run is None else run.length,
            retraced=None if run is None else run.retraced(self._moves.last),
            levels=() if run is None else tuple(run.levels),
        )


_DIRECTIONS: tuple[Direction, Direction] = ("down", "up")


def _told(level: CrossedLevel) -> str:
    """A crossed level in words: its price, USD per basis point, speed, and what it says of the cascade."""
    verdict = level.verdict or "first level"
    grown = "" if level.growth is None else f", x{level.growth:.2f} a bp"
    return f"{level.far:g} {verdict}: {level.usd_per_bp:,.0f} USD/bp{grown}, {level.bp_per_second:.1f} bp/s"
