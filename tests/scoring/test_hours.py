"""The last hour of liquidations stands among the hours of its day that were seen."""

import pytest

from scoring.feed import Feed
from scoring.hours import Hours
from scoring.ladder import MICRO
from scoring.percentile import Place
from scoring.settings import HealthSettings, PercentileSettings
from scoring.totals import COUNTS
from scoring.window import MinuteSlots
from tests.scoring.events_fixture import MINUTE, NOW

HOUR = 60 * MINUTE
MINUTE_NOW = NOW // MINUTE


def feed(seen_hours: int, number: int = 0) -> Feed:
    found = Feed(number, "bybit", "perp", HealthSettings())
    found.uptime.up(NOW - seen_hours * HOUR)
    return found


def slots(*usd_by_hour: float) -> MinuteSlots:
    """The last of these is what was liquidated half an hour ago, the others each an hour before the next."""
    found = MinuteSlots()
    for back, usd in reversed(list(enumerate(reversed(usd_by_hour)))):
        minute = MINUTE_NOW - 30 - 60 * back
        found.add(minute, 0, round(usd * MICRO))
        found.add(minute, COUNTS, 1)
    found.advance(MINUTE_NOW)
    return found


@pytest.mark.parametrize(("last", "place"), [(0.0, 50.0), (5.0, 100.0)])
def test_the_last_hour_stands_among_the_23_before(last: float, place: float) -> None:
    """The others brought nothing; an hour of nothing is in their middle."""
    assert Hours(PercentileSettings()).place(slots(last), [feed(24)], NOW) == Place(place, 23 * HOUR)


def test_hours_are_told_apart() -> None:
    """12 hours brought 1 to 12 USD, 11 nothing: 6.5 is more than 17 of 23."""
    hours = (*[0.0] * 11, *[float(usd) for usd in range(1, 13)], 6.5)
    place = Hours(PercentileSettings()).place(slots(*hours), [feed(24)], NOW)
    assert place is not None
    assert place.percentile == pytest.approx(100 * 17 / 23)


@pytest.mark.parametrize(("seen", "known"), [(24, True), (21, True), (20, False), (2, False)])
def test_hours_that_a_feed_did_not_see_are_none(seen: int, known: bool) -> None:
    """20 hours beside the last one are needed."""
    place = Hours(PercentileSettings()).place(slots(5.0), [feed(24), feed(seen, 1)], NOW)
    assert (place is not None) is known


def test_a_last_hour_that_was_not_seen_has_no_place() -> None:
    down = feed(24)
    down.uptime.down(NOW - 30 * MINUTE)
    assert Hours(PercentileSettings()).place(slots(5.0), [down], NOW) is None
    assert Hours(PercentileSettings()).place(slots(5.0), [], NOW) is None
