"""The state of one direction, second by second, with hysteresis: what begins a state, what holds it, what ends it."""

from collections.abc import Callable

from scoring.cascades.moves import Moves
from scoring.cascades.rules import cascades, evidence, ignites
from scoring.cascades.run import Run
from scoring.settings import LevelSettings
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import CascadeInputs, Direction, StateName, Transition

RUNNING: tuple[StateName, ...] = ("igniting", "cascading")


class Machine:
    """One direction of one coin. `run` is None in quiet states.

    Lower bounds can prove a cascade and never a calm: what is doubtful (`soft`: stale open interest, a saturated feed)
    blinds the quiet states and leaves the others. What is dead (`hard`: no liquidations, no trades) blinds all.
    """

    __slots__ = (
        "_hard_ms",
        "_held_ms",
        "_loaded_ms",
        "_rules",
        "_settings",
        "_sound_ms",
        "direction",
        "run",
        "sign",
        "since_ms",
        "state",
        "why",
    )  # fmt: skip

    def __init__(self, direction: Direction, rules: CascadeRules, settings: LevelSettings) -> None:
        self.direction: Direction = direction
        self.sign = -1 if direction == "down" else 1
        self.state: StateName = "blind"
        self.since_ms = 0
        self.why = "no data yet"
        self.run: Run | None = None
        self._rules = rules
        self._settings = settings
        self._held_ms: int | None = None
        self._sound_ms: int | None = None
        self._hard_ms: int | None = None
        self._loaded_ms = 0

    def step(
        self, now_ms: int, measure: Callable[[], CascadeInputs], busy: bool, moves: Moves,
        hard: str | None, soft: str | None, loading: str | None, fast_rate: float,
    ) -> Transition | None:  # fmt: skip
        """One second. `measure` gives its inputs, asked for only where they matter: while `busy` or in a run."""
        if hard:
            self._hard_ms, self._sound_ms = now_ms, None
            self.run = None
            return self._turn(now_ms, "blind", hard, measure)
        if self.run is None:
            return self._quiet(now_ms, measure, busy, moves, soft, loading)
        fresh = self.run.follow(now_ms, moves.last, fast_rate)
        if self.state not in RUNNING:
            return self._after(now_ms, measure, fresh)
        inputs = measure()
        if self.state == "igniting":
            return self._igniting(now_ms, inputs, moves.last)
        return self._cascading(now_ms, inputs, moves.last)

    def _turn(self, now_ms: int, after: StateName, why: str, measure: Callable[[], CascadeInputs]) -> Transition | None:
        """Enter a state; the same one only takes the new words."""
        before, self.why = self.state, why
        if after == before:
            return None
        self.state, self.since_ms, self._held_ms = after, now_ms, None
        if after in ("calm", "loading", "blind"):
            self.run = None
        return Transition(now_ms, self.direction, before, after, why, measure())

    def _quiet(
        self, now_ms: int, measure: Callable[[], CascadeInputs], busy: bool, moves: Moves, soft: str | None,
        loading: str | None,
    ) -> Transition | None:  # fmt: skip
        back_ms = self._rules.blind.back_seconds * 1000
        if self._hard_ms is None:
            self._hard_ms = now_ms
        if busy and now_ms - self._hard_ms >= back_ms:
            inputs = measure()
            if self._ignited(now_ms, inputs):
                return self._begin(now_ms, inputs, moves)
        else:
            self._held_ms = None
        if soft:
            self._sound_ms = None
            return self._turn(now_ms, "blind", soft, measure)
        if self.state == "blind":
            self._sound_ms = now_ms if self._sound_ms is None else self._sound_ms
            back = now_ms - self._sound_ms >= back_ms
            return self._turn(now_ms, "calm", "no chain of forced orders", measure) if back else None
        return self._load(now_ms, measure, loading)

    def _ignited(self, now_ms: int, inputs: CascadeInputs) -> bool:
        if not ignites(inputs, self._rules):
            self._held_ms = None
            return False
        self._held_ms = now_ms if self._held_ms is None else self._held_ms
        return now_ms - self._held_ms >= self._rules.enter.hold_seconds * 1000

    def _begin(self, now_ms: int, inputs: CascadeInputs, moves: Moves) -> Transition | None:
        origin, ago = moves.origin(self.sign)
        self.run = Run(
            self.sign, now_ms, origin, now_ms - ago * 1000, self._rules.levels, self._settings, self._rules.inputs.level
        )
        self.run.add(inputs.usd_60s)
        self.run.follow(now_ms, moves.last, inputs.fast_rate)
        return self._turn(now_ms, "igniting", evidence(inputs, self.direction), lambda: inputs)

    def _load(self, now_ms: int, measure: Callable[[], CascadeInputs], loading: str | None) -> Transition | None:
        if loading:
            self._loaded_ms = now_ms
            return self._turn(now_ms, "loading", loading, measure)
        if self.state == "loading" and now_ms - self._loaded_ms >= self._rules.leave.loading_seconds * 1000:
            return self._turn(now_ms, "calm", "no leverage stands near any more", measure)
        return None

    def _dwelt(self, now_ms: int) -> bool:
        return now_ms - self.since_ms >= self._rules.leave.dwell_seconds * 1000

    def _igniting(self, now_ms: int, inputs: CascadeInputs, price: float) -> Transition | None:
        run, leave = self._run, self._rules.leave
        if cascades(inputs, self._rules):
            return self._turn(now_ms, "cascading", evidence(inputs, self.direction), lambda: inputs)
        self.why = evidence(inputs, self.direction)
        if not self._dwelt(now_ms):
            return None
        retraced = run.retraced(price)
        if retraced >= leave.retrace_ignition:
            return self._turn(now_ms, "rejected", f"{retraced:.0%} of its run was taken back", lambda: inputs)
        quiet = now_ms - run.extreme_ms >= leave.quiet_ignition_seconds * 1000
        if quiet and not ignites(inputs, self._rules, leave.share):
            return self._turn(now_ms, "calm", "no new extreme, the orders ran out", lambda: inputs)
        return None

    def _cascading(self, now_ms: int, inputs: CascadeInputs, price: float) -> Transition | None:
        run, leave = self._run, self._rules.leave
        self.why = evidence(inputs, self.direction)
        if not self._dwelt(now_ms):
            return None
        still_ms = now_ms - run.extreme_ms
        retraced = run.retraced(price)
        if retraced >= leave.retrace_cascade and still_ms <= leave.retrace_seconds * 1000:
            fall = inputs.interest_since
            absorbed = "; absorbed: OI hardly fell" if fall is not None and fall > leave.absorbed else ""
            return self._turn(now_ms, "rejected", f"{retraced:.0%} of its run was taken back{absorbed}", lambda: inputs)
        if still_ms < leave.quiet_cascade_seconds * 1000 or inputs.fast_rate >= leave.fast_share * run.peak_rate:
            return None
        return self._spent(now_ms, inputs)

    def _spent(self, now_ms: int, inputs: CascadeInputs) -> Transition | None:
        """A cascade without new extremes: exhausted only where open interest shows that positions are gone."""
        leave, fall = self._rules.leave, inputs.interest_since
        if inputs.renewal is not None and inputs.renewal >= leave.renewal:
            return None
        if fall is not None and fall <= leave.interest:
            return self._turn(now_ms, "exhausted", f"no new extreme, OI {fall:+.1%} since ignition", lambda: inputs)
        if cascades(inputs, self._rules, leave.share):
            return None
        told = "OI not read since" if fall is None else f"OI only {fall:+.1%}"
        return self._turn(now_ms, "calm", f"over, not exhausted: {told}", lambda: inputs)

    def _after(self, now_ms: int, measure: Callable[[], CascadeInputs], fresh: bool) -> Transition | None:
        """Exhausted or rejected: a new extreme under force begins anew, time ends it."""
        if fresh and self._dwelt(now_ms):
            inputs = measure()
            if ignites(inputs, self._rules):
                self._run.began_ms = now_ms
                return self._turn(now_ms, "igniting", evidence(inputs, self.direction), lambda: inputs)
        if now_ms - self.since_ms >= self._rules.leave.cool_seconds * 1000:
            return self._turn(now_ms, "calm", "cooled", measure)
        return None

    @property
    def _run(self) -> Run:
        if self.run is None:
            raise AssertionError("a running state has a run")
        return self.run
