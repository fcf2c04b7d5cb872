"""The verdict follows from the graded items, and unknown is never a pass."""

from collections.abc import Sequence

import pytest

from scoring.checklist import checklist
from scoring.facts import Facts
from scoring.funding import readings
from scoring.settings import ChecklistSettings, ChecklistWeights, FundingSettings, ScoringSettings
from scoring.view import CheckItem, ChecklistView, FundingReading, SideTotal, VenueTotal, Verdict, WindowTotal
from tests.scoring.events_fixture import NOW, funding

ONLY_GRADED = ChecklistWeights(
    liquidation_map=0, open_interest=0, cvd=0, large_trades=0, btc_context=0, local_trend=0, long_short_ratio=0,
    cascade=0, options=0,
)  # fmt: skip
"""As if every item that can't be known yet did not exist."""


def day(long: float, short: float, coverage: float = 1.0) -> WindowTotal:
    sides = SideTotal(long, 1), SideTotal(short, 1)
    return WindowTotal(1440, *sides, (VenueTotal("bybit", *sides, coverage),), coverage)


def rates(*per_8h: float) -> tuple[FundingReading, ...]:
    events = [funding(NOW, rate, venue=f"venue {number}") for number, rate in enumerate(per_8h)]
    return readings(events, NOW, FundingSettings())


def graded(
    fundings: Sequence[FundingReading],
    total: WindowTotal,
    blind: str | None = None,
    weights: ChecklistWeights = ONLY_GRADED,
) -> ChecklistView:
    settings = ScoringSettings(checklist=ChecklistSettings(weights=weights))
    return checklist(Facts(NOW, blind, tuple(fundings), total), settings)


def item(view: ChecklistView, name: str) -> CheckItem:
    return next(item for item in view.items if item.name == name)


def test_all_eleven_items_are_listed_with_their_weights() -> None:
    """What is unknown says why; the weights sum to 12.25."""
    view = graded((), day(0, 0, 0.0), weights=ChecklistWeights())
    assert len(view.items) == 11
    assert sum(item.weight for item in view.items) == 12.25
    assert all(item.long == item.short == "unknown" and item.reason for item in view.items)
    assert (view.long.verdict, view.long.score, view.long.coverage) == ("INSUFFICIENT DATA", None, 0.0)


def test_little_of_the_checklist_is_insufficient_however_good() -> None:
    """Funding and the day alone are 2 of 12.25."""
    view = graded(rates(0.0001), day(1e6, 1e6), weights=ChecklistWeights())
    assert (view.long.verdict, view.long.score) == ("INSUFFICIENT DATA", 1.0)
    assert view.long.coverage == pytest.approx(2 / 12.25)


@pytest.mark.parametrize(
    ("rate", "total", "long", "short"),
    [
        (0.0001, day(1e6, 1e6), "OK", "OK"),
        (0.0001, day(9e6, 1e6), "OK", "OK"),
        (0.0004, day(1e6, 1e6), "WAIT", "OK"),
        (0.0004, day(9e6, 1e6), "WAIT", "OK"),
        (0.0005, day(1e6, 1e6), "NO ENTRY", "OK"),
        (-0.0005, day(1e6, 1e6), "OK", "NO ENTRY"),
    ],
)
def test_the_verdict_follows_the_score_and_the_veto(
    rate: float, total: WindowTotal, long: Verdict, short: Verdict
) -> None:
    """1.0 is OK, (1.5 x 0.5 + 0.5) / 2 = 0.625 waits, overheated funding forbids its own direction only."""
    view = graded(rates(rate), total)
    assert (view.long.verdict, view.short.verdict) == (long, short)


def test_a_blind_market_is_no_entry_in_both_directions() -> None:
    """Whatever else is known."""
    view = graded(rates(0.0001), day(1e6, 1e6), blind="no liquidation feed is up: bybit perp closed")
    assert {view.long.verdict, view.short.verdict} == {"NO ENTRY"}
    assert view.long.reason == "blind: no liquidation feed is up"
    assert item(view, "cascade").reason == "no liquidation feed is up: bybit perp closed"


def test_a_one_sided_day_warns_both_directions() -> None:
    """2.14B long against 466.66M short is 82 % long: not yet exhausted for a long, late for a short."""
    row = item(graded((), day(2.14e9, 466.66e6)), "realised 24 h")
    assert (row.long, row.short, row.value) == ("warn", "warn", "82 % long")
    assert item(graded((), day(1.0, 9.0)), "realised 24 h").long == "warn"
    assert [item(graded((), day(long, 30.0)), "realised 24 h").long for long in (70.0, 69.0)] == ["warn", "pass"]


@pytest.mark.parametrize(
    ("total", "reason"),
    [
        (day(5.0, 5.0, 0.00834), "seen 12 m of 24 h (bybit)"),
        (day(5.0, 5.0, 0.0), "no feed seen in 24 h"),
        (day(0.0, 0.0), "nothing was liquidated"),
        (WindowTotal(1440, SideTotal(), SideTotal(), (), 0.0), "no feed seen in 24 h"),
    ],
)
def test_a_day_that_was_not_seen_is_unknown(total: WindowTotal, reason: str) -> None:
    """And says how much of it was."""
    row = item(graded((), total), "realised 24 h")
    assert (row.long, row.reason) == ("unknown", reason)


def test_a_venue_that_was_never_seen_is_named() -> None:
    """The rest is graded without it."""
    seen = day(5.0, 5.0)
    blocked = VenueTotal("binance", SideTotal(), SideTotal(), 0.0)
    total = WindowTotal(1440, seen.long, seen.short, (*seen.venues, blocked), 0.0)
    assert item(graded((), total), "realised 24 h").reason == "balanced; without binance"


def test_funding_says_why_it_is_unknown() -> None:
    """Nothing seen, out of date, or of an unknown interval."""
    old = readings([funding(NOW - 1_800_000, 0.0001)], NOW, FundingSettings())
    untold = readings([funding(NOW, 0.0001, None)], NOW, FundingSettings())
    reasons = [item(graded(rows, day(0, 0)), "funding").reason for rows in ((), old, untold)]
    assert reasons == ["no funding rate seen yet", "stale: the last rate is 30 m old", "interval not told by bybit"]
