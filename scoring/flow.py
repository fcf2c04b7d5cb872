"""Spot flow against futures flow: who buys with money and who with leverage. Grades only, the sums are given."""

from dataclasses import dataclass

from scoring.settings import FlowSettings
from scoring.view import Grade

_TOLERANCE = 1e-9
_MIRROR: dict[str, str] = {
    "spot absorption": "spot distribution",
    "spot leads": "spot sells",
    "futures lead": "futures sell first",
    "perp-led fall": "perp-led rally",
}


@dataclass(frozen=True, slots=True)
class FlowGrade:
    """What the flow means. `pattern` names it; `weak`: without a z-score, so nothing fails and a pass is a weak one."""

    long: Grade
    short: Grade
    pattern: str
    reason: str
    weak: bool


def spot_share(spot_usd: float, futures_usd: float) -> float | None:
    """The spot's part of both flows' sizes, 0 to 1; None where neither moved."""
    both = abs(spot_usd) + abs(futures_usd)
    return abs(spot_usd) / both if both > 0 else None


def grade_flow(
    spot_usd: float | None,
    futures_usd: float | None,
    settings: FlowSettings,
    spot_z: float | None = None,
    futures_z: float | None = None,
) -> FlowGrade:
    """Grade taker buys minus sells of one window, USD; the z-scores are against the market's own day.

    Long: pass where spot buys (z >= 0.5) at least as much as futures, fail where spot sells (z <= -1), else warn; short
    mirrored. Without z-scores the sizes decide and the grade stops at warn, except that a spot z alone may fail.
    """
    if spot_usd is None or futures_usd is None:
        missing = "spot" if spot_usd is None else "futures"
        return FlowGrade("unknown", "unknown", "", f"the {missing} flow is not known", True)
    share = spot_share(spot_usd, futures_usd)
    if share is None:
        return FlowGrade("pass", "pass", "balanced", "neither spot nor futures moved", True)
    up = spot_usd > 0 or (spot_usd == 0 and futures_usd < 0)
    pattern = _pattern(spot_usd, futures_usd, share, settings, up)
    if spot_z is not None and futures_z is not None:
        long = _by_z(spot_z, futures_z, settings)
        short = _by_z(-spot_z, -futures_z, settings)
        return FlowGrade(long, short, pattern, _reason(pattern, share), False)
    with_flow: Grade = "pass" if share >= settings.share_pass - _TOLERANCE and spot_usd else "warn"
    against: Grade = "fail" if spot_z is not None and abs(spot_z) >= settings.z_fail - _TOLERANCE else "warn"
    long, short = (with_flow, against) if up else (against, with_flow)
    return FlowGrade(long, short, pattern, _reason(pattern, share), spot_z is None)


def _by_z(spot: float, futures: float, settings: FlowSettings) -> Grade:
    if spot <= -settings.z_fail + _TOLERANCE:
        return "fail"
    if spot >= settings.z_pass - _TOLERANCE and spot - futures >= -_TOLERANCE:
        return "pass"
    return "warn"


def _pattern(spot: float, futures: float, share: float, settings: FlowSettings, up: bool) -> str:
    name = "perp-led fall" if spot * futures < 0 else "futures lead"
    if spot and share >= settings.share_pass - _TOLERANCE:
        name = "spot absorption" if spot * futures < 0 else "spot leads"
    return name if up else _MIRROR[name]


def _reason(pattern: str, share: float) -> str:
    words = {
        "spot absorption": "spot buys what futures sell",
        "spot distribution": "spot sells what futures buy",
        "spot leads": "spot buys, at least as much as futures",
        "spot sells": "spot sells, at least as much as futures",
        "futures lead": "futures weigh more than the spot that buys",
        "futures sell first": "futures weigh more than the spot that sells",
        "perp-led fall": "futures sell more than spot buys",
        "perp-led rally": "futures buy more than spot sells",
    }
    return f"{words[pattern]}, spot share {share:.2f}"
