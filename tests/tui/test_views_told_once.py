"""Nothing is told twice, contradicts what stands beside it, or lacks what it is of."""

from dataclasses import replace

import pytest

from scoring.view import InterestReading
from tests.tui import cascade_fixture as states
from tests.tui.chart_fixture import VIEW, course
from tests.tui.estimate_fixture import ESTIMATED
from tests.tui.views_fixture import FULL, feed, lines, screen
from tui.controls import Controls
from tui.views.above import above
from tui.views.cascade import cascade
from tui.views.chart import chart
from tui.views.compact import cascade_lines
from tui.views.feeds import feeds
from tui.views.header import header
from tui.views.status import status


def test_a_hint_takes_the_place_of_its_own_key() -> None:
    shown = lines(status(FULL, Controls(hint="? shows every key"), 120, 1))[0]
    assert shown.startswith(" ? shows every key   tab pane")


@pytest.mark.parametrize(("width", "there"), [(80, True), (119, True), (120, False)])
def test_the_status_bar_names_the_zone_only_where_the_header_has_no_room_for_it(width: int, there: bool) -> None:
    assert lines(status(FULL, Controls(), width, 1))[0].endswith("UTC") is there
    assert "UTC" in screen([*header(FULL, Controls(), width, 2), *status(FULL, Controls(), width, 1)])


def test_a_change_is_of_a_day() -> None:
    assert "+1.24 % 24h" in screen(header(FULL, Controls(), 120, 2))


def test_a_rejected_cascade_tells_once_what_was_taken_back() -> None:
    """The reason says what it was when it was rejected; the row what it is now."""
    assert screen(cascade(states.REJECTED, Controls(), 100, 8)).count("taken back") == 1


def test_the_last_minute_of_a_running_cascade_stands_in_one_of_two_lines() -> None:
    rows = lines(cascade_lines(states.CASCADING, Controls(), 38, 3))
    assert sum("60s" in row for row in rows[:2]) <= 1


def test_a_badge_that_tells_nothing_has_no_word_for_it() -> None:
    badge = replace(states.BADGE, extent="unknown")
    view = states.market(exhaustion=badge, exhaustion_of="down")
    assert "leverage gone unknown" not in screen(cascade(view, Controls(), 58, 12))


def test_every_sign_of_gone_leverage_is_readable_in_a_narrow_pane() -> None:
    view = states.market(exhaustion=states.BADGE, exhaustion_of="down")
    shown = screen(cascade(view, Controls(), 31, 13))
    assert "…" not in shown
    assert all(part.name in shown for part in states.BADGE.parts)


def test_a_level_at_a_round_price_has_no_more_digits_than_the_others() -> None:
    first = replace(states.LEVELS[0], near=71_500.04, far=71_500.0)
    view = states.market(replace(states.FALLING, levels=(first, *states.LEVELS[1:])))
    assert "71,500.0" not in screen(cascade(view, Controls(), 80, 40))


def test_what_the_chart_counts_says_whose_it_was() -> None:
    shown = lines(chart(VIEW, Controls(), 80, 20))
    assert sum(" short " in row for row in shown) == 1
    assert sum(" long " in row for row in shown) == 1


def test_open_interest_of_a_part_of_the_exchanges_is_marked_in_the_chart() -> None:
    told = InterestReading("okx", 1_000.0, 1e8, None, None, None, None, VIEW.at_ms, False)
    other = replace(told, venue="deribit")
    view = replace(VIEW, course=course(interest_of=("okx",)), interest=(told, other))
    (row,) = [row for row in lines(chart(view, Controls(), 80, 20)) if "OI " in row]
    assert "OI ~" in row
    whole = replace(view, interest=(told,))
    assert "OI ~" not in screen(chart(whole, Controls(), 80, 20))


def test_a_live_stream_tells_its_rate_once() -> None:
    view = replace(FULL, feeds=(replace(feed("binance"), evidence="12.0 events/s, last 1 s ago", per_second=12.0),))
    shown = screen(feeds(view, Controls(), 120, 10))
    assert "12.0" in shown
    assert "events/s" not in shown


def test_a_rare_stream_is_not_called_silent() -> None:
    view = replace(FULL, feeds=(replace(feed("bitmex"), per_second=0.02),))
    assert "<0.1" in screen(feeds(view, Controls(), 120, 10))


def test_the_narrowest_pane_of_clusters_cuts_no_column() -> None:
    assert "…" not in screen(above(ESTIMATED, Controls(), 24, 3))


def test_the_title_of_clusters_and_the_column_of_shares_say_what_they_are_of() -> None:
    shown = lines(above(ESTIMATED, Controls(), 58, 10))
    assert shown[0].endswith("within 10 %: shorts 87 %")
    assert shown[-1] == " share: of all that is estimated on its side"


def test_a_level_that_fades_by_its_speed_alone_says_so() -> None:
    """A verdict of fading beside a growth of more than one would contradict it."""
    last = replace(states.LEVELS[-1], growth=6.1, pace=0.5, verdict="fades")
    (row,) = [
        row
        for row in lines(cascade(states.market(replace(states.FALLING, levels=(last,))), Controls(), 80, 40))
        if "6.10×" in row
    ]
    assert "slower" in row
    assert "fades" not in row


def test_why_nothing_can_be_seen_is_cut_at_no_exchange_in_a_low_pane() -> None:
    blind = replace(states.DOWN.cascade, blind="no liquidation feed is up: binance perp, bybit perp, okx perp")
    rows = lines(cascade_lines(replace(states.DOWN, cascade=blind), Controls(), 40, 2))
    assert rows == [" CASCADE BLIND", " no liquidation feed is up"]
