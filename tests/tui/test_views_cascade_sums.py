"""What was liquidated, in the cascade pane: the last minute, the day, the venues, what sampling feeds left out."""

from dataclasses import replace

import pytest

from scoring.view.cascades import DayBalance
from tests.tui import cascade_fixture as states
from tests.tui.cascade_fixture import CALM, SAMPLED
from tests.tui.views_fixture import AT_MS, feed, lines, partly_seen, screen
from tui.commands import BY_NAME
from tui.controls import Controls
from tui.views.cascade import cascade
from tui.views.cascade_sums import rank_text

CORRECTED = Controls(corrected=True)


@pytest.mark.parametrize(
    ("width", "minute", "day"),
    [
        (31, [" last 60s  L ≥1.2M  S ≥46k", " usual 120k, now 10.4×"], " 24h       L ≥214M  S ≥46M"),
        (
            48,
            [" last 60s  long ≥1.2M  short ≥46k", " usual 120k, now 10.4×"],
            " 24h       long ≥214M  short ≥46M  seen in part",
        ),
        (
            120,
            [" last 60s  long ≥1.2M  short ≥46k  usual 120k, now 10.4×  last one 1s ago"],
            " 24h       long ≥214M  short ≥46M  82 % long  seen in part",
        ),
    ],
)
def test_a_narrow_pane_shortens_words_before_numbers(width: int, minute: list[str], day: str) -> None:
    shown = lines(cascade(CALM, Controls(), width, 12))
    first = shown.index(minute[0])
    assert shown[first : first + len(minute) + 1] == [*minute, day]


def test_a_day_seen_in_part_makes_every_sum_a_lower_bound() -> None:
    shown = lines(cascade(partly_seen(CALM, 0.05), Controls(), 70, 10))
    assert shown[4] == " 24h       long ≥214M  short ≥46M  82 % long  seen 1h12m of 24h"
    assert shown[8] == " BYB     ≥124M    ≥20M   1h12m     227"


@pytest.mark.parametrize(
    ("rank", "days", "text"),
    [
        (82 / 90, 90, "9th of 91 days"),
        (1.0, 20, "1st of 21 days"),
        (19 / 20, 20, "2nd of 21 days"),
        (0.0, 20, "21st of 21 days"),
        (20 / 30, 30, "11th of 31 days"),
        (None, 0, "no history"),
        (None, 7, "no rank among 7 days yet"),
    ],
)
def test_the_rank_counts_the_day_itself(rank: float | None, days: int, text: str) -> None:
    assert rank_text(DayBalance(1.0, 1.0, 0.5, 1.0, False, "balanced", rank, days)) == text


def test_corrected_sums_are_shown_on_demand_beside_the_counted_ones() -> None:
    shown = lines(cascade(SAMPLED, CORRECTED, 58, 8))
    assert shown[3:5] == [
        " BIN 60s counted ≥1.2M  corrected ≈3.4M (2.9M to 4.1M)",
        " OKX 60s counted ≥800k  saturated: lower bound",
    ]
    wide = lines(cascade(SAMPLED, CORRECTED, 120, 8))[3]
    assert wide.endswith("(2.9M to 4.1M)  modelled: largest of each second, 2 laws of sizes")
    counted = screen(cascade(SAMPLED, Controls(), 120, 40))
    assert "≈" not in counted
    assert "long ≥1.2M" in screen(cascade(SAMPLED, CORRECTED, 120, 40))


def test_where_no_feed_samples_there_is_nothing_to_correct() -> None:
    assert "no sampling feed showed an order" in screen(cascade(CALM, CORRECTED, 80, 8))
    assert "corrected" not in screen(cascade(states.DOWN, CORRECTED, 80, 8))


def test_c_shows_the_corrected_sums_and_hides_them_again() -> None:
    command = BY_NAME["corrected"]
    assert command.keys == ("c",)
    assert command.steer is not None
    assert command.steer(Controls(), ()) == CORRECTED
    assert command.steer(CORRECTED, ()) == Controls()


def test_a_venue_in_trouble_says_so_behind_its_sums_and_below_in_full() -> None:
    okx = replace(feed("okx", "blocked"), evidence="refused at 12:03: HTTP 451", retry_at_ms=AT_MS + 61_500)
    shown = lines(cascade(replace(CALM, feeds=(feed("bybit"), okx)), Controls(), 60, 11))
    assert shown[8] == " BYB      124M     20M     24h     227"
    assert shown[9] == " OKX         ?       ?   refused, retry in 1m02s"
    assert shown[10] == " OKX perp refused at 12:03: HTTP 451"


def test_with_a_feed_down_the_last_minute_is_a_lower_bound() -> None:
    whole = replace(CALM, cascade=replace(CALM.cascade, sampled=False))
    assert "long 1.2M" in lines(cascade(whole, Controls(), 60, 8))[3]
    broken = replace(whole, feeds=(feed("bybit"), feed("okx", "dead")))
    assert "long ≥1.2M" in lines(cascade(broken, Controls(), 60, 8))[3]


def test_a_usual_minute_needs_time() -> None:
    view = replace(CALM, cascade=replace(CALM.cascade, usual_minute=None, ratio=None))
    assert "usual ? not watched long enough yet" in lines(cascade(view, Controls(), 80, 8))[3]
