"""What is judged of it: the cascade, the checklist."""

from dataclasses import dataclass, field
from typing import Literal

from scoring.view.realised import WindowTotal

Grade = Literal["pass", "warn", "fail", "unknown"]
Verdict = Literal["OK", "WAIT", "NO ENTRY", "INSUFFICIENT DATA"]


@dataclass(frozen=True, slots=True)
class CascadeView:
    """Totals and rates of forced orders; the state machine joins them when its inputs exist.

    `long_60s`, `short_60s`: the last minute. `usual_minute`: USD in the usual minute of the last half hour, None until
    enough of it was seen. `ratio`: the last minute against the usual one. `sampled`: the last minute is at least this
    much. `blind`: why no liquidation can be seen now; None where at least one feed is up.
    """

    long_60s: float = 0.0
    short_60s: float = 0.0
    usual_minute: float | None = None
    ratio: float | None = None
    sampled: bool = False
    last_at_ms: int | None = None
    day: WindowTotal | None = None
    long_share: float | None = None
    blind: str | None = None


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One line of the checklist. `value` is what was measured, as text; `reason` why it is graded so or not known.

    `threshold`: what decides, in words. `percentile`: where the value stands in the coin's own history of `history_ms`,
    0 to 100; for `realised 24 h` the last hour among the day's; None where it isn't known. `source`: the exchanges.
    """

    name: str
    long: Grade
    short: Grade
    value: str
    reason: str
    weight: float
    age_ms: int | None = None
    threshold: str = ""
    percentile: float | None = None
    history_ms: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class DirectionVerdict:
    """The checklist's answer for one direction. `score` None: nothing could be graded."""

    verdict: Verdict = "INSUFFICIENT DATA"
    score: float | None = None
    coverage: float = 0.0
    reason: str = "no data yet"


@dataclass(frozen=True, slots=True)
class ChecklistView:
    """The pre-entry checklist, long and short."""

    items: tuple[CheckItem, ...] = ()
    long: DirectionVerdict = field(default_factory=DirectionVerdict)
    short: DirectionVerdict = field(default_factory=DirectionVerdict)
