"""Where the crowd stands: the share of long accounts or positions, and the puts that are held against calls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from scoring.settings import CrowdSettings
from scoring.view import CrowdReading, Grade

_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class CrowdGrade:
    """What a crowd's stand means for either direction."""

    long: Grade
    short: Grade
    reason: str


def long_short_ratio(long_share: float) -> float | None:
    """Longs per short, from the share of longs; None where nobody is short."""
    return long_share / (1 - long_share) if long_share < 1 else None


def typical_share(shares: Sequence[float]) -> float | None:
    """The median long share of several venues; None without any."""
    return median(shares) if shares else None


def professionals_gap(rows: Iterable[CrowdReading]) -> float | None:
    """How much longer the top traders' positions are than all accounts, as a difference of shares.

    The median of the exchanges that tell both and freshly; None without one.
    """
    told = {(row.venue, row.basis): row.long_share for row in rows if not row.stale}
    gaps = [
        share - told[venue, "accounts"]
        for (venue, basis), share in told.items()
        if basis == "top_positions" and (venue, "accounts") in told
    ]
    return median(gaps) if gaps else None


def diverges(long_share: float, put_call: float | None, settings: CrowdSettings) -> bool:
    """Whether accounts crowd on the long side while options are defensive."""
    crowded = long_share >= settings.crowded_warn - _TOLERANCE
    return crowded and put_call is not None and put_call > settings.defensive_put_call + _TOLERANCE


def grade_crowd(long_share: float, settings: CrowdSettings, percentile: float | None = None) -> CrowdGrade:
    """Grade the share of longs, 0 to 1. `percentile`: its place in its own history, 0 to 100, where that is known.

    Account ratios count heads, not size, and every long has its short. Entering with the crowd is warned or failed,
    entering against it passes.
    """
    for side, share, place in (
        ("long", long_share, percentile),
        ("short", 1 - long_share, None if percentile is None else 100 - percentile),
    ):
        extreme = place is not None and place >= settings.extreme_percentile
        if share < settings.crowded_warn - _TOLERANCE and not extreme:
            continue
        worst: Grade = "fail" if share >= settings.crowded_fail - _TOLERANCE or extreme else "warn"
        reason = f"the crowd is {side}" + (", rarely so much" if extreme else "")
        return CrowdGrade(worst, "pass", reason) if side == "long" else CrowdGrade("pass", worst, reason)
    return CrowdGrade("pass", "pass", "no crowd on either side")


def grade_options(put_call: float | None, rising: bool | None, settings: CrowdSettings) -> CrowdGrade:
    """Grade puts per call. `rising`: whether it was said to rise. At most a warning: hedges make its sign ambiguous."""
    if put_call is None and rising is None:
        return CrowdGrade("unknown", "unknown", "puts against calls are not known")
    if put_call is not None and put_call > settings.defensive_put_call + _TOLERANCE:
        return CrowdGrade("warn", "pass", "more puts than calls: defensive")
    if rising:
        return CrowdGrade("warn", "pass", "puts against calls rise: more defensive")
    return CrowdGrade("pass", "pass", "not defensive" if rising is None or put_call is not None else "puts recede")
