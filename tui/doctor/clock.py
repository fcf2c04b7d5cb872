"""This machine's clock against those of the exchanges, by the times of their first events, and the time zone."""

import time
from collections.abc import Mapping, Sequence
from statistics import median

from feeds.settings import IntakeSettings
from tui.doctor.check import Check

GROUP = "clock"
MOST_SECONDS = 1.0
"""A clock that is off by more makes ages and the order of events wrong."""


def clock_checks(lags_ms: Mapping[str, Sequence[int]], intake: IntakeSettings) -> list[Check]:
    """`lags_ms`: per exchange, how much later than its own time stamps its events came, by our clock.

    The shortest of an exchange's lags is the nearest to the skew: above it by the way here, some tenths of a second.
    """
    skews = {venue: min(lags) / 1000 for venue, lags in lags_ms.items() if lags}
    return [_skew(skews, intake), *_odd_ones(skews), _zone()]


def _skew(skews: Mapping[str, float], intake: IntakeSettings) -> Check:
    if not skews:
        return Check(GROUP, "skew", "not tried", "no exchange sent an event to compare with")
    skew = median(skews.values())
    told = ", ".join(f"{venue} {one:+.2f}" for venue, one in skews.items())
    found = f"{skew:+.2f} s against the exchanges, the way here included ({told})"
    if abs(skew) <= MOST_SECONDS:
        return Check(GROUP, "skew", "ok", found)
    found = f"this clock is {'ahead' if skew > 0 else 'behind'}: {found}"
    expected, advice = f"within {MOST_SECONDS:g} s", "set the clock by NTP: timedatectl set-ntp true"
    if skew > intake.late_seconds or -skew > intake.future_seconds:
        return Check(GROUP, "skew", "failed", f"{found}; live events would be left out", expected, advice)
    return Check(GROUP, "skew", "warning", found, expected, advice)


def _odd_ones(skews: Mapping[str, float]) -> list[Check]:
    """Exchanges whose clock differs from all others'. Of two it can't be told which is wrong."""
    middle = median(skews.values()) if len(skews) > 2 else 0.0
    return [
        Check(
            GROUP,
            venue,
            "warning",
            f"{skew - middle:+.2f} s from the others",
            f"within {MOST_SECONDS:g} s",
            "nothing: a slow line to it, or its own clock",
        )
        for venue, skew in skews.items()
        if len(skews) > 2 and abs(skew - middle) > MOST_SECONDS
    ]


def _zone() -> Check:
    zone = time.strftime("%Z %z")
    return Check(GROUP, "time zone", "ok", f"{zone}; the screen shows UTC unless [display] local_time is set")
