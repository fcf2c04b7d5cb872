"""The cascade pane, long and short form, as a person reads it."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY
from tests.tui.views_fixture import AT_MS, FULL, feed, lines, partly_seen
from tui.controls import Controls
from tui.views.cascade import cascade
from tui.views.compact import cascade_lines


def test_the_last_minute_the_day_and_the_venues_are_shown() -> None:
    assert lines(cascade(FULL, Controls(), 60, 8)) == [
        " CASCADE  states (calm to rejected) are not judged yet",
        " last 60s   long ≥1.2M  short ≥46k   last one 1s ago",
        " usual min  120k  now 10.4×",
        " 24h        long ≥214M  short ≥46M  82 % long  seen in part",
        " venue    long   short    seen   count",
        " BIN      ≥90M    ≥26M     24h     160",
        " BYB      124M     20M     24h     227",
        " OKX         ?       ?    none       ?",
    ]


@pytest.mark.parametrize(
    ("width", "minute", "day"),
    [
        (31, " last 60s   L ≥1.2M  S ≥46k", " 24h        L ≥214M  S ≥46M"),
        (48, " last 60s   long ≥1.2M  short ≥46k", " 24h        long ≥214M  short ≥46M  seen in part"),
        (
            120,
            " last 60s   long ≥1.2M  short ≥46k   last one 1s ago",
            " 24h        long ≥214M  short ≥46M  82 % long  seen in part",
        ),
    ],
)
def test_a_narrow_pane_shortens_words_before_numbers(width: int, minute: str, day: str) -> None:
    shown = lines(cascade(FULL, Controls(), width, 8))
    assert (shown[1], shown[3]) == (minute, day)


def test_a_day_seen_in_part_makes_every_sum_a_lower_bound() -> None:
    shown = lines(cascade(partly_seen(FULL, 0.05), Controls(), 70, 8))
    assert shown[3] == " 24h        long ≥214M  short ≥46M  82 % long  seen 1h12m of 24h"
    assert shown[6] == " BYB     ≥124M    ≥20M   1h12m     227"


@pytest.mark.parametrize("make", [cascade, cascade_lines])
def test_blind_says_why_and_shows_no_rate(make: object) -> None:
    view = replace(FULL, cascade=replace(FULL.cascade, blind="bybit is down"))
    assert callable(make)
    shown = lines(make(view, Controls(), 60, 8))
    assert "CASCADE" in shown[0]
    assert "BLIND bybit is down" in shown[0]
    assert "1.2M" not in "\n".join(shown)


def test_a_long_reason_to_be_blind_is_told_in_full() -> None:
    why = "no liquidation feed is up: binance perp HTTP 451; bybit perp connection refused"
    view = replace(FULL, cascade=replace(FULL.cascade, blind=why))
    assert lines(cascade(view, Controls(), 48, 8))[:4] == [
        " CASCADE BLIND",
        " no liquidation feed is up: binance perp HTTP",
        " 451; bybit perp connection refused",
        " 24h        long ≥214M  short ≥46M  seen in part",
    ]


def test_a_venue_in_trouble_says_so_behind_its_sums_and_below_in_full() -> None:
    okx = replace(feed("okx", "blocked"), evidence="refused at 12:03: HTTP 451", retry_at_ms=AT_MS + 61_500)
    shown = lines(cascade(replace(FULL, feeds=(feed("bybit"), okx)), Controls(), 60, 9))
    assert shown[6] == " BYB      124M     20M     24h     227"
    assert shown[7] == " OKX         ?       ?   refused, retry in 1m02s"
    assert shown[8] == " OKX perp refused at 12:03: HTTP 451"


def test_with_a_feed_down_the_last_minute_is_a_lower_bound() -> None:
    whole = replace(FULL, cascade=replace(FULL.cascade, sampled=False))
    assert "long 1.2M" in lines(cascade(whole, Controls(), 60, 8))[1]
    broken = replace(whole, feeds=(feed("bybit"), feed("okx", "dead")))
    assert "long ≥1.2M" in lines(cascade(broken, Controls(), 60, 8))[1]


def test_before_the_first_event_nothing_is_zero() -> None:
    assert lines(cascade(EMPTY, Controls(), 60, 8))[1:] == [
        " last 60s   long ?  short ?",
        " usual min  ?",
        " 24h        long ?  short ?  not watched",
    ]


def test_a_usual_minute_needs_time() -> None:
    view = replace(FULL, cascade=replace(FULL.cascade, usual_minute=None, ratio=None))
    assert lines(cascade(view, Controls(), 60, 8))[2] == " usual min  ?  not watched long enough yet"


@pytest.mark.parametrize(
    ("width", "first"),
    [
        (23, " 60s L ≥1.2M  S ≥46k"),
        (31, " CASCADE 60s L ≥1.2M  S ≥46k"),
        (60, " CASCADE 60s long ≥1.2M  short ≥46k  10.4× usual"),
    ],
)
def test_two_lines_hold_the_minute_and_the_day(width: int, first: str) -> None:
    day = " 24h L ≥214M  S ≥46M" if width < 28 else " 24h long ≥214M  short ≥46M"
    assert lines(cascade_lines(FULL, Controls(), width, 2)) == [first, day]
