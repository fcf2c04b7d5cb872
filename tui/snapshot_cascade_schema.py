"""The shape of a coin's cascades in the snapshot's JSON document."""

from typing import Literal

from scoring.view.cascades import Direction, Extent, LevelVerdict, StateName
from tui.snapshot_levels_schema import WindowTotal
from tui.snapshot_shape import Shape, Unknown


class CascadeInputs(Shape):
    """What a state is decided by. Moves are fractions, positive in the direction; rates USD per second."""

    usd_60s: float
    """Liquidated in the last minute; a lower bound where `sampled`."""
    orders_60s: int
    least_usd: float
    """From where on a minute is large."""
    impulse_bp: float | Unknown
    """Forced USD by the resting USD per basis point."""
    ratio: float | Unknown
    """The fast rate by the slow one."""
    fast_rate: float
    renewal: float | Unknown
    """Forced orders set off per forced order, from complete feeds alone."""
    renewal_low: float | Unknown
    renewal_high: float | Unknown
    move_60: float | Unknown
    move_120: float | Unknown
    sigmas: float | Unknown
    """The move of 60 s in usual deviations."""
    needed_move: float | Unknown
    """What the move of 120 s has to reach."""
    levels: int
    """Crossed since ignition."""
    interest_5m: float | Unknown
    """Change of open interest in coins."""
    interest_since: float | Unknown
    complete: bool
    sampled: bool
    saturated: bool
    """So many seconds were occupied that it can't be told how much more there was."""


class CrossedLevel(Shape):
    """A price level that the run went through."""

    at_ms: int
    near: float
    far: float
    usd: float
    usd_per_bp: float
    bp_per_second: float
    growth: float | Unknown
    """USD per basis point against the level before."""
    pace: float | Unknown
    """Speed against the level before."""
    verdict: LevelVerdict | Unknown


class CascadeDirection(Shape):
    """A falling price that liquidates longs, or a rising one that liquidates shorts."""

    state: StateName
    since_ms: int | Unknown
    why: str
    rule: Literal["full", "sampled"]
    at_least: bool
    """The inputs are lower bounds that may hide more."""
    run: float | Unknown
    """How far the price went, a positive fraction."""
    retraced: float | Unknown
    inputs: CascadeInputs | Unknown
    levels: list[CrossedLevel]


class LogRow(Shape):
    """A change of state or a crossed level."""

    at_ms: int
    direction: Direction
    text: str


class ExhaustionPart(Shape):
    """One sign that leverage is gone; `met` null: not known."""

    name: str
    met: bool | None
    reason: str


class Exhaustion(Shape):
    """Whether the leverage is gone after the last cascade."""

    of: Direction | None
    extent: Extent
    met: int
    parts: list[ExhaustionPart]


class DayBalance(Shape):
    """How one-sided 24 h were, and their rank."""

    long_usd: float
    short_usd: float
    long_share: float
    ratio: float | Unknown
    """The larger side by the smaller one."""
    at_least: bool
    words: str
    rank: float | Unknown
    """The share of earlier days that liquidated less."""
    days: int


class Corrected(Shape):
    """What a sampling venue's last minute probably held: modelled, never added to what was counted."""

    venue: str
    raw_usd: float
    """Counted: a lower bound."""
    usd: float | Unknown
    low: float
    high: float | Unknown
    per_second: float | Unknown
    saturated: bool
    reason: str


class Cascade(Shape):
    """States of both directions, totals and rate of liquidations, in USD."""

    state: StateName
    """Of both directions the one that matters more."""
    down: CascadeDirection
    up: CascadeDirection
    log: list[LogRow]
    """Oldest first."""
    exhaustion: Exhaustion | Unknown
    balance: DayBalance | Unknown
    corrected: list[Corrected] | Unknown
    blind: str | None
    """Why the rate can't be seen, null where it can."""
    long_60s: float | Unknown
    short_60s: float | Unknown
    sampled: bool
    usual_minute: float | Unknown
    ratio: float | Unknown
    """The last minute against the usual one."""
    last_at_ms: int | None
    day: WindowTotal | Unknown
    long_share: float | Unknown
