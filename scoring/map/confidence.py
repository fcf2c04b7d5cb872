"""How much the map deserves to be believed: its venues, its freshness, its history, its calibration. Judgement."""

from dataclasses import dataclass

_FRESH_MS, _STALE_MS = 5 * 60_000, 30 * 60_000
"""Open interest is fresh for so long, and worth nothing for the map after so long."""
_UNCALIBRATED = 0.6
"""What is left of the confidence while nothing of the map has been measured against what happened."""


@dataclass(frozen=True, slots=True)
class VenueState:
    """One venue of the map: since when it knows open interest, its newest reading, and how large it is (USD)."""

    name: str
    since_ms: int
    interest_ms: int
    usd: float


def confidence(
    venues: tuple[VenueState, ...], wanted: int, lens_ms: float, calibrated: bool, now_ms: int
) -> tuple[int, str]:
    """0 to 100, and its parts in words. `wanted`: how many venues there could be; `lens_ms`: how far back they go."""
    if not venues:
        return 0, "no venue has told its open interest"
    total = sum(venue.usd for venue in venues) or 1.0
    covered = min(1.0, len(venues) / max(wanted, 1))
    fresh = sum(venue.usd * _freshness(now_ms - venue.interest_ms) for venue in venues) / total
    known = sum(venue.usd * min(1.0, (now_ms - venue.since_ms) / lens_ms) for venue in venues) / total
    score = 100 * covered * fresh * known * (1.0 if calibrated else _UNCALIBRATED)
    ages = max(0, now_ms - min(venue.interest_ms for venue in venues)) / 1000
    words = (
        f"{len(venues)} of {max(wanted, len(venues))} venues",
        f"oldest open interest {span(ages)} old",
        f"{100 * known:.0f} % of the lens's {span(lens_ms / 1000)} known",
        "measured against liquidations" if calibrated else "not yet measured against liquidations",
    )
    return round(min(100.0, max(0.0, score))), ", ".join(words)


def _freshness(age_ms: float) -> float:
    return min(1.0, max(0.0, (_STALE_MS - age_ms) / (_STALE_MS - _FRESH_MS)))


def span(seconds: float) -> str:
    """A length of time in its largest fitting unit: 50 s, 12 min, 41 h, 20 d."""
    for size, unit, least in ((86_400, "d", 3), (3_600, "h", 2), (60, "min", 2)):
        if seconds >= least * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
