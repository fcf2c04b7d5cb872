"""Whether a side is being liquidated in a chain: states, the inputs that made them, the log, what came after.

Direction "down" is a price that falls while longs are liquidated, "up" one that rises while shorts are. Moves are
fractions of the price, positive in their direction; USD and UNIX ms; None is not known, never zero.
"""

from dataclasses import dataclass, field
from typing import Literal

Direction = Literal["down", "up"]
StateName = Literal["calm", "loading", "igniting", "cascading", "exhausted", "rejected", "blind"]
LevelVerdict = Literal["accelerates", "sustains", "fades", "rejected"]
Extent = Literal["complete", "partial", "none", "unknown"]


@dataclass(frozen=True, slots=True)
class CascadeInputs:
    """What a state is decided by, of one coin and direction in one second.

    `usd_60s`: liquidated in the last minute, in `orders_60s`; `least_usd`: from where on that is large. `impulse_bp`:
    it by the resting USD per basis point of the side that is hit. `ratio`: fast rate by slow rate. `renewal`: forced
    orders set off per forced order, with bounds, from complete feeds alone. `sigmas`: move of 60 s in usual deviations;
    `needed_move`: how far 120 s must move to count. `levels`: crossed since ignition. `interest_5m`: change of open
    interest in coins, where it was read since ignition; `interest_since`: since ignition. `complete`: a complete feed
    is up. `sampled`: what was counted is a lower bound. `saturated`: and so many seconds were occupied that it can't be
    told how low.
    """

    usd_60s: float = 0.0
    orders_60s: int = 0
    least_usd: float = 0.0
    impulse_bp: float | None = None
    ratio: float | None = None
    fast_rate: float = 0.0
    renewal: float | None = None
    renewal_low: float | None = None
    renewal_high: float | None = None
    move_60: float | None = None
    move_120: float | None = None
    sigmas: float | None = None
    needed_move: float | None = None
    levels: int = 0
    interest_5m: float | None = None
    interest_since: float | None = None
    complete: bool = False
    sampled: bool = False
    saturated: bool = False

    @property
    def pending(self) -> tuple[str, ...]:
        """Which inputs are not known, in words."""
        named = (
            ("depth", self.impulse_bp),
            ("usual rate", self.ratio),
            ("usual volatility", self.sigmas),
            ("OI", self.interest_5m),
        )
        return tuple(f"{name} pending" for name, value in named if value is None)


@dataclass(frozen=True, slots=True)
class CrossedLevel:
    """A price level that a cascade went through: from `near` to `far`, what it liquidated and how fast it fell.

    `growth`: USD per basis point against the level before; `pace`: speed against it; None for the first.
    """

    at_ms: int
    near: float
    far: float
    usd: float
    usd_per_bp: float
    bp_per_second: float
    growth: float | None = None
    pace: float | None = None
    verdict: LevelVerdict | None = None


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of state, why, and the inputs of that second."""

    at_ms: int
    direction: Direction
    before: StateName
    after: StateName
    why: str
    inputs: CascadeInputs


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of a cascade's running log: a change of state or a crossed level."""

    at_ms: int
    direction: Direction
    text: str


@dataclass(frozen=True, slots=True)
class CascadeState:
    """One direction's state. `rule` names the feed's rule: "full", "sampled". `at_least`: the inputs are lower bounds
    that may hide more. `run`: how far the price went since the run began, and `retraced` the share taken back; None
    outside of one."""

    direction: Direction
    state: StateName = "blind"
    since_ms: int = 0
    why: str = "no data yet"
    rule: Literal["full", "sampled"] = "sampled"
    at_least: bool = False
    inputs: CascadeInputs = field(default_factory=CascadeInputs)
    run: float | None = None
    retraced: float | None = None
    levels: tuple[CrossedLevel, ...] = ()

    @property
    def title(self) -> str:
        """The state as the screen names it: with ">=" where it may be more."""
        return f"{self.state} >=" if self.at_least else self.state


@dataclass(frozen=True, slots=True)
class ExhaustionPart:
    """One of the four signs that leverage is gone. `met` None: not known."""

    name: str
    met: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Exhaustion:
    """The badge after a cascade: how many of the four signs are met."""

    extent: Extent = "unknown"
    parts: tuple[ExhaustionPart, ...] = ()

    @property
    def met(self) -> int:
        """How many signs are met."""
        return sum(part.met is True for part in self.parts)


@dataclass(frozen=True, slots=True)
class DayBalance:
    """What 24 h liquidated. `ratio`: larger by smaller side. `rank`: the share of one's own earlier days with less,
    of `days`; None where those are too few. `at_least`: a lower bound."""

    long_usd: float
    short_usd: float
    long_share: float
    ratio: float | None
    at_least: bool
    words: str
    rank: float | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a feed of one order a second probably left out. Never mixed with what was counted.

    `raw_usd`: counted, a lower bound. `usd` with its band `low` to `high`, and `per_second` orders: modelled; None
    where the feed is saturated. `reason`: what it was reckoned with, or why it could not.
    """

    raw_usd: float
    usd: float | None
    low: float
    high: float | None
    per_second: float | None
    saturated: bool
    reason: str


@dataclass(frozen=True, slots=True)
class CascadesView:
    """Both directions of one coin, and the log, newest last."""

    down: CascadeState = field(default_factory=lambda: CascadeState("down"))
    up: CascadeState = field(default_factory=lambda: CascadeState("up"))
    log: tuple[LogRow, ...] = ()
    exhaustion: Exhaustion | None = None
    """After a cascade of the last hours: whether the leverage is gone; None where there was none."""
    exhaustion_of: Direction | None = None
    balance: DayBalance | None = None
    """What 24 h liquidated; None where nothing was."""
    corrected: tuple[tuple[str, Corrected], ...] = ()
    """By sampling venue: what its last minute probably left out. Shown on demand, never added to what was counted."""


UNSEEN = CascadesView()
