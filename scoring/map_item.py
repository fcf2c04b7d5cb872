"""The checklist's item from the estimated map: which side weighs more of what an entry's horizon is likely to touch."""

from scoring.items import unknown
from scoring.moment import span
from scoring.reach import ReachedAsymmetry, grade_map
from scoring.settings import ReachSettings, ScoringSettings
from scoring.view import CheckItem, Grade, MapView

NAME = "liquidation map"
_HOURS_A_DAY = 24.0
_SAME = 1e-6
"""Horizons this close in hours are one."""


def liquidation_map(estimate: MapView | None, now_ms: int, settings: ScoringSettings) -> CheckItem:
    """The grades of a map that is there, fresh and believable enough; else unknown, with the reason.

    A long passes where shorts above dominate what is likely to be touched and fails where longs below are extreme; a
    short mirrors it. A map whose mass is out of reach only warns.
    """
    checks, weight = settings.checklist, settings.checklist.weights.liquidation_map
    if estimate is None or estimate.reason or estimate.at_ms is None:
        return unknown(NAME, (estimate.reason if estimate else "") or "not estimated yet", weight)
    age = max(0, now_ms - estimate.at_ms)
    if age > 1_000 * checks.map_stale_seconds:
        return unknown(NAME, f"stale: estimated {span(age)} ago", weight)
    if estimate.confidence < checks.map_confidence_least:
        why = f": {estimate.confidence_why}" if estimate.confidence_why else ""
        reason = f"confidence {estimate.confidence}, at least {checks.map_confidence_least} needed{why}"
        return unknown(NAME, reason, weight)
    found = reached_within(estimate, settings.reach)
    if found is None or (estimate.raw is None and found.value is None):
        return unknown(NAME, _why_not_weighed(estimate, settings.reach), weight)
    long, short, value, reason = graded(estimate.raw, found, settings.reach)
    assumed = ", volatility assumed" if estimate.volatility is not None and not estimate.volatility.measured else ""
    reason = f"{reason}; modelled, confidence {estimate.confidence}{assumed}"
    return CheckItem(NAME, long, short, value, reason, weight, age)


def graded(raw: float | None, found: ReachedAsymmetry, settings: ReachSettings) -> tuple[Grade, Grade, str, str]:
    """Long grade, short grade, value and reason of any map. `raw`: its asymmetry unweighed, None without mass near."""
    long, short, reason = grade_map(found, settings)
    out = found.value is None or found.reached_share < settings.reached_least
    reached = "nothing in reach" if out else signed(found.value)
    return long, short, f"A {signed(raw)}, within {horizon(found.days)} {reached}", reason


def reached_within(estimate: MapView, settings: ReachSettings) -> ReachedAsymmetry | None:
    """The map's asymmetry within an entry's horizon, its sides as shares of the mass; None where it isn't known."""
    hours = settings.entry_days * _HOURS_A_DAY
    item = next((one for one in estimate.asymmetry if abs(one.hours - hours) < _SAME), None)
    if item is None:
        return None
    lean = item.reached or 0.0
    longs, shorts = (item.reached_share * (1 + sign * lean) / 2 for sign in (-1, 1))
    return ReachedAsymmetry(settings.entry_days, item.reached, longs, shorts, item.reached_share)


def _why_not_weighed(estimate: MapView, settings: ReachSettings) -> str:
    if not estimate.asymmetry:
        return "no volatility is known, so nothing says what is in reach"
    if estimate.raw is None:
        return "the map holds nothing near the price"
    return f"its asymmetry is not told for {horizon(settings.entry_days)}"


def horizon(days: float) -> str:
    """A horizon in words: 4 h, 24 h, 7 d.

    >>> horizon(1.0), horizon(7.0), horizon(1 / 6)
    ('24 h', '7 d', '4 h')
    """
    return f"{days * _HOURS_A_DAY:.3g} h" if days < 2 else f"{days:g} d"


def signed(value: float | None) -> str:
    """An asymmetry with its sign: +0.37, −0.92, `?`.

    >>> signed(0.366), signed(-0.92), signed(-0.001), signed(None)
    ('+0.37', '−0.92', '+0.00', '?')
    """
    if value is None:
        return "?"
    return f"{'−' if value < -0.005 else '+'}{abs(value):.2f}"
